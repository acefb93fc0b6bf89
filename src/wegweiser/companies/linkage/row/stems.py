"""Which of many groups of stems a word holds. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable

_PLAIN = re.compile(r"(\^?)([a-z]+)(\$?)")


class Stems:
    """Groups of parts of words: "^" begins and "$" ends a word, else a part may stand anywhere in it.

    Nearly all parts are plain letters: they are looked up among the parts of the word, which is many times as fast as
    an expression for each group. The few others are expressions.

    >>> stems = Stems([["baeck", "^brot"], ["^eis$", "(?<!weiss)brot"]])
    >>> sorted(stems.found_in("brotbaecker")), sorted(stems.found_in("eisbaer")), sorted(stems.found_in("weissbrot"))
    ([0, 1], [], [])
    """

    def __init__(self, groups: Iterable[Iterable[str]]) -> None:
        self._plain: defaultdict[str, set[int]] = defaultdict(set)
        self._others: list[tuple[int, re.Pattern[str]]] = []
        for number, parts in enumerate(groups):
            others = []
            for part in parts:
                if plain := _PLAIN.fullmatch(part):
                    self._plain["".join(plain.groups())].add(number)
                else:
                    others.append(part)
            if others:
                self._others.append((number, re.compile("|".join(others))))
        self._lengths = sorted({len(part) for part in self._plain})

    def found_in(self, word: str) -> frozenset[int]:
        """The numbers of the groups that have a part which `word` holds."""
        marked = f"^{word}$"
        found = {
            number
            for length in self._lengths
            for start in range(len(marked) - length + 1)
            for number in self._plain.get(marked[start : start + length], ())
        }
        found.update(number for number, parts in self._others if parts.search(word))
        return frozenset(found)
