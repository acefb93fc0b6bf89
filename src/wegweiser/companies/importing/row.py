"""The cells of one row by field, and what was wrong with them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from wegweiser.companies.importing import slips, values

T = TypeVar("T")


@dataclass(frozen=True)
class Warned:
    """That a value could not be taken over: the row, the column as the list calls it, and the reason as a code."""

    row: int
    column: str
    reason: str
    text: str = ""


class Row:
    """The cells of a row by field, and what was wrong with them."""

    def __init__(self, number: int, raw: Mapping[str, str], named: Mapping[str, str]) -> None:
        self.number, self.raw, self.named = number, raw, named
        self.warnings: list[Warned] = []
        self.unverified: dict[str, str] = {}
        self.is_named_after_a_person = False

    def warn(self, column: str, reason: str, text: str) -> None:
        flat = " ".join(text.split())
        self.warnings.append(Warned(self.number, self.named.get(column) or column, reason, flat))
        self.unverified[column] = "; ".join(filter(None, [self.unverified.get(column), flat]))[:500]

    def tell(self, column: str, reason: str, text: str) -> None:
        """That a value was taken over otherwise than it stands there."""
        self.warnings.append(Warned(self.number, self.named.get(column) or column, reason, " ".join(text.split())))

    def warn_of_code(self, column: str, code: str) -> None:
        """That a postal code is none of ours; once, though the cell of the code may have been warned of before."""
        written = column or slips.column_of(code, self.raw)
        if written and not any(told.reason == "invalid_postcode" for told in self.warnings):
            self.warn(written, "invalid_postcode", self.raw[written])

    def read(self, column: str, reader: Callable[[str], T | None], reason: str) -> T | None:
        """What `reader` makes of the cell; what it makes nothing of is warned of."""
        told = values.known(self.raw.get(column, ""))
        if not told:
            return None
        found = reader(told)
        if found is None:
            self.warn(column, reason, told)
        return found
