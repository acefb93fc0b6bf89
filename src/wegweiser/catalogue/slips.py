"""Which known word was meant where somebody mistyped one: slips of the finger and words written as they sound.

Pure. Words are compared as `fold` leaves them, so umlauts and ß are no slips here.
"""

import re
from collections.abc import Iterable

import numpy as np

SHORTEST = 4
LONGEST = 28  # letters that are compared; longer words differ long before
SHORTEST_BEGINNING = 5
# Slips forgiven by the length of the typed word. A short word has too many neighbours for more than one.
FORGIVEN = ((4, 1.0), (6, 1.5), (8, 2.0), (12, 2.5))
KEPT_INITIAL = 6  # shorter words need their first letter right
NEIGHBOUR = 0.7  # a key beside the right one
SOUND = 0.5  # what writing by ear costs once
TIE = 0.05
MOST_MEANT = 6

_KEYS = ("qwertzuiop", "asdfghjkl", "yxcvbnm")
_SOUNDS = (
    *(("ph", "f"), ("th", "t"), ("rh", "r"), ("ck", "k"), ("tz", "z"), ("dt", "t"), ("qu", "kw"), ("ie", "i")),
    *(("v", "f"), ("y", "i"), ("c", "k"), ("x", "ks")),
)
_SILENT_H = re.compile(r"(?<=[aeiou])h(?![aeiou])")
_DOUBLE = re.compile(r"(.)\1+")


def sound(word: str) -> str:
    """How a word sounds, roughly: Phishing and Fishing, Maschine and Maschiene are one.

    >>> sound("phishing") == sound("fishing"), sound("packet") == sound("paket")
    (True, True)
    """
    word = word.replace("sch", "$")
    for written, plain in _SOUNDS:
        word = word.replace(written, plain)
    return _DOUBLE.sub(r"\1", _SILENT_H.sub("", word))


def forgiven(letters: int) -> float:
    """How many slips a word of so many letters may hold."""
    return next((slips for least, slips in reversed(FORGIVEN) if letters >= least), 0.0)


def _neighbours() -> np.ndarray:
    """The price of one letter for another (27, 27): nothing for itself, less for a key beside it."""
    price = np.ones((256, 256), np.float32)
    where = {key: (row, place + row * 0.5) for row, keys in enumerate(_KEYS) for place, key in enumerate(keys)}
    for one, (row, place) in where.items():
        for other, (other_row, other_place) in where.items():
            if abs(row - other_row) <= 1 and abs(place - other_place) <= 1:
                price[ord(one), ord(other)] = NEIGHBOUR
    np.fill_diagonal(price, 0)
    price[0, 0] = 1  # what stands behind the end of a word
    return price


_PRICE = _neighbours()


class Slips:
    """Read-only once built, so threads may share it."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(word for word in set(words) if len(word) >= SHORTEST and word.isalpha() and word.isascii())
        self._plain = _Spelled(self._words)
        self._sound = _Spelled([sound(word) for word in self._words])
        self._initials = np.array([ord(word[0]) for word in self._words], np.uint8)

    def __call__(self, word: str) -> tuple[list[str], float]:
        """The known words nearest to a folded one and how many slips they are away; none when all are too far."""
        most = forgiven(len(word))
        if not (self._words and most and word.isalpha() and word.isascii()):
            return [], 0.0
        heard = sound(word)
        near = self._plain.near(word, most) | self._sound.near(heard, most - SOUND)
        if len(word) < KEPT_INITIAL:
            near &= self._initials == ord(word[0])
        rows = np.flatnonzero(near)
        if not rows.size:
            return [], 0.0
        slips = np.minimum(self._plain.slips(word, rows), self._sound.slips(heard, rows) + SOUND)
        return self._best(rows, slips, most)

    def beginning(self, word: str) -> list[str]:
        """The known words that begin with `word` but for one slip; their first letter is right."""
        if not self._words or len(word) < SHORTEST_BEGINNING or not (word.isalpha() and word.isascii()):
            return []
        rows = np.flatnonzero(self._initials == ord(word[0]))
        if not rows.size:
            return []
        return self._best(rows, self._plain.slips(word, rows, begun=True), 1.0)[0]

    def _best(self, rows: np.ndarray, slips: np.ndarray, most: float) -> tuple[list[str], float]:
        least = float(slips.min())
        if least > most:
            return [], 0.0
        found = rows[slips <= least + TIE][:MOST_MEANT]
        return [self._words[row] for row in found], least


class _Spelled:
    """Words as numbers: their letters in order, and how often each letter stands in them."""

    def __init__(self, words: list[str]) -> None:
        self._letters = np.zeros((len(words), LONGEST), np.uint8)
        self._sizes = np.array([min(len(word), LONGEST) for word in words], np.int16)
        for row, word in enumerate(words):
            self._letters[row, : self._sizes[row]] = _codes(word)
        self._counts = np.zeros((len(words), 27), np.int8)
        for letter in range(27):
            self._counts[:, letter] = (self._letters == _ALPHABET[letter]).sum(axis=1)

    def near(self, word: str, most: float) -> np.ndarray:
        """Which words (n,) may lie within `most` slips: a slip changes two counts of letters at most."""
        if most < 0:
            return np.zeros(len(self._sizes), bool)
        codes = _codes(word)
        counts = (codes[:, None] == _ALPHABET[None, :]).sum(axis=0).astype(np.int8)
        cheapest = int(most / NEIGHBOUR + 1e-6)
        rows = np.abs(self._sizes - len(codes)) <= int(most)
        rows[rows] = np.abs(self._counts[rows] - counts).sum(axis=1) <= 2 * cheapest
        return rows

    def slips(self, word: str, rows: np.ndarray, *, begun: bool = False) -> np.ndarray:
        """Slips (k,) between `word` and each of `rows`: a letter more, less, another one, or two swapped.

        With `begun` a word may go on after what was typed.
        """
        codes, letters, sizes = _codes(word), self._letters[rows], self._sizes[rows]
        width = min(LONGEST, int(sizes.max(initial=0)), len(codes) + 3 if begun else LONGEST)
        before: list[np.ndarray] = []
        last = [np.full(len(rows), float(place), np.float32) for place in range(width + 1)]
        for i, code in enumerate(codes):
            now = [np.full(len(rows), float(i + 1), np.float32)]
            for j in range(width):
                cost = np.minimum(last[j] + _PRICE[code, letters[:, j]], np.minimum(last[j + 1], now[j]) + 1)
                if i and j:
                    swapped = (letters[:, j - 1] == code) & (letters[:, j] == codes[i - 1])
                    cost = np.where(swapped, np.minimum(cost, before[j - 1] + 1), cost)
                now.append(cost)
            before, last = last, now
        table = np.stack(last)
        places = np.arange(width + 1)[:, None]
        if begun:
            return np.asarray(np.where(places <= sizes, table, np.inf).min(axis=0))
        return np.asarray(np.where(places == sizes, table, np.inf).min(axis=0))


_ALPHABET = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz$", np.uint8)


def _codes(word: str) -> np.ndarray:
    return np.frombuffer(word.encode("ascii")[:LONGEST], np.uint8)
