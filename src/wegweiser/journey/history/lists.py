"""A list of past contacts as it was read, and what taking it over would do now. Reads only."""

import json
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from wegweiser.companies import lists as firm_lists
from wegweiser.companies.importing import cells, reading
from wegweiser.companies.importing import headers as firm_headers
from wegweiser.companies.importing.reading import Grid
from wegweiser.companies.importing.rows import Rejected, Warned
from wegweiser.companies.models import ColumnNames
from wegweiser.consortium.models import Partner, Topic
from wegweiser.journey.history import headers, rows
from wegweiser.journey.history.finding import Finder, Meant, partner_hours
from wegweiser.journey.history.headers import Head
from wegweiser.journey.history.rows import Contact, Refused
from wegweiser.journey.models import ContactList, ContactRow, ContactWord, Step
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError

CHUNK = 100
SOURCE, ROLE = "import", "history"
RECORDED, UNCHANGED, DOUBLE, HELD = "recorded", "unchanged", "double", "held"


@dataclass(frozen=True)
class Opened:
    """A list that was read, where its headers stand, and what its columns mean."""

    grid: Grid
    head: Head
    mapping: Mapping[int, str]
    digest: str

    @property
    def rows_above(self) -> list[int]:
        """Rows of the file above its headers that may hold contacts and are not read."""
        return firm_headers.rows_above(self.grid.lines, self.head)

    @property
    def unmapped(self) -> list[str]:
        """Headers of columns that hold something and mean nothing to us."""
        return firm_headers.unmapped(self.grid.lines, self.head.above, self.head.headers, self.mapping)

    @property
    def unheard(self) -> list[tuple[str, int]]:
        """Columns that are left out though firms say no in them, with the number of these rows."""
        return cells.unheard(self.grid.lines[self.head.above :], self.head.headers, self.mapping)

    @property
    def has_rows(self) -> bool:
        return firm_headers.has_rows(self.grid.lines, self.head.above)

    def sample(self, column: int, *, most: int = 3) -> list[str]:
        """The first values of a column."""
        cells = (line[column] for line in self.grid.lines[self.head.above :] if column < len(line) and line[column])
        return [" ".join(cell.split())[:80] for cell, _ in zip(cells, range(most), strict=False)]


def open_list(
    data: bytes, *, changed: Mapping[int, str] | None = None, head: int | None = None, sheet: str | None = None
) -> Opened:
    """Read a list; its columns mean what somebody said of these headers before, else what their words say.

    `head`: the line that somebody says its headers stand in, from 0; -1 where it has none. `sheet`: the sheet of a
    workbook that somebody says the list is on, else the first that looks like one.

    Raises what `reading.read` raises.
    """
    grid = reading.read(data, sheet=sheet, weigh=_looks_like_contacts)
    found = headers.head(grid.lines, said=head)
    kept = None if found.is_none else _kept(found.key)
    remembered = {int(place): named for place, named in kept.items()} if kept is not None else dict(found.mapping)
    digest = firm_lists.digest(data, grid)
    return Opened(grid, found, remembered if changed is None else dict(changed), digest)


def _looks_like_contacts(lines: Sequence[Sequence[str]]) -> int:
    """How much the first rows of a sheet look like a list of past contacts: without a day it is none."""
    found = headers.head(lines)
    kept = None if found.is_none else _kept(found.key)
    fields = set(found.mapping.values() if kept is None else kept.values()) - {firm_headers.IGNORED}
    return len(fields) > 1 if "day" in fields and firm_headers.has_rows(lines, found.above) else 0


def open_uploaded(source: ContactList) -> Opened:
    """An uploaded list as somebody said it is to be read. Raises DomainError("list_gone")."""
    changed = {int(place): named for place, named in source.mapping.items()}
    return open_list(content(source), changed=changed, **firm_lists.said(source.counts))


def _kept(headers_key: str) -> dict[str, str] | None:
    return ColumnNames.objects.filter(headers_key=headers_key).values_list("mapping", flat=True).first()


def unsaid(headers_key: str) -> dict[str, Any]:
    """{"partner", "topic"}: whose work it was, and what about, in lists with these headers where a row does not say."""
    rows = ContactWord.objects.filter(headers_key=headers_key, word="").select_related("partner", "topic")
    told = list(rows) if headers_key else []
    return {kind: next((found for row in told if (found := getattr(row, kind))), None) for kind in ("partner", "topic")}


def content(source: ContactList) -> bytes:
    """The file as it came. Raises DomainError("list_gone")."""
    if source.content is None:
        raise DomainError("list_gone")
    return zlib.decompress(bytes(source.content))


def has_day(mapping: Mapping[int, str]) -> bool:
    return "day" in mapping.values()


def clean_rows(opened: Opened) -> list[Contact | Rejected]:
    """Raises DomainError: no_rows (nothing stands below the headers), no_day_column (no column tells when it was)."""
    if not opened.has_rows:
        raise DomainError("no_rows", "The list has no row below its headers.", field="file")
    if not has_day(opened.mapping):
        named = ", ".join(filter(None, opened.head.headers)) or "-"
        raise DomainError("no_day_column", f"No column tells the day. The columns are: {named}.", field="mapping")
    lines = rows.rows(opened.grid.lines, opened.head, opened.mapping, today=clock.today(), knows=_knows_places())
    return list(lines)


def _knows_places() -> rows.Knows:
    """Asked only of rows that look foreign: for all others no place is loaded."""
    region = cache(lambda: firm_lists.cleaner().region)
    return lambda code, place: region().knows(code, place)


