"""What the columns of a list hold that has no headers, told from what stands in them."""

import re
from collections.abc import Sequence

from wegweiser.companies.importing import values

LOOKED_AT = 200  # rows
ENOUGH = 0.6  # of the filled cells of a column
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("email", re.compile(r"\S+@\S+\.\S+")),
    ("postcode", re.compile(r"(D-?)?\d{5}")),
    ("postcode_place", re.compile(r"(D-?)?\d{5}\s+[^\W\d_].*")),
    ("phone", re.compile(r"(0|\+|\(0)[\d\s()/.–-]{5,}")),
    ("website", re.compile(r"(?i)(https?://|www\.)\S+")),
    ("address", re.compile(r"(?s).+\d.*[,\n]\s*(D-?)?\d{5}\s.+")),
    ("street", re.compile(r"[^\W\d_]{2}[^\d@,;:]*\s\d{1,4}\s?[a-zA-Z]?")),
)
_WORDS = re.compile(r"[^\d@]*[^\W\d_]{2}[^\d@]*")


def guess(lines: Sequence[Sequence[str]]) -> dict[int, str]:
    """The field of each column that is clear; the name is where legal forms stand, else the first column of words.

    >>> guess([["Abel GmbH", "Weg 1", "39261", "Zerbst", "03923 555010"], ["Kain", "Weg 2", "39288", "Burg", ""]])
    {0: 'name', 1: 'street', 2: 'postcode', 3: 'place', 4: 'phone'}
    """
    rows = lines[:LOOKED_AT]
    width = max(map(len, rows), default=0)
    cells = [[line[place] for line in rows if place < len(line) and line[place]] for place in range(width)]
    found: dict[int, str] = {}
    for place, told in enumerate(cells):
        for field, shape in _SHAPES:
            is_it = sum(bool(shape.fullmatch(cell)) for cell in told) >= ENOUGH * len(told)
            if told and is_it and field not in found.values():
                found[place] = field
                break
    words = [
        place
        for place, told in enumerate(cells)
        if told
        and place not in found
        and sum(bool(_WORDS.fullmatch(cell)) or bool(_form(cell)) for cell in told) >= ENOUGH * len(told)
    ]
    if words:
        found[max(words, key=lambda place: (sum(map(bool, map(_form, cells[place]))), -place))] = "name"
    for place, field in list(found.items()):
        if field == "postcode" and place + 1 in words and place + 1 not in found:
            found[place + 1] = "place"
    return dict(sorted(found.items()))


def _form(cell: str) -> str:
    told = values.name(cell)
    return told.legal_form if told else ""
