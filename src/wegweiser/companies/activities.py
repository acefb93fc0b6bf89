"""The classification of economic activities: which codes there are in WZ 2008 and WZ 2025, found by words, and the new
code of an old one where the official key has exactly one for one.

The lists in `wz/` are those of the Statistisches Bundesamt; where they come from stands in the decision record.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz

from wegweiser.companies.importing import sectors
from wegweiser.kernel.sorting import sort_key

FOLDER = Path(__file__).with_name("wz")
EDITIONS = sectors.EDITIONS
MOST, SIMILAR = 8, 85
SHORT = 4  # letters of a word that may stand inside another; shorter ones have to begin one


@cache
def titles(edition: int) -> Mapping[str, str]:
    """{code: title} from divisions down to subclasses."""
    return dict(_rows(f"{edition}.csv"))


def title(edition: int, code: str) -> str:
    return titles(edition).get(code, "") if edition in EDITIONS else ""


def existing(edition: int, code: str) -> str:
    """The code as the edition has it, empty where it has none. A class is often written with ".0" although it has no
    such subclass.

    >>> existing(2008, "28.99.0"), existing(2008, "62.01.0"), existing(2025, "45.20.0")
    ('28.99.0', '62.01', '')
    """
    known = titles(edition)
    if code in known:
        return code
    shorter = re.sub(r"\.0+$", "", code)
    return shorter if shorter in known else ""


def read(text: str, *, edition: int | None = None) -> sectors.Wz | None:
    """The code that stands in `text`, if there is one: of the edition that the text names, else of `edition`, else of
    2008, which most people have, or 2025.
    """
    for tried in [edition] if edition else EDITIONS:
        found = sectors.wz(text, edition=tried)
        if found and (code := existing(found.edition, found.code)):
            return sectors.Wz(code, found.section, found.edition)
    return None


def search(edition: int, words: str, *, limit: int = MOST) -> list[tuple[str, str]]:
    """Classes and subclasses whose titles hold the words, or nearly; those that hold the most come first."""
    asked = [_meant(word) for word in re.findall(r"\w+", sort_key(words))]
    if not asked:
        return []
    found = []
    for code, folded in _to_search(edition):
        hits = [max(_likeness(meant, other) for meant in words for other in folded) for words in asked]
        if held := [hit for hit in hits if hit]:
            found.append((-len(held), -sum(held), len(folded), code))
    known = titles(edition)
    return [(row[-1], known[row[-1]]) for row in sorted(found)[:limit]]


def successor(code: str) -> str:
    """The code of WZ 2025 for one of WZ 2008, where each stands for the other and for nothing else; else empty.

    >>> successor("14.12.0"), successor("14.12"), successor("62.01.9")
    ('14.23.0', '14.23', '')
    """
    pairs = _one_to_one()
    if code in pairs:
        return pairs[code]
    only = _only_subclass(2008).get(code, "")
    new = pairs.get(only, "")
    parent = new.rpartition(".")[0]
    return parent if new and _only_subclass(2025).get(parent) == new else ""


@cache
def _one_to_one() -> Mapping[str, str]:
    return dict(_rows("one_to_one.csv"))


@cache
def _only_subclass(edition: int) -> Mapping[str, str]:
    """Of each class that is not divided its one subclass."""
    below = defaultdict(list)
    for code in titles(edition):
        if code.count(".") == 2:
            below[code.rpartition(".")[0]].append(code)
    return {parent: codes[0] for parent, codes in below.items() if len(codes) == 1}


@cache
def _to_search(edition: int) -> list[tuple[str, list[str]]]:
    """What can be chosen: subclasses, and the classes above them where they are divided."""
    undivided = _only_subclass(edition)
    return [
        (code, re.findall(r"\w+", sort_key(text)))
        for code, text in titles(edition).items()
        if code.count(".") == 2 or (len(code) == 5 and code not in undivided)
    ]


def _meant(word: str) -> list[str]:
    """The word, and how titles say it: nobody calls a bakery "Herstellung von Backwaren"."""
    said = [titled for begin, titled in _rows("words.csv") if word.startswith(begin)]
    return [word, *(other for line in said for other in line.split())]


def _likeness(word: str, other: str) -> float:
    """How well a word of a title answers a word that somebody typed, up to 100; 0: not at all."""
    if word == other:
        return 100
    if other.startswith(word) or (len(word) >= SHORT and word in other):
        return 95
    if len(word) <= SHORT or len(other) <= SHORT:
        return 0
    alike = max(fuzz.ratio(word, other), fuzz.ratio(word, other[: len(word)]))
    return alike if alike >= SIMILAR else 0


@cache
def _rows(name: str) -> list[tuple[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        next(lines)
        return [(first, second) for first, second in lines]