@dataclass(frozen=True)
class Outcome:
    """What became of all rows, in their order; `steps` by row, where they were recorded."""

    rows: Sequence[Meant]
    rejected: Sequence[Rejected]
    steps: Mapping[int, Step]

    def kind(self, meant: Meant) -> str:
        if meant.is_known:
            return DOUBLE if meant.is_twice else UNCHANGED
        return HELD if meant.held else RECORDED

    def left_out(self) -> list[Refused]:
        """Rows of which nothing is made, in their order, with the cell because of which where it is one."""
        refused = [row if isinstance(row, Refused) else Refused(row.row, row.reason) for row in self.rejected]
        doubles = [Refused(row.contact.row, DOUBLE) for row in self.rows if self.kind(row) == DOUBLE]
        return sorted([*refused, *doubles], key=lambda row: row.row)

    def counts(self) -> dict[str, int]:
        counted = Counter(self.kind(row) for row in self.rows)
        taken = [row for row in self.rows if self.kind(row) == RECORDED]
        return {
            "records": len(self.rows) + len(self.rejected),
            **{kind: counted[kind] for kind in (RECORDED, UNCHANGED, DOUBLE, HELD)},
            "rejected": len(self.rejected),
            "companies_created": sum(row.is_new and not row.is_founded_above for row in taken),
            "occasions": len({(row.contact.occasion, row.contact.occasion_uuid) for row in taken}),
            "contacts_without_firm": sum(without_firm(row) for row in taken),
            "talks_without_duration": sum(row.contact.occasion == "talk" and not row.contact.hours for row in taken),
        }

    @property
    def warnings(self) -> list[Warned]:
        """Of all rows but those that stand above already."""
        return [told for row in self.rows if self.kind(row) != DOUBLE for told in row.contact.warnings]

    def document(self) -> dict[str, Any]:
        """The report as `wegweiser import history` prints it."""
        taken = [row for row in self.rows if self.kind(row) == RECORDED]
        mapped = {
            row.contact.kind: {"occasion": row.contact.occasion, "format": row.contact.format}
            for row in self.rows
            if row.contact.kind
        }
        return {
            **self.counts(),
            "hours": partner_hours(self.rows),
            "formats": mapped,
            "held_rows": [
                {
                    "row": row.contact.row,
                    "reason": row.held,
                    "name": row.contact.firm.name if row.contact.firm else None,
                    "likely": [str(hit.company.uuid) for hit in row.likely],
                }
                for row in self.rows
                if self.kind(row) == HELD
            ],
            "rejected_rows": [{"row": row.row, "reason": row.reason} for row in self.rejected],
            "warnings": [{"row": told.row, "column": told.column, "reason": told.reason} for told in self.warnings],
            "steps": [self._step(row) for row in taken],
        }

    def _step(self, meant: Meant) -> dict[str, Any]:
        contact, step = meant.contact, self.steps.get(meant.contact.row)
        return {
            "row": contact.row,
            "step": str(step.uuid) if step else None,
            "source": str(contact.source),
            "day": contact.day.isoformat() if contact.day else None,
            "company": str(meant.company.uuid) if meant.company else None,
            "occasion": {"kind": contact.occasion, "uuid": str(contact.occasion_uuid)},
            "format": contact.format,
            "topic": meant.topic.slug if meant.topic else None,
            "partner": meant.partner.key if meant.partner else None,
            "hours": float(contact.hours) if contact.hours else None,
            "contacts_without_firm": without_firm(meant),
        }


def source_of(fingerprint: str) -> UUID:
    return rows.source_of(fingerprint)


def read_again(number: int, said: dict[str, str]) -> Contact | None:
    """A held row as it was read; None where what it said is forgotten."""
    made = rows.read_again(number, said, today=clock.today(), knows=_knows_places())
    return made if isinstance(made, Contact) else None


def said_by(row: ContactRow) -> Contact | None:
    return read_again(row.row, json.loads(row.said or "{}"))


def without_firm(meant: Meant) -> int:
    """People who came and belong to no firm."""
    return 0 if meant.company or meant.is_new else max(1, meant.contact.heads)


def told_of(
    opened: Opened, *, partner: Partner | None = None, topic: Topic | None = None
) -> list[tuple[int, str, str, str]]:
    """Row, column, reason and cell of all that is not sure to be read, and of rows of which nothing would be made, in
    their order; no firm is looked for."""
    finder, seen = Finder(partner=partner, topic=topic), set[str]()
    told: list[tuple[int, str, str, str]] = []
    for row in clean_rows(opened):
        if isinstance(row, Rejected):
            out = row if isinstance(row, Refused) else Refused(row.row, row.reason)
            told.append((out.row, out.column, out.reason, out.text))
        elif row.fingerprint in seen:
            told.append((row.row, "", DOUBLE, ""))
        else:
            seen.add(row.fingerprint)
            finder.words(row)
            told += [(one.row, one.column, one.reason, one.text) for one in row.warnings]
    return told


def preview(
    opened: Opened, *, partner: Partner | None = None, topic: Topic | None = None, most: int | None = None
) -> Outcome:
    """What taking it over would do now, of the first rows or of all; nothing is written."""
    read = clean_rows(opened)[:most]
    finder = Finder(partner=partner, topic=topic)
    return Outcome(
        list(finder.foreseen(row for row in read if isinstance(row, Contact))),
        [row for row in read if isinstance(row, Rejected)],
        {},
    )
