"""Example sentences: those inside the field centre questions; `signals` has learnt from all of them.

The vectors of the first list ship in `scope.npz` (made by `python -m benchmarks.matching.vectors`): encoding the
sentences takes two seconds, and each process of the web server would spend them.
"""

import tomllib
from functools import cache
from pathlib import Path

import numpy as np

from . import shipped
from .encoders import Encoder

DATA = Path(__file__).with_name("scope.toml")
VECTORS = Path(__file__).with_name("scope.npz")
INSIDE, OUTSIDE, NEAR, URGENT, CALM = LISTS = ("inside", "outside", "near", "urgent", "calm")
_means: dict[str, np.ndarray] = {}


@cache
def sentences() -> dict[str, list[str]]:
    """The lists of `scope.toml`."""
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def mean_of(encoder: Encoder) -> np.ndarray:
    """The mean question (dimensions,) as this encoder sees it; made once per process."""
    if encoder.name not in _means:
        rows = shipped.read(VECTORS).rows(encoder, sentences()[INSIDE], encoder.encode_questions)
        _means[encoder.name] = rows.mean(axis=0)
    return _means[encoder.name]
