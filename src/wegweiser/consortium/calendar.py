"""The centre's calendar: working days of its Land, days on which the centre is closed, office hours, and when somebody
picks up the phone.

`closed` is what `Centre.closed_days` holds: periods, both days in ISO form and included. Without a year they come
every year, also over New Year's Eve.
"""

import datetime as dt
import importlib.util
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import holidays

from wegweiser.consortium.models import Centre

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SEARCH_DAYS = 60
EVES = ((12, 24), (12, 31))
Closed = Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Reachability:
    """Whether the centre answers the phone now: `until` when it does, `again` from when it does not. Aware, local."""

    now: bool
    until: dt.datetime | None = None
    again: dt.datetime | None = None


@cache
def _germany() -> Any:
    """The rules of one country. Asked for by its name, `holidays` first reads those of all others."""
    file = Path(holidays.__file__).parent / "countries" / "germany.py"
    spec = importlib.util.spec_from_file_location("holidays.countries.germany", file)
    if spec is None or spec.loader is None:
        raise ImportError(f"{file} cannot be read as a module.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Germany


@cache
def other_lands(land: str) -> frozenset[str]:
    """The German names of the Länder but one (two letters, such as NI)."""
    return frozenset(name for name, code in _germany().subdivisions_aliases.items() if code != land)


@lru_cache(maxsize=64)
def _holidays(land: str, year: int, language: str = "de") -> dict[dt.date, str]:
    return dict(_germany()(subdiv=land, years=year, language=language))


def is_holiday(day: dt.date, *, land: str) -> bool:
    """Whether `day` is a public holiday in the Land (two letters, such as NI)."""
    return day in _holidays(land, day.year)


def holiday(day: dt.date, *, land: str, language: str = "de") -> str:
    """What a public holiday in the Land is called (de, en); empty where the day is none."""
    return _holidays(land, day.year, "en_US" if language == "en" else "de").get(day, "")


def is_closed(day: dt.date, closed: Closed) -> bool:
    """Whether nobody is at the centre on `day`, as it says itself."""
    for row in closed:
        first, last = row["from"], row["to"]
        said = day.isoformat()[-len(first) :]  # 2026-12-24, or 12-24 of a period that comes every year
        if (first <= said <= last) if first <= last else (said >= first or said <= last):
            return True
    return False


def is_working_day(day: dt.date, *, land: str, closed: Closed = ()) -> bool:
    """Monday to Friday, no public holiday in the Land, and the centre is not closed."""
    return day.weekday() < 5 and not is_holiday(day, land=land) and not is_closed(day, closed)


def add_working_days(day: dt.date, days: int, *, land: str, closed: Closed = ()) -> dt.date:
    """The working day that is `days` working days after `day`; with 0 the day itself or the next working day."""
    while days > 0 or not is_working_day(day, land=land, closed=closed):
        day += dt.timedelta(days=1)
        if is_working_day(day, land=land, closed=closed):
            days -= 1
            if days <= 0:
                break
    return day


def working_days_before(day: dt.date, days: int, *, land: str, closed: Closed = ()) -> dt.date:
    """The working day that is `days` working days before `day`; with 0 the day itself or the last working day."""
    while days > 0 or not is_working_day(day, land=land, closed=closed):
        day -= dt.timedelta(days=1)
        if is_working_day(day, land=land, closed=closed):
            days -= 1
            if days <= 0:
                break
    return day


def working_days_between(start: dt.date, end: dt.date, *, land: str, closed: Closed = ()) -> int:
    """How many working days lie after `start`, up to and including `end`; 0 where `end` is not later."""
    return sum(
        is_working_day(start + dt.timedelta(days=n), land=land, closed=closed) for n in range(1, (end - start).days + 1)
    )


def first_free(day: dt.date, *, days: int = 1, land: str) -> dt.date:
    """The first day from `day` on from which something can be held on `days` days in a row.

    It begins on a working day, and none of its days is a public holiday, Christmas Eve or New Year's Eve.
    """

    def is_taken(one: dt.date) -> bool:
        return is_holiday(one, land=land) or (one.month, one.day) in EVES

    while not is_working_day(day, land=land) or any(is_taken(day + dt.timedelta(days=n)) for n in range(days)):
        day += dt.timedelta(days=1)
    return day


def answer_by(centre: Centre, day: dt.date) -> dt.date:
    """The day by which an enquiry of `day` is answered, as the centre promises."""
    return add_working_days(day, centre.answer_within_working_days, land=centre.land, closed=centre.closed_days)


def office_hours(centre: Centre, day: dt.date) -> list[tuple[dt.datetime, dt.datetime]]:
    """From when to when somebody is there on `day`, in order; empty on public holidays and while it is closed."""
    if is_holiday(day, land=centre.land) or is_closed(day, centre.closed_days):
        return []
    zone = ZoneInfo(centre.time_zone)

    def moment(text: str) -> dt.datetime:
        return dt.datetime.combine(day, dt.time.fromisoformat(text), zone)

    name = WEEKDAYS[day.weekday()]
    rows = [row for row in centre.office_hours if name in row["weekdays"]]
    return sorted((moment(row["from"]), moment(row["to"])) for row in rows)


def reachability(centre: Centre, moment: dt.datetime) -> Reachability:
    """Whether the centre can be reached by phone at `moment`, and until or from when."""
    local = moment.astimezone(ZoneInfo(centre.time_zone))
    for start, end in _coming(centre, local.date()):
        if start <= local < end:
            return Reachability(now=True, until=end)
        if local < start:
            return Reachability(now=False, again=start)
    return Reachability(now=False)


def _coming(centre: Centre, day: dt.date) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    for offset in range(SEARCH_DAYS):
        yield from office_hours(centre, day + dt.timedelta(days=offset))
