"""What a centre's sample questions teach: how far topics and offers fit a question, by the questions that are like it.

Kernel ridge regression. How alike two questions are is a weighted mean of four cosines (each encoder's centred
vectors, word stems and letter groups, both hashed into a fixed number of columns so that no vocabulary is kept), raised
so that a close question counts for more than several distant ones (decision 59). Fitting takes a minute and happens
where the sample questions are written; a question is compared with all of them, which costs some milliseconds.

Together they take 50 MiB, so they lie in files that are mapped while a question is compared (decision 60).
"""

import hashlib
import io
import json
import logging
import math
import re
import shutil
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.lib.npyio import NpzFile

from . import mapped
from .documents import SECOND_TOPIC, Example
from .encoders import Encoder
from .text import bound, fold, language, stems
from .topic_weights import ENOUGH_FOR_OFFERS
from .vectors import Packed, pack

FORM = "2"  # of the file; weights of another form are made anew
COLUMNS = 4_096  # of each hashed block
GROUPS = (3, 4, 5)  # letters
STEMS, LETTERS = "stems", "letters"
HASHED = (STEMS, LETTERS)
RIDGE = 0.04
SHARPNESS = 1.43  # how much more what is close counts; towards zero all count in proportion to their likeness
FEW = 200  # questions from which their own mean counts for more than that of any questions
RANKS = (1.0, 0.6, 0.4, 0.3)  # how much the first, second … offer of a sample question counts
LARGE = 2**16  # bytes: smaller arrays are not worth a file
SHARES = {"e5": 4.0}  # what a part of the kernel counts, else one: this encoder is tuned to questions of small firms
_OTHER = re.compile(r"[^a-z0-9]+")
log = logging.getLogger(__name__)


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


def _raised(likeness: np.ndarray) -> np.ndarray:
    """From likeness (0 to 1, seldom below 0) to what it counts, of the same range; in place."""
    likeness *= SHARPNESS
    np.expm1(likeness, out=likeness)
    likeness /= math.expm1(SHARPNESS)
    return likeness


@dataclass(frozen=True, slots=True)
class Sparse:
    """Rows (n, COLUMNS) of numbers from 0 to 1 by column: those of column c lie at `starts[c]:starts[c + 1]`."""

    starts: np.ndarray  # (COLUMNS + 1,)
    places: np.ndarray  # of rows, uint16
    values: np.ndarray  # uint8 of 255
    count: int

    def dot(self, question: np.ndarray) -> np.ndarray:
        """Dot products (n,) of all rows with `question` (COLUMNS,)."""
        spans = [(self.starts[c], self.starts[c + 1], question[c] / 255) for c in np.flatnonzero(question)]
        if not spans:
            return np.zeros(self.count, np.float32)
        places = np.concatenate([self.places[begin:end] for begin, end, _ in spans])
        values = np.concatenate([self.values[begin:end] * np.float32(value) for begin, end, value in spans])
        return np.bincount(places, values, self.count).astype(np.float32)


def _sparse(rows: np.ndarray) -> Sparse:
    columns, places = np.nonzero(rows.T)
    values = np.rint(rows[places, columns] * 255).astype(np.uint8)
    starts = np.searchsorted(columns, np.arange(COLUMNS + 1)).astype(np.int32)
    return Sparse(starts, places.astype(np.uint16), values, len(rows))


