"""What a funder wants by when, from the dated file `deadlines.toml`. Pure: days in, days out."""

import calendar
import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FILE = Path(__file__).with_name("deadlines.toml")
WORDS: dict[str, str | Promise] = {
    "interim_statement": _("Zwischennachweis"),
    "final_statement": _("Verwendungsnachweis"),
}


@dataclass(frozen=True, order=True)
class Deadline:
    """One statement that is due; `year` is the budget year it is about, None for the whole grant."""

    day: dt.date
    key: str
    year: int | None = None


@cache
def _rule_sets() -> list[dict[str, Any]]:
    document = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return sorted(document["rules"], key=lambda rules: rules["valid_from"])


def deadlines(*, starts_on: dt.date, ends_on: dt.date) -> list[Deadline]:
    """All statements of a grant with this term, in the order of their days."""
    rules = next((rules for rules in reversed(_rule_sets()) if rules["valid_from"] <= starts_on), {})
    found = []
    for key, rule in rules.items():
        if not isinstance(rule, dict):
            continue
        if "each_year" in rule:
            month, day = rule["each_year"]
            found += [
                Deadline(dt.date(year + 1, month, day), key, year) for year in range(starts_on.year, ends_on.year)
            ]
        if "months_after_end" in rule:
            found.append(Deadline(months_later(ends_on, rule["months_after_end"]), key))
    return sorted(found, key=lambda deadline: (deadline.day, deadline.key))


def upcoming(*, starts_on: dt.date, ends_on: dt.date, on: dt.date) -> list[Deadline]:
    """Those not past on the day `on`, the next first."""
    return [deadline for deadline in deadlines(starts_on=starts_on, ends_on=ends_on) if deadline.day >= on]


def stated(*, starts_on: dt.date, ends_on: dt.date, day: dt.date, on: dt.date) -> list[Deadline]:
    """The statements due before `on` that told what happened on `day`."""
    return [
        deadline
        for deadline in deadlines(starts_on=starts_on, ends_on=ends_on)
        if deadline.day < on and deadline.year in {None, day.year} and starts_on <= day <= ends_on
    ]


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day some months on, or the last one of a month that is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
