"""A map says its values without colour, is clean XML, and can be set in a PDF."""

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from wegweiser.documents.maps import Area, district_map, ranges, rank

SVG = "{http://www.w3.org/2000/svg}"
DRAWING = {
    "width": 600,
    "height": 400,
    "shapes": {
        "1": {"path": "M0 0l300 0 0 200-300 0z", "x": 150, "y": 100},
        "2": {"path": "M300 0l300 0 0 400-300-200z", "x": 460, "y": 150},
        "3": {"path": "M0 200l300 0 300 200-600 0z", "x": 180, "y": 300},
    },
}


def drawn(*areas: Area, **options: str) -> ET.Element:
    return ET.fromstring(district_map(title="Betriebe", description="Drei.", drawing=DRAWING, areas=areas, **options))


def test_each_shape_carries_its_name_and_number_and_the_legend_says_the_ranges():
    drawing = drawn(
        Area(key="1", name="Nord & Süd", value=1200),
        Area(key="2", name="Ost", value=0),
        Area(key="3", name="West", value=None),
        Area(key="9", name="anderswo", value=4),
        hidden="unter 5",
    )
    assert drawing.get("role") == "img"
    assert [path.findtext(f"{SVG}title") for path in drawing.iter(f"{SVG}path")] == [
        "Nord & Süd: 1.200",
        "Ost: 0",
        "West: unter 5",
    ]
    texts = ["".join(text.itertext()) for text in drawing.iter(f"{SVG}text")]
    assert texts == ["1.200", "0", "–", "0", "1.200", "unter 5"]


def test_links_are_reached_one_by_one_and_say_where_they_lead():
    drawing = drawn(Area(key="1", name="Nord", value=3, href="/?a=1&b=2"), Area(key="2", name="Ost", value=5))
    assert drawing.get("role") == "group"
    links = list(drawing.iter(f"{SVG}a"))
    assert [(link.get("href"), link.get("aria-label")) for link in links] == [("/?a=1&b=2", "Nord: 3")]


def test_nothing_inline():
    text = district_map(title='"', description="<b>", drawing=DRAWING, areas=[Area(key="1", name="<script>", value=1)])
    assert "style=" not in text
    assert "<script" not in text
    assert "<style" not in text


@given(st.lists(st.integers(0, 500), max_size=60))
def test_the_ranges_hold_each_positive_value_once_and_never_overlap(figures):
    found = ranges(figures)
    assert len(found) <= 4
    for figure in figures:
        assert sum(low <= figure <= high for low, high in found) == (figure > 0)
    assert [low for low, _ in found] == sorted(low for low, _ in found)


def test_what_lies_far_apart_has_no_colour_in_common():
    found = ranges([19, 20, 24, 24, 25, 27, 28, 30, 30, 30, 35, 38, 73, 88])
    assert rank(38, found) < rank(73, found) <= rank(88, found)
    assert rank(19, found) == rank(28, found) == 1
    assert [low for low, _high in found] == sorted(low for low, _high in found)
