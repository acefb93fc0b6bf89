"""What the two maps of the pages show, from one outline and one rule of colours (`documents.maps`).

`<c-figure-map>` tells figures: a drawing with a legend, and the same values as rows of a table. `<c-district-map>` is
for choosing a district: shapes beside a list of links, where the one chosen stands out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wegweiser.consortium import queries
from wegweiser.consortium.models import District
from wegweiser.documents import maps, values
from wegweiser.documents.values import Language


@dataclass(frozen=True)
class Row:
    """One district in words."""

    name: str
    text: str
    href: str = ""


@dataclass(frozen=True)
class Choice:
    """One district to choose: its outline, how many things are there, the class of that number, where it leads."""

    name: str
    path: str
    x: int
    y: int
    value: int
    rank: int
    href: str
    here: bool


@dataclass(frozen=True)
class ChoiceMap:
    """The districts to choose from, by name."""

    width: int
    height: int
    choices: list[Choice]
    source: str
    source_url: str


@dataclass(frozen=True)
class DistrictMap:
    """The map of the centre's districts; `svg` is empty where the centre has no outlines."""

    svg: SafeString
    headers: list[dict[str, object]]
    rows: list[Row]
    source: str = ""
    source_url: str = ""


def district_map(
    *,
    title: str,
    description: str,
    label: str,
    figures: Mapping[str, int | None],
    hrefs: Mapping[str, str] | None = None,
    hidden: str = "",
    others: Sequence[Row] = (),
) -> DistrictMap:
    """The map of `figures` by AGS: a district without one has nought, None is not stated and `hidden` says why.

    `label` says what the numbers are, `hrefs` where a district leads. `others` stand in the table only: what belongs
    to no district. Two queries.
    """
    hrefs = hrefs or {}
    areas = [
        maps.Area(key=ags, name=name, value=figures.get(ags, 0), href=hrefs.get(ags, ""))
        for ags, name in District.objects.values_list("ags", "name")
    ]
    return drawn(queries.district_map(), areas, title, description, label, hidden=hidden, others=others)


def drawn(
    drawing: Mapping[str, Any] | None,
    areas: Sequence[maps.Area],
    title: str,
    description: str,
    label: str,
    *,
    hidden: str = "",
    others: Sequence[Row] = (),
) -> DistrictMap:
    """The same of plain values."""
    lang: Language = "en" if (get_language() or "").startswith("en") else "de"
    hidden = hidden or maps.WORDS[lang]["hidden"]

    def told(value: int | None) -> str:
        return hidden if value is None else values.number(value, lang)

    rows = [Row(area.name, told(area.value), area.href) for area in areas]
    rows += others
    headers: list[dict[str, object]] = [{"label": _("Landkreis")}, {"label": label, "numeric": True}]
    if drawing is None:
        return DistrictMap(SafeString(""), headers, rows)
    svg = maps.district_map(
        title=title, description=description, drawing=drawing, areas=areas, hidden=hidden, lang=lang
    )
    # Every text in it went through `escape`.
    return DistrictMap(mark_safe(svg), headers, rows, drawing["source"], drawing["source_url"])  # noqa: S308


_SHAPE = '<path class="ww-map__shape ww-figmap-rank-{}"{} fill-rule="evenodd" d="{}"><title>{}: {}</title></path>'
_NUMBER = '<text class="ww-map__number" x="{}" y="{}">{}</text>'
_LINE = '<li>{}<span class="ww-numeric">{}<span class="kern-sr-only"> {}</span></span></li>'
_HERE, _CURRENT = SafeString(" data-here"), SafeString(' aria-current="true"')


def shapes(choices: Sequence[Choice]) -> SafeString:
    """The districts as shapes, each with its number. Written here: as a template it took a millisecond of each list."""
    drawn = [
        (
            choice.href,
            format_html(_SHAPE, choice.rank, _HERE if choice.here else "", choice.path, choice.name, choice.value),
        )
        for choice in choices
    ]
    linked = format_html_join(
        "",
        "{}",
        ((format_html('<a href="{}" tabindex="-1">{}</a>', href, shape) if href else shape,) for href, shape in drawn),
    )
    numbers = format_html_join("", _NUMBER, ((row.x, row.y, row.value) for row in choices if row.value))
    return format_html("{}{}", linked, numbers)


def lines(choices: Sequence[Choice], unit: str) -> SafeString:
    """The same districts as a list; one without anything leads nowhere."""
    return format_html_join("", _LINE, ((_name(choice), choice.value, unit) for choice in choices))


def _name(choice: Choice) -> SafeString:
    if choice.href and choice.value:
        current = _CURRENT if choice.here else ""
        return format_html('<a href="{}"{}>{}</a>', choice.href, current, choice.name)
    return format_html("<span>{}</span>", choice.name)


def choice_map(
    counts: Mapping[str, int], *, here: str = "", hrefs: Mapping[str, str] | None = None
) -> ChoiceMap | None:
    """The districts with `counts` by AGS; None for a centre without outlines. `here` is the AGS that was chosen.

    One query.
    """
    drawing = queries.district_map()
    if drawing is None:
        return None
    hrefs, shapes = hrefs or {}, drawing["shapes"]
    numbers = {ags: counts.get(ags, 0) for ags in shapes}
    found = maps.ranges(list(numbers.values()))
    shown = [(shape["x"], shape["y"], str(numbers[ags] or "")) for ags, shape in shapes.items()]
    choices = [
        Choice(
            **{**shape, "x": x, "y": y},
            value=numbers[ags],
            rank=maps.rank(numbers[ags], found) or 0,
            href=hrefs.get(ags, ""),
            here=ags == here,
        )
        for (ags, shape), (x, y) in zip(shapes.items(), maps.apart(shown), strict=True)
    ]
    return ChoiceMap(drawing["width"], drawing["height"], choices, drawing["source"], drawing["source_url"])
