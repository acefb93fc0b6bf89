"""Which column of a list of past contacts holds what: its own words first, those of lists of firms for the rest."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from wegweiser.companies.importing import headers as firms
from wegweiser.companies.importing import permissions
from wegweiser.companies.importing.headers import IGNORED, fold

WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
_KNOWN = {word: field for field, words in WORDS["headers"].items() for word in words.split()}
_LONG = [word for word in _KNOWN if len(word) > 6]
OWN = tuple(WORDS["headers"])
# Of a firm only what tells which one it is.
OF_THE_FIRM = (
    *("name", "name_more", "legal_form", "address", "street", "house_number", "postcode", "place", "postcode_place"),
    *("phone", "mobile", "email", "website", "contact", "first_name", "last_name", "vat_id", "register", "remark"),
)
FIELDS = (*OWN, *OF_THE_FIRM)
SEARCHED = 30  # lines in which the headers may stand
SIMILAR = 90


def field_of(header: str) -> str:
    """The field of the event that a header names; empty for all that is of the firm.

    >>> field_of("Datum der Veranstaltung"), field_of("Dauer (h)"), field_of("Firma")
    ('day', 'hours', '')
    """
    for text in (header, re.sub(r"\(.*?\)|\[.*?\]", " ", header)):
        if (key := fold(text)) in _KNOWN:
            return _KNOWN[key]
    if firms.field_of(header) or not firms.short(header):
        return ""
    if len(key) > 6 and (close := process.extractOne(key, _LONG, scorer=fuzz.ratio, score_cutoff=SIMILAR)):
        return _KNOWN[close[0]]
    return ""


def guess(headers: Sequence[str]) -> dict[int, str]:
    """The field of each column by its number; each is taken once.

    >>> guess(["Datum", "Firma", "PLZ", "Art", "Std."])
    {0: 'day', 1: 'name', 2: 'postcode', 3: 'kind', 4: 'hours'}
    """
    found: dict[int, str] = {}
    for place, header in enumerate(headers):
        if (field := field_of(header) if header else "") and field not in found.values():
            found[place] = field
    rest = ["" if place in found else header for place, header in enumerate(headers)]
    told = firms.guess(rest)
    # What says whether one may write is kept as a remark; `rows` reads it as what it is.
    theirs = {place: "remark" if field in permissions.FIELDS else field for place, field in told.items()}
    theirs = {place: field for place, field in theirs.items() if field in OF_THE_FIRM}
    return dict(sorted({**theirs, **found}.items()))


@dataclass(frozen=True)
class Head:
    """Where the headers stand, and what they are."""

    line: int
    headers: tuple[str, ...]
    mapping: Mapping[int, str]
    titles: int = 0  # lines above the first row of a list without headers

    @property
    def above(self) -> int:
        """Rows of the file above the first row of data: what a spreadsheet counts and those do not."""
        return self.titles if self.is_none else self.line + 1

    @property
    def is_none(self) -> bool:
        return self.line < 0

    @property
    def key(self) -> str:
        """By which it is remembered what the columns mean; a list without headers has none to be known by."""
        return "" if self.is_none else "history:" + firms.key(self.headers)[:56]


def head(lines: Sequence[Sequence[str]], *, said: int | None = None) -> Head:
    """Of the first lines the one with the most headers that are known, `said` where somebody says which one it is, or
    that there is none (`firms.NO_HEADERS`, `firms.ROWS_ALONE`).

    Line -1 where the list begins with data.
    """
    if said is not None and said < len(lines):
        where = said
    else:
        where, _ = firms.where_headers_stand(lines, guess, _is_clear, SEARCHED)
    if where < 0:
        return Head(firms.NO_HEADERS, (), {}, 0 if where == firms.ROWS_ALONE else firms.titles(lines))
    told = tuple(map(firms.flat, lines[where]))
    return Head(where, told, guess(told))


def _is_clear(header: str) -> bool:
    return fold(re.sub(r"\(.*?\)|\[.*?\]", " ", header)) in _KNOWN or firms.is_clear(header)


__all__ = ["FIELDS", "IGNORED", "OF_THE_FIRM", "OWN", "WORDS", "Head", "field_of", "fold", "guess", "head"]
