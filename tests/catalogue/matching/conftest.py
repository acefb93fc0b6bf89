"""The model centre's offers with both encoders, built once; and the same without encoders."""

import pytest
from benchmarks.matching.catalogue import load

from wegweiser.catalogue.matching import E5, Document, Encoder, Index, UniversalSentenceEncoder


@pytest.fixture(scope="session")
def encoders() -> list[Encoder]:
    return [E5(), UniversalSentenceEncoder()]


@pytest.fixture(scope="session")
def documents() -> list[Document]:
    return load()


@pytest.fixture(scope="session")
def full(documents: list[Document], encoders: list[Encoder]) -> Index:
    # Titles only: a tenth of the time, and enough for the facts tested here.
    vectors = {e.name: e.encode_offers([f"{d.title}. {d.summary}"[:120] for d in documents]) for e in encoders}
    return Index.build(documents, vectors, encoders=encoders)


@pytest.fixture(scope="session")
def lexical(documents: list[Document]) -> Index:
    return Index.build(documents)
