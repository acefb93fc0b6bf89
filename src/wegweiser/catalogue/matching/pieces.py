"""The pieces of words that the Universal Sentence Encoder knows, in a tenth of the memory of a dictionary.

Its tokenizer goes through a text sign by sign and asks for each beginning whether it is a piece, or may become one.
As a dictionary the quarter of a million of them take 45 MiB. Here their hashes lie in one sorted array, and what is
found is compared with the piece itself, so the answers are the same.
"""

from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np


class Pieces:
    """What the tokenizer's table of beginnings says: a number above 0 for a piece, 0 for a mere beginning, else None.

    `beginnings` is that table; the piece with the number n is `pieces[n - 1]`. Raises ValueError where two beginnings
    have the same hash: then the table itself is needed.
    """

    def __init__(self, beginnings: Mapping[str, int], pieces: Sequence[str]) -> None:
        # Of the bytes in UTF-8: the hash of a text is that of its memory, where "br" and "牢" look the same.
        hashes = np.fromiter((hash(text.encode()) for text in beginnings), np.int64, len(beginnings))
        numbers = np.fromiter(beginnings.values(), np.int32, len(beginnings))
        order = np.argsort(hashes)
        hashes = hashes[order]
        if (np.diff(hashes) == 0).any():
            raise ValueError("Two beginnings have the same hash.")
        self._hashes = array("q", hashes.tobytes())
        self._numbers = array("i", numbers[order].tobytes())
        words = [piece.encode() for piece in pieces]
        self._text = b"".join(words)
        self._ends = array("i", np.cumsum([0, *map(len, words)]).astype(np.int32).tobytes())

    def get(self, text: str) -> int | None:
        raw = text.encode()
        sought, hashes = hash(raw), self._hashes
        at = bisect_left(hashes, sought)
        if at == len(hashes) or hashes[at] != sought:
            return None
        number = self._numbers[at]
        # A beginning by mistake costs one more look; a piece has to be the piece.
        return None if number and self._text[self._ends[number - 1] : self._ends[number]] != raw else number


def slimmed(tokenizer: Any) -> Any:
    """The encoder's tokenizer with its tables in little memory."""
    try:
        tokenizer._prefixes = Pieces(tokenizer._prefixes, tokenizer._pieces)  # noqa: SLF001
    except (AttributeError, ValueError):  # another version of the library: it works as it comes
        return tokenizer
    tokenizer._pieces = ()  # noqa: SLF001 - only asked by who wants texts instead of numbers
    tokenizer._normalizer._units = array("I", tokenizer._normalizer._units)  # noqa: SLF001
    return tokenizer
