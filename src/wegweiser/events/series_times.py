"""When the other dates of a series would be after a change of one, and which of them that does not work for.

Looked at for all of them before any is moved: an hour that the clock leaves out or shows twice, a talk outside the
hours, a date that runs into another one of the series.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from wegweiser.events import sharing, shifting
from wegweiser.events.models import Event, Pool
from wegweiser.events.sharing import Member
from wegweiser.kernel import clock

LEFT_OUT, TWICE, TALKS, OVERLAP = "date_hour_left_out", "date_hour_twice", "date_talks_outside", "dates_overlap"
CHECKED = frozenset({sharing.DAY, sharing.LENGTH, sharing.POOLS})


@dataclass(frozen=True)
class Times:
    """When a date begins and ends; `shown` is what a clock on the wall would have to show for it."""

    starts: dt.datetime | None
    ends: dt.datetime | None
    shown: tuple[dt.datetime, ...] = ()


def moved(source: Member, target: Member, parts: Collection[str]) -> Times:
    """When `target` is once its day or length (`parts`) follows `source`."""
    starts, ends = target.event.draft.starts_at, target.event.draft.ends_at
    shown: list[dt.datetime | None] = []
    if sharing.DAY in parts:
        way = (source.event.planned_at, source.event.draft.starts_at)
        shown = [shifting.shown(moment, *way) for moment in (starts, ends)]
        starts, ends = (shifting.wall(moment, *way) for moment in (starts, ends))
    if sharing.LENGTH in parts:
        way = (source.event.draft.starts_at, starts)
        shown = [*shown[:1], shifting.shown(source.event.draft.ends_at, *way)]
        ends = shifting.wall(source.event.draft.ends_at, *way)
    return Times(starts, ends, tuple(moment for moment in shown if moment))


def problems(
    source: Member, wanted: Mapping[int, Collection[str]], members: Iterable[Member]
) -> list[tuple[Event, str]]:
    """The dates that a change does not work for, and why. `wanted`: the parts of each date, by the key of its event."""
    rows = [row for row in members if row.is_open or row.event.pk == source.event.pk]
    now = {row.event.pk: Times(row.event.draft.starts_at, row.event.draft.ends_at) for row in rows}
    then = now | {row.event.pk: moved(source, row, wanted[row.event.pk]) for row in rows if row.event.pk in wanted}
    found = []
    for row in rows:
        key = row.event.pk
        parts = set(wanted.get(key, ())) & CHECKED
        if parts and (why := _why(source, row, parts, now, then)):
            found.append((row.event, why))
    return found


def _why(
    source: Member, row: Member, parts: Collection[str], now: Mapping[int, Times], then: Mapping[int, Times]
) -> str:
    key = row.event.pk
    for shown in then[key].shown:
        if not clock.shows(shown.date(), shown.time()):
            return LEFT_OUT
        if clock.shows_twice(shown.date(), shown.time()):
            return TWICE
    if _talks_outside(source, row, parts, now[key], then[key]):
        return TALKS
    if any(_overlap(then[key], then[other]) and not _overlap(now[key], now[other]) for other in then if other != key):
        return OVERLAP
    return ""


def _talks_outside(source: Member, row: Member, parts: Collection[str], now: Times, then: Times) -> bool:
    """Whether a talk lies outside the hours then that does not yet."""
    theirs = source if sharing.POOLS in parts else row
    draft = theirs.event.draft
    held = Times(draft.starts_at, draft.ends_at) if theirs is source else now
    for pool in theirs.event.pools.all():
        told = sharing.anchor(theirs)
        if _is_within(pool, told, held) and not _is_within(pool, told, then):
            return True
    return False


def _is_within(pool: Pool, told: dt.datetime | None, times: Times) -> bool:
    """Whether a talk lies in these hours, once it moved along with the beginning that guests were told."""
    begins, stops = (shifting.wall(moment, told, times.starts) for moment in (pool.starts_at, pool.ends_at))
    if begins is None or stops is None:
        return True
    return (times.starts is None or begins >= times.starts) and (times.ends is None or stops <= times.ends)


def _overlap(one: Times, other: Times) -> bool:
    if one.starts is None or other.starts is None:
        return False
    begins: Sequence[dt.datetime] = (one.starts, other.starts)
    return begins[0] == begins[1] or (begins[0] < (other.ends or begins[1]) and begins[1] < (one.ends or begins[0]))
