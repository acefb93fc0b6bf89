"""Which events still hold what leads to a person, how long, and what speaks against forgetting it now.

What is counted here is what the periodic job erases by itself (`retention`): the same conditions, so the same numbers.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from wegweiser.catalogue import times
from wegweiser.consortium import queries as consortium
from wegweiser.events import hosting, notices, queries
from wegweiser.events.after_models import Moment
from wegweiser.events.models import (
    ACTIVE,
    Certificate,
    Event,
    Feedback,
    PresenceList,
    PresenceRow,
    Registration,
    Seat,
    SignedList,
    State,
)
from wegweiser.kernel import clock, erasure

PURPOSE = "event"
# What may be forgotten before its time; scans are the proof behind the figures and stay until then.
EARLY = ("events.Registration", "events.PresenceRow", "events.Feedback")

AHEAD, ATTENDANCE, LISTS, MAILS, CALLS, SERIES, NOTHING = (
    *("ahead", "attendance", "lists", "mails", "calls", "series"),
    "nothing",
)


# --- What still tells who it was --------------------------------------------------------------------------------------


def told() -> QuerySet[Registration]:
    named = Exists(Seat.objects.filter(registration=OuterRef("pk")).exclude(name=""))
    empty = {"name": "", "email": "", "phone": "", "firm": "", "postcode": "", "note": "", "preferred_reason": ""}
    return Registration.objects.filter(~Q(**empty) | named)


def listed() -> QuerySet[PresenceRow]:
    return PresenceRow.objects.exclude(name="", email="")


def signed() -> QuerySet[SignedList]:
    return SignedList.objects.exclude(name="")


def written() -> QuerySet[Feedback]:
    return Feedback.objects.exclude(missing="")


def rows_of(event: Event) -> dict[str, QuerySet[Any]]:
    """By table, the rows of an event that may be forgotten before their time."""
    return {
        "events.Registration": told().filter(event=event),
        "events.PresenceRow": listed().filter(presence_list__event=event),
        "events.Feedback": written().filter(event=event),
    }


def holding(events: QuerySet[Event]) -> QuerySet[Event]:
    """Those of these events that hold anything."""
    parts = (
        told().filter(event=OuterRef("pk")),
        listed().filter(presence_list__event=OuterRef("pk")),
        signed().filter(event=OuterRef("pk")),
        written().filter(event=OuterRef("pk")),
    )
    condition = Q()
    for rows in parts:
        condition |= Q(Exists(rows))
    return events.filter(condition)


# --- How much, how long, and why --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Held:
    """What one event holds. `keeps` says what speaks against forgetting it now; empty: nothing does."""

    event: Event
    guests: int = 0
    rows: int = 0
    scans: int = 0
    words: int = 0
    since: dt.datetime | None = None
    erased_on: dt.date | None = None
    certificates: int = 0
    mails_until: dt.datetime | None = None
    calls: int = 0
    keeps: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        return bool(self.guests or self.rows or self.scans or self.words)

    @property
    def forgettable(self) -> int:
        """Rows that go when it is forgotten now."""
        return self.guests + self.rows + self.words


def erased_on(event: Event) -> dt.date | None:
    """The day on which the job erases it by itself; None where it was never public, so each row has its own day."""
    entry = event.draft.entry
    ended = (entry.ends_at or entry.starts_at) if entry else None
    return erasure.first_day_of_erasing(PURPOSE, clock.local(ended).date()) if ended else None


def of(events: Collection[Event]) -> list[Held]:
    """What each of these events holds, in the same number of statements however many they are.

    `events` come with draft, entry and the settings of their mails.
    """
    keys = [event.pk for event in events]
    guests = {
        row["event"]: row
        for row in told()
        .filter(event__in=keys)
        .order_by()
        .values("event")
        .annotate(number=Count("pk"), since=Min("recorded_at"))
    }
    rows = _counts(listed().filter(presence_list__event__in=keys), "presence_list__event")
    scans = _counts(signed().filter(event__in=keys), "event")
    words = _counts(written().filter(event__in=keys), "event")
    papers = _counts(Certificate.objects.filter(seat__registration__event__in=keys), "seat__registration__event")
    unread = _counts(PresenceList.objects.filter(event__in=keys, settled_at=None), "event")
    placed = _counts(Registration.objects.filter(event__in=keys, state=State.CONFIRMED), "event")
    later = _counts(told().filter(event__in=keys, bundle__in=_ahead()), "event")
    calls, land = hosting.call_counts(events), consortium.centre().land
    found = []
    for event in events:
        known = guests.get(event.pk, {"number": 0, "since": None})
        amounts = (known["number"], rows.get(event.pk, 0), words.get(event.pk, 0))
        until = mails_until(event, land)
        keeps = against(
            ahead=event.cancelled_at is None
            and not times.is_over(queries.starts_at(event), queries.planned_end(event)),
            attendance=event.cancelled_at is None and event.settled_at is None and bool(placed.get(event.pk)),
            lists=bool(unread.get(event.pk)),
            mails=until is not None and clock.now() < until,
            calls=bool(calls.get(event.pk)),
            series=bool(later.get(event.pk)),
            nothing=not any(amounts),
        )
        found.append(
            Held(
                event=event,
                guests=amounts[0],
                rows=amounts[1],
                scans=scans.get(event.pk, 0),
                words=amounts[2],
                since=known["since"],
                erased_on=erased_on(event),
                certificates=papers.get(event.pk, 0),
                mails_until=until,
                calls=calls.get(event.pk, 0),
                keeps=keeps,
            )
        )
    return found


def against(
    *, ahead: bool, attendance: bool, lists: bool, mails: bool, calls: bool, series: bool, nothing: bool
) -> tuple[str, ...]:
    """What speaks against forgetting an event now. One reason that is ahead or empty says it all.

    `series`: the same form registered somebody for a date that is still to come, and their link and mail are one.
    """
    if nothing:
        return (NOTHING,)
    if ahead:
        return (AHEAD,)
    reasons = {ATTENDANCE: attendance, LISTS: lists, MAILS: mails, CALLS: calls, SERIES: series}
    return tuple(code for code, holds in reasons.items() if holds)


def mails_until(event: Event, land: str) -> dt.datetime | None:
    """Until when mails after the event may go out, with their links to feedback and certificate; None: none do."""
    known = notices.times_of(event)
    if known is None or event.is_cancelled:
        return None
    starts, ends = known
    after = [plan for plan in notices.plans(event) if plan.is_on and plan.moment != Moment.REMINDER]
    lasts = [plan.until(starts=starts, due=plan.due(starts=starts, ends=ends, land=land)) for plan in after]
    return max(lasts, default=None)


def _ahead() -> QuerySet[Registration, Any]:
    """The bundles of those who have or want a date that is still to come."""
    coming = Event.objects.filter(hosting.ahead()).values("pk")
    return Registration.objects.filter(event__in=coming, bundle__isnull=False, state__in=ACTIVE).values("bundle")


def _counts(rows: QuerySet[Any], event: str) -> Mapping[int, int]:
    return dict(rows.order_by().values_list(event).annotate(number=Count("pk")))
