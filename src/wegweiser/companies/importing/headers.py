"""Which column means what: German headers in all spellings, also mistyped, and the row they stand in."""

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from rapidfuzz import fuzz, process

from wegweiser.companies.importing import columns, permissions, values

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
SEARCHED = 25  # lines above the list: titles, dates, logos
NO_HEADERS, ROWS_ALONE = -1, -2  # said of a list: the second also that nothing in it is a title
TITLES = 8  # lines, blank ones too; more alone in their line are a list of one column
COMPARED = 40  # rows below
SIMILAR = 86  # of 100: a slip in a header
MOST_SENTENCE = 300  # characters that are kept of one above a column: it asks whether one may write
IGNORED = "ignore"
NUMBER = "nr"  # of a house right behind its street, of the row anywhere else

WORDS: dict[str, list[str]] = {
    field: words.split()
    for field, words in tomllib.loads((Path(__file__).parent / "headers.toml").read_text(encoding="utf-8")).items()
}
FIELDS = tuple(field for field in WORDS if field != "any_name")
# Headers that say a little more than the word: "Telefon (geschäftlich)", "Anzahl der Mitarbeiter 2023".
PARTS: tuple[tuple[str, str], ...] = (
    (r"^plz.*ort|postleitzahl.*ort", "postcode_place"),
    (r"^(letzt|naechst|zuletzt|geaendert|aenderung)", IGNORED),
    (r"fax", "fax"),
    (r"mobil|handy", "mobile"),
    (r"e?mail", "email"),
    (r"^tel|telefon|tel(nr|nummer)", "phone"),
    (r"ustid|umsatzsteuer", "vat_id"),
    (r"handelsreg|register(nr|nummer)|^hr[ab]", "register"),
    (r"^wz|nace", "wz"),
    (r"beschaeftigt|mitarbeiter|mitarbeitende|^anz(ahl)?ma", "employees"),
    (r"branche", "sector"),
    (r"landkreis|kennzeichen", "district"),
    (r"vorname", "first_name"),
    (r"nachname|familienname", "last_name"),
    (r"ansprech|kontaktperson|geschaeftsfuehr|inhaber", "contact"),
    (r"^1kontakt|erst(er)?kontakt|erst(es)?gespraech|kontaktdatum", "first_contact"),
    (r"bemerk|anmerk|notiz|kommentar", "remark"),
    (r"webs|homepage|internet", "website"),
    (r"rechtsform", "legal_form"),
    (r"hausn", "house_number"),
    (r"strasse|^str", "street"),
    (r"^plz|postleitzahl", "postcode"),
    (r"gruend", "founded"),
    (r"handwerk", "craft"),
    (r"adresse|anschrift", "address"),
    (r"^(firm|unternehmen|betrieb)[a-z]*(nummer|nr|id)$", IGNORED),  # of another program
    (r"^(firm|unternehmen|betrieb)", "name"),
    (r"^ort|^stadt", "place"),
)
_KNOWN = {word: field for field, words in WORDS.items() for word in words}
_LONG = [word for word in _KNOWN if len(word) > 4]
MANY = frozenset({"phone", "mobile", "email", "remark", "name_more", "contact", *permissions.FIELDS, IGNORED})


def fold(header: str) -> str:
    """A header as it is compared.

    >>> fold("E-Mail:"), fold("Straße / Nr."), fold("Tel.")
    ('email', 'strassenr', 'tel')
    """
    return re.sub(r"[^a-z0-9]", "", header.casefold().translate(UMLAUTS))


def field_of(header: str) -> str:
    """The field that a header alone names; empty where nothing is clear. `any_name` depends on the others."""
    if len(header) > permissions.MOST_HEADER:  # a sentence only asks whether one may write
        return permissions.field_of(fold(header))
    for text in (header, re.sub(r"\(.*?\)|\[.*?\]", " ", header)):
        key = fold(text)
        if key in _KNOWN:
            return _KNOWN[key]
        if told := permissions.field_of(key):  # before the words for a mail address
            return told
    for pattern, field in PARTS:
        if re.search(pattern, key):
            return field
    if len(key) > 4 and (close := process.extractOne(key, _LONG, scorer=fuzz.ratio, score_cutoff=SIMILAR)):
        return _KNOWN[close[0]]
    return ""


