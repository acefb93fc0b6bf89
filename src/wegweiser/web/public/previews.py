"""The picture that a link to the site carries into other programs: our question and the centre, in its colours."""

import io
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from wegweiser.web.public import icons

if TYPE_CHECKING:
    from PIL.Image import Image as Picture
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
SIGN_LEFT, SIGN_HEIGHT = 90, 330
TEXT_LEFT, TEXT_WIDTH = 460, 660
GAP = 36  # between the question and the name
QUESTION_SIZES, NAME_SIZES = range(92, 20, -4), range(40, 14, -2)
QUESTION_LINES, NAME_LINES = 3, 3
WHITE = "#ffffff"


def png(wanted: Mapping[str, str], question: str, name: str) -> bytes:
    """Sign, question and name of the centre on its darkest colour; `wanted` as in web/look.py."""
    of = icons.colours(wanted)
    return _png(of["brand-strong"], of["brand"], of["accent"], question, name)


@lru_cache(maxsize=4)  # two languages, and what was before a change
def _png(ground: str, brand: str, accent: str, question: str, name: str) -> bytes:
    from PIL import Image, ImageDraw  # when it is needed: a server starts without it

    image = Image.new("RGB", (WIDTH, HEIGHT), ground)
    image.paste(_sign(ground, brand, accent), (SIGN_LEFT, (HEIGHT - SIGN_HEIGHT) // 2))
    draw = ImageDraw.Draw(image)
    blocks = [
        _set(question, "SemiBold", QUESTION_SIZES, QUESTION_LINES),
        _set(name, "Regular", NAME_SIZES, NAME_LINES),
    ]
    blocks = [(font, lines) for font, lines in blocks if lines]
    heights = [len(lines) * _line(font) for font, lines in blocks]
    y = (HEIGHT - sum(heights) - GAP * (len(blocks) - 1)) / 2
    for font, lines in blocks:
        for line in lines:
            draw.text((TEXT_LEFT, y), line, font=font, fill=WHITE)
            y += _line(font)
        y += GAP
    data = io.BytesIO()
    image.quantize(128).save(data, "PNG", optimize=True)
    return data.getvalue()


def _sign(ground: str, brand: str, accent: str) -> "Picture":
    """The signpost of the header; its second arm is outlined in white, for its colour is close to the ground."""
    from PIL import Image, ImageDraw

    scale = SIGN_HEIGHT * icons.FINER / icons.SIDE
    image = Image.new("RGB", (SIGN_HEIGHT * icons.FINER,) * 2, ground)
    draw = ImageDraw.Draw(image)
    for points, colour in ((icons.POST, WHITE), (icons.SIGN, accent), (icons.BACK, brand)):
        corners = [(x * scale, y * scale) for x, y in points]
        draw.polygon(corners, fill=colour)
        draw.line([*corners, *corners[:2]], fill=WHITE, width=round(scale * 0.8), joint="curve")
    return image.resize((SIGN_HEIGHT, SIGN_HEIGHT), Image.Resampling.LANCZOS)


def _line(font: "FreeTypeFont") -> int:
    return round(font.size * 1.2)


def _set(text: str, weight: str, sizes: range, most: int) -> tuple["FreeTypeFont", list[str]]:
    """The largest of `sizes` in which `text` takes at most `most` lines, and these; else the smallest, cut off."""
    from PIL import ImageFont

    with resources.as_file(resources.files("wegweiser.documents") / "fonts" / f"FiraSans-{weight}.ttf") as path:
        data = path.read_bytes()
    for size in sizes:
        font = ImageFont.truetype(io.BytesIO(data), size)
        lines = _wrapped(text, font, TEXT_WIDTH)
        if len(lines) <= most and _fits(lines, font, TEXT_WIDTH):
            return font, _balanced(text, font, lines)
    return font, [_cut(line, font) for line in lines[:most]]


def _wrapped(text: str, font: "FreeTypeFont", width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _fits(lines: list[str], font: "FreeTypeFont", width: int) -> bool:
    return all(font.getlength(line) <= width for line in lines)


def _balanced(text: str, font: "FreeTypeFont", lines: list[str]) -> list[str]:
    """The same number of lines, as equally long as they can be."""
    for width in range(TEXT_WIDTH, 0, -10):
        narrower = _wrapped(text, font, width)
        if len(narrower) > len(lines) or not _fits(narrower, font, width):
            break
        lines = narrower
    return lines


def _cut(line: str, font: "FreeTypeFont") -> str:
    if _fits([line], font, TEXT_WIDTH):
        return line
    kept = next(end for end in range(len(line), 0, -1) if font.getlength(line[:end] + "…") <= TEXT_WIDTH)
    return line[:kept] + "…"
