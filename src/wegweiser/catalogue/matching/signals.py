"""How likely a question is an emergency now, or lies outside what a centre does: learnt from example sentences.

The sentences stand in `scope.toml`, the weights in `signals.npz`, which `python -m benchmarks.matching.vectors` makes
of them and of the model centre's sample questions: those lie inside, and some of them are emergencies.
"""

import hashlib
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from .encoders import Encoder
from .learned import Learned, from_bytes
from .scope import DATA

FILE = Path(__file__).with_name("signals.npz")
OUTSIDE, URGENT = "outside", "urgent"


@dataclass(frozen=True, slots=True)
class Signals:
    """About 0 to 1; no probabilities."""

    outside: float
    urgent: float


def digest(questions: str) -> str:
    """Of all texts the weights are made of; `questions` is the digest of the model centre's."""
    return hashlib.sha256(DATA.read_bytes() + questions.encode()).hexdigest()


_lock = threading.Lock()


def shipped(folder: Path | None = None) -> Learned:
    """The weights; `folder` is where the processes of an installation share their numbers."""
    with _lock:  # of two threads one reads them, the other waits
        return _shipped(folder)


@cache
def _shipped(folder: Path | None) -> Learned:
    return from_bytes(FILE.read_bytes(), folder, "signals")


def read(
    text: str, raw: Mapping[str, np.ndarray], encoders: Sequence[Encoder], folder: Path | None = None
) -> Signals | None:
    """What a bounded text signals; None where no encoder has read it, or another version than the weights know."""
    learned = shipped(folder)
    if not raw or not learned.fits(encoders):
        return None
    found = dict(zip(learned.topics, map(float, learned.read(text, raw)[0]), strict=True))
    return Signals(found[OUTSIDE], found[URGENT])
