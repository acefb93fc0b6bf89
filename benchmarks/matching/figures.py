"""Figures over labelled questions, each with its n and a 95 % bootstrap interval."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

DRAWS = 2_000
SEED = 4


@dataclass(frozen=True, slots=True)
class Figure:
    """A share between 0 and 1; `value` is nan when nothing is labelled."""

    value: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        if not self.n:
            return "– (n=0)"
        return f"{self.value:.2f} [{self.low:.2f}, {self.high:.2f}] (n={self.n})"


def mean(values: Sequence[float]) -> Figure:
    """The mean of `values`."""
    return ratio([(value, 1.0) for value in values])


def ratio(pairs: Sequence[tuple[float, float]]) -> Figure:
    """Sum of the first over sum of the second; n counts the pairs that weigh anything."""
    rows = np.array([pair for pair in pairs if pair[1]], float).reshape(-1, 2)
    if not len(rows):
        return Figure(math.nan, math.nan, math.nan, 0)
    draws = np.random.default_rng(SEED).integers(0, len(rows), (DRAWS, len(rows)))
    sums = rows[draws].sum(axis=1)
    low, high = np.percentile(sums[:, 0] / sums[:, 1], [2.5, 97.5])
    return Figure(float(rows[:, 0].sum() / rows[:, 1].sum()), float(low), float(high), len(rows))


def grades(wanted: Mapping[str, int] | Sequence[str]) -> dict[str, int]:
    """Offer to grade: 3 is what one would offer first, 2 clearly helps, 1 is related.

    Several offers may share a grade. A plain list, best first, stands for 3, 2, 1, 1, …
    """
    if isinstance(wanted, Mapping):
        return dict(wanted)
    return {key: max(3 - rank, 1) for rank, key in enumerate(wanted)}


def ndcg(found: Sequence[str], wanted: Mapping[str, int] | Sequence[str], depth: int = 5) -> float:
    """Normalised discounted gain; an offer gains its grade, one that is not wanted nothing."""
    gains = grades(wanted)
    got = sum(gains.get(key, 0) / math.log2(rank + 2) for rank, key in enumerate(found[:depth]))
    best = sum(gain / math.log2(rank + 2) for rank, gain in enumerate(sorted(gains.values(), reverse=True)[:depth]))
    return got / best if best else 0.0
