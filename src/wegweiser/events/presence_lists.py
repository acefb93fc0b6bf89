"""Reads of lists of who was there online."""

import datetime as dt
import math

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from wegweiser.events import lengths, meeting_lists, presence, queries
from wegweiser.events.door import plain
from wegweiser.events.models import Event, Pool, PresenceList, PresenceRow, Seat, Way, Whose
from wegweiser.events.whose import Guest, Register

USUAL = dt.timedelta(hours=1)  # of an event that names no end
MOST_PICKED = 300  # guests that a page offers to pick from
MOST_MINUTES = 32_000  # over all lists of an event
ASKED = Q(minutes=None, there=None) & ~Q(whose=Whose.NOBODY)  # rows of which somebody has to say who was there


def register(event: Event) -> Register:
    """Everybody whom a row of a list of this event could be."""
    return Register(_guest(seat) for seat in presence.seats(event))


def starts(event: Event) -> dt.datetime | None:
    return queries.starts_at(event)


def least_minutes(event: Event, pool: Pool) -> int:
    """So long one has to be there online to have taken part: a share of one's own slot, or of the event."""
    lasts = lengths.of(event, pool) or USUAL
    return max(math.ceil(lasts.total_seconds() / 60 * event.least_share / 100), 1)


def least_of_all(event: Event) -> int | None:
    """The same where it is one number for everybody; None where talks last differently."""
    found = {least_minutes(event, pool) for pool in event.pools.all()}
    return found.pop() if len(found) == 1 else None


def longest(event: Event) -> dt.timedelta | None:
    """How long the whole of an event is planned, where anybody said when it ends."""
    starts, ends = queries.starts_at(event), queries.planned_end(event)
    return ends - starts if starts and ends and ends > starts else None


def minutes(event: Event) -> dict[int, int]:
    """How long each place was there online, over all lists that were taken over, by the place's primary key."""
    told = (
        _taken_over(event)
        .filter(minutes__isnull=False)
        .order_by()
        .values("seat", "presence_list")
        .annotate(spent=Sum("minutes"))
    )
    found: dict[int, int] = {}
    for row in told:
        spent = min(row["spent"], meeting_lists.MOST_MINUTES)
        found[row["seat"]] = min(found.get(row["seat"], 0) + spent, MOST_MINUTES)
    return found


def said(event: Event) -> dict[int, bool | None]:
    """What lists without times say of each place, by its primary key: there or not, or None where nobody can read it.

    Of several lists it is enough that one saw somebody.
    """
    found: dict[int, bool | None] = {}
    rows = _taken_over(event).filter(Q(minutes=None) | Q(there=True))
    for seat, there in rows.values_list("seat", "there"):
        before = found.get(seat, there)
        found[seat] = True if before or there else None if None in {before, there} else False
    return found


def for_new(event: Event) -> Pool:
    """Where somebody is taken in who was there without a registration."""
    pools = list(event.pools.all())
    return next((pool for pool in pools if pool.way == Way.ONLINE), pools[0])


def open_rows(presence_list: PresenceList) -> QuerySet[PresenceRow]:
    """Rows that somebody has to say something of: whose they are, or whether that guest was there."""
    return presence_list.rows.filter(Q(whose=Whose.OPEN) | ASKED)


def undecided(presence_list: PresenceList) -> int:
    return open_rows(presence_list).count()


def unread(event: Event, presence_list: PresenceList | None = None) -> int:
    """How many rows of its lists, or of this one, do not say how long somebody was there, and nobody has yet."""
    rows = PresenceRow.objects.filter(ASKED, presence_list__event=event)
    return (rows.filter(presence_list=presence_list) if presence_list else rows).count()


def without_unread(events: QuerySet[Event]) -> QuerySet[Event]:
    """Those of these events whose lists leave nothing to say."""
    return events.exclude(Exists(PresenceRow.objects.filter(ASKED, presence_list__event=OuterRef("pk"))))


def label(seat: Seat) -> str:
    """A guest as one picks them from a list; the number tells two of one name apart."""
    row = seat.registration
    name = seat.name or row.name or "–"
    return " · ".join(filter(None, [name, row.firm, f"{row.pk}-{seat.position}"]))


def by_label(event: Event, text: str) -> Seat | None:
    """The guest that was picked by `label`, or by a name that only one has, or by words that only one holds."""
    wanted, words = " ".join(text.split()), plain(text).split()
    seats = list(presence.seats(event))
    exact = [seat for seat in seats if label(seat) == wanted]
    named = [seat for seat in seats if (seat.name or seat.registration.name).casefold() == wanted.casefold()]
    found = exact or named or [seat for seat in seats if all(word in plain(label(seat)) for word in words)]
    return found[0] if words and len(found) == 1 else None


def labels(event: Event) -> list[str]:
    """Guests to pick from; none where they are so many that sending all of them would slow the page down."""
    seats = list(presence.seats(event)[: MOST_PICKED + 1])
    return [label(seat) for seat in seats] if len(seats) <= MOST_PICKED else []


def _taken_over(event: Event) -> QuerySet[PresenceRow]:
    rows = PresenceRow.objects.filter(presence_list__event=event, presence_list__settled_at__isnull=False)
    return rows.exclude(seat=None)


def _guest(seat: Seat) -> Guest:
    """Of a group only the one who registered is reached by its address."""
    row = seat.registration
    name = seat.name or (row.name if seat.position == 1 else "")
    return Guest(seat.pk, name, row.email if seat.position == 1 else "")
