"""The words of all entries in one language, and what a typed word brings to each of them.

Pure. Stems, parts of compounds and near misses are those of `matching`.
"""

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from wegweiser.catalogue import same_words
from wegweiser.catalogue.compounds import Compounds
from wegweiser.catalogue.matching import lexicon
from wegweiser.catalogue.matching.documents import Document
from wegweiser.catalogue.matching.lexical import NEAR, PART, Words
from wegweiser.catalogue.matching.text import LINKS, SHORTEST_PART, fold, spelled, stem, stems, surfaces
from wegweiser.catalogue.slips import Slips

BEGINNING = 0.7  # a word of which only the beginning was typed counts less
SHORTEST_BEGINNING = 3
# A word as short as ERP that somebody writes begins too many others by chance, such as Erpressung.
SHORT = 4
SHORTEST_ABOUT = 10  # letters of what a longer word is about
FEW, FEW_SHARE = 3, 0.1  # entries that hold a word that says enough, as a number or a share of all
MOST_BEGINNINGS = 60
MOST_WORDS = 12


@dataclass(frozen=True)
class Typed:
    """One word that somebody typed: OPC-UA is OPCUA, or all of its `parts`. `going_on`: more letters may follow."""

    word: str
    parts: tuple[str, ...] = ()
    going_on: bool = False


class Texts:
    """The words of all entries in one language."""

    def __init__(self, documents: Sequence[Document], lang: str) -> None:
        self.lang = lang
        self.words = Words(documents, lang)
        self._sorted = sorted(self.words.rows)
        # A slip in an ending changes the stem by more than one letter, so the words as written are known too.
        self.slips = Slips([*self._sorted, *self.words.written])
        self._same = same_words.by_stem(lang)
        self._compounds: Compounds | None = None

    def typed(self, text: str) -> list[Typed]:
        """The words of a bounded text that tell something."""
        whole = spelled(text)
        pairs = stems(text, self.lang)[:MOST_WORDS]
        found: dict[str, dict[str, str]] = {}
        for root, word in pairs:
            found.setdefault(whole.get(word, root), {})[root] = word
        ended = text != text.rstrip()
        words = [tuple(written.values()) for written in found.values()]
        return [
            Typed(word, tuple(parts), going_on=place == len(words) - 1 and not ended)
            for place, (word, *parts) in enumerate(words)
        ]

    def same(self, word: str) -> tuple[str, ...]:
        """The other names of what a word names."""
        return self._same.get(stem(word, self.lang), ())

    def mended(self, text: str) -> str:
        """A text whose mistyped words are those that the entries, the lexicon or our names for things know."""
        if self._compounds is None:
            known = " ".join([*lexicon.load(self.lang).words, *(word for group in same_words.SAME for word in group)])
            self._compounds = Compounds([*self.words.written, *map(fold, surfaces(known))])
        return " ".join(self._compounds(fold(typed.word)) for typed in self.typed(text))

    def gain(self, word: str) -> tuple[np.ndarray, bool]:
        """What a word brings to each entry (n,), and whether it is known whole or as a beginning.

        Parts of a compound count only where nobody writes the whole: who looks for Datensicherung gets nothing that is
        merely safe. What a long word begins with says enough where
        it is rare: a Datensicherungskonzept is about Datensicherung.
        """
        root = stem(word, self.lang)
        gain = np.zeros(self.words.size, np.float32)
        if not root:
            return gain, False
        parts = (*self._about(fold(word)), *(() if root in self.words.rows else self.words.parts(root)))
        begun = dict.fromkeys(self._beginning_with(root, fold(word)), BEGINNING)
        for term, weight in ({root: 1.0} | begun | dict.fromkeys(parts, PART)).items():
            if term in self.words.rows:
                rows = self.words.rows[term]
                gain[rows] = np.maximum(gain[rows], weight * self.words.gains[term])
        return gain, root in self.words.rows or bool(begun)

    def near(self, found: Sequence[str], slips: float) -> np.ndarray:
        """What the words that were meant bring (n,); less the more slips there were."""
        gain = np.zeros(self.words.size, np.float32)
        for word in found:
            root = self.words.written.get(word, word)
            rows = self.words.rows.get(root)
            brings = self.gain(word)[0]
            if rows is not None:
                brings[rows] = np.maximum(brings[rows], self.words.gains[root])
            gain = np.maximum(gain, brings)
        return gain * NEAR / max(slips, 1.0)

    def joined(self, words: Iterable[str]) -> dict[str, np.ndarray]:
        """What two neighbours bring (n,) that somebody wrote apart and the entries write as one word."""
        typed = [fold(word) for word in words]
        found: dict[str, np.ndarray] = {}
        for (left, right), pair in zip(pairwise(typed), pairwise(words), strict=True):
            for link in ("", "s", "n", "en"):
                root = self.words.written.get(left + link + right)
                if root is None:
                    continue
                gain = np.zeros(self.words.size, np.float32)
                gain[self.words.rows[root]] = self.words.gains[root]
                for word in pair:
                    found[word] = np.maximum(found.get(word, 0), gain)
        return found

    def _about(self, word: str) -> tuple[str, ...]:
        """The stem of the long and rare word that a longer one begins with, if there is one."""
        for end in range(len(word) - SHORTEST_PART, SHORTEST_ABOUT - 1, -1):
            for link in LINKS:
                root = self.words.written.get(word[:end].removesuffix(link)) if word[:end].endswith(link) else None
                if root and end - len(link) >= SHORTEST_ABOUT:
                    few = len(self.words.rows[root]) <= max(FEW, FEW_SHARE * self.words.size)
                    return (root,) if few else ()
        return ()

    def _beginning_with(self, root: str, word: str) -> list[str]:
        if len(root) < SHORTEST_BEGINNING:
            return []
        start = bisect.bisect_left(self._sorted, root)
        found = [term for term in self._sorted[start : start + MOST_BEGINNINGS] if term.startswith(root)]
        if len(word) <= SHORT and word in self.words.written:
            found = [term for term in found if self._is_known(term.removeprefix(word))]
        return [term for term in found if term != root]

    def _is_known(self, rest: str) -> bool:
        """Whether the rest of a compound is a word, too."""
        return any(
            stem(part, self.lang) in self.words.rows
            for link in LINKS
            if rest.startswith(link) and len(part := rest.removeprefix(link)) >= SHORTEST_BEGINNING
        )
