"""Learns the weights of `weighing/odds.toml` from the lists that were read, and says what they do on a list left out.

python -m benchmarks.companies.learning [--write]

A logistic regression over the signs of `companies/linkage/weighing/odds.py`, with a small penalty and with signs that
cannot turn: what speaks for one firm never takes away, what speaks against it never adds. Newton's method, projected.
"""

import argparse
import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.companies import __main__ as lists
from benchmarks.companies import cells
from wegweiser.companies.importing import told
from wegweiser.companies.importing.rows import Clean
from wegweiser.companies.linkage import likeness
from wegweiser.companies.linkage.blocking import Index
from wegweiser.companies.linkage.row import whereabouts
from wegweiser.companies.linkage.row.profiles import Known, profile
from wegweiser.companies.linkage.weighing import odds, verdicts
from wegweiser.companies.linkage.weighing.evidence import Evidence

Numbers = NDArray[np.float64]
TABLE = Path(odds.__file__).parent / "odds.toml"
OURS = Path(__file__).parents[2] / "tests/companies"  # pairs and small firms made up by the author of the rules
PENALTY = 0.3
ALL_READ = (
    *("tune", "second", "third", "fourth", "seventh", "eighth", "ninth", "tenth"),
    *("thirteenth", "fourteenth", "fifteenth", "seventeenth", "eighteenth", "twenty-first", "twenty-second"),
    *("twenty-third", "twenty-fourth", "twenty-fifth", "twenty-sixth", "twenty-seventh", "twenty-eighth"),
    *("thirtieth", "thirty-first", "thirty-second", "thirty-third", "thirty-fourth", "thirty-sixth"),
    *("thirty-seventh", "fortieth", "forty-first", "forty-second", "forty-fifth"),
)
EVERY_SECOND_READ = ("fifth", "sixth")


@dataclass(frozen=True)
class Sample:
    """Two rows that something leads from one to the other."""

    told: Evidence
    signs: frozenset[str]
    is_one: bool


def samples(
    rows: Iterable[Known | None],
    is_one: Callable[[int, int], bool | None],
) -> list[Sample]:
    """All pairs that are compared; `is_one` is None where nobody can tell or the pair is not asked about."""
    index, found = Index(), list[Sample]()
    for number, row in enumerate(rows):
        if row is None:
            continue
        one = profile(number, row)
        for other in index.candidates(one):
            answer = is_one(other, number)
            evidence = None if answer is None else likeness.evidence(one, index.profiles[other])
            if answer is not None and evidence is not None:
                found.append(Sample(evidence, frozenset(odds.signs(evidence)), answer))
        index.add(one)
    return found


def of_a_list(name: str, part: int | None = None) -> list[Sample]:
    table = lists.rows(name)
    same, _, disputed = lists.truth(table)
    kept = lists.every_second(table, part) if part is not None else set(range(len(table)))

    def is_one(one: int, other: int) -> bool | None:
        return None if (one, other) in disputed or not {one, other} & kept else (one, other) in same

    return samples(lists.told_by(name, table), is_one)


def of_ours(name: str, column: str) -> list[Sample]:
    with (OURS / f"{name}.psv").open(encoding="utf-8") as lines:
        table = list(csv.DictReader(lines, delimiter="|"))
    read, places = cells.read(table, cells.OUTSIDERS_COLUMNS), cells.cleaner().region.gazetteer
    known = [whereabouts.located(told.known_of(row), lambda: places) for row in read if isinstance(row, Clean)]

    def is_one(one: int, other: int) -> bool | None:
        left, right = table[one], table[other]
        if column == "truth":
            return left["truth"] == right["truth"]
        return left["truth"] == "one" if left[column] == right[column] else None

    return samples(known, is_one)


def read() -> dict[str, list[Sample]]:
    """What may be learned from, by list."""
    return {
        **{name: of_a_list(name) for name in ALL_READ},
        **{name: of_a_list(name, 0) for name in EVERY_SECOND_READ},
        "pairs": of_ours("pairs", "pair"),
        "firms": of_ours("firms", "truth"),
    }


