"""The signpost in the centre's own colours, for browser tabs and home screens."""

import io
from collections.abc import Mapping

from wegweiser.web import look

SIDE = 40  # of the drawing
# The same three shapes as in the header and in ui/mark.svg: post, sign to the right, sign to the left.
POST = [(17, 2), (22, 2), (22, 38), (17, 38)]
SIGN = [(5, 6), (29, 6), (36, 12), (29, 18), (5, 18)]
BACK = [(32, 22), (13, 22), (7, 27), (13, 32), (32, 32)]
FINER = 4  # drawn larger, then made smaller: smooth edges
SAFE = 0.62  # of a picture whose rim a phone may cut off (80 per cent across, round)
SIZES = (180, 192, 512)


def colours(wanted: Mapping[str, str]) -> dict[str, str]:
    """Brand and accent: the centre's where they can be read, else the house's."""
    return {**look.HOUSE, **look.tokens(wanted)}


def svg(wanted: Mapping[str, str]) -> str:
    """The sign as SVG, without a ground."""
    of = colours(wanted)
    shapes = "".join(
        f'<path fill="{colour}" d="M{" ".join(f"{x} {y}" for x, y in points)}z"/>'
        for points, colour in ((POST, of["brand"]), (SIGN, of["accent"]), (BACK, of["brand"]))
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}">{shapes}</svg>'


def png(wanted: Mapping[str, str], size: int) -> bytes:
    """The sign on white as PNG, with room for a phone to cut its rim off."""
    from PIL import Image, ImageDraw  # when it is needed: a server starts without it

    of = colours(wanted)
    wide = size * FINER
    image = Image.new("RGB", (wide, wide), "#ffffff")
    draw = ImageDraw.Draw(image)
    scale = wide * SAFE / SIDE
    rim = (wide - wide * SAFE) / 2
    for points, colour in ((POST, of["brand"]), (SIGN, of["accent"]), (BACK, of["brand"])):
        draw.polygon([(rim + x * scale, rim + y * scale) for x, y in points], fill=colour)
    data = io.BytesIO()
    image.resize((size, size), Image.Resampling.LANCZOS).save(data, "PNG", optimize=True)
    return data.getvalue()
