"""How long something is open to who registers, and whether it is still to come and takes place."""

import datetime as dt

from wegweiser.events import queries
from wegweiser.events.models import Event, Pool
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError


def until(event: Event, pool: Pool | None, now: dt.datetime, hours: int) -> dt.datetime:
    """The end of what is open for some hours: nothing stays open longer than until it begins."""
    end, starts = now + dt.timedelta(hours=hours), (pool and pool.starts_at) or queries.starts_at(event)
    return min(end, starts) if starts and starts > now else end


def has_begun(event: Event, pool: Pool) -> bool:
    """Of a consultation day the talk itself: one in the afternoon is still to come when the first ones are over."""
    starts = pool.starts_at or queries.starts_at(event)
    return starts is not None and starts <= clock.now()


def ensure_takes_place(event: Event) -> None:
    """Nobody gets a place at an event that was called off, and nobody hears of one."""
    if event.is_cancelled:
        raise DomainError("event_cancelled")


def ensure_open(event: Event, *, at_desk: bool) -> None:
    """Refuse where nobody can register now; the desk may before it opens and after it closed."""
    reason = queries.closed_because(event)
    if reason and not (at_desk and reason in {"registration_not_open_yet", "registration_closed"}):
        raise DomainError(reason)
