"""A list of firms as it was read, what its columns mean, and what an import of it would do now. Reads only."""

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from wegweiser.companies.importing import headers, reading
from wegweiser.companies.importing.headers import Head
from wegweiser.companies.importing.reading import Grid
from wegweiser.companies.importing.region import DistrictName, Region
from wegweiser.companies.importing.rows import Clean, Cleaner, Rejected
from wegweiser.companies.importing.sectors import Sectors
from wegweiser.companies.known_firms import Firms
from wegweiser.companies.models import ColumnNames, FirmList
from wegweiser.companies.outcomes import Outcome
from wegweiser.consortium import directory
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError

CHUNK = 200


@dataclass(frozen=True)
class Opened:
    """A list that was read, where its headers stand, and what its columns mean."""

    grid: Grid
    head: Head
    mapping: Mapping[int, str]
    digest: str

    def sample(self, column: int, *, most: int = 3) -> list[str]:
        """The first values of a column."""
        cells = (line[column] for line in self.grid.lines[self.head.line + 1 :] if column < len(line) and line[column])
        return [" ".join(cell.split())[:80] for cell, _ in zip(cells, range(most), strict=False)]


def open_list(data: bytes, *, changed: Mapping[int, str] | None = None) -> Opened:
    """Read a list; its columns mean what somebody said of these headers before, else what their words say.

    Raises what `reading.read` raises.
    """
    grid = reading.read(data)
    head = headers.head(grid.lines)
    kept = ColumnNames.objects.filter(headers_key=head.key).values_list("mapping", flat=True).first()
    remembered = {int(place): named for place, named in kept.items()} if kept is not None else dict(head.mapping)
    return Opened(grid, head, remembered if changed is None else dict(changed), hashlib.sha256(data).hexdigest())


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
    """Raises DomainError("no_company_column") where no column can name a firm."""
    if not headers.names_a_firm(opened.mapping):
        named = ", ".join(filter(None, opened.head.headers)) or "-"
        raise DomainError("no_company_column", f"No column names a company. The columns are: {named}.", field="mapping")
    return list(cleaner().rows(opened.grid.lines, opened.head, opened.mapping))


def preview(opened: Opened, *, most: int | None = None) -> Outcome:
    """What an import would do now, of the first rows or of all; nothing is written."""
    rows = clean_rows(opened)[:most]
    firms = Firms(digest=opened.digest)
    return Outcome(
        list(firms.plan(row for row in rows if isinstance(row, Clean))),
        [row for row in rows if isinstance(row, Rejected)],
        firms,
    )
