"""The cells of a row by the fields they belong to, and the wishes that stand in any of them, mapped or not."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from wegweiser.companies.importing import abroad, contacts, permissions, remarks
from wegweiser.companies.importing.headers import IGNORED, fold
from wegweiser.companies.importing.permissions import MAY_WRITE, Column

ASIDE = "aside"  # among the cells of a row: wishes that stand where no remark does, a line each, with their header
ANSWERED = "answered"  # and the reason that an answer gives where the words of the row would not tell it
_SAY_WHAT_IS_DONE = frozenset({"name", "sector"})  # where "entfernen" and "austragen" are what a firm lives on


@dataclass
class Cells:
    """What one row says: cells by field, the header of each field, and answers that say neither yes nor no."""

    raw: dict[str, str] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)
    unclear: list[tuple[str, str]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)  # lines of the remark, and what each asks for, if anything
    no_calls: bool = False  # an answer is about the telephone
    country: str = ""

    def add(self, column: str, header: str, cell: str) -> None:
        self.named.setdefault(column, header)
        self.raw[column] = f"{self.raw[column]}\n{cell}" if column in self.raw else cell


@dataclass(frozen=True)
class Columns:
    """The columns of a list: which field each is, and which of them say whether one may write."""

    headers: Sequence[str]
    fields: Mapping[int, str]
    permissions: Mapping[int, Column]
    country: int | None = None  # the place of the column that says it, which nobody takes over
    of_other_things: Collection[str] = ()  # fields in which no wish is looked for

    @classmethod
    def of(
        cls,
        lines: Sequence[Sequence[str]],
        headers: Sequence[str],
        mapping: Mapping[int, str],
        of_other_things: Collection[str] = (),
    ) -> "Columns":
        """`lines`: the rows below the headers."""
        told = permissions.columns(lines, headers, list(map(fold, headers)), mapping)
        fields = {place: named for place, named in mapping.items() if named and named != IGNORED}
        land = next((place for place, header in enumerate(headers) if fold(header) in abroad.HEADERS), None)
        return cls(headers, fields, told, land, of_other_things)

    def header(self, place: int) -> str:
        return self.headers[place] if place < len(self.headers) else ""

    def read(self, line: Sequence[str]) -> Cells:
        found = Cells(country=line[self.country] if self.country is not None and self.country < len(line) else "")
        for place, cell in enumerate(line):
            if not cell:
                continue
            if asked := self.permissions.get(place):
                _answer(found, asked, self.header(place), cell)
            elif column := self.fields.get(place):
                found.add(column, self.header(place), remarks.without_a_wish(cell) if column == "name" else cell)
        for header, told in self._asides(line):
            found.add(ASIDE, header, told)
        return found

    def wishes(self, line: Sequence[str]) -> dict[str, str]:
        """What a row asks for beside its remark, a line each, with the reason: answers below the headers that ask, and
        asides."""
        asked = [
            (self.permissions[place].line(cell), asks_for(self.permissions[place], cell))
            for place, cell in enumerate(line)
            if place in self.permissions and cell
        ]
        return {told: why for told, why in asked if why} | {
            told: remarks.reason(told) for _, told in self._asides(line)
        }

    def _asides(self, line: Sequence[str]) -> list[tuple[str, str]]:
        """Wishes stand where there was room: beside the name or the number, in columns that nobody takes over."""
        others = [
            (place, cell)
            for place, cell in enumerate(line)
            if len(cell) > 2
            and place not in self.permissions
            and self.fields.get(place) not in {"remark", *self.of_other_things}
        ]
        if not remarks.reason(" . ".join(cell for _, cell in others)):
            return []  # nearly always, so that one look will do
        found = []
        for place, cell in others:
            is_wish = remarks.is_wish if self.fields.get(place) in _SAY_WHAT_IS_DONE else remarks.reason
            if is_wish(cell):
                flat, header = " ".join(cell.split()), self.header(place)
                found.append((header, f"{header}: {flat}" if header else flat))
        return found


def unheard(
    lines: Sequence[Sequence[str]], headers: Sequence[str], mapping: Mapping[int, str]
) -> list[tuple[str, int]]:
    """Columns that somebody leaves out though rows say no in them: the header, and how many rows do. `lines`: those
    below the headers."""
    left_out = {place: "" for place, named in mapping.items() if named == IGNORED}
    asked = permissions.columns(lines, headers, list(map(fold, headers)), {**mapping, **left_out}) if left_out else {}
    found = []
    for place in sorted(left_out.keys() & asked.keys()):
        count = sum(bool(asks_for(asked[place], line[place])) for line in lines if place < len(line) and line[place])
        if count:
            found.append((headers[place] if place < len(headers) else str(place + 1), count))
    return found


def asks_for(asked: Column, cell: str) -> str:
    """Why a person has to look at the row, as a cell says it below such a header; empty where there is no need.

    What the column means is known here, and the header is not read again: it may be a sentence, or hold a colon.
    """
    if not asked.line(cell):
        return ""
    may_write = permissions.answer(asked.field, cell)
    if may_write:
        return ""
    answered = remarks.OBJECTION if may_write is False else ""
    if answered and asked.asks_deletion:
        return remarks.DELETION
    words = asked.line(cell) if len(asked.header) <= permissions.MOST_HEADER and not answered else cell
    return remarks.strictest([answered, remarks.reason(words)])


def _answer(found: Cells, asked: Column, header: str, cell: str) -> None:
    """A cell that says whether one may write becomes a line of the remark, for whoever looks at the firm."""
    if asked.field == MAY_WRITE and contacts.mails(cell).good:
        found.add("email", header, cell)
        return
    line = asked.line(cell)
    if not line:
        return
    found.add("remark", header, line)
    found.answers[line] = asks_for(asked, cell)
    may_write = permissions.answer(asked.field, cell)
    found.no_calls |= remarks.forbids_calls(cell) or (may_write is False and remarks.is_of_calls(asked.header))
    is_clear = may_write is not None or permissions.is_unknown(cell)
    if not is_clear and not permissions.begins_with_yes(cell) and not remarks.reason(cell):
        found.unclear.append((header, cell))


def wish_of(
    raw: Mapping[str, str], columns: Sequence[str] = ("remark",), answers: Mapping[str, str] | None = None
) -> str:
    """Why a person has to look at the row before anybody writes to the firm; empty where there is no need.

    `columns`: the fields that are read beside the asides. `answers`: lines of these of which it is known.
    """
    known = answers or {}
    told = ["\n".join(line for line in raw.get(column, "").split("\n") if line not in known) for column in columns]
    asides = raw.get(ASIDE, "").split("\n")
    bare = [told.partition(": ")[2] for told in asides]  # some wishes are the whole of a cell
    return remarks.strictest([*known.values(), raw.get(ANSWERED, ""), *map(remarks.reason, [*told, *asides, *bare])])
