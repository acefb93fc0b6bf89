"""What slipped in a row: cells that mean the one above, stand one column off, or lost the zero of a postal code."""

import re
from collections.abc import Mapping

from wegweiser.companies import keys
from wegweiser.companies.importing import contacts, phone_cells, values
from wegweiser.companies.linkage.row import names, trades, vocabulary
from wegweiser.kernel.sorting import sort_key

_AS_ABOVE = re.compile(r"(?i)dito|ditto|ds?gl\.?|s\.\s?o\.|siehe oben|wie oben|-?[\"″〃„]-?|[\"'„]{2}")
_WITH_CODE = ("postcode", "postcode_place", "address", "place")
_OF_A_HOUSE, _OF_A_TOWN = ("street", "house_number"), ("postcode", "postcode_place", "place")
_OF_THE_FIRM = ("name", "street", "house_number", "postcode", "place", "postcode_place", "address", "district")


def from_above(raw: dict[str, str], above: Mapping[str, str]) -> None:
    """What a row leaves to the one above it: "dito", or a second person of the firm, told by the domain of the mail."""
    is_elsewhere = _is_elsewhere(raw, above)
    for column, cell in list(raw.items()):
        if not _AS_ABOVE.fullmatch(cell):
            continue
        if is_elsewhere and column in _OF_A_HOUSE:
            del raw[column]  # the list was sorted since, and the row that it means stands elsewhere
        elif column in above:
            raw[column] = above[column]  # of a remark: the same is to be said of this one
    if "name" in above and not any(column in raw for column in _OF_THE_FIRM):
        domains, theirs = (
            {keys.mail_domain(address) for address in contacts.mails(told.get("email", "")).good} - {""}
            for told in (raw, above)
        )
        if domains & theirs:
            raw.update({column: above[column] for column in _OF_THE_FIRM if column in above})


def firm_above(raw: dict[str, str], above: Mapping[str, str]) -> str:
    """The name of the row above, where a remark says nothing but that this is the same firm, and the names agree to it.

    Then its town is that of the row above, if it has none of its own.
    """
    remark, before = raw.get("remark", ""), above.get("name", "")
    if not (remark and before and raw.get("name")) or len(remark) > MOST_LETTERS_OF_A_POINTER:
        return ""
    told, theirs, mine = (_words(text) for text in (remark, before, raw["name"]))
    named = told & theirs
    is_told = any(map(_TELLS.fullmatch, told)) or bool(told & _KNOWN and told & _LISTED)
    more = told - named - _KNOWN - _LISTED
    if not is_told or not all(_TELLS.fullmatch(word) or _BESIDE.fullmatch(word) for word in more):
        return ""
    own = {word for word in mine & theirs if len(word) >= LEAST_OF_A_NAME and not trades.is_trade(word)}
    if not own and not {word for word in theirs if not trades.is_trade(word)} <= named:
        return ""
    if _is_elsewhere(raw, above):
        return ""
    if not any(column in raw for column in _OF_A_TOWN):
        raw.update({column: above[column] for column in _OF_A_TOWN if column in above})
    return before


def _words(text: str) -> set[str]:
    return set(sort_key(text.casefold().translate(vocabulary.UMLAUTS)).split())


_KNOWN = frozenset({"bereits", "schon"})
_LISTED = frozenset({"liste", "erfasst", "vorhanden", "drin", "gelistet"})
_TELLS = re.compile(r"oben|darueber|drueber|davor|vor(?:her)?ige|ditt?o|o|dublette|duplikat|doppelt(?:er)?|doppelung")
# What may stand beside it in a remark that says nothing else.
_BESIDE = re.compile(
    r"siehe|so?|vgl|wie|zeile|die|der|das|ist|gleiche[rs]?|selber?|dieselbe|derselbe|dasselbe|firma|betrieb|praxis|kanzlei"
    r"|laden|unternehmen|geschaeft|eintrag|eins|in|privat|auch|nur|als"
)
LEAST_OF_A_NAME = 4  # letters of a word that is somebody's own
MOST_LETTERS_OF_A_POINTER = 60


