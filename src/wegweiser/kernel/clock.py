"""The only place that asks what time it is. Stored times are UTC; "today" is the day in the centre's time zone."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_fixed: ContextVar[dt.datetime | None] = ContextVar("fixed", default=None)


def now() -> dt.datetime:
    """This moment, aware, in UTC."""
    return _fixed.get() or timezone.now()


def today() -> dt.date:
    """The calendar day at the centre (the active time zone)."""
    return timezone.localdate(now())


def local(moment: dt.datetime) -> dt.datetime:
    """`moment` as a wall clock at the centre shows it."""
    return timezone.localtime(moment)


def at(day: dt.date, time: dt.time = dt.time.min) -> dt.datetime:
    """The moment when the clock at the centre shows `time` on `day`; without a time its first one."""
    return timezone.make_aware(dt.datetime.combine(day, time))


def shows(day: dt.date, time: dt.time) -> bool:
    """Whether the clock at the centre shows `time` on `day`; when it is put forward, it leaves out an hour."""
    return local(at(day, time).astimezone(dt.UTC)).replace(tzinfo=None) == dt.datetime.combine(day, time)


def shows_twice(day: dt.date, time: dt.time) -> bool:
    """Whether the clock at the centre shows `time` on `day` two times: when it is put back, an hour comes again."""
    once = at(day, time)
    return once.utcoffset() != once.replace(fold=1).utcoffset() and shows(day, time)


@contextmanager
def stopped_at(moment: dt.datetime) -> Iterator[None]:
    """Let the clock stand still at `moment` (aware): for tests and for rendering a past state."""
    if moment.tzinfo is None:
        raise ValueError("The clock needs an aware moment.")
    token = _fixed.set(moment.astimezone(dt.UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
