"""The last part of an offer's address, made from its title."""

import re
import unicodedata
from collections.abc import Callable

LENGTH = 100
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "ae", "Ö": "oe", "Ü": "ue"})


def slug(title: str) -> str:
    """Small letters, digits and hyphens; empty where a title has neither.

    >>> slug("Größe zählt: 3 Öfen & mehr")
    'groesse-zaehlt-3-oefen-mehr'
    """
    plain = unicodedata.normalize("NFKD", title.translate(_GERMAN)).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(words) <= LENGTH:
        return words
    return words[: LENGTH + 1].rpartition("-")[0] or words[:LENGTH]


def free(wanted: str, taken: Callable[[str], bool]) -> str:
    """`wanted`, or with the first number behind it that nobody has."""
    wanted = wanted or "angebot"
    number, found = 1, wanted
    while taken(found):
        number += 1
        found = f"{wanted}-{number}"
    return found
