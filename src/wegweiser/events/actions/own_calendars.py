"""The secret address of a guest's own calendar feed: sent to their mailbox, and ended when they say so."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import translation

from wegweiser.accounts.actions import tokens
from wegweiser.companies import phones
from wegweiser.consortium import queries as consortium
from wegweiser.events import greetings
from wegweiser.events.events import Event as Audited
from wegweiser.events.models import Registration
from wegweiser.events.own_calendars import CALENDAR
from wegweiser.kernel import addresses, audit, clock, mail_addresses
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.actions import letters
from wegweiser.outbox.rendering import render

KEPT = dt.timedelta(days=730)


def send(*, registration: Registration, by: Actor) -> Registration:
    """Send a new address to the mailbox of a registration; those that it had before end, for whichever event.

    It goes nowhere else: anybody can write somebody's mail address into a form. Raises DomainError("email_missing").
    """
    if not registration.email:
        raise DomainError("email_missing", field="email")
    with transaction.atomic():
        row = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
        _revoke(row, by)
        secret = tokens.issue(purpose=CALENDAR, subject=row.uuid, expires=clock.now() + KEPT, by=by)
        centre, language = consortium.centre(), row.language
        with translation.override(language):
            context = {
                "name": greetings.name(row.name),
                "address": addresses.own_calendar(secret, language=language),
                "phone": phones.shown(centre.phone),
                "centre": centre.name.text(language),
                "signature": "",
            }
            rendered = render("events/mails/own_calendar", language, context)
        letters.write(
            cause=row,
            rendered=rendered,
            name=row.name,
            mail=row.email,
            language=language,
            reply_to=centre.email,
            body_until=clock.today() + dt.timedelta(days=7),
            by=by,
        )
        audit.record(Audited.CALENDAR_SENT, by=by, subject=row)
    return row


def end(*, registration: Registration, by: Actor) -> int:
    """No address of this mailbox shows anything any more. Gives how many were open."""
    with transaction.atomic():
        return _revoke(registration, by)


def _revoke(registration: Registration, by: Actor) -> int:
    """A calendar shows all of a mailbox, so all its addresses end, whichever registration they were asked for from."""
    theirs = Q(pk=registration.pk)
    if registration.email:
        theirs |= mail_addresses.same("email", registration.email)
    found = Registration.objects.filter(theirs).values_list("uuid", flat=True)
    return sum(tokens.revoke(purpose=CALENDAR, subject=subject, by=by) for subject in found)
