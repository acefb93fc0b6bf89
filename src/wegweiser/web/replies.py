"""Answers to what was asked back, as they travel in a form: "key:reply key:reply"; an empty reply is "I do not know".

Nothing of it is stored before the question is sent.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wegweiser.catalogue import matches
from wegweiser.catalogue.matching.clarifying import MOST

LONGEST = 400
_PAIR = re.compile(r"([a-z0-9-]{1,40}):([a-z0-9-]{0,120})")


@dataclass(frozen=True)
class Line:
    """What was answered, as the page shows it. `without` is what a form says that takes it back."""

    question: str
    answer: str
    without: str


def read(*texts: str) -> list[tuple[str, str]]:
    """The pairs of key and reply in what forms sent; the first word on a question counts, what is none is left out."""
    words = " ".join(texts)[:LONGEST].split()
    found = [(match[1], match[2]) for word in words if (match := _PAIR.fullmatch(word))]
    return [pair for i, pair in enumerate(found) if pair[0] not in {key for key, _ in found[:i]}][:MOST]


def written(pairs: Iterable[tuple[str, str]]) -> str:
    return " ".join(f"{key}:{reply}" for key, reply in pairs)


def lines(given: Sequence[matches.Given]) -> list[Line]:
    pairs = [(one.key, one.reply) for one in given]
    return [
        Line(str(one.question), str(one.answer), written(pair for pair in pairs if pair[0] != one.key))
        for one in given
        if one.answer
    ]
