"""A hostile text costs a bounded multiple of a long question: counted in characters and calls, not in seconds."""

import sys
from collections.abc import Sequence
from types import FrameType
from typing import Any

import numpy as np
import pytest

from wegweiser.catalogue.matching import E5, Document, Index, UniversalSentenceEncoder
from wegweiser.catalogue.matching.text import ENCODED_CHARACTERS, MAX_CHARACTERS, bound

QUESTION = (
    "Unsere Lagerliste stimmt nie mit dem Regal überein, wir suchen ständig Material und am Ende "
    "bestellen wir doppelt. Wer kann uns dabei helfen?"
)
HOSTILE = {
    "letters": "x" * 200_000,
    "compounds": "lagerlistenmaterialbestellung" * 7_000,
    "words": " ".join(f"wort{number:x}" for number in range(10_000)),
    "one word": "Maschine " * 22_000,
    "nul": "\0Lager\0" * 20_000,
    "emoji": "🔥" * 200_000,
    "letter and emoji": "a" + "🔥" * 200_000,
    "white space": "Lager" + " " * 200_000 + "Lager",
}


class Watched:
    """A model that notes how long the texts are that it gets."""

    def __init__(self, dimensions: int) -> None:
        self.dimensions = dimensions
        self.lengths: list[int] = []

    def query(self, text: str) -> np.ndarray:
        self.lengths.append(len(text))
        return np.ones(self.dimensions, np.float32)

    passage = query

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return np.stack([self.query(text) for text in texts])


def calls(index: Index, text: str) -> int:
    """How many functions a match calls."""
    count = 0

    def note(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        index.match(text)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_words_cost_at_most_fifty_times_a_question(documents: Sequence[Document], text: str) -> None:
    usual, hostile = (calls(Index.build(documents[:40]), asked) for asked in (QUESTION, text))
    assert usual > 100
    assert hostile < 50 * usual


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("encoder", [E5(), UniversalSentenceEncoder()], ids=lambda encoder: encoder.name)
def test_an_encoder_reads_a_bounded_text(
    monkeypatch: pytest.MonkeyPatch, encoder: E5 | UniversalSentenceEncoder, text: str
) -> None:
    model = Watched(encoder.dimensions)
    monkeypatch.setattr(encoder, "_model", lambda: model)
    encoder.encode_questions([text])
    encoder.encode_offers([text])
    assert len(bound(text)) <= MAX_CHARACTERS
    assert len(model.lengths) == 2
    assert max(model.lengths) <= ENCODED_CHARACTERS
