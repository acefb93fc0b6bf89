"""A guest's own calendar feed: everything they registered for under one mail address, behind a secret address."""

import datetime as dt

from django.db.models import Q

from wegweiser.accounts.queries import valid_token
from wegweiser.documents.calendars import Date
from wegweiser.events import calendar_dates
from wegweiser.events.models import Registration, State
from wegweiser.kernel import clock, mail_addresses

CALENDAR = "calendar"  # the purpose of the secret
BACK = dt.timedelta(days=7)


def behind(secret: str) -> list[Registration] | None:
    """The registrations that a feed's address shows, in their order; None where the address is unknown or ended.

    The address went to the mailbox of the registration alone, so whoever has it may read what that mailbox was told.
    """
    token = valid_token(purpose=CALENDAR, secret=secret)
    owner = Registration.objects.filter(uuid=token.subject_uuid).first() if token else None
    if owner is None or not owner.email:
        return None
    rows = Registration.objects.filter(
        mail_addresses.same("email", owner.email), state__in=[State.CONFIRMED, State.CANCELLED]
    )
    since = clock.now() - BACK
    dated = Q(event__draft__entry__starts_at__gte=since) | Q(event__draft__entry__ends_at__gte=since)
    rows = rows.filter(dated, event__draft__entry__withdrawn_at=None)
    return list(rows.select_related("pool", "event__draft__entry").order_by("event__draft__entry__starts_at", "id"))


def date(registration: Registration) -> Date | None:
    """A registration as a calendar has it: under the same name as the invitation that came by mail."""
    entry, told = registration.event.draft.entry, registration.event.told
    if entry is None:
        return None
    place = ", ".join(filter(None, [told.get("place"), registration.event.room]))
    found = calendar_dates.of(registration, title=entry.title, place=place, organiser="", organiser_name="")
    if found is None:
        return None
    off = registration.state != State.CONFIRMED or registration.event.is_cancelled
    return Date(
        uid=found.uid,
        title=found.title,
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        place=found.place,
        sequence=found.sequence,
        written_at=registration.recorded_at,
        cancelled=off,
    )
