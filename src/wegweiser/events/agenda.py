"""The order of the day, and of an event of several days the order of each. Plain values out."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from wegweiser.events import lengths, queries
from wegweiser.events.models import Event
from wegweiser.kernel import clock

Row = Mapping[str, Any]


def by_day(event: Event) -> list[tuple[dt.date | None, list[Row]]]:
    """What happens on each day, in its order; of an event of one day without its date."""
    starts = queries.starts_at(event)
    days = lengths.days(starts, queries.planned_end(event))
    if starts is None or len(days) < 2:
        return [(None, list(event.agenda))]
    rows = ordered(event.agenda, starts, len(days))
    found = [(day, [row for number, row in rows if number == place]) for place, day in enumerate(days, start=1)]
    return [(day, told) for day, told in found if told]


def ordered(rows: Sequence[Row], starts: dt.datetime, days: int) -> list[tuple[int, Row]]:
    """The points with the number of their day, in the order of days and hours."""
    found = [(number(row, starts, days), row) for row in rows]
    return sorted(found, key=lambda pair: (pair[0], pair[1].get("at") or "99"))


def number(row: Row, starts: dt.datetime, days: int) -> int:
    """On which day a point is, from 1. Where nobody said so: what lies before the beginning is on the second one."""
    said = row.get("day")
    if isinstance(said, int):
        return max(1, min(said, days))
    at = row.get("at", "")
    return min(2, days) if at and at < f"{clock.local(starts):%H:%M}" else 1
