"""Vectors that ship with their texts."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from wegweiser.catalogue.matching import E5, Encoder, UniversalSentenceEncoder, scope, shipped


class Lengths:
    """An encoder whose vectors tell the length of the text and how often it was asked."""

    def __init__(self, name: str = "lengths", version: str = "1", dimensions: int = 2) -> None:
        self.name, self.version, self.dimensions = name, version, dimensions
        self.asked: list[str] = []

    def encode_questions(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += texts
        return np.array([[len(text)] * self.dimensions for text in texts], np.float32).reshape(-1, self.dimensions)

    encode_offers = encode_questions


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "vectors.npz"
    shipped.write(path, {Lengths(): {"ein": np.array([3.0, 3.0]), "zwei": np.array([4.0, 4.0])}})
    return path


def test_what_was_written_is_found_again_and_nothing_is_made(file: Path) -> None:
    encoder = Lengths()
    rows = shipped.read(file).rows(encoder, ["zwei", "ein"], encoder.encode_offers)
    assert rows == pytest.approx(np.array([[4, 4], [3, 3]]))
    assert encoder.asked == []


def test_only_what_is_missing_is_made_and_the_order_stays(file: Path) -> None:
    encoder = Lengths()
    rows = shipped.read(file).rows(encoder, ["drei!", "ein", "anders"], encoder.encode_offers)
    assert rows[:, 0] == pytest.approx([5, 3, 6])
    assert encoder.asked == ["drei!", "anders"]


@pytest.mark.parametrize("other", [Lengths("another"), Lengths(version="2"), Lengths(dimensions=3)])
def test_another_encoder_version_or_size_is_not_served(file: Path, other: Lengths) -> None:
    assert shipped.read(file).get(other, "ein") is None


def test_the_same_vectors_are_the_same_file(file: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.npz"
    shipped.write(again, {Lengths(): {"zwei": np.array([4.0, 4.0]), "ein": np.array([3.0, 3.0])}})
    assert again.read_bytes() == file.read_bytes()


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x03\x04 broken"])
def test_a_file_that_holds_no_vectors_says_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.npz"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"."):
        shipped.read(path)


def test_rows_without_their_keys_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "odd.npz"
    np.savez(path, **{"a.keys": np.zeros((2, 32), np.uint8), "a.rows": np.zeros((1, 3), np.int8)})
    with pytest.raises(ValueError, match="scales"):
        shipped.read(path)
    np.savez(
        path,
        **{"a.keys": np.zeros((2, 32), np.uint8), "a.rows": np.zeros((1, 3), np.int8), "a.scales": np.ones(1)},
    )
    with pytest.raises(ValueError, match="belong together"):
        shipped.read(path)


@pytest.mark.parametrize("encoder", [E5(), UniversalSentenceEncoder()], ids=lambda encoder: encoder.name)
def test_every_example_sentence_ships_its_vector(encoder: Encoder) -> None:
    """When this fails: `python -m benchmarks.matching.vectors`."""
    made = shipped.read(scope.VECTORS)
    assert [text for text in scope.sentences()[scope.INSIDE] if made.get(encoder, text) is None] == []


@pytest.mark.parametrize("encoder", [E5(), UniversalSentenceEncoder()], ids=lambda encoder: encoder.name)
def test_a_shipped_vector_is_what_the_encoder_makes(encoder: Encoder) -> None:
    made = shipped.read(scope.VECTORS)
    text = scope.sentences()["inside"][0]
    row = made.rows(encoder, [text], lambda texts: np.zeros((len(texts), encoder.dimensions)))[0]
    assert float(row @ encoder.encode_questions([text])[0]) > 0.999
