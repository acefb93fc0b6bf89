"""The centre's own colours as a small style sheet. A colour that could not be read where it is used is left out."""

import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
LENGTH = re.compile(r"[0-9]+(\.[0-9]+)?(px|rem)")
HOUSE = {"brand": "#00525f", "brand-strong": "#00323b", "accent": "#ffc233", "on-accent": "#2b2000"}
WHITE = "#ffffff"
TEXT = 4.5  # WCAG 2.2, 1.4.3
SIGN = 3.0  # WCAG 2.2, 1.4.11


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21.

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return round((light + 0.05) / (dark + 0.05), 2)


def soft(colour: str) -> str:
    """A tenth of `colour` on white: the ground of quiet areas.

    >>> soft("#000000")
    '#e6e6e6'
    """
    parts = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    return "#" + "".join(f"{round(255 - (255 - part) / 10):02x}" for part in parts)


def tokens(wanted: Mapping[str, str]) -> dict[str, str]:
    """Those of the centre's tokens that are well formed and can be read."""
    colours = {name: wanted[name] for name in HOUSE if COLOUR.fullmatch(wanted.get(name, ""))}
    found: dict[str, str] = {}
    if "brand-strong" in colours and contrast(colours["brand-strong"], WHITE) >= TEXT:
        found["brand-strong"] = colours["brand-strong"]
    if "brand" in colours and contrast(colours["brand"], soft(colours["brand"])) >= TEXT:
        found |= {"brand": colours["brand"], "brand-soft": soft(colours["brand"])}
    if "accent" in colours:
        ground = found.get("brand-strong", HOUSE["brand-strong"])
        on_accent = colours.get("on-accent", HOUSE["on-accent"])
        if contrast(colours["accent"], ground) >= SIGN and contrast(colours["accent"], on_accent) >= TEXT:
            found |= {"accent": colours["accent"], "on-accent": on_accent}
    if LENGTH.fullmatch(wanted.get("radius", "")):
        found["radius"] = wanted["radius"]
    return found


def style_sheet(wanted: Mapping[str, str]) -> str:
    return _style_sheet(tuple(wanted.items()))


@lru_cache(maxsize=64)
def _style_sheet(wanted: tuple[tuple[str, str], ...]) -> str:
    """Worked out once: each page names its address, and that of the icons, by it."""
    lines = "".join(f"--ww-{name}:{value};" for name, value in tokens(dict(wanted)).items())
    return f":root{{{lines}}}" if lines else ""


def version(wanted: Mapping[str, str]) -> str:
    """Changes when the style sheet does, so that browsers may keep it."""
    return digest(style_sheet(wanted))


@lru_cache(maxsize=64)
def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
