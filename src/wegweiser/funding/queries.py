"""Which grant runs, and what was reached under it."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import Max

from wegweiser.funding import deadlines, plan, questions
from wegweiser.funding.deadlines import Deadline
from wegweiser.funding.events import Event
from wegweiser.funding.models import Grant, OpeningBalance, OwnDeadline
from wegweiser.funding.questions import Answer, Question
from wegweiser.journey import indicators, summaries
from wegweiser.journey.counting import counting
from wegweiser.journey.indicators import Indicator
from wegweiser.kernel import clock
from wegweiser.kernel.models import AuditEvent

GUESSED = "firms_estimated"  # a measure of a step


def running_grant(on: dt.date | None = None) -> Grant | None:
    """The grant that runs on a day (default: today); of several the one that began last."""
    day = on or clock.today()
    return Grant.objects.filter(starts_on__lte=day, ends_on__gte=day).order_by("-starts_on", "-id").first()


@dataclass(frozen=True)
class Row:
    """One indicator with its target over the whole grant (Soll); `actual` is the Ist."""

    indicator: Indicator
    target: Decimal | None
    due: Decimal | None = None  # what the work plan asks for by the end of the period
    opening: OpeningBalance | None = None  # reached before the steps begin; no part of the Ist
    proven_before: int = 0  # what steps up to the day of the opening balance prove, which it may hold as well

    @property
    def reached(self) -> int:
        """The Ist, and what is known of the time before: this is what the target is compared with."""
        return self.actual + (self.opening.value if self.opening else 0)

    @property
    def key(self) -> str:
        return self.indicator.key

    @property
    def actual(self) -> int:
        return self.indicator.total.value

    @property
    def missing(self) -> Decimal | None:
        """What is still to do; zero when the target is reached, None without a target."""
        return None if self.target is None else max(Decimal(0), self.target - self.reached)

    @property
    def state(self) -> plan.State | None:
        """The light; None where nothing is due yet, or where the period leaves out a part of the grant's past."""
        return None if not self.due else plan.state(self.reached, self.due)


@dataclass(frozen=True)
class Results:
    """What was reached under one grant in a period, both days included; `outside` tells it as outsiders read it."""

    grant: Grant
    start: dt.date
    end: dt.date
    rows: tuple[Row, ...]
    recorded_by: dt.datetime | None = None
    outside: bool = False

    @property
    def usual(self) -> tuple[Row, ...]:
        """What the centre achieved with companies and people it met."""
        return tuple(row for row in self.rows if row.key not in counting().apart)

    @property
    def reach(self) -> tuple[Row, ...]:
        """What stands apart: appearances at others' events. It is part of no other figure."""
        return tuple(row for row in self.rows if row.key in counting().apart)

    def guessed_firms(self) -> int:
        """How many firms somebody guessed to have been there. An estimate, so it is no figure of its own."""
        shown = {uuid for row in self.reach for uuid in row.indicator.total.steps}
        return indicators.measured(GUESSED, shown) if shown else 0

    def answer(self, row: Row, dimension: str) -> Answer:
        """One row broken down."""
        question = Question(self.grant, row.key, dimension, self.start, self.end, recorded_by=self.recorded_by)
        return questions.told(question, row.indicator) if self.outside else questions.answered(question, row.indicator)


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
    before = openings(grant, start=start, end=end, recorded_by=recorded_by)
    proven = proven_before(grant, before, start=start, recorded_by=recorded_by)
    rows = tuple(
        replace(
            _row(grant, row, targets.get(key), start, end), opening=before.get(key), proven_before=proven.get(key, 0)
        )
        for key, row in found.items()
    )
    return Results(grant, start, end, rows, recorded_by)


def openings(
    grant: Grant,
    *,
    start: dt.date | None = None,
    end: dt.date | None = None,
    recorded_by: dt.datetime | None = None,
) -> dict[str, OpeningBalance]:
    """The opening balance of each indicator that has one, as known at a moment: those whose day is in the period."""
    rows = OpeningBalance.objects.filter(grant=grant)
    if recorded_by is not None:
        rows = rows.filter(recorded_at__lte=recorded_by)
    last = {row.indicator: row for row in rows.order_by("recorded_at", "id")}
    return {
        key: row
        for key, row in last.items()
        if row.value and (start is None or row.day >= start) and (end is None or row.day <= end)
    }


