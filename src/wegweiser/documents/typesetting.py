"""How texts become PDF/UA-1 by typst: cleaned, in the fonts of the house, as data that is never read as markup.

Equal input gives equal bytes: no clock is asked.
"""

import json
import re
import struct
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import typst

from wegweiser.documents import values

ROOT = Path(__file__).parent
FONTS = ROOT / "fonts"
TEMPLATES = ROOT / "templates_typst"

# A word longer than its place holds may break after so many letters, so that nothing leaves the sheet. Not earlier:
# the break is a sign of its own, which would be copied with a long address of a page.
LONGEST_WORD = 70
BESIDE = 32  # in the address and the block beside it
IN_TABLE = 22
LONGEST_RUNNING_TITLE = 70
ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"
SUBSTITUTE = "\N{WHITE VERTICAL RECTANGLE}"  # the box every reader knows as a missing letter
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
BRAND = "#00525f"  # where a centre has no colour of its own


@dataclass(frozen=True, kw_only=True, slots=True)
class House:
    """Whose document it is: the name in the head of each page, the colour of the sign and of bars, and in the foot
    when it was made and the line that the funder prescribes."""

    name: str = ""
    colour: str = ""
    made: str = ""
    line: str = ""


def house_data(house: House | None) -> dict[str, Any]:
    house = house or House()
    colour = house.colour if COLOUR.fullmatch(house.colour) else BRAND
    return {
        "author": line(house.name),
        "brand": colour,
        "made": line(house.made),
        "line": line(house.line),
    }


def paragraphs(texts: Sequence[str]) -> list[str]:
    return [text for text in (settable(values.clean(text)).strip() for text in texts) if text]


def line(text: str, longest_word: int = LONGEST_WORD) -> str:
    return settable(" ".join(values.clean(text).split()), longest_word)


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST_RUNNING_TITLE else text[: LONGEST_RUNNING_TITLE - 1].rstrip() + "…"


def settable(text: str, longest_word: int = LONGEST_WORD) -> str:
    """Give text the fonts can show and lines can hold."""
    known = supported(unicodedata.normalize("NFC", text))
    return re.sub(rf"(\S{{{longest_word}}})(?=\S)", rf"\1{ZERO_WIDTH_SPACE}", known)


def typeset(template: str, data: dict[str, Any]) -> bytes:
    data["document-title"] = data["title"].replace(ZERO_WIDTH_SPACE, "")
    compiler = typst.Compiler(
        TEMPLATES / template,
        root=TEMPLATES,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    result = compiler.compile(format="pdf", pdf_standards=["ua-1"])
    if not isinstance(result, bytes):
        raise TypeError("A PDF is one file.")
    return result


# --- What the fonts can show ---------------------------------------------------------------------------------------


@cache
def _fonts() -> typst.Fonts:
    """Load the fonts of the house only, so that a document looks the same on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def supported(text: str) -> str:
    """Replace what the fonts lack: PDF/UA forbids a letter without a shape, and a letter must not fail for a smiley."""
    known = _known_points()
    return "".join(sign if ord(sign) in known or sign in "\n\t" else _substitute(sign, known) for sign in text)


def _substitute(sign: str, known: frozenset[int]) -> str:
    simpler = [part for part in unicodedata.normalize("NFKD", sign) if ord(part) in known]
    if simpler:
        return "".join(simpler)
    # Joiners, direction marks and variation selectors have no shape of their own.
    return "" if unicodedata.category(sign) in ("Cf", "Mn", "Me") else SUBSTITUTE


@cache
def _known_points() -> frozenset[int]:
    """Give the code points that every font of the house has."""
    return frozenset.intersection(*(_points(path.read_bytes()) for path in sorted(FONTS.glob("*.ttf"))))


def _points(font: bytes) -> frozenset[int]:
    """Read the character map of a TrueType font (OpenType 1.9, table `cmap`, format 4)."""
    tables = struct.unpack_from(">H", font, 4)[0]
    records = (struct.unpack_from(">4sLLL", font, 12 + 16 * index) for index in range(tables))
    start = next(offset for tag, _checksum, offset, _length in records if tag == b"cmap")
    for index in range(struct.unpack_from(">H", font, start + 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHL", font, start + 4 + 8 * index)
        if (platform, encoding) == (3, 1) and struct.unpack_from(">H", font, start + offset)[0] == 4:
            return _points_of_format_4(font, start + offset)
    raise ValueError("The font has no character map of format 4.")


def _points_of_format_4(font: bytes, at: int) -> frozenset[int]:
    count = struct.unpack_from(">H", font, at + 6)[0] // 2
    shape = f">{count}H"
    ends = struct.unpack_from(shape, font, at + 14)
    starts = struct.unpack_from(shape, font, at + 16 + 2 * count)
    deltas = struct.unpack_from(shape, font, at + 16 + 4 * count)
    offsets_at = at + 16 + 6 * count
    offsets = struct.unpack_from(shape, font, offsets_at)
    points = set()
    for index, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for point in range(first, last + 1):
            if offset:
                glyph = struct.unpack_from(">H", font, offsets_at + 2 * index + offset + 2 * (point - first))[0]
                glyph = (glyph + delta) & 0xFFFF if glyph else 0
            else:
                glyph = (point + delta) & 0xFFFF
            if glyph:
                points.add(point)
    return frozenset(points - {0xFFFF})
