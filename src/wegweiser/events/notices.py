"""When an event's mails are due, and who gets them. The usual: two working days before, and the day after the end."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from wegweiser.companies.models import Channel, Person
from wegweiser.consortium import calendar
from wegweiser.events import queries
from wegweiser.events.after_models import Moment
from wegweiser.events.models import Change, Event, NoticeSent, Pool, Presence, Registration, Seat, State
from wegweiser.kernel import clock, mail_addresses
from wegweiser.kernel.translated import Translated

WORKING_DAYS_BEFORE = 2
AT = dt.time(9)  # at the centre, where a day is said and no hour
LATE = dt.timedelta(days=14)  # after it was due nobody wants to be thanked any more
HOURS = 24 * 60  # at most
USUALLY_ON = frozenset({Moment.REMINDER, Moment.THANKS})


@dataclass(frozen=True)
class Plan:
    """One mail of an event as it is set, or as usual."""

    moment: str
    is_on: bool
    hours: int | None = None
    words: Mapping[str, str] = field(default_factory=Translated)

    def due(self, *, starts: dt.datetime, ends: dt.datetime, land: str) -> dt.datetime:
        """When it goes out. Whoever moves the event moves it."""
        if self.moment == Moment.REMINDER:
            if self.hours is not None:
                return starts - dt.timedelta(hours=self.hours)
            day = calendar.working_days_before(clock.local(starts).date(), WORKING_DAYS_BEFORE, land=land)
            return min(clock.at(day, AT), starts)
        if self.hours is not None:
            return ends + dt.timedelta(hours=self.hours)
        return clock.at(clock.local(ends).date() + dt.timedelta(days=1), AT)

    def until(self, *, starts: dt.datetime, due: dt.datetime) -> dt.datetime:
        """From when on it is too late."""
        return starts if self.moment == Moment.REMINDER else due + LATE


def plans(event: Event) -> list[Plan]:
    """All mails of an event, in the order they go out."""
    rows = {row.moment: row for row in event.notices.all()}
    return [
        Plan(moment, rows[moment].is_on, rows[moment].hours, rows[moment].words)
        if moment in rows
        else Plan(moment, moment in USUALLY_ON)
        for moment in Moment.values
    ]


def plan(event: Event, moment: str) -> Plan:
    return next(row for row in plans(event) if row.moment == moment)


def times_of(event: Event, pool: Pool | None = None) -> tuple[dt.datetime, dt.datetime] | None:
    """Beginning and end, of the slot where the pool is one."""
    starts = (pool.starts_at if pool else None) or queries.starts_at(event)
    ends = (pool.ends_at if pool else None) or queries.ends_at(event)
    return (starts, max(ends, starts)) if starts and ends else None


def sent(event: Event) -> dict[str, int]:
    """How many have each mail, in one statement: {moment: registrations}."""
    rows = NoticeSent.objects.filter(registration__event=event).order_by()
    return dict(rows.values_list("moment").annotate(n=Count("pk")))


def _silent_otherwise(event: Event) -> list[str]:
    """Addresses of guests whose owner wants no mail and is known by another spelling of its domain."""
    rows = Registration.objects.filter(event=event, state=State.CONFIRMED).order_by()
    mails = set(rows.values_list("email", flat=True))
    spelt = {form for mail in mails if len(forms := mail_addresses.forms(mail)) > 1 for form in forms}
    if not spelt:
        return []
    people = Person.objects.filter(email__in=spelt).exclude(channel=Channel.MAIL)
    silent = {mail_addresses.key(mail) for mail in people.values_list("email", flat=True)}
    return [mail for mail in mails if mail_addresses.key(mail) in silent]


def waiting_for(event: Event, pool: Pool | None, moment: str, *, due: dt.datetime) -> QuerySet[Registration]:
    """Who shall have the mail and has not: never twice, nobody without a mail address, nobody who wants no mail.

    Who got a place only after the reminder was due was told everything with it. Without a `pool` it is all of them.
    """
    rows = Registration.objects.filter(event=event, state=State.CONFIRMED).exclude(email="")
    if pool is not None:
        rows = rows.filter(pool=pool)
    rows = rows.filter(~Exists(NoticeSent.objects.filter(registration=OuterRef("pk"), moment=moment)))
    others = Person.objects.filter(email=OuterRef("email")).exclude(channel=Channel.MAIL)
    rows = rows.filter(~Exists(others)).exclude(email__in=_silent_otherwise(event))
    seats = Seat.objects.filter(registration=OuterRef("pk"), given_back_at=None)
    came = Exists(seats.filter(presence=Presence.ATTENDED))
    if moment == Moment.REMINDER:
        placed = Change.objects.filter(registration=OuterRef("pk"), target=State.CONFIRMED, at__gte=due)
        return rows.filter(Q(recorded_at__lt=due) & ~Exists(placed)).order_by("id")
    if moment == Moment.THANKS:
        return rows.filter(came).order_by("id")
    return rows.filter(~came & Exists(seats.filter(presence=Presence.ABSENT))).order_by("id")
