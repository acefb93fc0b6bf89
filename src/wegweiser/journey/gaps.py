"""Firms that a report counts as "unknown": what is missing, and from which day on it would have to be known."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wegweiser.companies import queries as companies
from wegweiser.companies.models import Company
from wegweiser.journey import indicators
from wegweiser.journey.indicators import FACTS, UNKNOWN, Served


@dataclass(frozen=True)
class Gap:
    """A firm reached; `since` has for each kind missing the day from which on nothing is known."""

    company: int
    last: dt.date
    known: Mapping[str, str]
    since: Mapping[str, dt.date]


def gaps(*, start: dt.date, end: dt.date, grant: str) -> list[Gap]:
    """All firms that count as unknown in at least one way, those met last first."""
    found = [_gap(company, steps) for company, steps in indicators.reaching(start=start, end=end, grant=grant).items()]
    return sorted((gap for gap in found if gap.since), key=lambda gap: (gap.last, gap.company), reverse=True)


def gap_of(company: Company, *, start: dt.date, end: dt.date, grant: str) -> Gap | None:
    """What is known of one firm, gaps or not; None when it was not reached."""
    rows = list(companies.same_firm(company).values_list("pk", flat=True))
    found = indicators.reaching(start=start, end=end, grant=grant, companies=rows)
    return next((_gap(firm, steps) for firm, steps in found.items()), None)


def _gap(company: int, steps: list[Served]) -> Gap:
    last = steps[-1]
    since = {kind: _since(kind, steps) for kind in FACTS if last.keys[kind] == UNKNOWN}
    return Gap(company, last.day, {kind: last.keys[kind] for kind in FACTS if kind not in since}, since)


def _since(kind: str, steps: Iterable[Served]) -> dt.date:
    """The day of the first of the last steps that have it unknown without a break."""
    since = None
    for step in steps:
        if step.keys[kind] != UNKNOWN:
            since = None
        elif since is None:
            since = step.day
    assert since is not None, "asked for a kind that is known"  # noqa: S101
    return since
