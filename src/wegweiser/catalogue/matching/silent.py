"""Texts that say nothing to go by: an address, a number, a word between words. The encoders guess at anything."""

import re

from .rules import names_field
from .text import STOPS, fold, surfaces

_ADDRESS = re.compile(r"\b[a-z]+://\S+|\bwww\.\S+|\S+@\S+\.\S+", re.IGNORECASE)
# Whom a firm looks for or cares about, though they tell no offer from another.
_NOUNS = frozenset({"mitarbeiter", "leute", "employees", "people"})
_LEAST = 3  # letters of a word; shorter ones are names in capitals or with a digit, like VR and 3D


def says_nothing(text: str) -> bool:
    """Whether no word of `text` tells what it is about. Its language is anybody's guess, so it may be either."""
    if names_field(text):
        return False
    return not any(map(_tells, surfaces(_ADDRESS.sub(" ", text))))


def _tells(word: str) -> bool:
    if not any(letter.isalpha() for letter in word):
        return False
    if len(word) < _LEAST:
        return word.isupper() or any(letter.isdigit() for letter in word)
    folded = fold(word)
    return folded in _NOUNS or not any(folded in stops for stops in STOPS.values())
