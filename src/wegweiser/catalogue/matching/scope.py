"""Example sentences inside and outside the field; their vectors centre questions and find the edge.

The vectors ship in `scope.npz` (made by `python -m benchmarks.matching.vectors`): encoding the sentences takes two
seconds, and each process of the web server would spend them.
"""

import tomllib
from functools import cache
from pathlib import Path

import numpy as np

from . import shipped
from .encoders import Encoder

DATA = Path(__file__).with_name("scope.toml")
VECTORS = Path(__file__).with_name("scope.npz")
LISTS = ("inside", "outside", "urgent", "calm")
NEAREST = 2
_known: dict[str, "Field"] = {}


class Field:
    """Vectors of the example sentences of one encoder."""

    def __init__(self, encoder: Encoder) -> None:
        lists = sentences()
        made = shipped.read(VECTORS)
        self.inside, self.outside, self.urgent, self.calm = (
            made.rows(encoder, lists[name], encoder.encode_questions) for name in LISTS
        )
        self.mean = self.inside.mean(axis=0)
        among = self.inside @ self.inside.T
        self._spread = max(float(among[~np.eye(len(among), dtype=bool)].std()), 1e-6)

    def margin(self, question: np.ndarray) -> float:
        """How much nearer a question (d,) is to the inside than to the outside, in deviations of the encoder."""
        return self._nearer(question, self.inside, self.outside)

    def alarm(self, question: np.ndarray) -> float:
        """How much nearer a question (d,) is to an emergency than to a calm question, in the same unit."""
        return self._nearer(question, self.urgent, np.vstack([self.calm, self.inside]))

    def _nearer(self, question: np.ndarray, these: np.ndarray, those: np.ndarray) -> float:
        near = np.sort(these @ question)[-NEAREST:].mean() - np.sort(those @ question)[-NEAREST:].mean()
        return float(near) / self._spread


@cache
def sentences() -> dict[str, list[str]]:
    """The lists of `scope.toml`."""
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def field_of(encoder: Encoder) -> Field:
    """The field as this encoder sees it; made once per process."""
    if encoder.name not in _known:
        _known[encoder.name] = Field(encoder)
    return _known[encoder.name]