def guess(headers: Sequence[str]) -> dict[int, str]:
    """The field of each column by its number; what is not clear stays away. A field is taken once but for a few.

    >>> guess(["Firma", "Name", "Vorname", "PLZ"])
    {0: 'name', 1: 'last_name', 2: 'first_name', 3: 'postcode'}
    >>> guess(["Nr.", "Firma", "Straße", "Nr."])
    {0: 'ignore', 1: 'name', 2: 'street', 3: 'house_number'}
    >>> guess(["Nr.", "Firma", "Straße", "Zusatz", "Nr.", "PLZ"])[4], guess(["Firma", "Nr.", "Straße", "PLZ"])[1]
    ('house_number', 'house_number')
    """
    told = {place: field_of(header) for place, header in enumerate(headers) if header}
    fields = set(told.values())
    of_a_house = _number_of_a_house(headers, told)
    found: dict[int, str] = {}
    for place, named in told.items():
        field = named
        if field == "any_name":
            if "name" in fields:
                field = "last_name" if "first_name" in fields else "contact"
            elif "first_name" in fields and "last_name" not in fields:
                field = "last_name"  # a list of people: the firm is theirs
            else:
                field = "name"
        if field == "house_number" and fold(headers[place]) == NUMBER and place != of_a_house:
            field = IGNORED  # the rows are numbered
        if field and (field in MANY or field not in found.values()):
            found[place] = field
    return found


def _number_of_a_house(headers: Sequence[str], told: Mapping[int, str]) -> int | None:
    """Which column "Nr" is of houses and numbers no rows: right behind the street, behind "Zusatz" or what nobody knows
    beside it, or in front of it, where it does not begin the list."""
    numbers = [place for place, header in enumerate(headers) if fold(header) == NUMBER]
    streets = {place for place, field in told.items() if field == "street"}
    behind = [place for place in numbers if place - 1 in streets]
    beside = [place for place in numbers if place - 2 in streets and told.get(place - 1, "") in {"", "name_more"}]
    before = [place for place in numbers if place + 1 in streets and place > 0]
    return next(iter([*behind, *beside, *before]), None)


class Found(Protocol):
    """Where the headers of a list stand, if any, and how many of its lines are no rows."""

    @property
    def line(self) -> int: ...
    @property
    def is_none(self) -> bool: ...
    @property
    def above(self) -> int: ...


@dataclass(frozen=True)
class Head:
    """Where the headers stand, and what they are."""

    line: int
    headers: tuple[str, ...]
    mapping: Mapping[int, str]
    titles: int = 0  # lines above the first row of a list without headers

    @property
    def is_none(self) -> bool:
        """Nothing but titles stands above the first row; what the columns hold is guessed from what stands in them."""
        return self.line < 0

    @property
    def above(self) -> int:
        """Rows of the file above the first row of data: what a spreadsheet counts and those do not."""
        return self.titles if self.is_none else self.line + 1

    @property
    def key(self) -> str:
        """By which it is remembered what the columns mean; a list without headers has none to be known by."""
        return "" if self.is_none else key(self.headers)

    @property
    def names_a_firm(self) -> bool:
        return names_a_firm(self.mapping)


def is_head(line: Sequence[str]) -> bool:
    """Whether a row holds headers and nothing else, as those that repeat them on each page do."""
    told = [fold(cell) for cell in line if cell]
    return len(told) > 2 and told[0] in _KNOWN and all(key in _KNOWN for key in told)


def names_a_firm(mapping: Mapping[int, str]) -> bool:
    """Whether a firm can be taken from rows that are mapped so."""
    return bool({"name", "last_name", "contact"} & set(mapping.values()))


def key(headers: Sequence[str]) -> str:
    """The same for the same set of headers, however they are written. Sentences tell nothing of it."""
    told = "\x1f".join(fold(short(header)) for header in headers).rstrip("\x1f")
    return hashlib.sha256(told.encode()).hexdigest()


def head(lines: Sequence[Sequence[str]], *, said: int | None = None) -> Head:
    """Of the first lines the one with the most headers that are known, `said` where somebody says which one it is, or
    that there is none (NO_HEADERS, ROWS_ALONE).

    Where none has any, the first that holds something and is no title; a row of data is never taken for the headers,
    so the line is -1 where a list begins with data.
    """
    if said is not None and said < len(lines):
        where, is_known = said, True
    else:
        where, is_known = where_headers_stand(lines, guess, is_clear, SEARCHED)
    if where < 0:
        above = 0 if where == ROWS_ALONE else titles(lines)
        return Head(NO_HEADERS, (), columns.guess(lines[above:]), above)
    told = tuple(map(flat, lines[where]))
    guessed = guess(told) if is_known else {}
    return Head(where, told, _by_what_stands_below(told, guessed, lines[where + 1 :]))


def _by_what_stands_below(
    told: Sequence[str], guessed: Mapping[int, str], lines: Sequence[Sequence[str]]
) -> dict[int, str]:
    """Where headers leave it open, cells tell an address from a permission to write to it."""
    found = permissions.columns(lines, told, list(map(fold, told)), guessed)
    asked = {place: column.field for place, column in found.items()}
    addresses = {
        place: "email" for place, field in guessed.items() if field in permissions.FIELDS and place not in asked
    }
    return dict(sorted({**guessed, **addresses, **asked}.items()))


