"""What a centre's sample questions say of a question: what was learnt of all, and where they are few what the nearest
say by themselves, as routed cases do (decision 63)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from .learned import Learned
from .phrases import ReasonKind
from .routed import Routed


@dataclass(frozen=True)
class Said:
    """`topics` (topics,) and `offers` (offers,) as learnt, about 0 to 1, zeros where nothing is known; `lifts`
    (offers,) by how much that is more than for any question. The rest is of the nearest, 0 to 1; nothing where there
    are many. `answered`: one is much like the question."""

    topics: np.ndarray
    offers: np.ndarray
    lifts: np.ndarray
    near_topics: np.ndarray
    near_offers: Mapping[tuple[str, str], float] = field(default_factory=dict)
    told: Mapping[tuple[str, str], ReasonKind] = field(default_factory=dict)
    answered: bool = False


class Sampled:
    """Sample questions for the topics and offers of an index, which are known by their places there."""

    def __init__(
        self, learned: Learned | None, topics: Mapping[str, int], offers: Mapping[tuple[str, str], int]
    ) -> None:
        self.learned = learned
        self._topics, self._offers = topics, offers
        self._few = Routed(learned.examples if learned else (), (), {}, written=1.0)

    def hear(self, text: str, raw: Mapping[str, np.ndarray]) -> Said:
        """What they say of a bounded text; `raw` holds its vector by encoder."""
        topics, offers = np.zeros(len(self._topics)), np.zeros(len(self._offers))
        if not self.learned:
            return Said(topics, offers, offers, np.zeros(len(topics)))
        alike = self.learned.likeness(text, raw)
        of_topics, of_offers = self.learned.tell(alike)
        for slug, value in zip(self.learned.topics, of_topics, strict=True):
            if slug in self._topics:
                topics[self._topics[slug]] = value
        lifts, usual = np.zeros(len(offers)), self.learned.bias[len(of_topics) :]
        for key, value, any_question in zip(self.learned.offers, of_offers, usual, strict=True):
            if key in self._offers:
                offers[self._offers[key]], lifts[self._offers[key]] = value, value - any_question
        few = self._few
        if not few.examples:
            return Said(topics, offers, lifts, np.zeros(len(topics)))
        near = few.topics(alike, self._topics)
        return Said(topics, offers, lifts, near, few.offers(alike), few.told(alike), few.answered(alike))
