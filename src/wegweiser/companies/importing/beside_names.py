"""What stands in the cell of a firm's name and is none of it: a number in a list, a telephone number, a street.

Only what is nothing else is taken out, and only into an empty cell: "Fahrschule 2000" and "1. FC Abelau" stay.
"""

import re
from collections.abc import Iterator

from wegweiser.companies.importing import phone_cells
from wegweiser.companies.linkage.row import people, trades, vocabulary

_CUSTOMER = re.compile(
    r"(?i)^(?:kd|kunden?|debitoren|debitor|mitglieds?|lfd)[-.\s]{0,2}(?:nr|no|nummer)\b[.:]?\s*\d+[\s,:;–-]+(?=\w)"
)
_OF_A_LIST = re.compile(r"^(?:\d{5,}\s+|\d{1,4}[.)]\s+|\d{1,4}\)\s*)(?=(?P<word>[^\W\d_][\w-]+))")
_OF_WHICH_THERE_ARE_MANY = re.compile(
    r"(?i)schule|kita|kinder|gymnasium|praxis|kompanie|gruppe|verein|club"
)  # 3. Grundschule
_NUMBER = re.compile(
    r"(?i)[\s,;(/–-]*(?:\b(?:tel|telefon|fon|mobil|handy)\b[.:\s]*)?(?P<number>(?:\+|\(?0)[\d\s()/.–-]{6,}\d)\)?\s*$"
)
_STREET = re.compile(
    r"(?i)\s*[,;(]\s*(?P<street>[^\W\d_][^,;()\d]*(?:str\.?|straße|strasse|weg|platz|allee|gasse|ring|damm|ufer|markt|chaussee"
    r"|promenade|steig)\s*\d{1,3}\s?[a-z]?)\)?\s*$"
)
LEAST_LEFT = 3  # letters of a name


def put_right(raw: dict[str, str], named: dict[str, str]) -> list[tuple[str, bool]]:
    """Takes out of the name what belongs elsewhere. Returns what that was, as it was written, and whether it has a cell
    of its own now.

    >>> row = {"name": "10023 Abel Guss, Ringstr. 9, 0391 5448619"}
    >>> put_right(row, {}), row["name"], row["street"], row["phone"]
    ([('10023', False), ('0391 5448619', True), ('Ringstr. 9', True)], 'Abel Guss', 'Ringstr. 9', '0391 5448619')
    """
    told: list[tuple[str, bool]] = []
    name = raw.get("name", "")
    if found := _CUSTOMER.match(name) or _number_of_a_list(name):
        told.append((found[0].strip(" ,:;–-"), False))
        name = name[found.end() :].strip()
    for column, form in (("phone", _NUMBER), ("street", _STREET)):
        found = form.search(name)
        if not found or not _is_a_name(name[: found.start()]):
            continue
        text = found[1].strip()
        if column == "phone" and not phone_cells.numbers(text).good:
            continue
        if column not in raw and not (column == "street" and "address" in raw):
            raw[column] = text
            named.setdefault(column, named.get("name", column))
            told.append((text, True))
            name = name[: found.start()].strip()
    if told:
        raw["name"] = name
    return told


def _number_of_a_list(name: str) -> re.Match[str] | None:
    """`10023 Abel Guss`, `12. Tischlerei Abel`, and not `1. Abelauer Karnevalsclub`."""
    found = _OF_A_LIST.match(name)
    if not found:
        return None
    is_for_certain = ")" in found[0] or "." not in found[0]
    word = found["word"].casefold().translate(vocabulary.UMLAUTS)
    is_trade = trades.is_trade(word) and not _OF_WHICH_THERE_ARE_MANY.search(name)
    return found if is_for_certain or is_trade else None


def _is_a_name(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= LEAST_LEFT


def of_a_mailbox(address: str) -> str:
    """What a firm is called by its mailbox at a provider, where that names a trade and nobody.

    >>> of_a_mailbox("fleischerei-abel@gmx.de"), of_a_mailbox("ute.abel@gmx.de"), of_a_mailbox("abel@gmx.de")
    ('Fleischerei Abel', '', '')
    """
    words = list(_words(address.partition("@")[0]))
    is_somebody = people.of_a_mail(address) is not None or not vocabulary.FIRST_NAMES.isdisjoint(words)
    if is_somebody or not any(map(trades.is_trade, words)) or all(map(trades.is_bare, words)):
        return ""
    if len(words) == 1 and len(words[0]) < LEAST_OF_A_BOX:
        return ""
    return " ".join(word.title() for word in words)


LEAST_OF_A_BOX = 10  # letters of one word: `malerabeling` is a firm, `autohaus` any


def _words(box: str) -> Iterator[str]:
    return (
        word
        for word in re.split(r"[._-]+", box.casefold().translate(vocabulary.UMLAUTS))
        if not word.isdigit() and word
    )
