"""The talks of a consultation day and its hours: one that lies outside of them is offered to nobody."""

import datetime as dt
from collections.abc import Iterable

from wegweiser.events import queries
from wegweiser.events.models import Event, Pool


def is_within(pool: Pool, starts: dt.datetime | None, ends: dt.datetime | None) -> bool:
    """Whether a talk takes place between these two; where an end is not said, it has none. What is no talk always."""
    if pool.starts_at is None or pool.ends_at is None:
        return True
    return (starts is None or pool.starts_at >= starts) and (ends is None or pool.ends_at <= ends)


def is_outside(event: Event, pool: Pool) -> bool:
    """Whether a talk lies before its event begins or after it ends, as the public knows it."""
    return not is_within(pool, queries.starts_at(event), queries.planned_end(event))


def within(event: Event, pools: Iterable[Pool], *, own: Pool | None = None) -> list[Pool]:
    """What somebody may have of an event; the talk that they have already (`own`) wherever it lies."""
    return [pool for pool in pools if pool == own or not is_outside(event, pool)]


def outside(event: Event, pools: Iterable[Pool]) -> list[Pool]:
    """The talks of an event that lie outside its hours."""
    return [pool for pool in pools if is_outside(event, pool)]
