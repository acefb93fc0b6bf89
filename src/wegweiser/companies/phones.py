"""Phone numbers: stored as E.164, typed in any German way."""

import re

import phonenumbers
from django.db.models import Q

from wegweiser.kernel.errors import DomainError

REGION = "DE"
_TYPED = re.compile(r"[\d\s+()/.\-–]+")
_UNGROUPED = re.compile(r"\+\d+")
_KEYS = re.compile(r"(?:\+49|0049)?[\s(]*0?\)?\s*[789]00[\s/-]*[A-Z][A-Z\d\s-]*")  # a word to type on the keys
# Without the zero in front it is a number of the town that one is in; as a whole one it would ring far away: 250988 is
# no 02509 88. What lost its zero in a spreadsheet has more digits: 3931 689240.
_OF_A_TOWN = re.compile(r"[\s(]*[1-9](?:[\s/().\-–]*\d){0,6}[\s)]*")
_SAID = re.compile(r"(tel(efon)?|fon|mobil|handy)\b[.:\s]*(?=[\d+(])", re.IGNORECASE)
# What one asks for when somebody answers, behind the number that one dials.
_EXTENSION = re.compile(
    r"(.*?\d)[\s,;/(–-]*((?:app(?:arat)?|durchwahl|dw|nebenstelle|nst|ext(?:ension)?)\b[\s.:]{0,2}(?:nr\b[\s.:]{0,2})?\d{1,6})\s*\)?",
    re.IGNORECASE,
)
_WITH_EXTENSION = re.compile(r"(\+\d+) ([^\W\d_].*)")
LEAST_DIGITS = 4  # below this, a search for digits finds everything


def e164(text: str, *, region: str = REGION) -> str:
    """`text` as E.164, without words before and after; empty stays empty.

    Raises DomainError: invalid_phone, and phone_extension where one has to ask for an extension (see `kept`).

    >>> e164("0391 / 544 86-19"), e164("Tel.: 0391 5448619 privat")
    ('+493915448619', '+493915448619')
    >>> e164("3931 689240")
    '+493931689240'
    """
    if not text.strip():
        return ""
    if (found := _EXTENSION.fullmatch(text.strip())) and e164(found[1], region=region):
        raise DomainError("phone_extension", field="phone")
    is_a_word = _KEYS.fullmatch(text.strip()) is not None
    bare = text if is_a_word else _without_words(text)
    if region == REGION and _OF_A_TOWN.fullmatch(bare):
        raise DomainError("invalid_phone", field="phone")
    if not is_a_word and any(map(str.isalpha, bare)):  # an extension or a second number; `parse` would dial the letters
        raise DomainError("invalid_phone", field="phone")
    try:
        number = phonenumbers.parse(bare, region)
    except phonenumbers.NumberParseException as error:
        raise DomainError("invalid_phone", field="phone") from error
    if not phonenumbers.is_valid_number(number):
        raise DomainError("invalid_phone", field="phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def kept(text: str) -> str:
    """`text` as E.164, with the extension one has to ask for as it was written. Raises DomainError("invalid_phone").

    >>> kept("0391 / 544 86-19"), kept("0391 / 544 86-19, App. 12")
    ('+493915448619', '+493915448619 App. 12')
    """
    found = _EXTENSION.fullmatch(text.strip())
    return f"{e164(found[1])} {' '.join(found[2].split())}" if found else e164(text)


def dialled(stored: str) -> str:
    """The number of one that may be kept with its extension.

    >>> dialled("+493915448619 App. 12"), dialled("+493915448619"), dialled("")
    ('+493915448619', '+493915448619', '')
    """
    found = _WITH_EXTENSION.fullmatch(stored)
    return found[1] if found else stored


def is_kept_as(number: str, *, column: str = "phone") -> Q:
    """The condition that a column holds this number (E.164), with or without an extension."""
    return Q(**{column: number}) | Q(**{f"{column}__startswith": f"{number} "})


def _without_words(text: str) -> str:
    """What stands from the first digit to the last; around them what is no word.

    >>> _without_words("Büro (Frau Abel): (0391) 5448619 vormittags"), _without_words("Tel. +49 391")
    (' (0391) 5448619', ' +49 391')
    """
    digits = [found.start() for found in re.finditer(r"\d", text)]
    if not digits:
        return text
    before, number, after = text[: digits[0]], text[digits[0] : digits[-1] + 1], text[digits[-1] + 1 :]
    if any(map(str.isalpha, before)):
        before = before[len(before.rstrip("+( ")) :]
    return before + number + ("" if any(map(str.isalpha, after)) else after)


def shown(stored: str) -> str:
    """A stored number as people read it: national at home, international from abroad.

    What somebody grouped by hand, as a centre writes its own numbers, stays as it is, on pages as on papers.

    >>> shown("+493915448619"), shown("+49 30 23125-100")
    ('0391 5448619', '+49 30 23125-100')
    """
    if found := _WITH_EXTENSION.fullmatch(stored):
        return f"{shown(found[1])} {found[2]}"
    if not _UNGROUPED.fullmatch(stored):
        return stored
    try:
        number = phonenumbers.parse(stored, None)
    except phonenumbers.NumberParseException:
        return stored
    at_home = phonenumbers.region_code_for_number(number) == REGION
    style = phonenumbers.PhoneNumberFormat.NATIONAL if at_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    text = phonenumbers.format_number(number, style)
    # One that is too short fits no form, which leaves out the zero that somebody typed and one needs to dial.
    return f"0{text}" if at_home and not text.startswith("0") else text


def digits_in_question(text: str) -> str:
    """The digits to look for when `text` looks like a (part of a) number, without prefix zeros; else empty."""
    text = _SAID.sub("", text.strip())
    if not _TYPED.fullmatch(text):
        return ""
    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    if len(digits) < LEAST_DIGITS:
        return ""
    return digits.lstrip("0")
