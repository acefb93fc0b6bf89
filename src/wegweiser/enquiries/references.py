"""Reference numbers such as W-7F3K9: easy to say on the telephone, not to be guessed, and they open nothing.

Crockford's base 32 leaves out I, L, O and U; 0 and 1 are left out too, since people read O and I into them.
"""

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 5
PREFIX = "W-"
_SHAPE = re.compile(f"W[-–—]?([{ALPHABET}]{{{LENGTH}}})")


def fresh() -> str:
    """A new reference number, by chance alone."""
    return PREFIX + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def normalised(text: str) -> str:
    """The reference number that somebody wrote, in its one shape; empty when it is none.

    >>> normalised("w 7f3k9")
    'W-7F3K9'
    """
    match = _SHAPE.fullmatch("".join(text.split()).upper())
    return PREFIX + match[1] if match else ""
