"""What cases that were routed, and what editors wrote for an offer, say of a new question.

For the topic only the few nearest speak, by the square of how close they are: not at all below a floor, fully where it
is the same question. Those that agree add up, but never beyond certainty. A sum over all examples did harm: many weak
neighbours outvoted what sample questions had taught. For the offers that sum helps, so there it stays.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from .documents import SECOND_TOPIC, Example
from .encoders import Encoder
from .lexical import Question
from .phrases import ReasonKind
from .scope import mean_of
from .text import bound, language, stems

NEAREST = 5  # examples that speak for a topic
FLOOR = 0.3  # centred cosine below which an example says nothing of the topic
OFFER_FLOOR = 0.15  # and of the offers
SAME = 0.45  # centred cosine from which a page calls two questions similar: of 20 such pairs 15 have the same topic
WRITTEN = 0.4  # what an editor's question for one offer counts beside a case somebody had


class Routed:
    """The examples of an index with their vectors; read-only once built."""

    def __init__(
        self,
        examples: Sequence[Example],
        encoders: Sequence[Encoder],
        known: Mapping[str, Mapping[str, np.ndarray]],
        *,
        written: float = WRITTEN,
    ) -> None:
        """`written` is what a question that nobody asked counts beside a case somebody had."""
        self.examples = [example for example in examples if bound(example.text)]
        texts = [example.text for example in self.examples]
        self.encoded: dict[str, dict[str, np.ndarray]] = {}
        self._vectors: dict[str, np.ndarray] = {}
        for encoder in encoders:
            there = known.get(encoder.name, {})
            fresh = list(dict.fromkeys(text for text in texts if text not in there))
            made = dict(zip(fresh, encoder.encode_questions([bound(text) for text in fresh]), strict=True))
            rows = {text: made[text] if text in made else there[text] for text in texts}
            self.encoded[encoder.name] = rows
            stacked = np.array([rows[text] for text in texts], np.float32).reshape(-1, encoder.dimensions)
            centred = stacked - mean_of(encoder)
            self._vectors[encoder.name] = centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
        self._counts = np.array([written if example.written else 1.0 for example in self.examples])

    @cached_property
    def _roots(self) -> list[frozenset[str]]:
        """The stems of each example: what is compared where there is no encoder, and made only there."""
        bounded = [bound(example.text) for example in self.examples]
        return [frozenset(root for root, _ in stems(text, language(text))) for text in bounded]

    def cosines(self, question: Question, asked: Mapping[str, np.ndarray]) -> np.ndarray:
        """How much each example resembles the question (examples,); `asked` are its centred vectors by encoder."""
        if not self.examples:
            return np.zeros(0)
        if asked:
            found = [self._vectors[name] @ (q / max(float(np.linalg.norm(q)), 1e-9)) for name, q in asked.items()]
            return np.mean(found, axis=0).astype(np.float64)
        mine = question.roots
        return np.array([len(mine & other) / max(len(mine | other), 1) for other in self._roots])

    def topics(self, cosines: np.ndarray, number: Mapping[str, int]) -> np.ndarray:
        """How far the nearest speak for each topic (topics,), 0..1."""
        against, close = np.ones(len(number)), self._closeness(cosines, FLOOR)
        for place in np.argsort(-cosines, kind="stable")[:NEAREST]:
            closeness = close[place] ** 2 * self._counts[place]
            for rank, slug in enumerate(self.examples[place].topics):
                if slug in number:
                    against[number[slug]] *= 1 - closeness * (1.0 if rank == 0 else SECOND_TOPIC)
        return 1 - against

    def offers(self, cosines: np.ndarray) -> dict[tuple[str, str], float]:
        """How far all of them speak for each offer, 0..1."""
        found: dict[tuple[str, str], float] = {}
        closeness = self._closeness(cosines, OFFER_FLOOR) * self._counts
        for place in np.flatnonzero(closeness):
            for key in self.examples[place].offers:
                found[key] = min(found.get(key, 0.0) + float(closeness[place]), 1.0)
        return found

    def told(self, cosines: np.ndarray) -> dict[tuple[str, str], ReasonKind]:
        """Of the offers that something much like it leads to, whether one helped a case, or an editor only wrote that
        those ask so whom it helps."""
        found: dict[tuple[str, str], ReasonKind] = {}
        for place in np.flatnonzero(cosines >= SAME):
            example = self.examples[place]
            for key in example.offers:
                if not example.written or key not in found:
                    found[key] = "asked" if example.written else "example"
        return found

    @staticmethod
    def _closeness(cosines: np.ndarray, floor: float) -> np.ndarray:
        return np.clip((cosines - floor) / (1 - floor), 0, 1)

    def answered(self, cosines: np.ndarray) -> bool:
        """Whether something much like it had an answer of ours: then it does not lie outside."""
        return bool(cosines.max(initial=0.0) >= SAME)

    def similar(self, cosines: np.ndarray) -> tuple[Example, ...]:
        """The cases that are much like the question, the nearest first; not what editors wrote."""
        order = [int(i) for i in np.argsort(-cosines, kind="stable") if cosines[i] >= SAME]
        return tuple(self.examples[i] for i in order if not self.examples[i].written)
