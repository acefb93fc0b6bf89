"""A map of districts as SVG text: no style, no script, the same on a page and in a PDF.

Outlines and their projection come from `consortium.outlines`, once, when a centre is loaded. Which colour a number
gets is decided here for every map (`ranges`, `rank`); `web.ui.maps` gives it to the components.

What a colour says also stands in the shape as a number and in the legend as a range. Colours are presentation
attributes, which any rule of a style sheet for the classes `ww-figmap-…` overrides.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import pairwise
from typing import Any

from wegweiser.documents import values
from wegweiser.documents.values import Language

CLASSES = 4
COLOURS = ("#ffffff", "#d3e6e8", "#8fbfc6", "#3f8b98", "#00525f")  # zero, then from few to many
INK = "#14252a"
LINE = "#48595f"
LETTERS = "Fira Sans, Helvetica, Arial, sans-serif"
SIZE = 32  # of the letters, in units of a drawing whose longer side has 1000
LETTER, GAP = 0.56, 0.3  # width of a digit and space between two numbers, in sizes of letters
FARTHEST = 1.5 * SIZE
TURNS = 40
EDGE = 6
ROW = 52
WORDS = {
    "de": {"to": "bis", "hidden": "keine Angabe"},
    "en": {"to": "to", "hidden": "not stated"},
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """One district: its AGS, its name, its value (None where it is not stated) and where it leads."""

    key: str
    name: str
    value: int | None
    told: str = ""  # the value in words, where the number alone would say too little
    href: str = ""


def ranges(figures: Sequence[int]) -> list[tuple[int, int]]:
    """At most four classes of values that lie close together; nought is a class of its own, not here.

    Of all ways to cut, the one with the least squared distances from the middle of each class: 38 does not get the
    colour of 88.
    """
    different = sorted({figure for figure in figures if figure > 0})
    size = len(different)
    if not size:
        return []

    def spread(one: int, other: int) -> float:
        part = different[one:other]
        middle = sum(part) / len(part)
        return sum((value - middle) ** 2 for value in part)

    best = [(spread(0, end), [end]) for end in range(1, size + 1)]  # of the first `end` values, with where they are cut
    for _class in range(1, min(CLASSES, size)):
        best = [
            min(
                [
                    best[end - 1],
                    *((best[cut - 1][0] + spread(cut, end), [*best[cut - 1][1], end]) for cut in range(1, end)),
                ],
                key=lambda way: way[0],
            )
            for end in range(1, size + 1)
        ]
    cuts = [0, *best[-1][1]]
    return [(different[one], different[other - 1]) for one, other in pairwise(cuts)]


def rank(value: int | None, found: Sequence[tuple[int, int]]) -> int | None:
    """The class of `value` among the ranges `found`, from 1; nought is 0, what is not stated has none."""
    if value is None:
        return None
    return next((number for number, (low, high) in enumerate(found, start=1) if low <= value <= high), 0)


def apart(labels: Sequence[tuple[int, int, str]]) -> list[tuple[int, int]]:
    """Where numbers stand that would overlap at their own points (x, y, text): each gives way, at most by FARTHEST.

    A city within a district is smaller than the two numbers. Worked out once for the same numbers, since it costs
    more than all else of a map.
    """
    return list(_apart(tuple(labels)))


@lru_cache(maxsize=256)
def _apart(labels: tuple[tuple[int, int, str], ...]) -> tuple[tuple[int, int], ...]:
    places = [[float(x), float(y)] for x, y, _ in labels]
    widths = [(len(text) * LETTER + GAP) * SIZE for _, _, text in labels]
    for _turn in range(TURNS):
        moved = False
        for one in range(len(labels)):
            for other in range(one):
                across, down = (places[one][axis] - places[other][axis] for axis in (0, 1))
                too_wide = (widths[one] + widths[other]) / 2 - abs(across)
                too_high = (1 + GAP) * SIZE - abs(down)
                if too_wide <= 0 or too_high <= 0 or not (labels[one][2] and labels[other][2]):
                    continue
                axis, step = (0, too_wide) if too_wide < too_high else (1, too_high)
                sign = 1 if (across, down)[axis] >= 0 else -1
                for which, way in ((one, sign), (other, -sign)):
                    own, wanted = labels[which][axis], places[which][axis] + way * step / 2
                    places[which][axis] = min(max(wanted, float(own) - FARTHEST), float(own) + FARTHEST)
                moved = True
        if not moved:
            break
    return tuple((round(x), round(y)) for x, y in places)


def district_map(
    *,
    title: str,
    description: str,
    drawing: Mapping[str, Any],
    areas: Sequence[Area],
    hidden: str = "",
    lang: Language = "de",
) -> str:
    """Draw the districts of `drawing` (`consortium.queries.district_map`) with the values of `areas` and a legend.

    `hidden` says why a value is not stated. With links the shapes are reached by keyboard one by one; without any the
    map is one picture.
    """
    known = {area.key: area for area in areas if area.key in drawing["shapes"]}
    found = ranges([area.value for area in known.values() if area.value is not None])
    width, map_height = drawing["width"] + 2 * EDGE, drawing["height"] + 2 * EDGE
    name = "map-" + hashlib.sha256(repr((title, description, lang, areas)).encode(errors="replace")).hexdigest()[:12]
    hidden = values.clean(hidden) or WORDS[lang]["hidden"]
    shapes = [
        _shape(known[key], drawing["shapes"][key], rank(known[key].value, found), name, hidden, lang)
        for key in _order(known, drawing)
    ]
    told = [(drawing["shapes"][key]["x"], drawing["shapes"][key]["y"], _digits(known[key], lang)) for key in known]
    numbers = [_number(*place, text) for place, (_, _, text) in zip(apart(told), told, strict=True)]
    legend, height = _legend(found, list(known.values()), top=map_height + ROW, name=name, hidden=hidden, lang=lang)
    hatch = (
        f'<defs><pattern id="{name}-hatch" width="14" height="14" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect class="ww-figmap-rank-0" width="14" height="14" fill="{COLOURS[0]}"/>'
        f'<rect class="ww-figmap-hatch" width="3" height="14" fill="{LINE}"/></pattern></defs>'
    )
    role = "group" if any(area.href for area in areas) else "img"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ww-figmap" role="{role}" lang="{lang}" '
        f'aria-labelledby="{name}-title {name}-description" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" font-family="{LETTERS}" font-size="{SIZE}">'
        f'<title id="{name}-title">{escape(values.clean(title))}</title>'
        f'<desc id="{name}-description">{escape(values.clean(description))}</desc>'
        f'{hatch}<g transform="translate({EDGE} {EDGE})" stroke-linejoin="round">{"".join(shapes)}'
        f'<g class="ww-figmap-numbers" aria-hidden="true" pointer-events="none" text-anchor="middle">'
        f"{''.join(numbers)}</g>"
        f"</g>{legend}</svg>"
    )


def _order(known: Mapping[str, Area], drawing: Mapping[str, Any]) -> list[str]:
    """From north to south, as one reads the map with the keyboard."""
    return sorted(known, key=lambda key: (drawing["shapes"][key]["y"], key))


def _fill(rank: int | None, name: str) -> str:
    if rank is None:
        return f'class="ww-figmap-area ww-figmap-hidden" fill="url(#{name}-hatch)"'
    return f'class="ww-figmap-area ww-figmap-rank-{rank}" fill="{COLOURS[rank]}"'


def _shape(area: Area, shape: Mapping[str, Any], rank: int | None, name: str, hidden: str, lang: Language) -> str:
    told = values.clean(area.told) or (hidden if area.value is None else values.number(area.value, lang))
    label = escape(f"{values.clean(area.name)}: {told}")
    path = (
        f'<path {_fill(rank, name)} stroke="{LINE}" stroke-width="2.5" fill-rule="evenodd" d="{escape(shape["path"])}">'
        f"<title>{label}</title></path>"
    )
    if not area.href:
        return path
    return f'<a class="ww-figmap-link" href="{escape(area.href)}" aria-label="{label}">{path}</a>'


def _digits(area: Area, lang: Language) -> str:
    return "–" if area.value is None else values.number(area.value, lang)


def _number(x: int, y: int, text: str) -> str:
    return (
        f'<text class="ww-figmap-number" x="{x}" y="{y + SIZE // 3}" fill="{INK}" stroke="#ffffff" '
        f'stroke-width="7" paint-order="stroke" font-weight="600">{escape(text)}</text>'
    )


def _legend(
    found: Sequence[tuple[int, int]], areas: Sequence[Area], *, top: int, name: str, hidden: str, lang: Language
) -> tuple[str, int]:
    """One row for each class there is, two beside each other."""
    rows: list[tuple[int | None, str]] = []
    if any(area.value == 0 for area in areas):
        rows.append((0, "0"))
    for number, (low, high) in enumerate(found, start=1):
        one, other = values.number(low, lang), values.number(high, lang)
        rows.append((number, one if low == high else f"{one} {WORDS[lang]['to']} {other}"))
    if any(area.value is None for area in areas):
        rows.append((None, hidden))
    drawn = []
    for index, (rank, text) in enumerate(rows):
        x, y = EDGE + index % 2 * 360, top + index // 2 * ROW
        drawn.append(
            f'<rect {_fill(rank, name)} x="{x}" y="{y - 28}" width="52" height="34" stroke="{LINE}" '
            f'stroke-width="2.5"/>'
            f'<text class="ww-figmap-label" x="{x + 68}" y="{y}" fill="{INK}">{escape(text)}</text>'
        )
    return f'<g class="ww-figmap-legend">{"".join(drawn)}</g>', top + max(0, (len(rows) - 1) // 2) * ROW + 2 * EDGE
