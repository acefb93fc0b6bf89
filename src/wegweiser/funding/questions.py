"""One question about what was reached, and its answer: an indicator, narrowed, for a period, broken down once.

Outsiders see no cell under five and none that gives such a cell away. With a free choice of filters and days they
could subtract one answer from another, so what they ask has one shape: the whole grant up to the end of last month,
narrowed by nothing. One breakdown says nothing about the cells of another.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from wegweiser.funding import words
from wegweiser.funding.models import Grant
from wegweiser.journey import disclosure, indicators

FILTERS = ("district", "sector", "size", "topic", "partner", "format")


@dataclass(frozen=True)
class Question:
    """What is asked; both days are included."""

    grant: Grant
    indicator: str
    dimension: str
    start: dt.date
    end: dt.date
    only: Mapping[str, str] = field(default_factory=dict)

    def for_outsiders(self, today: dt.date) -> "Question":
        """The same as an outsider may ask it."""
        start, end = outsiders_days(self.grant, today)
        return replace(self, only={}, start=start, end=end)


def outsiders_days(grant: Grant, today: dt.date) -> tuple[dt.date, dt.date]:
    """The days outsiders' breakdowns are about."""
    end = min(today.replace(day=1) - dt.timedelta(days=1), grant.ends_on)
    return min(grant.starts_on, end), end


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
    total: int | None
    cells: tuple[Cell, ...]
    steps: tuple[UUID, ...] = ()

    @property
    def hides(self) -> bool:
        return self.total is None or any(cell.value is None for cell in self.cells)

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
    """What an outsider may know, whatever was asked; no steps. The order of the cells tells nothing of hidden ones."""
    question = question.for_outsiders(today)
    found = figures(question)
    values = {key: figure.value for key, figure in found.by[question.dimension].items()}
    cells, total = disclosure.shown(values, total=found.total.value)
    keys = sorted(cells) if question.dimension == "month" else sorted(cells, key=lambda key: _place(key, cells[key]))
    return Answer(question, found.unit, total, tuple(Cell(key, cells[key]) for key in keys))


def _place(key: str, value: int | None) -> tuple[bool, bool, int, str]:
    return key in words.OTHERS, value is None, -(value or 0), key


def figures(question: Question) -> indicators.Indicator:
    return indicators.figures(
        start=question.start,
        end=question.end,
        grant=question.grant.slug,
        keys=[question.indicator],
        only=question.only,
    )[question.indicator]
