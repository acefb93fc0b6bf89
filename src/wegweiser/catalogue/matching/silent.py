"""Texts that say nothing to go by, or only one word: the encoders guess at anything, as sure as of a sentence."""

import re

from .rules import KEYWORDS, names_field
from .text import STOPS, fold, surfaces

_ADDRESS = re.compile(r"\b[a-z]+://\S+|\bwww\.\S+|\S+@\S+\.\S+", re.IGNORECASE)
# Whom a firm looks for or cares about, though they tell no offer from another.
_NOUNS = frozenset({"mitarbeiter", "leute", "employees", "people"})
# Who only calls does not say for what.
_CALLS = frozenset(
    map(
        fold,
        (
            *("hilfe", "helfen", "hilft", "unterstützung", "unterstützen", "frage", "fragen", "problem", "probleme"),
            *("dringend", "help", "support", "question", "questions", "problems", "urgent", "urgently"),
        ),
    )
)
_LEAST = 3  # letters of a word; shorter ones are names in capitals or with a digit, like VR and 3D

_SIGNS = ".,;:!?()\"'„“”‚‘’»«…–-"


def says_nothing(text: str) -> bool:
    """Whether no word of `text` tells what it is about. Its language is anybody's guess, so it may be either.

    >>> says_nothing("Hilfe!"), says_nothing("Wir haben ein Problem"), says_nothing("Problem mit dem Server")
    (True, True, False)
    """
    if names_field(text):
        return False
    return not any(map(_tells, surfaces(_ADDRESS.sub(" ", text))))


def alone(text: str) -> str:
    """The only word that tells what a keyword or two are about, as it was typed; empty where there are more or none and
    for a sentence: there the small words tell something, too.

    >>> alone("Rechnung"), alone("Hilfe mit unserer E-Rechnung!"), alone("Wo fang ich denn überhaupt an?")
    ('Rechnung', 'E-Rechnung', '')
    """
    typed = words(text)
    if len(typed) > KEYWORDS:
        return ""
    telling = {fold(word): word for word in typed if tells(word)}
    return next(iter(telling.values())) if len(telling) == 1 else ""


def words(text: str) -> list[str]:
    """The words as they were typed, without signs around them and without addresses."""
    return [found.strip(_SIGNS) for found in _ADDRESS.sub(" ", text).split()]


def tells(word: str) -> bool:
    """Whether a word, or a part of it, tells what somebody is about."""
    return any(map(_tells, surfaces(word)))


def _tells(word: str) -> bool:
    if not any(letter.isalpha() for letter in word):
        return False
    if len(word) < _LEAST:
        return word.isupper() or any(letter.isdigit() for letter in word)
    folded = fold(word)
    return folded in _NOUNS or not (folded in _CALLS or any(folded in stops for stops in STOPS.values()))
