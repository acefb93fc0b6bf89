"""Text of one byte per letter: which of three encodings it is in is told by how German its letters are.

Excel writes cp1252, as "CSV (MS-DOS)" cp850, as "CSV (Macintosh)" Macintosh Roman. cp437 has the same umlauts as cp850.
"""

ENCODINGS = ("cp1252", "cp850", "mac_roman")  # of equals the first
LOOKED_AT = 1 << 20  # bytes
_SMALL, _GREAT = frozenset("äöüß"), frozenset("ÄÖÜ")
_SIGNS = frozenset("–—„“”‚‘’€§°´·½«»®©…\u00a0")
_POWERS = frozenset("²³")  # m², never the start of a word
_FOREIGN = frozenset("éèêáàâçñóôúëïšžčŠŽČÉ")


def decoded(data: bytes) -> str:
    """
    >>> [decoded("Mödebeck, Süd".encode(name)) for name in ENCODINGS]
    ['Mödebeck, Süd', 'Mödebeck, Süd', 'Mödebeck, Süd']
    """
    sample = data[:LOOKED_AT]
    best = max(ENCODINGS, key=lambda encoding: german(sample.decode(encoding, "replace")))
    return data.decode(best, "replace")


def german(text: str) -> float:
    """How well the letters beyond ASCII stand where German has them."""
    found = 0.0
    for place, sign in enumerate(text):
        if sign >= "\x80":
            found += _fits(sign, text[place - 1 : place], text[place + 1 : place + 2])
    return found


def _fits(sign: str, before: str, after: str) -> float:
    if sign in _SMALL:
        if not before.isalpha():
            return 1.0 if after.islower() and sign != "ß" else -1.0
        return -1.0 if after.isupper() and before.islower() else 1.0
    if sign in _GREAT:
        if before.islower() or not (after.isalpha() or before.isupper()):
            return -1.0
        return 1.0 if not before or before.isupper() == after.isupper() or not before.isalpha() else -1.0
    if sign in _FOREIGN:
        return 0.2 if before.isalpha() or after.isalpha() else -1.0
    if sign in _POWERS:
        return 0.5 if before.isalnum() and not after.isalnum() else -1.0
    is_inside = before.isalpha() and after.isalpha()
    return 0.5 if sign in _SIGNS and (not is_inside or sign in "’–") else -1.0
