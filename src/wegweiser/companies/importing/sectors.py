"""Sectors out of free words and WZ codes. Which words mean which of the usual sectors stands in `sectors.toml`."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from rapidfuzz import fuzz

from wegweiser.companies.importing.headers import UMLAUTS

SIMILAR = 88
EDITIONS = (2008, 2025)
# Sections of WZ 2008 by the first and last of their divisions. Those of WZ 2025 have one letter more from J on, and no
# division 45; a letter alone says nothing, so each code is kept with its edition.
SECTIONS_2025 = {
    "A": (1, 3), "B": (5, 9), "C": (10, 33), "D": (35, 35), "E": (36, 39), "F": (41, 43), "G": (46, 47), "H": (49, 53),
    "I": (55, 56), "J": (58, 60), "K": (61, 63), "L": (64, 66), "M": (68, 68), "N": (69, 75), "O": (77, 82),
    "P": (84, 84), "Q": (85, 85), "R": (86, 88), "S": (90, 93), "T": (94, 96), "U": (97, 98), "V": (99, 99),
}  # fmt: skip
SECTIONS = {
    "A": (1, 3), "B": (5, 9), "C": (10, 33), "D": (35, 35), "E": (36, 39), "F": (41, 43), "G": (45, 47), "H": (49, 53),
    "I": (55, 56), "J": (58, 63), "K": (64, 66), "L": (68, 68), "M": (69, 75), "N": (77, 82), "O": (84, 84),
    "P": (85, 85), "Q": (86, 88), "R": (90, 93), "S": (94, 96), "T": (97, 98), "U": (99, 99),
}  # fmt: skip
_EDITION = re.compile(r"(?i)wz(?:\s?(?:20)?(08|25)(?=[\s:]))?[\s:]*")
_CODE = re.compile(r"(?i)([A-V])?[\s.]?(\d{2})(?:[.\s]?(\d{1,2})(?:[.\s]?(\d{1,2}))?)?\b(.*)")


@dataclass(frozen=True)
class Wz:
    """A WZ code in its usual spelling, its section, and the edition that it is of."""

    code: str
    section: str
    edition: int = 2008

    @property
    def division(self) -> int:
        return int(self.code[:2])


def wz(text: str, *, edition: int = 2008) -> Wz | None:
    """The code at the beginning of `text`, by its shape; of `edition` unless the text names one.

    >>> wz("C 28.99.0"), wz("4322"), wz("Friseur")
    (Wz(code='28.99.0', section='C', edition=2008), Wz(code='43.22', section='F', edition=2008), None)
    >>> wz("WZ 2025 K 62.10"), wz("WZ2025: 45.20")
    (Wz(code='62.10', section='K', edition=2025), None)
    """
    flat = " ".join(text.split())
    named = _EDITION.match(flat)
    told = _CODE.fullmatch(flat[named.end() :] if named else flat)
    if not told or re.match(r"[\d.]", told[5]):
        return None
    if named and named[1]:
        edition = 2025 if named[1] == "25" else 2008
    sections = SECTIONS_2025 if edition == 2025 else SECTIONS
    section = next((letter for letter, (first, last) in sections.items() if first <= int(told[2]) <= last), "")
    if not section or (told[1] and told[1].upper() != section):
        return None
    rest = (told[3] or "") + (told[4] or "")
    parts = [told[2], rest[:2], rest[2:]]
    return Wz(".".join(part for part in parts if part), section, edition)


@dataclass(frozen=True)
class Words:
    """What may stand for one sector: stems of words, and divisions of WZ 2008."""

    stems: tuple[str, ...]
    divisions: frozenset[int]


@cache
def usual() -> Mapping[str, Words]:
    rows = tomllib.loads((Path(__file__).parent / "sectors.toml").read_text(encoding="utf-8"))
    return {
        key: Words(
            tuple(row["words"]), frozenset(number for span in row["wz"] for number in range(span[0], span[1] + 1))
        )
        for key, row in rows.items()
    }


@dataclass(frozen=True)
class Sectors:
    """The sectors of a centre: {key: (its labels)}."""

    labels: Mapping[str, tuple[str, ...]]

    def named(self, text: str) -> str:
        """The sector that free words mean: its label or key, else the sector most of whose words they hold.

        >>> Sectors({"food": ("Lebensmittel",), "crafts": ("Handwerk",)}).named("Bäckerei/Konditorei")
        'food'
        """
        key = _fold(text)
        if not key:
            return ""
        if found := self._exact.get(key):
            return found
        weights = [(sector, weight) for sector, weight in _weights(key).items() if sector in self.labels]
        best = max(weights, key=lambda row: row[1], default=("", 0))
        if best[1]:
            return best[0]
        close = max(((fuzz.ratio(key, label), sector) for label, sector in self._exact.items()), default=(0, ""))
        return close[1] if close[0] >= SIMILAR else ""

    def of_wz(self, code: Wz) -> str:
        return next(
            (key for key, words in usual().items() if code.division in words.divisions and key in self.labels), ""
        )

    @cached_property
    def _exact(self) -> dict[str, str]:
        found = {_fold(key): key for key in self.labels}
        for key, labels in self.labels.items():
            found.update({_fold(label): key for label in labels})
        return found


@lru_cache(maxsize=1024)  # a list says the same few of most firms
def _weights(key: str) -> Mapping[str, int]:
    """How many letters of `key` stand for each of the usual sectors."""
    return {sector: sum(len(stem) for stem in words.stems if _holds(key, stem)) for sector, words in usual().items()}


def _holds(key: str, stem: str) -> bool:
    """Short words have to begin a word: "bau" begins "bauunternehmen" and is not meant in "anbau" of vegetables."""
    return (
        re.search(rf"\b{stem[1:]}\b", key) is not None
        if stem.startswith("=")
        else (stem in key if len(stem) > 5 else re.search(rf"\b{stem}", key) is not None)
    )


def _fold(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text.casefold().translate(UMLAUTS)).split())
