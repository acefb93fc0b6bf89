"""How soon first answers go out, in working days of the Land. Figures are per partner, never per person."""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

# Working days until the first answer, from and up to; the last has no end.
SPANS: tuple[tuple[int, int | None], ...] = ((0, 0), (1, 1), (2, 2), (3, 3), (4, 5), (6, 10), (11, None))
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Asked:
    """One enquiry as the figures see it: when it came, when an answer was due and given, to whom it belonged.

    `partner` is who answered it, else who has it; `days` are working days until the first answer.
    """

    received: dt.date
    due: dt.date
    answered: dt.date | None
    days: int | None
    waiting: bool
    partner: int
    topic: int | None
    intake: str


@dataclass(frozen=True)
class Figures:
    """What became of some enquiries. `median` is in working days; `spans` counts answers by SPANS."""

    received: int
    answered: int
    in_time: int
    median: float | None
    waiting: int
    overdue: int
    ended: int  # without an answer
    spans: tuple[int, ...]

    @property
    def share(self) -> float | None:
        """The share in time of what was answered or should have been by now."""
        return self.in_time / self.judged if self.judged else None

    @property
    def judged(self) -> int:
        return self.answered + self.overdue


def figures(rows: Iterable[Asked], *, today: dt.date) -> Figures:
    """What became of `rows`, and how many of them wait on `today`."""
    rows = list(rows)
    days = [row.days for row in rows if row.days is not None]
    waiting = [row for row in rows if row.waiting]
    return Figures(
        received=len(rows),
        answered=len(days),
        in_time=sum(row.answered is not None and row.answered <= row.due for row in rows),
        median=float(median(days)) if days else None,
        waiting=len(waiting),
        overdue=sum(row.due < today for row in waiting),
        ended=sum(row.answered is None and not row.waiting for row in rows),
        spans=tuple(sum(first <= day and (last is None or day <= last) for day in days) for first, last in SPANS),
    )


def grouped(rows: Sequence[Asked], by: Callable[[Asked], Key], *, today: dt.date) -> dict[Key, Figures]:
    """The figures of each group of `rows`."""
    found: dict[Key, list[Asked]] = {}
    for row in rows:
        found.setdefault(by(row), []).append(row)
    return {key: figures(group, today=today) for key, group in found.items()}


def month(row: Asked) -> dt.date:
    """The first day of the month in which it came in."""
    return row.received.replace(day=1)
