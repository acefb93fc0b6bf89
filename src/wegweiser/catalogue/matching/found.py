"""What the matching finds for a question: topics, offers with reasons, and all that a page says about it."""

from dataclasses import dataclass

from .clarifying import Clarifier
from .documents import Example
from .phrases import Reason


@dataclass(frozen=True, slots=True)
class TopicMatch:
    slug: str
    partner: str
    score: float


@dataclass(frozen=True, slots=True)
class OfferMatch:
    key: str
    kind: str
    score: float
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """What fits a question. Out of scope: no offers and no contact, topics all the same.

    `similar` are routed cases much like it, the nearest first; `ask` is what to ask back, where an answer would help.
    `introduced` says that the question leaves no doubt of its `kind`.
    """

    in_scope: bool
    urgent: bool
    kind: str
    topics: tuple[TopicMatch, ...]
    offers: tuple[OfferMatch, ...]
    contact: str | None
    unsure: bool
    similar: tuple[Example, ...] = ()
    ask: Clarifier | None = None
    introduced: bool = False