def _is_elsewhere(raw: Mapping[str, str], above: Mapping[str, str]) -> bool:
    """Whether a row names another postal code, or without one another place, than the one above it."""
    column = next((name for name in _OF_A_TOWN if name in raw and name in above), "")
    return bool(column) and not _AS_ABOVE.fullmatch(raw[column]) and sort_key(raw[column]) != sort_key(above[column])


def put_right(raw: dict[str, str], named: dict[str, str]) -> None:
    """What slipped into the next column: a number where the street belongs, a mail where the number does.

    Only what nothing else can be, and only into an empty cell; from the last column, so that a whole row is put right.
    """
    for column, belongs, is_it in (
        ("phone", "email", _is_only_mail),
        ("place", "phone", _is_only_a_number),
        ("postcode", "place", _LETTERS.fullmatch),
        ("street", "postcode", _CODE.fullmatch),
        ("contact", "street", _STREET.fullmatch),
        ("contact", "phone", _is_only_a_number),
        ("name", "phone", _is_only_a_number),
        ("mobile", "email", _is_only_mail),
        ("website", "email", _is_only_mail),
        ("street", "phone", _is_only_a_number),
        ("email", "phone", _is_only_a_number),
    ):
        cell = raw.get(column, "")
        if cell and belongs not in raw and is_it(cell):
            raw[belongs] = raw.pop(column)
            named.setdefault(belongs, named.get(column, column))
    for one, other, is_ones, is_others in (
        ("email", "phone", _is_only_mail, _is_only_a_number),
        ("street", "place", _STREET.fullmatch, _LETTERS.fullmatch),
    ):  # two cells that changed places
        if is_ones(raw.get(other, "")) and is_others(raw.get(one, "")):
            raw[one], raw[other] = raw[other], raw[one]
    if _is_a_person_in_front(raw.get("name", ""), raw.get("contact", "")):
        raw["name"], raw["contact"] = raw["contact"], raw["name"]


def _is_a_person_in_front(name: str, contact: str) -> bool:
    """Whether a person stands where the firm belongs, and what is done where the person does."""
    person = _LAST_AND_FIRST.fullmatch(name.strip())
    if not person or sort_key(person[1]) not in vocabulary.FIRST_NAMES:
        return False
    return bool(contact) and all(trades.fields(word) and trades.is_trade(word) for word in names.parse(contact).words)


def _is_only_mail(text: str) -> bool:
    found = contacts.mails(text)
    return bool(found.good) and not found.bad


def _is_only_a_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text.strip())) and bool(phone_cells.numbers(text).good)


_LAST_AND_FIRST = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?, ([^\W\d_]+)")
_CODE = re.compile(r"\d{5}")
_LETTERS = re.compile(r"[^\W\d_]+([ -][^\W\d_]+)*")
_STREET = re.compile(r"[^\W\d_]{3,}[^\d@/,;:]*\s\d{1,3}\s?[a-z]?")
_NUMBER = re.compile(r"(0|\+|\(0)[\d\s()/.–-]{5,}")


def column_of(code: str, raw: Mapping[str, str]) -> str:
    """The column that holds the postal code, or one of another country where it has none of ours."""
    told = [name for name in _WITH_CODE if name in raw]
    return next((name for name in told if (code and code in raw[name]) or values.is_code_abroad(raw[name])), "")


def zero_put_back(code: str, raw: Mapping[str, str]) -> str:
    """The column that writes `code` without its zero; empty where no zero was put in front."""
    if not code.startswith("0"):
        return ""
    cells = {name: re.sub(r"[\s.]", "", raw[name]) for name in _WITH_CODE if name in raw}
    if any(code in cell for cell in cells.values()):
        return ""
    return next((name for name, cell in cells.items() if code[1:] in cell), "")
