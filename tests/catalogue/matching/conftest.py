"""The model centre's offers with both encoders, built once; and the same without encoders."""

import numpy as np
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
    # Short titles, each once: a tenth of the time, and enough for the facts tested here.
    vectors = {}
    for encoder in encoders:
        made = dict(zip(documents[::2], encoder.encode_offers([d.title[:40] for d in documents[::2]]), strict=True))
        vectors[encoder.name] = np.array([made[documents[i - i % 2]] for i in range(len(documents))])
    return Index.build(documents, vectors, encoders=encoders)


@pytest.fixture(scope="session")
def lexical(documents: list[Document]) -> Index:
    return Index.build(documents)
