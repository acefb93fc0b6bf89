"""A list of firms as it was read, what its columns mean, and what an import of it would do now. Reads only."""

import hashlib
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from wegweiser.companies.importing import cells, headers, permissions, reading
from wegweiser.companies.importing.headers import Head
from wegweiser.companies.importing.reading import Grid
from wegweiser.companies.importing.region import DistrictName, Region
from wegweiser.companies.importing.rows import Clean, Cleaner, Rejected
from wegweiser.companies.importing.sectors import Sectors
from wegweiser.companies.known_firms import Firms
from wegweiser.companies.models import ColumnNames, Company, FirmList
from wegweiser.companies.outcomes import Outcome
from wegweiser.consortium import directory
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError

CHUNK = 200
READ_AT_ONCE = 5_000  # firms that are all read while somebody waits: a few seconds
MOST_BLANK = 1_000  # blank lines that are remembered


@dataclass(frozen=True)
class Opened:
    """A list that was read, where its headers stand, and what its columns mean."""

    grid: Grid
    head: Head
    mapping: Mapping[int, str]
    digest: str

    @property
    def rows_above(self) -> list[int]:
        """Rows of the file above its headers that may hold firms and are not read."""
        return headers.rows_above(self.grid.lines, self.head)

    @property
    def unmapped(self) -> list[str]:
        """Headers of columns that hold something and mean nothing to us; a number where there is no header."""
        return headers.unmapped(self.grid.lines, self.head.above, self.head.headers, self.mapping)

    @property
    def unheard(self) -> list[tuple[str, int]]:
        """Columns that are left out though firms say no in them, with the number of these rows."""
        return cells.unheard(self.grid.lines[self.head.above :], self.head.headers, self.mapping)

    @property
    def has_rows(self) -> bool:
        return headers.has_rows(self.grid.lines, self.head.above)

    def line(self, row: int) -> int:
        """As which row of the file a spreadsheet shows a row of data."""
        return self.grid.row(self.head.above + row - 1)

    def of_the_file(self) -> dict[str, Any]:
        """What is kept beside the counts of a list that is taken over: where its rows stood, its sheets."""
        above = self.head.above
        blank = [index - above + 1 for index in self.grid.blank][:MOST_BLANK]
        return {"above": above, **({"blank": blank} if blank else {}), **sheets(self.grid)}

    def sample(self, column: int, *, most: int = 3) -> list[str]:
        """The first values of a column."""
        cells = (line[column] for line in self.grid.lines[self.head.above :] if column < len(line) and line[column])
        return [" ".join(cell.split())[:80] for cell, _ in zip(cells, range(most), strict=False)]


class Said(TypedDict):
    """What somebody says of an uploaded file: the line its headers stand in, from 0, and the sheet the list is on."""

    head: int | None
    sheet: str | None


def said(counts: Mapping[str, Any]) -> Said:
    """As it is kept beside the counts of a list until it is taken over."""
    return {"head": counts.get("head"), "sheet": counts.get("sheet")}


def digest(data: bytes, grid: Grid) -> str:
    """By which a list is known again: another sheet of the same file is another list."""
    return hashlib.sha256(data if grid.is_first else data + b"\0" + grid.sheet.encode()).hexdigest()


def sheets(grid: Grid) -> dict[str, Any]:
    """What is kept of the sheets of a workbook when it is taken over: which one was read, and which were not."""
    return {"sheet": grid.sheet, "not_read": [[one.name, one.rows] for one in grid.others]} if grid.others else {}


