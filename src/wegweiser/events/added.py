"""Who is registered for a series as a whole and gets a place at a date that is added to it, and who would not fit."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from wegweiser.events import queries, whole
from wegweiser.events.models import ACTIVE, HOLDS, Event, Joining, Pool, Registration, Series, State
from wegweiser.events.queries import Room
from wegweiser.kernel import clock, mail_addresses

_FIRST = (State.CONFIRMED, State.OFFERED, State.PENDING, State.WAITING, State.ASKED)


@dataclass(frozen=True)
class Newcomer:
    """Somebody as they are registered at another date, and the places of the added one that they get one of."""

    registration: Registration
    pool: Pool


@dataclass
class Due:
    """Who comes along to an added date, and who has a place at all others and would have none there."""

    coming: list[Newcomer] = field(default_factory=list)
    missing: list[Registration] = field(default_factory=list)

    @property
    def places(self) -> int:
        return sum(row.registration.places for row in self.coming if row.registration.holds)


def due(event: Event) -> Due:
    """The same as `due_at` of one date."""
    return due_at(event.series, [event])[event.pk] if event.series else Due()


def due_at(series: Series, events: Sequence[Event]) -> dict[int, Due]:
    """Who comes along to each of these dates; in a constant number of statements.

    Registered for the whole is who has all dates or none and left out none that one can register for now. A date they
    gave back they do not get again.
    """
    found = {event.pk: Due() for event in events}
    if series.joining != Joining.WHOLE or not events:
        return found
    bundles = _bundles(series, set(found))
    rooms: dict[int, list[Room]] = {pk: [] for pk in found}
    for room in queries.rooms_of_several(found) if bundles else []:
        rooms[room.pool.event_id].append(room)
    there = Registration.objects.filter(event__in=found).values_list("event", "bundle", "email", "name", "state")
    known, same = set(), set()
    for key, bundle, email, name, state in there if bundles else []:
        known.add((key, bundle))
        if email and state in ACTIVE:
            same.add((key, mail_addresses.key(email), name.casefold()))
    for event in events:
        left = {room.pool.pk: room.free for room in rooms[event.pk]}
        for row in bundles:
            who = mail_addresses.key(row.email), row.name.casefold()
            if (event.pk, row.bundle) in known or (event.pk, *who) in same:
                continue
            _place(row, rooms[event.pk], left, found[event.pk])
    return found


def _place(row: Registration, rooms: Sequence[Room], left: dict[int, int], into: Due) -> None:
    pool = whole.alike([room.pool for room in rooms], row.pool)
    if pool is None or (row.state in HOLDS and left[pool.pk] < row.places):
        into.missing.append(row)
        return
    if row.state in HOLDS:
        left[pool.pk] -= row.places
    into.coming.append(Newcomer(row, pool))


def _bundles(series: Series, added: set[int]) -> list[Registration]:
    """Of everybody who is registered for the whole one registration at a date to come, who came first on top."""
    now = clock.now()
    bundles: dict[UUID | None, list[Registration]] = {}
    rows = Registration.objects.filter(event__series=series, together=True).select_related(
        "pool", "event__draft__entry"
    )
    for row in rows.order_by("id"):
        bundles.setdefault(row.bundle, []).append(row)
    if not bundles:
        return []
    wanted = {date.event.pk for date in whole.dates(series.pk) if not date.closed} - added
    return [
        min(ahead, key=lambda row: _FIRST.index(State(row.state)))
        for rows in bundles.values()
        if wanted <= {row.event_id for row in rows} and (ahead := list(_ahead(rows, now)))
    ]


def _ahead(rows: Iterable[Registration], now: dt.datetime) -> Iterable[Registration]:
    for row in rows:
        starts = row.pool.starts_at or queries.starts_at(row.event)
        if row.state in ACTIVE and not row.event.is_cancelled and (starts is None or starts > now):
            yield row
