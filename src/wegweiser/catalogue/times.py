"""When something we offer is over: one rule, for rows that are read and for conditions of a query.

It is over when its end has come. A date that names no end lasts until the end of the day it begins on, in the centre's
zone: nobody is told "vorbei" while the others still sit together. What has neither is never over by the clock.
"""

import datetime as dt

from django.db.models import Q

from wegweiser.kernel import clock


def end(starts_at: dt.datetime | None, ends_at: dt.datetime | None) -> dt.datetime | None:
    """The moment from which it is over, None for what has no end."""
    if ends_at is not None or starts_at is None:
        return ends_at
    return clock.at(clock.local(starts_at).date() + dt.timedelta(days=1))


def is_over(starts_at: dt.datetime | None, ends_at: dt.datetime | None, *, now: dt.datetime | None = None) -> bool:
    last = end(starts_at, ends_at)
    return last is not None and last <= (now or clock.now())


def over(*, now: dt.datetime | None = None, starts: str = "starts_at", ends: str = "ends_at") -> Q:
    """The same as a condition on rows with these two columns."""
    moment = now or clock.now()
    midnight = clock.at(clock.local(moment).date())
    return Q(**{f"{ends}__lte": moment}) | Q(**{f"{ends}__isnull": True, f"{starts}__lt": midnight})
