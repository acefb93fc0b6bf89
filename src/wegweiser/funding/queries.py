"""Which grant runs, and what was reached under it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from wegweiser.funding import deadlines, plan
from wegweiser.funding.models import Grant, OwnDeadline
from wegweiser.journey import disclosure, indicators
from wegweiser.journey.indicators import Indicator
from wegweiser.kernel import clock
from wegweiser.kernel.kept import Kept


def running_grant(on: dt.date | None = None) -> Grant | None:
    """The grant that runs on a day (default: today); of several the one that began last."""
    return _running(on or clock.today()).first()


def _running(on: dt.date) -> QuerySet[Grant]:
    return Grant.objects.filter(starts_on__lte=on, ends_on__gte=on).order_by("-starts_on", "-id")


shown_grant = Kept(running_grant, _running)  # the same for public pages, to be read only


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


def for_outsiders(found: Results) -> Results:
    """The same without the cells that outsiders may not see. Right only for days that `questions` grants them."""

    def open_cells(row: Row) -> dict[str, dict[str, indicators.Figure]]:
        cells = {}
        for dimension, figures in row.indicator.by.items():
            numbers = {key: figure.value for key, figure in figures.items()}
            told, _total = disclosure.shown(numbers, total=row.actual)
            cells[dimension] = {key: figure for key, figure in figures.items() if told[key] is not None}
        return cells

    return replace(
        found, rows=tuple(replace(row, indicator=replace(row.indicator, by=open_cells(row))) for row in found.rows)
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


@dataclass(frozen=True)
class Due:
    """One deadline that is open: the funder's, or with `own` one the centre set itself."""

    day: dt.date
    title: str
    own: OwnDeadline | None = None


def due(grant: Grant, on: dt.date, *, own: bool) -> list[Due]:
    """What is open on a day, the next first; own ones, where asked for, also when their day is past. One query."""
    found = [
        Due(deadline.day, f"{deadlines.WORDS[deadline.key]} {deadline.year or ''}".strip())
        for deadline in deadlines.upcoming(starts_on=grant.starts_on, ends_on=grant.ends_on, on=on)
    ]
    if own:
        found += [Due(row.day, row.title, row) for row in OwnDeadline.objects.filter(grant=grant, done_on=None)]
    return sorted(found, key=lambda row: (row.day, row.own is None, row.title))
