"""Reads of a series: its dates and how full they are, what belongs to one registration, and whose turn it is.

Each date is an event with places and a line of its own. What somebody registered for several dates with one form is a
bundle. Where a series is only to be had as a whole, its bundles wait together: one moves up when there is room at all
its dates and it is its turn at each of them.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet

from wegweiser.events import answers, queries
from wegweiser.events.models import (
    ACTIVE,
    Event,
    Joining,
    Pool,
    Presence,
    Question,
    QuestionKind,
    Registration,
    Seat,
    Series,
    State,
)
from wegweiser.events.queries import Room
from wegweiser.kernel import clock
from wegweiser.kernel.kept import Kept
from wegweiser.kernel.translated import Translated


@dataclass(frozen=True)
class Date:
    """One public date of a series. `closed` says why nobody can register now, as `queries.closed_because` does."""

    event: Event
    rooms: Sequence[Room]
    closed: str

    @property
    def starts_at(self) -> dt.datetime:
        return queries.starts_at(self.event) or self.event.recorded_at

    @property
    def is_over(self) -> bool:
        entry = self.event.draft.entry
        return entry is not None and entry.is_over()

    @property
    def is_ahead(self) -> bool:
        return not self.is_over and not self.event.is_cancelled

    def room(self, pool: Pool | None = None) -> Room | None:
        """Where one would take part who takes part in `pool` at another date; without one, where most would."""
        if pool is None:
            free = [room for room in self.rooms if room.fits(1, fill=self.event.fill)]
            return next(iter(free or self.rooms), None)
        found = alike([room.pool for room in self.rooms], pool)
        return next((room for room in self.rooms if room.pool == found), None)

    def takes(self, places: int = 1, pool: Pool | None = None) -> bool:
        """Whether one can register for it now, be it for the waiting list."""
        room = self.room(pool)
        return not self.closed and room is not None and (self.event.waiting_list or self.fits(places, pool))

    def fits(self, places: int = 1, pool: Pool | None = None) -> bool:
        room = self.room(pool)
        return room is not None and room.fits(places, fill=self.event.fill)


def alike(pools: Sequence[Pool], pool: Pool) -> Pool | None:
    """Where one would take part at another date who takes part in `pool` at this one."""
    same = [row for row in pools if _alike(row, pool)]
    ways = [row for row in pools if row.way == pool.way and not row.starts_at]
    return next(iter(same or ways), None)


def _alike(one: Pool, other: Pool) -> bool:
    """Whether two pools of different dates are the same way of taking part, at the same time of the day."""
    times = [clock.local(row.starts_at).time() if row.starts_at else None for row in (one, other)]
    return (one.way, one.label, times[0]) == (other.way, other.label, times[1])


def public(uuid: UUID) -> Series | None:
    """The series at an address, as long as one of its dates is public."""
    found = Series.objects.filter(uuid=uuid, events__draft__entry__withdrawn_at=None)
    return found.filter(events__draft__entry__isnull=False).distinct().first()


def public_ones() -> list[UUID]:
    """Every series that has such a page."""
    found = Series.objects.filter(events__draft__entry__isnull=False, events__draft__entry__withdrawn_at=None)
    return list(found.order_by("uuid").values_list("uuid", flat=True).distinct())


def dates(series: int) -> list[Date]:
    """The public dates of a series in their order, with their places: two statements, however many they are."""
    rows = Event.objects.select_related("series", "draft__entry").filter(series=series, draft__entry__withdrawn_at=None)
    events = list(rows.exclude(draft__entry=None).order_by("draft__entry__starts_at", "pk"))
    rooms: dict[int, list[Room]] = {event.pk: [] for event in events}
    known = {event.pk: event for event in events}
    for room in queries.rooms_of_several(rooms):
        room.pool.event = known[room.pool.event_id]
        rooms[room.pool.event_id].append(room)
    return [Date(event, rooms[event.pk], queries.closed_because(event)) for event in events]


@dataclass(frozen=True)
class Place:
    """Where a date stands among those of its series, counted from 1."""

    series: UUID
    title: Translated
    number: int
    count: int


def places_of_entries(entries: Iterable[int]) -> dict[int, Place]:
    """The same for each of these entries that is one of several public dates, in one statement: {key of the entry}.

    Every list of offers asks it: all dates of all series are read as they are, and put in order when one has changed.
    """
    wanted = set(entries)
    return {pk: place for pk, place in _public_places().items() if pk in wanted} if wanted else {}


def places_of_events(events: Iterable[int]) -> dict[int, Place]:
    """The same among all dates of a series, public or not: {key of the event}."""
    wanted = list(events)
    return _places(Event.objects.all(), "pk", wanted) if wanted else {}


def _places(rows: QuerySet[Event], key: str, wanted: list[int]) -> dict[int, Place]:
    series = Event.objects.filter(**{f"{key}__in": wanted}, series__isnull=False).values("series")
    return _numbered(_in_order(rows.filter(series__in=series), key))


def _in_order(rows: QuerySet[Event], key: str) -> QuerySet[Event, tuple[UUID, dict[str, str], int]]:
    return rows.order_by("draft__starts_at", "pk").values_list("series__uuid", "series__title", key)


def _of_public() -> QuerySet[Event, tuple[UUID, dict[str, str], int]]:
    rows = Event.objects.filter(series__isnull=False, draft__entry__withdrawn_at=None).exclude(draft__entry=None)
    return _in_order(rows, "draft__entry")


def _numbered(rows: Iterable[tuple[UUID, dict[str, str], int]]) -> dict[int, Place]:
    found: dict[UUID, list[tuple[int, dict[str, str]]]] = {}
    for uuid, title, pk in rows:
        found.setdefault(uuid, []).append((pk, title))
    return {
        pk: Place(uuid, Translated(title), number, len(dates))
        for uuid, dates in found.items()
        for number, (pk, title) in enumerate(dates, start=1)
        if len(dates) > 1
    }


_public_places = Kept(lambda: _numbered(_of_public()), _of_public)


def must_be_whole(event: Event) -> bool:
    """Whether this date is only to be had together with others that one can register for now."""
    if event.series is None or event.series.joining != Joining.WHOLE:
        return False
    return any(date.event.pk != event.pk and not date.closed for date in dates(event.series.pk))


def of_bundle(bundle: UUID | None) -> list[Registration]:
    """What was registered with one form, in the order of the dates; nothing where it was for one date alone."""
    if bundle is None:
        return []
    rows = Registration.objects.filter(bundle=bundle).select_related("pool", "event__draft__entry")
    return list(rows.order_by("event__draft__entry__starts_at", "id"))


def to_come(rows: Sequence[Registration]) -> list[Registration]:
    """Those of a bundle that can still be given back together: of dates that have not begun, and of nobody who was let
    in already."""
    now, attended = clock.now(), Seat.objects.filter(registration__in=rows, presence=Presence.ATTENDED)
    there = set(attended.values_list("registration", flat=True)) if rows else set()
    return [
        row
        for row in rows
        if row.is_active
        and not row.event.is_cancelled
        and row.event.settled_at is None
        and row.pk not in there
        and ((starts := row.pool.starts_at or queries.starts_at(row.event)) is None or starts > now)
    ]


def lapses_with(registration: Registration, now: dt.datetime) -> bool:
    """Whether another one of the bundle ends at the same time and is not ended yet."""
    rest = Registration.objects.filter(bundle=registration.bundle, until__lte=now).exclude(pk=registration.pk)
    return registration.bundle is not None and rest.exists()


def next_together(series: int) -> list[Registration]:
    """Whose turn it is of those who wait for all dates or none: their registrations, under the lock of all dates."""
    now = clock.now()
    waiting = Registration.objects.filter(event__series=series, together=True, state=State.WAITING)
    waiting = waiting.filter(event__cancelled_at=None).select_related("pool", "event__draft__entry")
    bundles: dict[UUID | None, list[Registration]] = {}
    for row in waiting.order_by(F("preferred_at").asc(nulls_last=True), "queued_at", "id"):
        starts = queries.starts_at(row.event)
        if starts is None or starts > now:
            bundles.setdefault(row.bundle, []).append(row)
    if not bundles:
        return []
    pools = {row.pool_id: row.pool for rows in bundles.values() for row in rows}
    rooms = {room.pool.pk: room for room in queries.rooms(pools.values())}
    heads = {pk: _head(room) for pk, room in rooms.items()}

    def its_turn(row: Registration) -> bool:
        fits = row.places <= rooms[row.pool_id].free
        return fits and (row.event.fill or heads[row.pool_id] == row.pk)

    return next((rows for rows in bundles.values() if all(map(its_turn, rows))), [])


def _head(room: Room) -> int | None:
    """Who is first in a line, of those who could ever fit."""
    line = queries.line(room.pool).filter(places__lte=room.pool.capacity)
    return next(iter(line.values_list("pk", flat=True)[:1]), None)


def waits_for_the_whole(series: Series) -> bool:
    """Whether somebody has or wants all dates or none, and it is not settled yet."""
    open_states = ACTIVE - {State.CONFIRMED}
    return Registration.objects.filter(event__series=series, together=True, state__in=open_states).exists()


# --- Questions ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """What several dates ask, each question once. `copies` are all of a question, the one that is asked first."""

    questions: list[Question]
    copies: dict[str, list[Question]]
    dates: dict[int, set[int]]

    def spread(self, given: dict[str, object]) -> dict[str, object]:
        """Answers to the questions that were asked as answers to the copies of every date."""
        return {
            answers.key(copy): given[name] for name, copies in self.copies.items() if name in given for copy in copies
        }


def asked(events: Sequence[Event]) -> Asked:
    """The questions of several dates, those that are the same at more than one of them only once."""
    wanted = [event.pk for event in events]
    rows = Question.objects.filter(event__in=wanted, retired_at=None)
    found = sorted(rows, key=lambda row: (wanted.index(row.event_id), row.position, row.pk))
    by_pk, first = {row.pk: row for row in found}, {}
    copies: dict[str, list[Question]] = {}
    of: dict[int, set[int]] = {}
    for row in found:
        same = (
            _identity(row, by_pk),
            sum(
                _identity(one, by_pk) == _identity(row, by_pk) and one.pk < row.pk
                for one in found
                if one.event_id == row.event_id
            ),
        )
        one = first.setdefault(same, row)
        copies.setdefault(answers.key(one), []).append(row)
        of.setdefault(one.pk, set()).add(row.event_id)
    return Asked(list(first.values()), copies, of)


def _identity(row: Question, by_pk: dict[int, Question]) -> tuple[object, ...]:
    """What makes two questions the same: their words, what one may answer, and when they are asked."""
    options = tuple((str(option["key"]), tuple(sorted(option["label"].items()))) for option in row.options)
    parent = by_pk.get(row.shown_where_id or 0)
    shown = (_identity(parent, by_pk), row.shown_answer) if parent else ()
    needed = row.required or row.kind == QuestionKind.CONSENT
    return (row.kind, tuple(sorted(row.label.items())), tuple(sorted(row.hint.items())), options, needed, shown)
