"""The days that a page of figures about enquiries tells of: asked for in the address, else the last twelve months."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from wegweiser.kernel import clock

MONTHS = 12


@dataclass(frozen=True)
class Days:
    """From when to when; `typed` and `problems` are what a form shows again."""

    start: dt.date
    end: dt.date
    typed: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=lambda: {"von": "", "bis": ""})

    @property
    def parameters(self) -> dict[str, str]:
        return {"von": self.start.isoformat(), "bis": self.end.isoformat()}

    @property
    def shown(self) -> dict[str, str]:
        return {**self.parameters, **self.typed}


def of(asked: Mapping[str, str]) -> Days:
    today = clock.today()
    usual = _months_before(today.replace(day=1), MONTHS - 1), today
    typed = {name: asked.get(name, "").strip()[:20] for name in ("von", "bis")}
    days = {name: _day(text) for name, text in typed.items()}
    problems = {name: _("Diesen Tag gibt es nicht.") if text and not days[name] else "" for name, text in typed.items()}
    start, end = days["von"] or usual[0], min(days["bis"] or usual[1], today)
    if not any(problems.values()) and start > end:
        problems["von" if days["von"] and start > today else "bis"] = (
            _("Dieser Tag liegt in der Zukunft.") if start > today else _("Das Ende liegt vor dem Anfang.")
        )
    if any(problems.values()):
        return Days(*usual, {name: text for name, text in typed.items() if text}, problems)
    return Days(start, end)


def months(days: Days) -> list[dt.date]:
    """The first days of the months that these days lie in, also of those in which nothing came."""
    found, month = [], days.start.replace(day=1)
    while month <= days.end:
        found.append(month)
        month = (month + dt.timedelta(days=32)).replace(day=1)
    return found


def _day(text: str) -> dt.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _months_before(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, 1)
