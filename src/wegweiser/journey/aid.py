"""How much state aid an undertaking may still get: rules by date, and the sum over the window. Plain values only.

The rules stand in `aid_rules.toml`. An award uses up the ceiling on every day whose window holds it, so an award
that is entered late must also fit into the windows of the awards made after it.
"""

import datetime as dt
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from wegweiser.kernel.errors import DomainError

FILE = Path(__file__).with_name("aid_rules.toml")
DE_MINIMIS = ("2023/2831", "1407/2013")  # the general regulation and the one before it


@dataclass(frozen=True)
class Limit:
    """At most `ceiling` EUR in one window, for awards under the rules that count."""

    ceiling: Decimal
    counts: frozenset[str]


@dataclass(frozen=True)
class Rule:
    """One legal basis while it is in force; its first limit is its own ceiling."""

    key: str
    title: str
    reference: str
    valid_from: dt.date
    valid_to: dt.date
    window: str
    years: int
    limits: tuple[Limit, ...]
    sme_only: bool = False

    @property
    def ceiling(self) -> Decimal:
        return self.limits[0].ceiling

    def holds_on(self, day: dt.date) -> bool:
        return self.valid_from <= day <= self.valid_to

    def window_before(self, day: dt.date) -> dt.date:
        """The last day that no longer counts for an award on `day`."""
        if self.window == "fiscal_years":
            return dt.date(day.year - self.years, 12, 31)
        return years_before(day, self.years)

    def holds(self, award_day: dt.date, *, day: dt.date) -> bool:
        """Whether an award on `award_day` is in the window that ends on `day`."""
        return self.window_before(day) < award_day <= day


@dataclass(frozen=True)
class Award:
    """Aid granted on a day. `source`: own, declared or register."""

    day: dt.date
    amount: Decimal
    rule: str
    source: str = "own"
    uuid: str = ""
    granting_body: str = ""


@dataclass(frozen=True)
class Promise:
    """Aid that is reserved, until the day `expires_on` at the latest."""

    amount: Decimal
    rule: str
    expires_on: dt.date


def years_before(day: dt.date, years: int) -> dt.date:
    """The same day `years` ago; 29 February becomes the 28th.

    >>> years_before(dt.date(2028, 2, 29), 3)
    datetime.date(2025, 2, 28)
    """
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


@cache
def rules() -> tuple[Rule, ...]:
    return tuple(
        Rule(
            **{name: value for name, value in table.items() if name != "limits"},
            limits=tuple(Limit(Decimal(row["ceiling"]), frozenset(row["counts"])) for row in table["limits"]),
        )
        for table in tomllib.loads(FILE.read_text(encoding="utf-8"))["rules"]
    )


def rule(key: str, *, day: dt.date) -> Rule:
    """The rule `key` as in force on `day`. Raises DomainError("aid_rule_unknown" or "aid_rule_not_in_force")."""
    known = [row for row in rules() if row.key == key]
    if not known:
        raise DomainError("aid_rule_unknown", field="rule")
    for row in known:
        if row.holds_on(day):
            return row
    raise DomainError("aid_rule_not_in_force", f"{key} is not in force on {day}.", field="rule")


def de_minimis(day: dt.date) -> Rule:
    """The general de-minimis rule in force on `day`. Raises DomainError("aid_rule_not_in_force")."""
    for row in rules():
        if row.key in DE_MINIMIS and row.holds_on(day):
            return row
    raise DomainError("aid_rule_not_in_force", f"No de-minimis rule is in force on {day}.", field="day")


def used(awards: Iterable[Award], *, rule: Rule, limit: Limit, day: dt.date) -> Decimal:
    """What the awards in the window that ends on `day` use up of `limit`."""
    return sum(
        (award.amount for award in awards if award.rule in limit.counts and rule.holds(award.day, day=day)), Decimal(0)
    )


def reserved(promises: Iterable[Promise], *, limit: Limit) -> Decimal:
    return sum((promise.amount for promise in promises if promise.rule in limit.counts), Decimal(0))


def headroom(awards: Iterable[Award], promises: Iterable[Promise], *, rule: Rule, day: dt.date) -> Decimal:
    """What could be granted on `day`, seen from that day alone; never below zero."""
    awards, promises = tuple(awards), tuple(promises)
    return max(
        Decimal(0),
        min(
            limit.ceiling - used(awards, rule=rule, limit=limit, day=day) - reserved(promises, limit=limit)
            for limit in rule.limits
        ),
    )


def grantable(
    awards: Iterable[Award], promises: Iterable[Promise], *, rule: Rule, day: dt.date, today: dt.date
) -> Decimal:
    """What may be granted on `day` so that no window that holds it goes over a ceiling, promises included.

    A promise will be kept today or later, so it counts in the windows that end today or later.
    """
    awards, promises = tuple(awards), tuple(promises)
    ends = {day, *(end for end in (today, *(award.day for award in awards)) if end > day and rule.holds(day, day=end))}
    return min(headroom(awards, promises if end >= today else (), rule=rule, day=end) for end in ends)
