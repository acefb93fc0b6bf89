"""Which compound was meant where somebody mistyped one that stands nowhere: by the known words it is made of.

Pure. Words are compared as `fold` leaves them.
"""

from collections.abc import Iterable

from wegweiser.catalogue.matching.text import LINKS, MAX_WORD_LETTERS, SHORTEST_PART
from wegweiser.catalogue.slips import Slips


class Compounds:
    """Read-only once built, so threads may share it."""

    def __init__(self, words: Iterable[str]) -> None:
        self._known = frozenset(word for word in words if len(word) >= SHORTEST_PART and word.isalpha())
        self._slips = Slips(self._known)

    def __call__(self, word: str) -> str:
        """The word itself where it is known, else the nearest known one or one made of a known part and the nearest
        to the rest; the word as it was typed where all are too far."""
        if word in self._known or len(word) > MAX_WORD_LETTERS:
            return word
        found, slips = self._slips(word)
        if found:
            return found[0]
        meant: list[tuple[float, int, str]] = []
        for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            left, right = word[:cut], word[cut:]
            if self._is_known(left):
                found, slips = self._slips(right)
                meant += [(slips, -cut, left + other) for other in found[:1]]
            if right in self._known:
                found, slips = self._slips(left)
                meant += [(slips, cut - len(word), other + right) for other in found[:1]]
        return min(meant)[2] if meant else word

    def _is_known(self, beginning: str) -> bool:
        return any(beginning.removesuffix(link) in self._known for link in LINKS if beginning.endswith(link))
