"""The days of a series: by a rule, until a day or a number of them. Days in, days out; the clock is added by `moments`.

A month that lacks the day (a 31st, a fifth Tuesday) is left out, as calendars do it (RFC 5545); `skipped` names it.
"""

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from wegweiser.kernel import clock

MOST = 60  # dates of one series made at once
FAR = dt.timedelta(days=366 * 5)  # nobody plans further, and no rule is followed for ever
WEEK, SIXTH = 7, 5


class Rule(StrEnum):
    """How the days follow each other."""

    WEEKLY = "weekly"
    WEEKDAY = "weekday"  # the same weekday of the month: the first Tuesday
    LAST = "last"  # the last such weekday of the month
    DAY = "day"  # the same day of the month
    END = "end"  # the last day of the month


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """`every`: each week or month, each second one, … `count` and `until` (the day itself counts) both end it."""

    rule: Rule
    first: dt.date
    every: int = 1
    count: int = MOST
    until: dt.date | None = None


def days(pattern: Pattern) -> list[dt.date]:
    """The days, in their order, `MOST` at most. The first one belongs to it where the rule meets it.

    >>> tuesdays = Pattern(rule=Rule.WEEKDAY, first=dt.date(2026, 9, 1), count=3)
    >>> [f"{day:%d.%m.}" for day in days(tuesdays)]
    ['01.09.', '06.10.', '03.11.']
    """
    last = min(pattern.until or dt.date.max, pattern.first + FAR)
    found = takewhile(lambda day: day <= last, _following(pattern))
    return [day for day, _number in zip(found, range(min(max(pattern.count, 0), MOST)), strict=False)]


def skipped(pattern: Pattern) -> list[dt.date]:
    """The months, each by its first day, that a rule leaves out between the first and the last of its days.

    >>> [f"{month:%m}" for month in skipped(Pattern(rule=Rule.DAY, first=dt.date(2027, 1, 31), count=3))]
    ['02', '04']
    """
    found = days(pattern)
    if pattern.rule == Rule.WEEKLY or not found:
        return []
    met = {day.replace(day=1) for day in found}
    months = takewhile(lambda month: month <= found[-1], _months(pattern))
    return [month for month in months if month > pattern.first and month not in met]


def moments(found: list[dt.date], *, time: dt.time, length: dt.timedelta) -> list[tuple[dt.datetime, dt.datetime]]:
    """From when to when on each day: the clock at the centre shows the same time on all of them."""
    spans = []
    for day in found:
        ends = dt.datetime.combine(day, time) + length
        spans.append((clock.at(day, time), clock.at(ends.date(), ends.time())))
    return spans


def place_in_month(day: dt.date) -> int:
    """Which of its weekday a day is in its month: 1 for the first Tuesday.

    >>> place_in_month(dt.date(2026, 9, 8))
    2
    """
    return (day.day - 1) // WEEK + 1


def _following(pattern: Pattern) -> Iterator[dt.date]:
    every = max(pattern.every, 1)
    if pattern.rule == Rule.WEEKLY:
        day = pattern.first
        while True:
            yield day
            day += dt.timedelta(weeks=every)
    for month in _months(pattern):
        found = _in_month(pattern, month.year, month.month)
        if found is not None and found >= pattern.first:
            yield found


def _months(pattern: Pattern) -> Iterator[dt.date]:
    """The first day of each month that a monthly rule looks at."""
    month = pattern.first.year * 12 + pattern.first.month - 1
    while month < (pattern.first.year + SIXTH + 1) * 12:
        yield dt.date(month // 12, month % 12 + 1, 1)
        month += max(pattern.every, 1)


def _in_month(pattern: Pattern, year: int, month: int) -> dt.date | None:
    first, length = calendar.monthrange(year, month)
    if pattern.rule == Rule.END:
        number = length
    elif pattern.rule == Rule.DAY:
        number = pattern.first.day
    else:
        number = (pattern.first.weekday() - first) % WEEK + 1
        steps = (length - number) // WEEK if pattern.rule == Rule.LAST else place_in_month(pattern.first) - 1
        number += steps * WEEK
    return dt.date(year, month, number) if number <= length else None
