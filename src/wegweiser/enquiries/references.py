"""Reference numbers such as W-7F3K9: easy to say on the telephone, not to be guessed, and they open nothing.

Crockford's base 32 leaves out I, L, O and U; 0 and 1 are left out too, since people read O and I into them.
"""

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 5
PREFIX = "W-"
_NAMED = re.compile(rf"(?<!\w)W\s?([-–—]?)\s?([{ALPHABET}]{{{LENGTH}}})(?!\w)")
_SHAPE = re.compile(f"W[-–—]?([{ALPHABET}]{{{LENGTH}}})")


def fresh() -> str:
    """A new reference number, by chance alone."""
    return PREFIX + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def named_in(text: str) -> list[str]:
    """What may be a reference number in `text`, in its one shape: those with a hyphen first, then in their order.

    Ordinary words have the shape, too.

    >>> named_in("Warten auf Antwort (w 7f3k9), W-VHJA3")
    ['W-VHJA3', 'W-ARTEN', 'W-7F3K9']
    """
    found = sorted(_NAMED.findall(text.upper()), key=lambda match: not match[0])
    return list(dict.fromkeys(PREFIX + number for _hyphen, number in found))


def normalised(text: str) -> str:
    """The reference number that somebody wrote, in its one shape; empty when it is none.

    >>> normalised("w 7f3k9")
    'W-7F3K9'
    """
    match = _SHAPE.fullmatch("".join(text.split()).upper())
    return PREFIX + match[1] if match else ""
