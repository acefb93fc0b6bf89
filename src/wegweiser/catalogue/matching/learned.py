"""What a centre's sample questions teach: a linear model from a question to topics and offers.

Kernel ridge regression in its primal form. The kernel is a weighted mean of four cosines: of each encoder's centred
vectors, of word stems and of letter groups, both hashed into a fixed number of columns so that no vocabulary is kept.
Fitting takes seconds and happens where the sample questions are written; a question costs one product with the weights.
"""

import io
import math
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from .documents import Example
from .encoders import Encoder
from .text import bound, fold, language, stems

COLUMNS = 4_096  # of each hashed block
GROUPS = (3, 4, 5)  # letters
STEMS, LETTERS = "stems", "letters"
HASHED = (STEMS, LETTERS)
RIDGE = 0.5
RANKS = (1.0, 0.6, 0.4, 0.3)  # how much the first, second … offer of a sample question counts
SECOND = 0.5  # a second topic
SHARES = {"e5": 4.0}  # what a part of the kernel counts, else one: this encoder is tuned to questions of small firms
_OTHER = re.compile(r"[^a-z0-9]+")


def _features(text: str, block: str) -> Counter[int]:
    text = bound(text)
    if block == STEMS:
        found = [root for root, _ in stems(text, language(text))]
    else:
        letters = f" {_OTHER.sub(' ', fold(text))} "
        found = [letters[i : i + n] for n in GROUPS for i in range(len(letters) - n + 1)]
    return Counter(zlib.crc32(each.encode()) % COLUMNS for each in found)


def _hashed(texts: Sequence[str], block: str) -> np.ndarray:
    """Rows (n, COLUMNS) of dampened counts."""
    rows = np.zeros((len(texts), COLUMNS), np.float32)
    for row, text in zip(rows, texts, strict=True):
        for column, count in _features(text, block).items():
            row[column] = 1 + math.log(count)
    return rows


def _share(name: str) -> float:
    return SHARES.get(name, 1.0)


def _unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


