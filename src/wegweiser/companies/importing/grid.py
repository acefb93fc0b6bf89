"""A list as it was read: its lines, the sheet they are from, and which rows of the file they are."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Sheet:
    """A sheet that was not read, and how many of its rows hold something."""

    name: str
    rows: int


@dataclass(frozen=True)
class Grid:
    """All lines of a list, without what is empty at its end; of a workbook the sheet they are from, and the others."""

    lines: list[list[str]]
    sheet: str = ""
    count_others: Callable[[], tuple[Sheet, ...]] = tuple
    is_first: bool = True  # of the sheets that are shown and hold something
    blank: Sequence[int] = ()  # for each blank line of a CSV, which is none of `lines`, the index of the next one

    def row(self, index: int) -> int:
        """As which row of the file a spreadsheet shows a line, from 1.

        >>> [Grid([["Titel"], ["Firma"], ["Abel"]], blank=[1, 1]).row(index) for index in range(3)]
        [1, 4, 5]
        """
        return index + 1 + bisect_right(self.blank, index)

    def index(self, row: int) -> int:
        """The line that is this row of the file, or the next one where it is blank.

        >>> [Grid([["Titel"], ["Firma"], ["Abel"]], blank=[1, 1]).index(row) for row in range(1, 6)]
        [0, 1, 1, 1, 2]
        """
        return row - 1 - bisect_left([index + number for number, index in enumerate(self.blank, start=1)], row)

    @cached_property
    def others(self) -> tuple[Sheet, ...]:
        """The sheets that were not read; each is unpacked for it, so only where somebody is told of them."""
        return self.count_others()
