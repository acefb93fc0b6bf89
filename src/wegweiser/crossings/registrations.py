"""Registering for an event with a wish to be called: the wish becomes an enquiry that names the event, once."""

import uuid
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from wegweiser.crossings import enquiries, subscriptions
from wegweiser.events import queries
from wegweiser.events.actions import invitations, registrations, whole_series
from wegweiser.events.actions.registrations import Registered
from wegweiser.events.actions.whole_series import Bundled, Choice
from wegweiser.events.guests import Guest
from wegweiser.events.models import Event, Invitee, Pool, Registration
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.days import on

LONGEST_ABOUT = 500  # signs of what a call is to be about


def register(
    *,
    event: Event,
    pool: Pool,
    submission: UUID,
    guest: Guest,
    wants_call: bool = False,
    call_window: str = "",
    call_about: str = "",
    invitee: Invitee | None = None,
    wants_invitations: bool = False,
    by: Actor,
) -> Registered:
    """A place, and what was asked for with it: a call, invitations to other events. `invitee` is who was invited to
    this one and came by that link. Who does not send their own form again asks for nothing.

    Raises DomainError: phone_missing, and what `registrations.register` raises.
    """
    if not (wants_call or wants_invitations or invitee):
        return registrations.register(event=event, pool=pool, submission=submission, guest=guest, by=by)
    with transaction.atomic():
        found = registrations.register(event=event, pool=pool, submission=submission, guest=guest, by=by)
        if found.secret and wants_call:
            wish = {"phone": guest.phone, "call_window": call_window, "about": call_about}
            ask_for_call(registration=found.registration, **wish, by=by)
        if found.secret and invitee is not None:
            invitations.registered(invitee=invitee, registration=found.registration, by=by)
        if found.fresh and wants_invitations:
            _ask_for_invitations(guest, by)
    return found


def register_several(
    *,
    choices: Sequence[Choice],
    submission: UUID,
    guest: Guest,
    wants_call: bool = False,
    call_window: str = "",
    call_about: str = "",
    invitee: Invitee | None = None,
    wants_invitations: bool = False,
    by: Actor,
) -> Bundled:
    """The same for several dates of a series; they are called once.

    Raises DomainError: phone_missing, and what `whole_series.register` raises.
    """
    with transaction.atomic():
        found = whole_series.register(choices=choices, submission=submission, guest=guest, by=by)
        if wants_call and found.secret:
            wish = {"phone": guest.phone, "call_window": call_window, "about": call_about}
            ask_for_call(registration=found.registrations[0], **wish, by=by)
        if found.secret and invitee is not None:
            for registration in found.registrations:  # the one for the event they were invited to counts
                invitations.registered(invitee=invitee, registration=registration, by=by)
        if found.fresh and wants_invitations:
            _ask_for_invitations(guest, by)
    return found


def _ask_for_invitations(guest: Guest, by: Actor) -> None:
    """By a mail of its own: the click that confirms a place says nothing about invitations."""
    subscriptions.ask(name=guest.name, email=guest.email, language=guest.language, channel="registration", by=by)


def ask_for_call(
    *, registration: Registration, phone: str, call_window: str = "", about: str = "", by: Actor
) -> enquiries.Sent:
    """Whoever registered wants to be called, `about` something or about the event. Asking twice finds the first case.

    Raises DomainError("phone_missing").
    """
    event, entry = registration.event, registration.event.draft.entry
    row = entry.topic_rows.select_related("topic").first() if entry else None
    starts, language = queries.starts_at(event), registration.language
    with translation.override(language):
        day = on(clock.local(starts), "j. F Y") if starts else ""
        title = ", ".join(filter(None, [str(entry.title if entry else event.draft.title), day]))
        text = _("Bitte rufen Sie mich an. Es geht um die Veranstaltung „%(title)s“.") % {"title": title}
        if about := about.replace("\0", "").strip()[:LONGEST_ABOUT]:
            came_by = _("Angemeldet für die Veranstaltung „%(title)s“.") % {"title": title}
            text = f"{_('Bitte rufen Sie mich an zu:')} {about}\n{came_by}"
    enquiry = enquiries.Enquiry(
        text=text,
        name=registration.name,
        email=registration.email,
        phone=phone or registration.phone,
        firm=registration.firm,
        wants_call=True,
        call_window=call_window,
        language=language,
        topic=row.topic if row else event.draft.topic,
        partner=event.draft.partner,
        company=registration.company,
    )
    return enquiries.send(submission=_once(registration), enquiry=enquiry, confirm=False, by=by)


def _once(registration: Registration) -> UUID:
    return uuid.uuid5(registration.uuid, "call")