@dataclass(frozen=True)
class Learned:
    """Weights (columns, topics + offers) by block, with what is subtracted from (encoders) or multiplies (hashed) it.

    `encoders` names the versions the vectors come from: with others the weights mean nothing.
    """

    topics: tuple[str, ...]
    offers: tuple[tuple[str, str], ...]
    encoders: Mapping[str, str]
    source: str  # digest of the questions
    scales: Mapping[str, np.ndarray]
    weights: Mapping[str, np.ndarray]
    bias: np.ndarray

    def renamed(self, names: Mapping[tuple[str, str], tuple[str, str]]) -> "Learned":
        """The same weights for offers that have another key now."""
        return replace(self, offers=tuple(names.get(key, key) for key in self.offers))

    def fits(self, encoders: Sequence[Encoder]) -> bool:
        """Whether the weights were made with these versions."""
        return all(self.encoders.get(encoder.name, encoder.version) == encoder.version for encoder in encoders)

    def read(self, text: str, raw: Mapping[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        """How well each topic (topics,) and each offer (offers,) fits a bounded text, about 0 to 1.

        `raw` holds the question's vector by encoder; an encoder that is missing leaves its share to the others.
        """
        total, present = np.zeros(len(self.bias)), 0.0
        for name, scale in self.scales.items():
            if name in HASHED:
                row = _hashed([text], name) * scale
            elif name in raw:
                row = (raw[name] - scale)[None]
            else:
                continue
            total += (_unit(row) @ self.weights[name])[0]
            present += _share(name)
        total = total * sum(map(_share, self.scales)) / max(present, 1.0) + self.bias
        return total[: len(self.topics)], total[len(self.topics) :]

    def to_bytes(self) -> bytes:
        """A file for `from_bytes`; the same again is the same file."""
        arrays = {f"scale.{name}": scale.astype(np.float32) for name, scale in self.scales.items()}
        arrays |= {f"weights.{name}": rows.astype(np.float16) for name, rows in self.weights.items()}
        file = io.BytesIO()
        np.savez_compressed(
            file,
            bias=self.bias.astype(np.float32),
            topics=np.array(self.topics, str),
            offers=np.array(self.offers, str).reshape(-1, 2),
            encoders=np.array(sorted(self.encoders.items()), str).reshape(-1, 2),
            source=np.array(self.source),
            **arrays,  # type: ignore[arg-type]  # the stub takes any name for its flag
        )
        return file.getvalue()


def from_bytes(raw: bytes) -> Learned:
    """What `to_bytes` wrote. Raises ValueError when it is no such file."""
    try:
        with np.load(io.BytesIO(raw), allow_pickle=False) as file:
            names = [name.removeprefix("scale.") for name in file.files if name.startswith("scale.")]
            return Learned(
                topics=tuple(map(str, file["topics"])),
                offers=tuple((str(kind), str(key)) for kind, key in file["offers"]),
                encoders={str(name): str(version) for name, version in file["encoders"]},
                source=str(file["source"]),
                scales={name: file[f"scale.{name}"] for name in names},
                weights={name: file[f"weights.{name}"].astype(np.float32) for name in names},
                bias=file["bias"].astype(np.float64),
            )
    except (KeyError, EOFError, OSError, ValueError, zipfile.BadZipFile) as error:
        raise ValueError(f"These are no learned weights: {error}") from error


def fit(
    examples: Sequence[Example],
    vectors: Mapping[str, np.ndarray],
    *,
    versions: Mapping[str, str],
    topics: Sequence[str],
    offers: Sequence[tuple[str, str]] = (),
    source: str = "",
) -> Learned:
    """Weights from questions whose answer is known.

    `vectors[encoder]` has one row (dimensions,) per example; `topics` and `offers` are what can be answered.
    """
    texts = [example.text for example in examples]
    scales: dict[str, np.ndarray] = {}
    blocks: dict[str, np.ndarray] = {}
    for name, rows in vectors.items():
        scales[name] = rows.mean(axis=0)
        blocks[name] = _unit(rows - scales[name])
    for name in HASHED:
        rows = _hashed(texts, name)
        scales[name] = np.log1p(len(texts) / np.maximum((rows > 0).sum(axis=0), 1)).astype(np.float32)
        blocks[name] = _unit(rows * scales[name])
    every = sum(map(_share, blocks))
    kernel = np.zeros((len(texts), len(texts)), np.float32)  # 10,000 questions: 400 MB, so in single precision
    for name, rows in blocks.items():
        kernel += _share(name) / every * (rows @ rows.T)
    kernel[np.diag_indices(len(texts))] += RIDGE
    wanted = _wanted(examples, topics, offers)
    bias = wanted.mean(axis=0)
    dual = np.linalg.solve(kernel, (wanted - bias).astype(np.float32))
    weights = {name: _share(name) / every * (rows.T @ dual) for name, rows in blocks.items()}
    return Learned(tuple(topics), tuple(offers), dict(versions), source, scales, weights, bias)


def _wanted(examples: Sequence[Example], topics: Sequence[str], offers: Sequence[tuple[str, str]]) -> np.ndarray:
    """What each example should give (n, topics + offers)."""
    topic_at = {slug: i for i, slug in enumerate(topics)}
    offer_at = {key: len(topics) + i for i, key in enumerate(offers)}
    wanted = np.zeros((len(examples), len(topics) + len(offers)))
    for row, example in zip(wanted, examples, strict=True):
        for rank, slug in enumerate(example.topics):
            if slug in topic_at:
                row[topic_at[slug]] = 1.0 if rank == 0 else SECOND
        for rank, key in enumerate(example.offers):
            if key in offer_at:
                row[offer_at[key]] = RANKS[min(rank, len(RANKS) - 1)]
    return wanted
