"""How whoever wrote a mail is called, by the name that their mail program gives; a greeting is made of it."""

import re
from dataclasses import dataclass

_BESIDE = re.compile(r"\s+[-–—|/•]\s+|\s*[|•]\s*")  # "Uwe Krause | Krause GmbH"
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_LEGAL_FORM = re.compile(
    r"\b(?:g?GmbH|mbH|UG|AG|KG|KGaA|OHG|GbR|SE|eG|Ltd|Inc|PartG(?:mbB)?)\b|\be\.\s?(?:K|G|V|Kfr|Kfm)\.", re.ASCII
)
_LAST = r"(?:(?:von|vom|zu|zur|van|de|der|den|di|da|dos|el|al|ter)\s+)*[^\W\d_]+(?:['’-][^\W\d_]+)*"
_LAST_NAME = re.compile(_LAST, re.IGNORECASE)
_TITLE = re.compile(r"(?:Dr|Prof|Dipl|Ing|Mag)\b\.?(?:-?[^\W\d_]+\.)?\s*", re.IGNORECASE)
_FIRST_NAMES = re.compile(r"[^\W\d_]+\.?(?:[ -][^\W\d_]+\.?){0,2}")
_SEVERAL = re.compile(r"[&+]|\b(?:und|u\.|and)(?=\s)", re.IGNORECASE)  # "Kain, Abel und Partner": nobody's first name
_DESKS = frozenset(
    (
        *("anfrage", "anfragen", "buchhaltung", "buero", "büro", "contact", "empfang", "info", "information"),
        *("kontakt", "mail", "office", "post", "sekretariat", "service", "team", "verwaltung", "zentrale"),
    )
)


@dataclass(frozen=True)
class Called:
    """The name of a person and of a firm; each may be empty."""

    name: str = ""
    firm: str = ""


def read(label: str) -> Called:
    """Who `label` names. A mail address and the name of a desk are nobody's; what has a legal form is a firm.

    >>> read("Krause, Uwe"), read("uwe.krause@gmx.example"), read("Info")
    (Called(name='Uwe Krause', firm=''), Called(name='', firm=''), Called(name='', firm=''))
    """
    label = " ".join(label.split()).strip(" \"'")
    beside = [one.strip() for one in _IN_BRACKETS.findall(label)]
    pieces = [*_BESIDE.split(_IN_BRACKETS.sub(" ", label)), *beside]
    pieces = [" ".join(piece.split()).strip(" ,;\"'") for piece in pieces]
    firms = [piece for piece in pieces if _LEGAL_FORM.search(piece)]
    persons = [piece for piece in pieces[: len(pieces) - len(beside)] if piece not in firms and _is_a_name(piece)]
    return Called(_first_name_first(persons[0]) if persons else "", firms[0] if firms else "")


def _is_a_name(piece: str) -> bool:
    return bool(piece) and "@" not in piece and piece.casefold() not in _DESKS


def _first_name_first(name: str) -> str:
    last, comma, first = (part.strip() for part in name.partition(","))
    if not (comma and last and first) or _SEVERAL.search(name):
        return name
    return f"{first} {last}" if _LAST_NAME.fullmatch(last) and _is_first(first) else name


def _is_first(text: str) -> bool:
    """Titles, one by one since one pattern for many of them never ends on some names, and up to three first names."""
    while found := _TITLE.match(text):
        text = text[found.end() :]
    return not text or _FIRST_NAMES.fullmatch(text) is not None
