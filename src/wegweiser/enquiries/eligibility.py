"""For whom the programme works and how far: the dated file `eligibility.toml`, as plain values."""

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from wegweiser.companies import queries
from wegweiser.companies.models import Fact
from wegweiser.enquiries.models import Case
from wegweiser.journey.models import Format

FILE = Path(__file__).with_name("eligibility.toml")


@dataclass(frozen=True)
class Verdict:
    """How far the centre works for somebody. `key` is empty for those the programme is made for."""

    key: str
    formats: frozenset[str]
    reach: bool


WHOLE = Verdict("", frozenset(Format.values), True)


@dataclass(frozen=True)
class Exempt:
    """Whom a verdict is for: who asks so, or firms of such a size."""

    verdict: Verdict
    enquirers: frozenset[str]
    sizes: frozenset[str]


@dataclass(frozen=True)
class Rules:
    valid_from: dt.date
    exceptions: tuple[Exempt, ...]


@cache
def rule_sets() -> tuple[Rules, ...]:
    """The whole file in the order of its days."""
    document = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(sorted(map(_rules, document["rules"]), key=lambda rules: rules.valid_from))


def verdict(*, enquirer: str, size: str, day: dt.date, rules: Sequence[Rules] | None = None) -> Verdict:
    """How far the programme goes on `day` for who asks so, from a firm of that size (empty: unknown)."""
    held = next((one for one in reversed(rules or rule_sets()) if one.valid_from <= day), None)
    for exception in held.exceptions if held else ():
        if enquirer in exception.enquirers or size in exception.sizes:
            return exception.verdict
    return WHOLE


def of(case: Case, day: dt.date) -> Verdict:
    """How far the programme goes for who asked in `case`; the firm's own declaration of its size suffices."""
    size = queries.known(case.company, Fact.Kind.SIZE, day) if case.company else None
    return verdict(enquirer=case.enquirer, size=size.value if size else "", day=day)


def _rules(row: Mapping[str, Any]) -> Rules:
    return Rules(row["valid_from"], tuple(_exception(one) for one in row.get("exceptions", [])))


def _exception(row: Mapping[str, Any]) -> Exempt:
    unknown = set(row["formats"]) - set(Format.values)
    if unknown:
        raise ValueError(f"{FILE.name}: {', '.join(sorted(unknown))} is no format.")
    return Exempt(
        Verdict(row["key"], frozenset(row["formats"]), row["reach"]),
        frozenset(row.get("enquirers", [])),
        frozenset(row.get("sizes", [])),
    )
