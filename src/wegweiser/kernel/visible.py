"""What people type, without signs that nobody sees: they turn what stands beside them, or make two names of one.

Joiners stay, names in some languages need them.
"""

import re

# Control characters; marks, embeddings, overrides and isolates of the direction of writing; spaces without width.
_HIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)


def text(typed: str, most: int) -> str:
    """Several lines, as they were typed, of at most so many characters.

    >>> text(" Rollstuhl\\n\\u202eGebärden ", 1000)
    'Rollstuhl\\nGebärden'
    """
    return _HIDDEN.sub("", typed).replace("\r\n", "\n").strip()[:most]


def line(typed: str, most: int) -> str:
    """One line, with single blanks.

    >>> line("Petra \\u202e  rellüM\\u202c\\0", 160)
    'Petra rellüM'
    """
    return " ".join(_HIDDEN.sub("", typed).split())[:most]
