"""QR codes as a drawing in a page or a paper: black squares, no picture file, no style of their own."""

import re
from collections.abc import Iterable
from functools import reduce
from html import escape
from operator import xor
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

MASK = 2
BORDER = 4
ZERO = "00000000-0000-0000-0000-000000000000"
SIGNS = "0123456789abcdef"
_NUMBER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DARK = re.compile("1+")


class _Known(NamedTuple):
    """What makes the code of a number (UUID) without working it out: that of zero, and what each sign changes of it."""

    size: int
    zero: int
    changes: tuple[dict[str, int], ...]


_known: _Known | None = None


def svg(text: str, *, label: str = "") -> SafeString:
    """`text` as a QR code that a camera reads from paper, too; `label` is what a screen reader says instead."""
    # With digits alone the code is made in another, shorter way.
    if _known is not None and _NUMBER.fullmatch(text) and not text.replace("-", "").isdigit():
        return _of_number(text, label, _known)
    import segno  # when it is needed: a server starts without it

    # Which of the eight masks is best takes four times as long as the rest, and readers take any.
    drawn = segno.make(text, error="m", mask=MASK, micro=False).svg_inline(
        border=BORDER, omitsize=True, svgclass=None, lineclass=None, title=label or None
    )
    return mark_safe(drawn.replace("<svg ", '<svg role="img" ', 1))  # noqa: S308 - segno escapes the title


def prepare() -> None:
    """Have the codes of numbers ready: each takes a tenth of the time from now on. Takes a fifth of a second itself.

    Which squares are dark is linear over GF(2), and so is the error correction: two texts of one length differ in the
    same squares whatever else they say.
    """
    global _known  # noqa: PLW0603 - one table for the process, put there when it is whole
    if _known is not None:
        return
    import segno

    def drawn(text: str) -> list[bytearray]:
        return list(segno.make(text, error="m", mask=MASK, micro=False, mode="byte").matrix)

    zero = drawn(ZERO)
    number = _squares(zero)
    changes = []
    for place, sign in enumerate(ZERO):
        bits: dict[int, int] = {}
        for bit in (1, 2, 4, 8, 16, 64) if sign == "0" else ():  # in these the signs differ from "0"
            other = f"{ZERO[:place]}{chr(ord('0') ^ bit)}{ZERO[place + 1 :]}"
            bits[bit] = _squares(drawn(other)) ^ number
        changes.append({one: _sum(bits[bit] for bit in bits if (ord(one) ^ ord("0")) & bit) for one in SIGNS})
    _known = _Known(len(zero), number, tuple(changes))


def _squares(matrix: Iterable[bytearray]) -> int:
    return int("".join(str(square) for row in matrix for square in row), 2)


def _sum(numbers: Iterable[int]) -> int:
    return reduce(xor, numbers, 0)


def _of_number(text: str, label: str, known: _Known) -> SafeString:
    """The same as segno draws."""
    size, found = known.size, known.zero
    for change, sign in zip(known.changes, text, strict=True):
        if sign != "-":
            found ^= change[sign]
    squares = f"{found:0{size * size}b}"
    path, column, down = [], -BORDER, BORDER + 0.5  # where the line before ended, and how far down the next one is
    for begin in range(0, size * size, size):
        for run in _DARK.finditer(squares, begin, begin + size):
            start, end = run.start() - begin, run.end() - begin
            path.append(f"{start - column} {down:g}h{end - start}")
            column, down = end, 0
        down += 1
    width = size + 2 * BORDER
    title = f"<title>{escape(label, quote=False)}</title>" if label else ""
    drawn = f'<svg role="img" viewBox="0 0 {width} {width}">{title}<path stroke="#000" d="M{"m".join(path)}"/></svg>'
    return mark_safe(drawn)  # noqa: S308 - numbers, and the title is escaped


def drawing(text: str) -> str:
    """`text` as a QR code in an SVG file, to be set in a paper."""
    import segno  # when it is needed: a server starts without it

    drawn = segno.make(text, error="m", mask=MASK, micro=False).svg_inline(border=2)
    return str(drawn).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
