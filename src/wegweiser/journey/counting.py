"""What counts where: the dated file `formats.toml`, as plain values."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("formats.toml")


@dataclass(frozen=True)
class Rule:
    """What one indicator counts; None stands for all."""

    unit: str
    counts: str
    formats: frozenset[str] | None
    occasions: frozenset[str] | None
    measure: str | None = None  # which has to be above nought


@dataclass(frozen=True)
class RuleSet:
    """The rules for steps from `valid_from` on, until the next set."""

    valid_from: dt.date
    silent: frozenset[str]
    apart: frozenset[str]  # occasions that count only where an indicator names them
    least_minutes: Mapping[str, int]
    indicators: Mapping[str, Rule]


@dataclass(frozen=True)
class Counting:
    """The whole file. `rule_sets` stand in the order of their days."""

    measures: Mapping[str, str]
    rule_sets: tuple[RuleSet, ...]

    @property
    def indicators(self) -> dict[str, Rule]:
        """Every indicator there ever was, with its newest rule."""
        return {key: rule for rules in self.rule_sets for key, rule in rules.indicators.items()}

    @property
    def apart(self) -> frozenset[str]:
        """The indicators that count nothing but what stands apart from all others: reach."""
        kinds = frozenset[str]().union(*(rules.apart for rules in self.rule_sets))
        return frozenset(key for key, rule in self.indicators.items() if rule.occasions and rule.occasions <= kinds)

    def rules_on(self, day: dt.date) -> RuleSet | None:
        return next((rules for rules in reversed(self.rule_sets) if rules.valid_from <= day), None)


@cache
def counting() -> Counting:
    document = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Counting(document["measures"], tuple(sorted(map(_rule_set, document["rules"]), key=lambda r: r.valid_from)))


def counts(
    rules: RuleSet,
    key: str,
    *,
    occasion: str,
    format: str,  # noqa: A002
    minutes: Decimal | float | None,
    measures: Mapping[str, float] | None = None,
) -> bool:
    """Whether a step on this occasion, in this format and of this length counts for the indicator `key`.

    `minutes` is None when nobody knows how long it took.
    """
    rule = rules.indicators.get(key)
    if rule is None or occasion in rules.silent:
        return False
    if occasion in rules.apart and (rule.occasions is None or occasion not in rule.occasions):
        return False
    least = rules.least_minutes.get(occasion)
    if least is not None and (minutes is None or minutes < least):
        return False
    if rule.measure is not None and (measures or {}).get(rule.measure, 0) <= 0:
        return False
    return (rule.formats is None or format in rule.formats) and (rule.occasions is None or occasion in rule.occasions)


def _rule_set(table: dict) -> RuleSet:
    return RuleSet(
        table["valid_from"],
        frozenset(table["silent"]),
        frozenset(table["apart"]),
        table["least_minutes"],
        {
            key: Rule(
                row["unit"],
                row["counts"],
                frozenset(row["formats"]) if "formats" in row else None,
                frozenset(row["occasions"]) if "occasions" in row else None,
                row.get("measure"),
            )
            for key, row in table["indicators"].items()
        },
    )