@dataclass(frozen=True)
class Learned:
    """The sample questions by block, with what is subtracted from (encoders) or multiplies (hashed) one, and what each
    of them adds to topics and offers (questions, topics + offers).

    `encoders` names the versions the vectors come from: beside others they mean nothing.
    """

    topics: tuple[str, ...]
    offers: tuple[tuple[str, str], ...]
    encoders: Mapping[str, str]
    source: str  # digest of the questions
    scales: Mapping[str, np.ndarray]
    rows: Mapping[str, Packed | Sparse]
    weights: np.ndarray
    bias: np.ndarray
    examples: tuple[
        Example, ...
    ] = ()  # the questions themselves, where they are too few to teach anything by themselves
    places: mapped.Places = ()  # of the files in which its large arrays lie, as long as there is this object

    def renamed(self, names: Mapping[tuple[str, str], tuple[str, str]]) -> "Learned":
        """The same weights for offers that have another key now."""
        examples = (replace(one, offers=tuple(names.get(key, key) for key in one.offers)) for one in self.examples)
        return replace(self, offers=tuple(names.get(key, key) for key in self.offers), examples=tuple(examples))

    def fits(self, encoders: Sequence[Encoder]) -> bool:
        """Whether the weights were made with these versions."""
        return all(self.encoders.get(encoder.name, encoder.version) == encoder.version for encoder in encoders)

    def read(self, text: str, raw: Mapping[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        """How well each topic (topics,) and each offer (offers,) fits a bounded text, about 0 to 1.

        `raw` holds the question's vector by encoder; an encoder that is missing leaves its share to the others.
        """
        return self.tell(self.likeness(text, raw))

    def likeness(self, text: str, raw: Mapping[str, np.ndarray]) -> np.ndarray:
        """How much each sample question (questions,) is like a bounded text: 1 the same, about 0 nothing in common."""
        likeness, present = np.zeros(len(self.weights), np.float32), 0.0
        for name, scale in self.scales.items():
            if name in HASHED:
                row = _hashed([text], name)[0] * scale
            elif name in raw:
                row = raw[name] - scale
            else:
                continue
            likeness += _share(name) * self.rows[name].dot(_unit(row[None])[0])
            present += _share(name)
        return likeness / max(present, 1.0)

    def tell(self, likeness: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """What follows from it for the topics (topics,) and offers (offers,), about 0 to 1."""
        total = _raised(likeness.copy()) @ self.weights + self.bias
        mapped.give_back(self.places)
        return total[: len(self.topics)], total[len(self.topics) :]

    def to_bytes(self) -> bytes:
        """A file for `from_bytes`; the same again is the same file."""
        arrays = {f"scale.{name}": scale.astype(np.float32) for name, scale in self.scales.items()}
        for name, rows in self.rows.items():
            arrays |= {f"rows.{name}.{part}": getattr(rows, part) for part in _parts(name)}
        if self.examples:
            arrays["examples"] = np.array(json.dumps([(one.text, one.topics, one.offers) for one in self.examples]))
        file = io.BytesIO()
        np.savez_compressed(
            file,
            bias=self.bias.astype(np.float32),
            weights=self.weights.astype(np.float16),
            topics=np.array(self.topics, str),
            offers=np.array(self.offers, str).reshape(-1, 2),
            encoders=np.array(sorted(self.encoders.items()), str).reshape(-1, 2),
            source=np.array(self.source),
            **arrays,  # type: ignore[arg-type]  # the stub takes any name for its flag
        )
        return file.getvalue()


def from_bytes(raw: bytes, folder: Path | None = None, name: str = "learned") -> Learned:
    """What `to_bytes` wrote. With a folder its large arrays lie in files there, which all processes of an installation
    share, below `name` and what tells this content from another; other content under this name goes.

    Raises ValueError when it is no such file.
    """
    if folder is None:
        return _read(raw, None)
    here = folder / f"{name}-{hashlib.sha256(raw).hexdigest()[:16]}"
    try:
        found = _read(raw, here)
    except (OSError, ValueError):
        found = _read(raw, None)  # or it is none
        log.warning("%s cannot be kept in files; it takes memory until the next start.", name, exc_info=True)
        shutil.rmtree(here, ignore_errors=True)  # one of them may be broken
        return found
    mapped.only(here, f"{name}-*")
    return found


def _read(raw: bytes, folder: Path | None) -> Learned:
    """Raises ValueError where `raw` is none, OSError where the folder takes no files."""
    try:
        archive = np.load(io.BytesIO(raw), allow_pickle=False)
    except (EOFError, OSError, ValueError, zipfile.BadZipFile) as error:
        raise ValueError(f"These are no learned weights: {error}") from error
    with archive as file:
        try:
            names = [name.removeprefix("scale.") for name in file.files if name.startswith("scale.")]
            weights = _array(file, "weights", folder, np.float32)
            rows = {name: _rows(name, file, folder, len(weights)) for name in names}
            large = [weights, *(getattr(rows[name], part) for name in names for part in _parts(name))]
            return Learned(
                topics=tuple(map(str, file["topics"])),
                offers=tuple((str(kind), str(key)) for kind, key in file["offers"]),
                encoders={str(name): str(version) for name, version in file["encoders"]},
                source=str(file["source"]),
                scales={name: file[f"scale.{name}"] for name in names},
                rows=rows,
                weights=weights,
                bias=file["bias"].astype(np.float64),
                examples=_examples(str(file["examples"])) if "examples" in file.files else (),
                places=tuple(place for array in large if _is_mapped(array) for place in mapped.place(array)),
            )
        except (KeyError, EOFError, ValueError, zipfile.BadZipFile) as error:
            raise ValueError(f"These are no learned weights: {error}") from error


def _examples(raw: str) -> tuple[Example, ...]:
    return tuple(
        Example(text, tuple(topics), tuple((kind, key) for kind, key in offers), written=True)
        for text, topics, offers in json.loads(raw)
    )


def _array(file: NpzFile, name: str, folder: Path | None, kind: type[np.floating] | None = None) -> np.ndarray:
    """One of the file's arrays; a large one as it lies in `folder`."""

    def unpacked() -> np.ndarray:
        return file[name] if kind is None else file[name].astype(kind)

    if folder is None or file.zip is None or file.zip.getinfo(f"{name}.npy").file_size < LARGE:
        return unpacked()
    return np.asarray(mapped.array(unpacked, folder / f"{name}.npy"))


def _is_mapped(rows: np.ndarray) -> bool:
    return isinstance(rows.base, np.memmap)


def _parts(name: str) -> tuple[str, ...]:
    return ("starts", "places", "values") if name in HASHED else ("rows", "scales")


def _rows(name: str, file: NpzFile, folder: Path | None, count: int) -> Packed | Sparse:
    parts = [_array(file, f"rows.{name}.{part}", folder) for part in _parts(name)]
    if name not in HASHED:
        return Packed(*parts)
    starts, places, values = parts
    return Sparse(starts, places, values, count)


def fit(
    examples: Sequence[Example],
    vectors: Mapping[str, np.ndarray],
    *,
    versions: Mapping[str, str],
    topics: Sequence[str],
    offers: Sequence[tuple[str, str]] = (),
    source: str = "",
    means: Mapping[str, np.ndarray] | None = None,
) -> Learned:
    """Weights from at most 65,535 questions whose answer is known.

    `vectors[encoder]` has one row (dimensions,) per example; `topics` and `offers` are what can be answered. `means`
    are mean questions (dimensions,) as the encoders see any: of a few examples the own mean is what these have in
    common, and without that each would be like nothing but itself.
    """
    texts = [example.text for example in examples]
    scales: dict[str, np.ndarray] = {}
    blocks: dict[str, np.ndarray] = {}
    for name, rows in vectors.items():
        scales[name] = rows.mean(axis=0)
        if means and name in means:
            scales[name] = (len(rows) * scales[name] + FEW * means[name]) / (len(rows) + FEW)
        blocks[name] = _unit(rows - scales[name])
    for name in HASHED:
        rows = _hashed(texts, name)
        scales[name] = np.log1p(len(texts) / np.maximum((rows > 0).sum(axis=0), 1)).astype(np.float32)
        blocks[name] = _unit(rows * scales[name])
    every = sum(map(_share, blocks))
    kernel = np.zeros((len(texts), len(texts)), np.float32)  # 15,000 questions: 900 MB, so in single precision
    for name, rows in blocks.items():
        kernel += (rows * np.float32(_share(name) / every)) @ rows.T
    kernel = _raised(kernel)
    kernel[np.diag_indices(len(texts))] += RIDGE
    wanted = _wanted(examples, topics, offers)
    bias = wanted.mean(axis=0)
    weights = np.linalg.solve(kernel, (wanted - bias).astype(np.float32))
    small = {name: _sparse(rows) if name in HASHED else pack(rows) for name, rows in blocks.items()}
    kept = tuple(replace(one, written=True) for one in examples) if len(examples) < ENOUGH_FOR_OFFERS else ()
    return Learned(tuple(topics), tuple(offers), dict(versions), source, scales, small, weights, bias, kept)


def _wanted(examples: Sequence[Example], topics: Sequence[str], offers: Sequence[tuple[str, str]]) -> np.ndarray:
    """What each example should give (n, topics + offers)."""
    topic_at = {slug: i for i, slug in enumerate(topics)}
    offer_at = {key: len(topics) + i for i, key in enumerate(offers)}
    wanted = np.zeros((len(examples), len(topics) + len(offers)))
    for row, example in zip(wanted, examples, strict=True):
        for rank, slug in enumerate(example.topics):
            if slug in topic_at:
                row[topic_at[slug]] = 1.0 if rank == 0 else SECOND_TOPIC
        for rank, key in enumerate(example.offers):
            if key in offer_at:
                row[offer_at[key]] = RANKS[min(rank, len(RANKS) - 1)]
    return wanted
