"""One question about what was reached, and its answer: an indicator, narrowed, for a period, broken down once.

Outsiders see no cell under five and none that gives such a cell away. With a free choice of filters, days and figures
they could subtract one answer from another, so what they ask has one shape: the whole grant up to the end of last
month, as it was known when this month began, narrowed by nothing. What firms are like (size, sector, district) is told
of the firms reached alone: a list of steps says which firm came how often, and from sums of visits one could work out
which of them sits where. The number of firms stays the same whichever firm it is.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID

from wegweiser.consortium import directory
from wegweiser.funding import words
from wegweiser.funding.models import Grant
from wegweiser.journey import disclosure, indicators
from wegweiser.journey.models import Step
from wegweiser.kernel import clock

FILTERS = ("district", "sector", "size", "topic", "partner", "format")


@dataclass(frozen=True)
class Extent:
    """What outsiders are told about: the days, both included, as they were known at a moment."""

    grant: Grant | None
    start: dt.date
    end: dt.date
    recorded_by: dt.datetime


def outsiders_extent(grant: Grant, today: dt.date) -> Extent:
    """The same on each day of a month, whatever is entered, filled in, merged or taken back meanwhile."""
    end = min(_last_month(today), grant.ends_on)
    return Extent(grant, min(grant.starts_on, end), end, clock.at(today.replace(day=1)))


def public_extent(today: dt.date) -> Extent | None:
    """What everybody is told: as much as the funder of the grant that ran at the end of last month, or ran last.

    A centre without any grant tells about all it did. None where there is nothing to tell yet.
    """
    grants, end = list(Grant.objects.all()), _last_month(today)
    begun = [grant for grant in grants if grant.starts_on <= end]
    if begun:
        grant = max(begun, key=lambda row: (row.ends_on >= end, row.starts_on, row.pk))
        return outsiders_extent(grant, today)
    first = None if grants else Step.objects.order_by("day").values_list("day", flat=True).first()
    if first is None or first > end:
        return None
    return Extent(None, first, end, clock.at(today.replace(day=1)))


def _last_month(today: dt.date) -> dt.date:
    return today.replace(day=1) - dt.timedelta(days=1)


@dataclass(frozen=True)
class Question:
    """What is asked; both days are included. With `recorded_by`: as it was known at that moment."""

    grant: Grant
    indicator: str
    dimension: str
    start: dt.date
    end: dt.date
    only: Mapping[str, str] = field(default_factory=dict)
    recorded_by: dt.datetime | None = None

    def for_outsiders(self, today: dt.date) -> "Question":
        """The same as an outsider may ask it."""
        extent = outsiders_extent(self.grant, today)
        return replace(self, only={}, start=extent.start, end=extent.end, recorded_by=extent.recorded_by)


class Refusal(StrEnum):
    """Why an outsider gets a total and no breakdown of it."""

    FIRMS_ONLY = "firms_only"  # size, sector and district are told of firms, not of what happened
    TOO_FEW = "too_few"  # hiding all cells would not hide them


@dataclass(frozen=True)
class Cell:
    """One part of the answer; None is hidden from whom it is for."""

    key: str
    value: int | None
    steps: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Answer:
    question: Question
    unit: str
    total: int
    cells: tuple[Cell, ...]
    steps: tuple[UUID, ...] = ()
    refused: Refusal | None = None

    @property
    def hides(self) -> bool:
        return any(cell.value is None for cell in self.cells)

    @property
    def longest(self) -> int:
        return max((cell.value or 0 for cell in self.cells), default=0) or 1


def answer(question: Question) -> Answer:
    """Everything, with the steps behind it: for those who work here."""
    return answered(question, figures(question))


def answered(question: Question, found: indicators.Indicator) -> Answer:
    """The same from figures that are known already."""
    cells = words.ordered(found.by[question.dimension], question.dimension)
    return Answer(
        question,
        found.unit,
        found.total.value,
        tuple(Cell(key, figure.value, tuple(figure.steps)) for key, figure in cells),
        tuple(found.total.steps),
    )


def answer_for_outsiders(question: Question, *, today: dt.date) -> Answer:
    """What an outsider may know, whatever was asked; no steps."""
    question = question.for_outsiders(today)
    return told(question, figures(question))


def told(question: Question, found: indicators.Indicator) -> Answer:
    """The same from figures that are known already. The order of the cells tells nothing of hidden ones.

    The total is told, however small: it names no firm, and what was promised has to be accounted for.
    """
    refused, cells = None, {}
    if not _may_be_broken_down(question.indicator, question.dimension):
        refused = Refusal.FIRMS_ONLY
    else:
        values = {key: figure.value for key, figure in found.by[question.dimension].items()}
        shown = disclosure.shown(values)
        refused, cells = (Refusal.TOO_FEW, {}) if shown is None else (None, shown)
    keys = sorted(cells, key=lambda key: words.by_itself(question.dimension, key) or _place(key, cells[key]))
    return Answer(
        question, found.unit, found.total.value, tuple(Cell(key, cells[key]) for key in keys), refused=refused
    )


def _may_be_broken_down(indicator: str, dimension: str) -> bool:
    return dimension not in indicators.FACTS or indicator == indicators.COMPANIES_REACHED


def _place(key: str, value: int | None) -> tuple[bool, bool, int, str]:
    return key in words.OTHERS, value is None, -(value or 0), key


def figures(question: Question) -> indicators.Indicator:
    return indicators.figures(
        start=question.start,
        end=question.end,
        grant=question.grant.slug,
        keys=[question.indicator],
        only=narrowing(question.only),
        recorded_by=question.recorded_by,
    )[question.indicator]


def narrowing(only: Mapping[str, str]) -> dict[str, str | frozenset[str]]:
    """`only` as the figures take it: a group of sectors stands for all of them."""
    if "sector" not in only:
        return dict(only)
    groups = {row.key: frozenset(row.sectors) for row in directory.sector_groups()}
    return {**only, "sector": groups.get(only["sector"], only["sector"])}
