"""Letters that a list lost on its way through other programs: `M?ller`, `Gro?e Str.`. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from wegweiser.companies.linkage.row import trades, vocabulary

_LOST = re.compile(r"[?\ufffd]")
_WORD = re.compile(r"\w+[?\ufffd](?=\w)[\w?\ufffd]*|(?<!\w)[?\ufffd](?=\w{2})[\w?\ufffd]*")
_LETTERS = "üöäßı"
_AFTER_A_VOWEL = re.compile(r"(?i)(?<=[aeiouyäöü])[?\ufffd]")
MOST = 3  # of one word
_ENDS = ("strasse", "muehle", "schloss", "bruecke")
_OF_STREETS = frozenset({"gross", "grosse", "grosser", "grosses", "koenig"})


def restored(cells: Sequence[str], elsewhere: Iterable[str] = ()) -> list[str]:
    """`cells` with the letters back that they have lost, where a word tells which: one that everybody knows, or one
    that is spelt out `elsewhere`, in the mail of the firm, say.

    >>> restored(["B?ckerei M?ller", "Gro?e Stra?e 3", "Y?lmaz", "Dublette?"], ["yilmaz@web.example"])
    ['Bäckerei Müller', 'Große Straße 3', 'Yılmaz', 'Dublette?']
    """
    if not any(map(_WORD.search, cells)):
        return [*cells]
    own = frozenset(_words([*elsewhere, *(cell for cell in cells if not _LOST.search(cell))]))
    return [_WORD.sub(lambda found: _restored(found[0], own), cell) for cell in cells]


def _words(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from (word for word in re.split(r"[^a-z]+", vocabulary.folded(text)) if len(word) > 3)


def _restored(told: str, own: frozenset[str]) -> str:
    """The first spelling that is a word; else the most frequent letter there."""
    count = len(_LOST.findall(told))
    spellings = [_spelt(told, letters) for letters in product(_LETTERS, repeat=count)] if count <= MOST else []
    plain = {word: vocabulary.folded(word) for word in spellings}
    found = [word for word in spellings if plain[word] in own] or [word for word in spellings if _is_known(plain[word])]
    return found[0] if found else _LOST.sub("ü", _AFTER_A_VOWEL.sub("ß", told))  # a letter off is a slip


def _spelt(told: str, letters: Iterable[str]) -> str:
    left = iter(letters)
    return _LOST.sub(lambda _: next(left), told)


def _is_known(word: str) -> bool:
    plain = word.replace("ph", "f")
    if (
        plain in vocabulary.SURNAMES
        or plain in vocabulary.FIRST_NAMES
        or plain in vocabulary.EVERYDAY
        or plain in _OF_STREETS
    ):
        return True
    return plain.endswith(_ENDS) or (len(plain) > 3 and bool(trades.is_trade(plain) or trades.fields(plain)))
