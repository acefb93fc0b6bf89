"""The dates of a firm's people in one list: events, talks and visits, and what is due in their plan.

The same list feeds a calendar behind a secret address; each date has the name there that its own mail gave it.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from wegweiser.accounts.models import Token
from wegweiser.accounts.queries import valid_token
from wegweiser.companies import accesses
from wegweiser.companies import queries as companies
from wegweiser.companies.actions.calendars import CALENDAR
from wegweiser.companies.models import Access, Right
from wegweiser.consortium import queries as consortium
from wegweiser.crossings import company_cases
from wegweiser.documents.calendars import Date
from wegweiser.enquiries.models import Appointment, Contribution
from wegweiser.events import calendar_dates, queries
from wegweiser.events.models import ACTIVE, Registration, State
from wegweiser.journey import queries as journey
from wegweiser.journey.models import Doer, PlannedStep
from wegweiser.kernel import addresses, clock, mail_addresses

BACK = dt.timedelta(days=7)  # so long a calendar keeps what is over
DAY_BEGINS = dt.time(0)


class Kind(StrEnum):
    EVENT = "event"
    APPOINTMENT = "appointment"
    PLAN = "plan"


@dataclass(frozen=True)
class Row:
    """One date. `certain` says that a calendar has it: a place on the waiting list is none yet."""

    kind: Kind
    uuid: UUID
    date: Date
    state: str = ""
    who: str = ""
    slug: str = ""  # of the event's page
    case: UUID | None = None
    certain: bool = True

    @property
    def off(self) -> bool:
        return self.date.cancelled


def of(access: Access, *, since: dt.datetime, language: str) -> list[Row]:
    """Everything from a moment on that `access` may see, in its order."""
    found = [*_events(access, since, language), *_appointments(access, since, language), *_plan(access, since)]
    return sorted(found, key=lambda row: (row.date.starts_at, row.kind, row.uuid))


def one(access: Access, kind: str, uuid: UUID, *, language: str) -> Row | None:
    """One of these that a calendar may have; another firm's is not there."""
    rows = of(access, since=_midnight() - BACK, language=language)
    return next((row for row in rows if (row.kind, row.uuid) == (kind, uuid) and row.certain), None)


def coming(access: Access, *, language: str) -> list[Row]:
    """From today on."""
    return of(access, since=_midnight(), language=language)


def behind(secret: str) -> Access | None:
    """Whose calendar an address is; None where it is unknown or ended, or where they may not enter any more."""
    token = valid_token(purpose=CALENDAR, secret=secret)
    return accesses.access(token.subject_uuid) if token else None


def subscribed(access: Access) -> Token | None:
    """The address that is open, which itself nobody can read any more."""
    rows = Token.objects.filter(purpose=CALENDAR, subject_uuid=access.uuid, revoked_at=None)
    return next((token for token in rows.order_by("-id") if token.is_valid), None)


def feed(access: Access, *, language: str) -> list[Date]:
    """What a calendar gets: what is certain, and for a while what is off, so that it goes there too."""
    rows = of(access, since=_midnight() - BACK, language=language)
    return [row.date for row in rows if row.certain]


def _midnight() -> dt.datetime:
    return clock.at(clock.today(), DAY_BEGINS)


def _events(access: Access, since: dt.datetime, language: str) -> Iterator[Row]:
    firms = companies.same_firm(access.company) if access.may(Right.ALL) else []
    rows = queries.of_firm(access.person.email, firms).filter(state__in=[*ACTIVE, State.CANCELLED])
    for row in rows.exclude(event__draft__entry=None):
        date = _of_event(row, language)
        if date is None or date.ends_at < since:
            continue
        if row.state == State.CANCELLED and date.starts_at >= clock.now() and not row.event.is_cancelled:
            state = _("abgesagt")
        else:
            state = _("fällt aus") if row.event.is_cancelled else str(row.get_state_display())
        entry = row.event.draft.entry
        slug = entry.slug if entry and entry.withdrawn_at is None else ""
        certain = row.state in {State.CONFIRMED, State.CANCELLED}
        who = row.name if not mail_addresses.equal(row.email, access.person.email) else ""
        yield Row(Kind.EVENT, row.uuid, date, state=state, who=who, slug=slug, certain=certain)


def _of_event(row: Registration, language: str) -> Date | None:
    """In the language of who reads it, whichever they registered in."""
    told, entry = row.event.told, row.event.draft.entry
    place = ", ".join(filter(None, [told.get("place"), row.event.room]))
    if entry is None:
        return None
    found = calendar_dates.of(row, title=entry.title, place=place, organiser="", organiser_name="")
    if found is None:
        return None
    off = row.state == State.CANCELLED or row.event.is_cancelled
    found = replace(found, title=entry.title.text(language))
    return _plain(found, written_at=row.recorded_at, cancelled=off)


def _plain(date: Date, *, written_at: dt.datetime, cancelled: bool) -> Date:
    """The same date without whom it was sent to: in a feed nobody is invited."""
    return Date(
        uid=date.uid,
        title=date.title,
        starts_at=date.starts_at,
        ends_at=date.ends_at,
        place=date.place,
        sequence=date.sequence,
        written_at=written_at,
        cancelled=cancelled,
    )


def _appointments(access: Access, since: dt.datetime, language: str) -> Iterator[Row]:
    theirs = company_cases.of(access).order_by()
    rows = Appointment.objects.filter(Q(case__in=theirs, double=None) | Q(double__in=theirs), starts_at__gte=since)
    centre = consortium.centre().name.text(language)
    for row in rows.select_related("member", "case", "double"):
        kind = _("Vor-Ort-Termin") if row.kind == Contribution.Kind.VISIT else _("Gespräch")
        title = _("%(kind)s mit %(name)s, %(centre)s") % {"kind": kind, "name": row.member.name, "centre": centre}
        off = row.cancelled_at is not None
        date = Date(
            uid=addresses.identity(row.uuid),
            title=title,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            place=row.place,
            sequence=1 if off else 0,
            written_at=row.cancelled_at or row.recorded_at,
            cancelled=off,
        )
        yield Row(Kind.APPOINTMENT, row.uuid, date, state=_("abgesagt") if off else "", case=row.enquiry.uuid)


def _plan(access: Access, since: dt.datetime) -> Iterator[Row]:
    """What is open and due, as a day: for who may see the firm's plan."""
    if not access.may(Right.ALL):
        return
    for row in journey.plan(access.company):
        if row.is_open and row.title and row.due_on and row.due_on >= clock.local(since).date():
            yield Row(Kind.PLAN, row.uuid, _of_plan(row), state=_turn(row))


def _of_plan(row: PlannedStep) -> Date:
    assert row.due_on is not None  # noqa: S101 - the caller has looked
    starts = clock.at(row.due_on, DAY_BEGINS)
    return Date(
        uid=addresses.identity(row.uuid),
        title=_("Fahrplan: %(title)s") % {"title": row.title},
        starts_at=starts,
        ends_at=starts,
        written_at=row.recorded_at,
        all_day=True,
    )


def _turn(row: PlannedStep) -> str:
    return {Doer.COMPANY: _("Sie sind dran"), Doer.CENTRE: _("wir sind dran")}.get(Doer(row.doer), _("gemeinsam"))