def learned(material: Iterable[Sample]) -> tuple[float, dict[str, float]]:
    """The base and the weight of each sign."""
    found = list(material)
    names = sorted({sign for one in found for sign in one.signs} - odds.TOLD_OTHERWISE - odds.PROOFS.keys())
    seen = np.array([[float(name in one.signs) for name in names] for one in found])
    is_one = np.array([float(one.is_one) for one in found])
    weights = _fitted(np.hstack([seen, np.ones((len(found), 1))]), is_one, [*map(odds.direction, names), 0])
    return float(weights[-1]), {name: float(weight) for name, weight in zip(names, weights[:-1], strict=True)}


def _fitted(seen: Numbers, is_one: Numbers, directions: list[int]) -> Numbers:
    count = seen.shape[1]
    turned = np.array(directions)
    penalty = np.append(np.full(count - 1, PENALTY), 0.0)
    weights = np.zeros(count)

    def loss(at: Numbers) -> float:
        height = seen @ at
        return float((np.logaddexp(0, height) - is_one * height).sum() + 0.5 * (penalty * at * at).sum())

    now = loss(weights)
    for _ in range(100):
        chance = 1 / (1 + np.exp(-(seen @ weights)))
        slope = seen.T @ (chance - is_one) + penalty * weights
        bend = (seen * (chance * (1 - chance))[:, None]).T @ seen + np.diag(penalty) + 1e-9 * np.eye(count)
        free = ~((turned * weights <= 0) & (turned != 0) & (turned * slope > 0))
        step = np.zeros(count)
        step[free] = np.linalg.solve(bend[np.ix_(free, free)], -slope[free])
        size = 1.0
        while size > 1e-6:
            tried = weights + size * step
            tried[turned * tried < 0] = 0
            if loss(tried) < now:
                break
            size /= 2
        else:
            break
        weights, before, now = tried, now, loss(tried)
        if before - now < 1e-8:
            break
    return weights


def written(base: float, weights: dict[str, float]) -> str:
    """The table as a file."""
    lines = [
        "# How much each sign adds to the log odds that two rows are one firm, or takes from them; see odds.py.",
        "# Written by `python -m benchmarks.companies.learning --write`. 0.7 doubles the odds, -0.7 halves them.",
        f"base = {base:.2f}",
    ]
    for title, direction in (("for", 1), ("either", 0), ("against", -1)):
        lines += ["", f"[{title}]"]
        told_by_weight = sorted(weights.items(), key=lambda pair: (-abs(pair[1]), pair[0]))
        lines += [
            f"{name} = {weight:.2f}"
            for name, weight in told_by_weight
            if odds.direction(name) == direction and abs(weight) >= 0.005
        ]
    return "\n".join(lines) + "\n"


def left_out(material: dict[str, list[Sample]], name: str) -> tuple[int, int, int]:
    """Of the pairs of one list, with the weights of the others: surely one and right, surely one, one firm."""
    base, weights = learned(one for other, ones in material.items() if other != name for one in ones)
    kept = odds.BASE, dict(odds.WEIGHTS)
    odds.BASE = base
    odds.WEIGHTS.clear()
    odds.WEIGHTS.update({**odds.PROOFS, **weights})
    try:
        sure = [one for one in material[name] if verdicts.verdict_on(one.told)[0] == verdicts.Verdict.SURE]
    finally:
        odds.BASE = kept[0]
        odds.WEIGHTS.clear()
        odds.WEIGHTS.update(kept[1])
    return sum(one.is_one for one in sure), len(sure), sum(one.is_one for one in material[name])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="store the weights")
    asked = parser.parse_args()
    material = read()
    for name in material:
        right, sure, same = left_out(material, name)
        print(f"{name} left out: {right} of {sure} sure pairs right, {same} compared pairs are one firm")
    table = written(*learned(one for ones in material.values() for one in ones))
    print(table)
    if asked.write:
        TABLE.write_text(table, encoding="utf-8")


if __name__ == "__main__":
    main()