def open_list(
    data: bytes, *, changed: Mapping[int, str] | None = None, head: int | None = None, sheet: str | None = None
) -> Opened:
    """Read a list; its columns mean what somebody said of these headers before, else what their words say.

    `head`: the line that somebody says its headers stand in, from 0; -1 where it has none. `sheet`: the sheet of a
    workbook that somebody says the list is on, else the first that looks like one.

    Raises what `reading.read` raises.
    """
    grid = reading.read(data, sheet=sheet, weigh=_looks_like_firms)
    found = headers.head(grid.lines, said=head)
    kept = None if found.is_none else _kept(found.key)
    remembered = dict(found.mapping)
    if kept is not None:  # where nobody said anything of a column that tells whether one may write, it still does
        asked = {place: named for place, named in remembered.items() if named in permissions.FIELDS}
        remembered = {**asked, **{int(place): named for place, named in kept.items()}}
    return Opened(grid, found, remembered if changed is None else dict(changed), digest(data, grid))


def _looks_like_firms(lines: Sequence[Sequence[str]]) -> int:
    """How much the first rows of a sheet look like a list of firms: a cover may name somebody, and has no columns."""
    found = headers.head(lines)
    kept = None if found.is_none else _kept(found.key)
    fields = set(found.mapping.values() if kept is None else kept.values()) - {headers.IGNORED}
    if not headers.names_a_firm(dict(enumerate(fields))) or not headers.has_rows(lines, found.above):
        return 0
    return 1 if found.is_none or len(fields) == 1 else 2


def open_uploaded(source: FirmList) -> Opened:
    """An uploaded list as somebody said it is to be read. Raises DomainError("list_gone")."""
    changed = {int(place): named for place, named in source.mapping.items()}
    return open_list(content(source), changed=changed, **said(source.counts))


def _kept(headers_key: str) -> dict[str, str] | None:
    return ColumnNames.objects.filter(headers_key=headers_key).values_list("mapping", flat=True).first()


def content(source: FirmList) -> bytes:
    """The file as it came. Raises DomainError("list_gone")."""
    if source.content is None:
        raise DomainError("list_gone")
    return zlib.decompress(bytes(source.content))


def cleaner() -> Cleaner:
    """Knows the districts, places and sectors of this centre."""
    found = tuple(DistrictName(row.ags, row.name, row.plate) for row in directory.districts())
    labels = {row.key: tuple(row.label.values()) for row in directory.sectors()}
    return Cleaner(Region(found, directory.gazetteer()), Sectors(labels), clock.today())


def clean_rows(opened: Opened) -> list[Clean | Rejected]:
    """Raises DomainError: no_rows (nothing stands below the headers), no_company_column (nothing names a firm)."""
    if not opened.has_rows:
        raise DomainError("no_rows", "The list has no row below its headers.", field="file")
    if not headers.names_a_firm(opened.mapping):
        named = ", ".join(filter(None, opened.head.headers)) or "-"
        raise DomainError("no_company_column", f"No column names a company. The columns are: {named}.", field="mapping")
    return list(cleaner().rows(opened.grid.lines, opened.head, opened.mapping))


def are_many_firms() -> bool:
    """Whether so many firms are known that nobody should wait until all are read and compared."""
    return Company.objects.order_by()[READ_AT_ONCE : READ_AT_ONCE + 1].exists()


def preview(opened: Opened, *, most: int | None = None, looked_up: bool = False) -> Outcome:
    """What an import would do now, of the first rows or of all; nothing is written.

    `looked_up`: rows are compared with the firms alone that the database finds for each. A pair that only a sound, a
    remark or a third row leads to may be missing, and is found when the list is taken over.
    """
    rows = clean_rows(opened)[:most]
    good = [row for row in rows if isinstance(row, Clean)]
    firms = Firms(digest=opened.digest, near=good if looked_up else None)
    plans = list(firms.plan(good))
    return Outcome(plans, rejected(rows, firms), firms)


def rejected(rows: Iterable[Clean | Rejected], firms: Firms) -> list[Rejected]:
    """Rows that no firm could be taken from, and those of who asked to be forgotten, in the order of the list."""
    found = [row for row in rows if isinstance(row, Rejected)]
    return sorted([*found, *firms.left_out], key=lambda row: row.row)
