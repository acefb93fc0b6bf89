"""The model centre's offers with both encoders, built once; and the same without encoders."""

import os
import tempfile
from pathlib import Path

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
def full(documents: list[Document], encoders: list[Encoder], tmp_path_factory: pytest.TempPathFactory) -> Index:
    # Short titles, each once: a tenth of the time, and enough for the facts tested here.
    titles = [document.title[:40] for document in documents[::2]]
    vectors = {}
    for encoder in encoders:
        made = _encoded_once(encoder, titles, tmp_path_factory.getbasetemp())
        vectors[encoder.name] = np.repeat(made, 2, axis=0)[: len(documents)]
    return Index.build(documents, vectors, encoders=encoders)


def _encoded_once(encoder: Encoder, titles: list[str], folder: Path) -> np.ndarray:
    """The vectors that another worker of the same run made, else made here and left for the others."""
    folder = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    file = folder / f"titles-{encoder.name}.npy"
    if not file.exists():
        with tempfile.NamedTemporaryFile(dir=folder, suffix=".npy", delete=False) as made:
            np.save(made, encoder.encode_offers(titles))
        Path(made.name).replace(file)  # in one step: nobody reads half of it
    return np.load(file)


@pytest.fixture(scope="session")
def lexical(documents: list[Document]) -> Index:
    return Index.build(documents)
