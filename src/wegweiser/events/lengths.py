"""How long something of an event lasts for whoever has a place: its own slot, else the event, and never a night."""

import datetime as dt

from wegweiser.events import queries
from wegweiser.events.models import Event, Pool
from wegweiser.kernel import clock

DAY_BEGINS, DAY_ENDS = dt.time(9), dt.time(18)  # where an event of several days does not say itself
ONE_EVENING = dt.timedelta(hours=12)  # what ends by then goes past midnight, it has no second day


def times(event: Event, pool: Pool) -> tuple[dt.datetime | None, dt.datetime | None]:
    """When it begins and is to end for whoever has a place there."""
    if pool.starts_at and pool.ends_at:
        return pool.starts_at, pool.ends_at
    return queries.starts_at(event), queries.planned_end(event)


def of(event: Event, pool: Pool) -> dt.timedelta | None:
    """How long it is planned to last; None where nobody said when it ends.

    Of several days it is the hours that stand on the certificate, else what `waking` counts.
    """
    starts, ends = times(event, pool)
    if starts is None or ends is None or ends <= starts:
        return None
    lasts = waking(clock.local(starts), clock.local(ends))
    several = lasts != ends - starts
    if several and event.certificate_hours:
        return dt.timedelta(hours=float(event.certificate_hours))
    return lasts


def days(starts: dt.datetime | None, ends: dt.datetime | None) -> list[dt.date]:
    """The days on which it takes place; what goes past midnight has no second one."""
    if starts is None:
        return []
    first = clock.local(starts).date()
    if ends is None or ends - starts <= ONE_EVENING:
        return [first]
    return [first + dt.timedelta(days=number) for number in range((clock.local(ends).date() - first).days + 1)]


def waking(starts: dt.datetime, ends: dt.datetime) -> dt.timedelta:
    """What lies between two moments without the nights: each day lasts from the hour it began to the hour it ended.

    Where it ended earlier in the day than it began, days begin at nine and end at six.

    >>> at = lambda day, hour: dt.datetime(2026, 3, day, hour)
    >>> lasting = [waking(at(9, 10), at(9, 12)), waking(at(9, 20), at(10, 1)), waking(at(9, 10), at(10, 18))]
    >>> [*map(str, lasting), str(waking(at(9, 14), at(11, 12)))]
    ['2:00:00', '5:00:00', '16:00:00', '16:00:00']
    """
    days = (ends.date() - starts.date()).days
    if not days or ends - starts <= ONE_EVENING:
        return ends - starts
    if ends.time() > starts.time():
        return (days + 1) * (_since_midnight(ends.time()) - _since_midnight(starts.time()))
    begins, closes = _since_midnight(DAY_BEGINS), _since_midnight(DAY_ENDS)
    first = max(closes - _since_midnight(starts.time()), dt.timedelta(0))
    last = max(_since_midnight(ends.time()) - begins, dt.timedelta(0))
    return first + (days - 1) * (closes - begins) + last


def _since_midnight(time: dt.time) -> dt.timedelta:
    return dt.timedelta(hours=time.hour, minutes=time.minute, seconds=time.second)
