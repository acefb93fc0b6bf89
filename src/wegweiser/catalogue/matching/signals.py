"""How likely a question is an emergency now, or lies outside what a centre does: learnt from example sentences.

The sentences stand in `scope.toml`, the weights in `signals.npz`, which `python -m benchmarks.matching.vectors` makes
of them, of the texts of all kinds of enquirers, and of the model centre's sample questions: those lie inside, and some
of them are emergencies.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from . import enquirers
from .encoders import Encoder
from .scope import DATA
from .taught import Taught

SHIPPED = Taught(Path(__file__).with_name("signals.npz"), "signals")
OUTSIDE, URGENT = "outside", "urgent"


@dataclass(frozen=True, slots=True)
class Signals:
    """About 0 to 1; no probabilities."""

    outside: float
    urgent: float


def digest(questions: str) -> str:
    """Of all texts the weights are made of; `questions` is the digest of the model centre's."""
    return hashlib.sha256(DATA.read_bytes() + enquirers.DATA.read_bytes() + questions.encode()).hexdigest()


def read(
    text: str, raw: Mapping[str, np.ndarray], encoders: Sequence[Encoder], folder: Path | None = None
) -> Signals | None:
    """What a bounded text signals; None where no encoder has read it, or another version than the weights know."""
    found = SHIPPED.read(text, raw, encoders, folder)
    return None if found is None else Signals(found[OUTSIDE], found[URGENT])