def proven_before(
    grant: Grant,
    before: Mapping[str, OpeningBalance],
    *,
    start: dt.date | None = None,
    recorded_by: dt.datetime | None = None,
) -> dict[str, int]:
    """By indicator what steps prove up to the day of its opening balance, which may count the same once more."""
    found: dict[str, int] = {}
    for day in sorted({row.day for row in before.values()}):
        keys = [key for key, row in before.items() if row.day == day]
        counted = indicators.figures(
            start=start or grant.starts_on, end=day, grant=grant.slug, keys=keys, recorded_by=recorded_by
        )
        found |= {key: row.total.value for key, row in counted.items() if row.total.value}
    return found


def openings_over(days: Collection[dt.date]) -> list[OpeningBalance]:
    """Opening balances of any grant that are about the same time as these days."""
    found = [(grant, row) for grant in Grant.objects.all() for row in openings(grant).values()]
    return [row for grant, row in found if any(grant.starts_on <= day <= row.day for day in days)]


def results_for_outsiders(grant: Grant, today: dt.date) -> Results:
    """The same for the days, and as known at the moment, that `questions` grants outsiders."""
    extent = questions.outsiders_extent(grant, today)
    found = results(grant, extent.start, extent.end, recorded_by=extent.recorded_by)
    return replace(found, outside=True)


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
                "opening": row.opening.value if row.opening else 0,
                "opening_on": row.opening.day.isoformat() if row.opening else None,
                "opening_basis": row.opening.reason if row.opening else None,
                "target": number(row.target),
                "due": None if row.due is None else round(row.due),
                "state": row.state,
                "by": {name: _values(found.answer(row, name)) for name in row.indicator.by},
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


def _values(answer: Answer) -> dict[str, int | None] | None:
    """By key; what is not told is null, be it a cell or the whole breakdown."""
    return None if answer.refused else {cell.key: cell.value for cell in sorted(answer.cells, key=lambda one: one.key)}


@dataclass(frozen=True)
class Goal:
    """One target of the work plan, and how far it is on a day."""

    key: str
    actual: int
    target: Decimal
    due: Decimal
    opening: int = 0

    @property
    def state(self) -> plan.State | None:
        return plan.state(self.actual + self.opening, self.due) if self.due else None


def goals(grant: Grant, on: dt.date) -> list[Goal]:
    """What the work plan promises, in the order of the indicators; the sums are kept until something is recorded."""
    targets = dict(grant.targets.values_list("indicator", "value"))
    keys = [key for key in counting().indicators if key in targets]
    if not keys:
        return []
    end = max(min(on, grant.ends_on), grant.starts_on)
    found = summaries.figures(start=grant.starts_on, end=end, grant=grant.slug, keys=keys)
    term = {"start": grant.starts_on, "end": grant.ends_on, "day": on}
    before = {key: row.value for key, row in openings(grant, end=end).items()}
    return [
        Goal(key, found[key].total, targets[key], plan.due(targets[key], **term), before.get(key, 0)) for key in keys
    ]


@dataclass(frozen=True)
class Due:
    """One deadline that is open: the funder's, or with `own` one the centre set itself."""

    day: dt.date
    title: str
    own: OwnDeadline | None = None


def stated(grant: str, day: dt.date, on: dt.date) -> list[Due]:
    """The statements to the funder, due before `on`, in which stands what happened on `day` under this grant."""
    found = Grant.objects.filter(slug=grant).first() if grant else None
    if found is None:
        return []
    rows = deadlines.stated(starts_on=found.starts_on, ends_on=found.ends_on, day=day, on=on)
    return [_asked(row) for row in rows]


def _asked(deadline: Deadline) -> Due:
    return Due(deadline.day, f"{deadlines.WORDS[deadline.key]} {deadline.year or ''}".strip())


def due(grant: Grant, on: dt.date, *, own: bool) -> list[Due]:
    """What is open on a day, the next first; own ones, where asked for, also when their day is past. One query."""
    found = [
        _asked(deadline) for deadline in deadlines.upcoming(starts_on=grant.starts_on, ends_on=grant.ends_on, on=on)
    ]
    if own:
        found += [Due(row.day, row.title, row) for row in OwnDeadline.objects.filter(grant=grant, done_on=None)]
    return sorted(found, key=lambda row: (row.day, row.own is None, row.title))


def targets_changed_on(grant: Grant) -> dt.date | None:
    """The day on which a target of `grant` was set or dropped last; None where they are as they came with it."""
    rows = AuditEvent.objects.filter(
        event__in=[Event.TARGET_SET.value, Event.TARGET_DROPPED.value], references__grant=str(grant.uuid)
    )
    last = rows.aggregate(last=Max("recorded_at"))["last"]
    day = clock.local(last).date() if last else None
    return day if day and day > clock.local(grant.recorded_at).date() else None