def where_headers_stand(
    lines: Sequence[Sequence[str]],
    guessed: Callable[[Sequence[str]], Mapping[int, str]],
    clear_one: Callable[[str], bool],
    searched: int,
) -> tuple[int, bool]:
    """The line of the headers, -1 where there are none, and whether any of them is known.

    One header alone counts only where nothing but titles stands above it: further down it is a word of the data.
    """
    above = titles(lines)
    best, where, only_titles = 0, -1, True
    for number, line in enumerate(lines[above:searched], start=above):
        told = [short(flat(cell)) for cell in line]
        known = {field for field in guessed(told).values() if field != IGNORED}
        clear = sum(1 for cell in told if clear_one(cell))
        is_one = len(known) > 2 or min(clear, len(known)) > 1
        if only_titles:
            is_one = len(known) > 1 or bool(known and clear)
        if is_one and clear >= 2 * sum(map(is_data, line)) and len(known) > best:
            best, where = len(known), number
        only_titles = only_titles and sum(map(bool, line)) < 2
    if where >= 0:
        return where, True
    first = next((number for number, line in enumerate(lines) if number >= above and any(line)), 0)
    if not lines or _holds_data(lines[first]):
        return -1, False
    if above and not any(map(_holds_data, lines[first + 1 : first + 1 + COMPARED])):
        return -1, False  # a row like those below it: what stands above the list is a title and no header
    return first, False


def titles(lines: Sequence[Sequence[str]]) -> int:
    """How many lines above a list are titles: alone in their line, the rows below them hold more than one cell.

    >>> titles([["Teilnehmerliste 12.3.2021"], [], ["Abel", "Halle"], ["Kain", "Burg"]]), titles([["Abel"], ["Kain"]])
    (2, 0)
    """
    filled = [sum(map(bool, line)) for line in lines[: TITLES + COMPARED]]
    count = next((number for number, cells in enumerate(filled) if cells > 1), 0)
    below = [cells for cells in filled[count:] if cells]
    if count > TITLES or 3 * sum(cells > 1 for cells in below) < 2 * len(below):
        return 0
    return 0 if any(_is_a_firm(cell) for line in lines[:count] for cell in line if cell) else count


def _is_a_firm(cell: str) -> bool:
    told = values.name(cell)
    return "@" in cell or bool(told and told.legal_form not in {"", "Stiftung"})


def _holds_data(line: Sequence[str]) -> bool:
    return any(is_data(cell) or _A_DAY.fullmatch(cell) for cell in line)


def is_clear(header: str) -> bool:
    """Whether a cell says what a header says, give or take a letter, and nothing else."""
    key = fold(re.sub(r"\(.*?\)|\[.*?\]", " ", header))
    return key in _KNOWN or (
        len(key) > 4 and process.extractOne(key, _LONG, scorer=fuzz.ratio, score_cutoff=SIMILAR) is not None
    )


_A_TIME = re.compile(r"(\d{1,2}\.\s?){1,2}(19|20)?\d\d\b|\b(19|20)\d\d\b")
_A_DAY = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?(\d{2}|\d{4})|\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{2,4}")
_A_STREET = re.compile(r"(?i).*[^\W\d_]{2}\.?\s*\d{1,4}\s?[a-z]?")


def is_data(cell: str) -> bool:
    """What stands below headers and never among them: a mail address, a number, a street, a firm's full name.

    >>> [is_data(cell) for cell in ("info@abel.de", "39104", "Weg 5", "Abel GmbH", "MA 2023", "Tel. 2", "WZ 2008")]
    [True, True, True, True, False, False, False]
    """
    flat = " ".join(cell.split())
    if not flat or is_clear(flat) or is_clear(re.sub(r"\d+", "", flat)):
        return False
    without_times = _A_TIME.sub(" ", flat)
    return (
        bool(re.search(r"\d{3}", without_times))
        or bool(re.search(r"\d", without_times) and _A_STREET.fullmatch(without_times))
        or _is_a_firm(flat)
    )


def unmapped(lines: Sequence[Sequence[str]], above: int, told: Sequence[str], mapping: Mapping[int, str]) -> list[str]:
    """Headers of columns that hold something and mean nothing to us; the number of the column where it has none."""
    filled = {place for line in lines[above:] for place, cell in enumerate(line) if cell}
    return [(told[place] if place < len(told) else "") or str(place + 1) for place in sorted(filled - set(mapping))]


def has_rows(lines: Sequence[Sequence[str]], above: int) -> bool:
    return any(any(line) for line in lines[above:])


def rows_above(lines: Sequence[Sequence[str]], head: Found) -> list[int]:
    """Lines above the first row, counted from 1, that are not read and may be rows: all that say anything where there
    are no headers, else those that hold more than a title."""
    return [
        number
        for number, line in enumerate(lines[: head.above if head.is_none else head.line], start=1)
        if (head.is_none and any(line)) or any(map(is_data, line)) or sum(map(bool, line)) > 2
    ]


def flat(cell: str) -> str:
    """A header broken into two lines is one."""
    return " ".join(cell.replace("-\n", "").split())[:MOST_SENTENCE]


def short(header: str) -> str:
    """A header; one as long as a sentence is none."""
    return header if len(header) <= permissions.MOST_HEADER else ""
