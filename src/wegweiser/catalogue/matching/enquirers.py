"""Who asks: learnt from texts of people of all kinds, with certain signs beside it.

Most people do not say who they are; one hears it from what they want and how they speak to the centre. The texts stand
in `enquirers.jsonl`, the weights in `enquirers.npz`, which `python -m benchmarks.matching.vectors` makes of them and of
the model centre's sample questions, which firms ask.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from . import rules
from .encoders import Encoder
from .introduced import introduced
from .rules import Kind
from .taught import Taught

DATA = Path(__file__).with_name("enquirers.jsonl")
SHIPPED = Taught(Path(__file__).with_name("enquirers.npz"), "enquirers")
# Found on writers whose texts had taught nothing yet. Most who ask are firms, so the others need something to go by.
LEAST = 0.3
CLEAR = 0.4  # by how much somebody else is likelier than a firm where there is no doubt
MENTIONED = 0.8  # the same where a word of theirs stands there but nobody says to be one: firms mention them
LIKELY = 0.5  # what who asks without doubt has to reach
BY_NAME = (Kind.MULTIPLIER, Kind.PRESS, Kind.PUBLIC_BODY, Kind.PRIVATE)  # who say what they are: "Wir sind die Stadt"
SIGN, SAID = 0.1, 0.1  # what a sign counts for its kind, and that somebody says who they are


@dataclass(frozen=True, slots=True)
class Text:
    """A labelled text; `outside` where a centre has nothing for it, `urgent` where it tells of an emergency."""

    text: str
    kind: Kind
    outside: bool
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Enquirer:
    """Who asks, and whether there is no doubt about it."""

    kind: Kind
    is_clear: bool


@cache
def texts() -> tuple[Text, ...]:
    """The rows of `enquirers.jsonl`."""
    rows = map(json.loads, DATA.read_text(encoding="utf-8").splitlines())
    labels = ("outside", "urgent")
    return tuple(Text(row["text"], Kind(row["kind"]), *(row.get(label, False) for label in labels)) for row in rows)


def digest(questions: str) -> str:
    """Of all texts the weights are made of; `questions` is the digest of the model centre's."""
    return hashlib.sha256(DATA.read_bytes() + questions.encode()).hexdigest()


def read(
    text: str, raw: Mapping[str, np.ndarray], encoders: Sequence[Encoder], folder: Path | None = None
) -> dict[Kind, float] | None:
    """How likely each kind asks, about 0 to 1; None where no encoder has read the bounded text, or another version than
    the weights know."""
    found = SHIPPED.read(text, raw, encoders, folder)
    return None if found is None else {Kind(name): value for name, value in found.items()}


def told(text: str, likely: Mapping[Kind, float] | None) -> Enquirer:
    """Who asks by all there is; `likely` is what `read` says of it, without it signs alone decide.

    >>> told("Wir sind die Innung", None)
    Enquirer(kind=<Kind.MULTIPLIER: 'multiplier'>, is_clear=True)
    """
    sign = rules.kind(text)
    says = introduced(text, sign)
    if likely is None or rules.is_keyword(text):
        return Enquirer(sign, says)
    weighed = dict(likely)
    firm = weighed.pop(Kind.COMPANY)
    if sign in weighed:
        weighed[sign] += SIGN + SAID * says
    best = max(weighed, key=weighed.__getitem__)
    lead = weighed[best] - firm
    if weighed[best] <= LEAST or lead <= 0:
        return Enquirer(Kind.COMPANY, is_clear=False)
    if sign is best and says and best in BY_NAME:
        return Enquirer(best, is_clear=True)
    is_mentioned = sign is best and not says
    return Enquirer(best, is_clear=weighed[best] > LIKELY and lead > (MENTIONED if is_mentioned else CLEAR))
