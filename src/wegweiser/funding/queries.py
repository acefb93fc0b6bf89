"""Which grant runs, and what was reached under it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wegweiser.funding import plan
from wegweiser.funding.models import Grant
from wegweiser.journey import indicators
from wegweiser.journey.indicators import Indicator
from wegweiser.kernel import clock


def running_grant(on: dt.date | None = None) -> Grant | None:
    """The grant that runs on a day (default: today); of several the one that began last."""
    on = on or clock.today()
    return Grant.objects.filter(starts_on__lte=on, ends_on__gte=on).order_by("-starts_on", "-id").first()


@dataclass(frozen=True)
class Row:
    """One indicator with its target over the whole grant (Soll); `actual` is the Ist."""

    indicator: Indicator
    target: Decimal | None
    due: Decimal | None = None  # what the work plan asks for by the end of the period

    @property
    def key(self) -> str:
        return self.indicator.key

    @property
    def actual(self) -> int:
        return self.indicator.total.value

    @property
    def missing(self) -> Decimal | None:
        """What is still to do; zero when the target is reached, None without a target."""
        return None if self.target is None else max(Decimal(0), self.target - self.actual)

    @property
    def state(self) -> plan.State | None:
        """The light; None where nothing is planned, or where the period leaves out a part of the grant's past."""
        return None if self.due is None else plan.state(self.actual, self.due)


@dataclass(frozen=True)
class Results:
    """What was reached under one grant in a period, both days included."""

    grant: Grant
    start: dt.date
    end: dt.date
    rows: tuple[Row, ...]


def results(
    grant: Grant,
    start: dt.date | None = None,
    end: dt.date | None = None,
    *,
    recorded_by: dt.datetime | None = None,
) -> Results:
    """Every indicator for a period, by default the whole grant."""
    start, end = start or grant.starts_on, end or grant.ends_on
    targets = dict(grant.targets.values_list("indicator", "value"))
    found = indicators.figures(start=start, end=end, grant=grant.slug, recorded_by=recorded_by)
    return Results(
        grant, start, end, tuple(_row(grant, row, targets.get(key), start, end) for key, row in found.items())
    )


def _row(grant: Grant, row: Indicator, target: Decimal | None, start: dt.date, end: dt.date) -> Row:
    if target is None or start > grant.starts_on:
        return Row(row, target)
    day = min(end, clock.today())
    return Row(row, target, plan.due(target, start=grant.starts_on, end=grant.ends_on, day=day))


def report(
    grant: Grant,
    start: dt.date | None = None,
    end: dt.date | None = None,
    *,
    recorded_by: dt.datetime | None = None,
) -> dict[str, Any]:
    """The results as the command `report` gives them."""
    return document(results(grant, start, end, recorded_by=recorded_by))


def document(found: Results) -> dict[str, Any]:
    return {
        "grant": found.grant.slug,
        "from": found.start.isoformat(),
        "to": found.end.isoformat(),
        "frozen": False,
        "indicators": [
            {
                "key": row.key,
                "unit": row.indicator.unit,
                "actual": row.actual,
                "target": number(row.target),
                "due": None if row.due is None else round(row.due),
                "state": row.state,
                "by": {name: _values(figures) for name, figures in row.indicator.by.items()},
                "steps": [str(uuid) for uuid in row.indicator.total.steps],
            }
            for row in found.rows
        ],
    }


def number(value: Decimal | None) -> int | float | None:
    """As a JSON number, without a fraction where there is none."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def _values(figures: Mapping[str, indicators.Figure]) -> dict[str, int]:
    return {key: figure.value for key, figure in sorted(figures.items())}
