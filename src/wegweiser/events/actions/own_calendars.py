"""The secret address of a guest's own calendar feed: sent to their mailbox, and ended when they say so."""

import datetime as dt

from django.db import transaction
from django.utils import translation

from wegweiser.accounts.actions import tokens
from wegweiser.consortium import queries as consortium
from wegweiser.events.events import Event as Audited
from wegweiser.events.models import Registration
from wegweiser.events.own_calendars import CALENDAR
from wegweiser.kernel import addresses, audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.actions import letters
from wegweiser.outbox.rendering import render

KEPT = dt.timedelta(days=730)


def send(*, registration: Registration, by: Actor) -> Registration:
    """Send a new address to the mailbox of a registration; the one before ends.

    It goes nowhere else: anybody can write somebody's mail address into a form. Raises DomainError("email_missing").
    """
    if not registration.email:
        raise DomainError("email_missing", field="email")
    with transaction.atomic():
        row = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
        tokens.revoke(purpose=CALENDAR, subject=row.uuid, by=by)
        secret = tokens.issue(purpose=CALENDAR, subject=row.uuid, expires=clock.now() + KEPT, by=by)
        centre, language = consortium.centre(), row.language
        with translation.override(language):
            context = {
                "name": row.name,
                "address": addresses.own_calendar(secret, language=language),
                "phone": centre.phone,
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
    """The address shows nothing any more. Gives how many were open."""
    with transaction.atomic():
        return tokens.revoke(purpose=CALENDAR, subject=registration.uuid, by=by)
