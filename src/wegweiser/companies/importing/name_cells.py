"""Names as they stand in their cells: of firms, with an address, a telephone or a headcount, and of who is greeted."""

import re

from wegweiser.companies.importing import values
from wegweiser.companies.linkage.row import names, trades
from wegweiser.kernel.sorting import sort_key

_SIGN = r"\s*(?:[,;(|\n]|\s[-–—]\s)\s*"
_STREET = (
    r"(?P<street>(?:(?:Am|An de[rn]|Auf dem|Im|In der|Zu[mr]|[A-ZÄÖÜ]\w+er"
    r"|(?:Alt|Neu|Lang|Kurz|Breit|Groß|Klein|Hoh|Ober|Unter|Hinter|Vorder)e[nr]?)\s)?(?:[A-ZÄÖÜ][\w.-]*?)?(?i:str\.|straße|strasse|weg|platz|allee|gasse|damm|ring|markt)"
    r"\s?\d{1,3}\s?[a-z]?\b)"
)
_PHONE = re.compile(
    r"(?P<before>\s*[,;(|/–—-]?\s*\b(?i:telefon|tel|fon|mobil|handy|funk)\b[.:]*|\s*[,;(|–—-]|\s)\s*"
    r"(?P<phone>(?:\+49|\(?0[1-9])[\d\s()/.–-]{5,}\d)\s*\)?(?=\s*(?:[,;|)]|$))"
)
_HEADCOUNT = re.compile(
    r"[\s,;(–-]+(?P<count>\d{1,4}\s?(?:MA|Mitarbeiter(?:innen)?|Mitarbeitende|Beschäftigte|Angestellte))\b\.?\s*\)?\s*$"
)
_WITH_CODE = re.compile(rf"{_SIGN}(?P<code>\d{{5}})(?:\s+(?P<place>[^\W\d_][^,;()|\d]*?))?\s*\)?\s*$")
_WITH_STREET = re.compile(rf"{_SIGN}{_STREET}\s*\)?\s*(?:,\s*(?P<place>[^\W\d_][^,;()|\d]*?))?\s*$")
LEAST_DIGITS = 8  # of a number with the code of a town


def put_where_it_belongs(raw: dict[str, str], named: dict[str, str]) -> None:
    """Takes out of the name what its own row repeats or a word or sign in front of it introduces, and puts it into the
    cell that it belongs in where that is empty: "Abel Guss, Ring 4, 39288 Burg", "Abel Guss Tel. 0391 5550100".

    "Werk 2", "Studio 54" and a name that is nothing but an address stay.
    """
    told = raw.get("name", "")
    if not any(map(str.isdigit, told)):
        return
    found: dict[str, str] = {}
    text = told
    for form in (_HEADCOUNT, _PHONE, _WITH_CODE, _WITH_STREET):
        at = form.search(text)
        if at is None or (form is _PHONE and sum(map(str.isdigit, at["phone"])) < LEAST_DIGITS):
            continue
        rest = f"{text[: at.start()]} {text[at.end() :]}".strip(" ,;|-–\n")
        place = values.name(at.groupdict().get("place") or "")
        if not _is_a_name(rest) or (place and place.legal_form):
            continue  # "Abel, 39288 Burg GmbH" is called so in the register
        text = rest
        found |= {_COLUMNS[group]: cell.strip() for group, cell in at.groupdict().items() if cell and group in _COLUMNS}
    own = values.known(raw.get("street", ""))
    if own and own[-1:].isalnum() and any(map(str.isdigit, own)) and text.rstrip(" )").endswith(own):
        rest = text.rstrip(" )").removesuffix(own).rstrip(" ,;(|-–\n")
        # "Café Markt 4" is called by where it is.
        if any(not trades.is_trade(word) for word in names.parse(rest).words):
            text = rest
    if text == told:
        return
    raw["name"] = text
    is_told = {"address", "postcode_place"} & raw.keys()
    for column, cell in found.items():
        if not values.known(raw.get(column, "")) and not (is_told and column in _OF_AN_ADDRESS):
            raw[column] = cell
            named.setdefault(column, named.get("name", "name"))
        elif column == "phone" and _digits(cell) not in _digits(raw[column]):
            raw[column] = f"{raw[column]}\n{cell}"


_COLUMNS = {"street": "street", "code": "postcode", "place": "place", "phone": "phone", "count": "employees"}
_OF_AN_ADDRESS = frozenset({"street", "postcode", "place"})


def _is_a_name(text: str) -> bool:
    """Whether something is left that a firm may be called by."""
    return len(sort_key(text)) > 1 and re.search(r"[^\W\d_]{2}", text) is not None


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


_GREETING = r"(?:Herrn?|Frau|Hr\.|Fr\.)"
_TWO_ARE_GREETED = re.compile(rf"{_GREETING}\s+(?:[^,;]*?[\s/+&]{_GREETING}\s|(?:u\.|und\b|[+&/]))")


def without_greeting(text: str) -> str:
    """Somebody's name without the greeting in front. Of two who are greeted it stays: without it the first of them is
    called Abel Abel, or "u.".

    >>> without_greeting("Frau Ute Abel"), without_greeting("Hr. u. Fr. Abel")
    ('Ute Abel', 'Hr. u. Fr. Abel')
    """
    if not _TWO_ARE_GREETED.match(text):
        for greeting in ("Herrn ", "Herr ", "Frau ", "Hr. ", "Fr. "):
            text = text.removeprefix(greeting)
    return text
