"""Scores of several kinds made comparable, and the best of their sums."""

from collections.abc import Callable

import numpy as np


def spread(scores: np.ndarray) -> np.ndarray:
    """Mean 0, deviation 1; zeros when all are equal. In float64, so that the order of the entries does not show."""
    scores = scores.astype(np.float64)
    deviation = float(scores.std()) if scores.size else 0.0
    return (scores - scores.mean()) / deviation if deviation > 1e-9 else np.zeros_like(scores)


def best(total: np.ndarray, among: np.ndarray, count: int, *, name: Callable[[int], str]) -> list[int]:
    """At most `count` of the places `among` with the highest sums, the best first; of equal ones by name."""
    if count < 1:
        return []
    sums = total[among]
    if count < len(sums):  # all that equal the last of them as well, so that the names decide
        among = among[sums >= np.partition(sums, -count)[-count]]
    return sorted(map(int, among), key=lambda place: (-float(total[place]), name(place)))[:count]
