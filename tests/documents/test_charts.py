"""Charts are clean XML without style or script, and tell everything that they show."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wegweiser.documents.charts import LABEL_SIZE, Bar, bars, estimated_width, wrapped

SVG = "{http://www.w3.org/2000/svg}"
BARS = [
    Bar(label="Handwerk", value=94, target=60),
    Bar(label="Handel", value=0),
    Bar(label="Verkehr", value=None),
    Bar(label="Branche unbekannt", value=31, muted=True),
]


def chart(*shown: Bar, title: str = "Betriebe", unit: str = "Betriebe", **options: object) -> ET.Element:
    text = bars(title=title, description="Vier Balken.", bars=shown, unit=unit, **options)  # type: ignore[arg-type]
    return ET.fromstring(text)


def classes(drawing: ET.Element) -> list[list[str]]:
    return [[box.get("class", "") for box in row.iter(f"{SVG}rect")] for row in drawing.findall(f"{SVG}g")]


def test_title_and_description_name_the_chart() -> None:
    drawing = chart(*BARS)
    named = [drawing.find(f"*[@id='{part}']") for part in drawing.get("aria-labelledby", "").split()]
    assert [part.text for part in named if part is not None] == ["Betriebe", "Vier Balken."]
    assert drawing.get("role") == "img"


def test_equal_charts_are_equal_text_and_different_charts_share_no_id() -> None:
    def ids(drawing: ET.Element) -> set[str]:
        return {part.get("id", "") for part in drawing.iter() if part.get("id")}

    assert ids(chart(*BARS)) == ids(chart(*BARS))
    assert ids(chart(*BARS)).isdisjoint(ids(chart(*BARS, key="second")))
    assert ids(chart(*BARS)).isdisjoint(ids(chart(*BARS, title="Andere")))


def test_zero_unknown_and_muted_differ_by_shape() -> None:
    assert classes(chart(*BARS)) == [
        ["ww-chart-ground", "ww-chart-bar", "ww-chart-target"],
        ["ww-chart-ground", "ww-chart-zero"],
        ["ww-chart-unknown"],
        ["ww-chart-ground", "ww-chart-muted"],
    ]


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("de", ["Handwerk: 94\N{NO-BREAK SPACE}Betriebe (Ziel 60)", "Verkehr: unbekannt"]),
        ("en", ["Handwerk: 94\N{NO-BREAK SPACE}Betriebe (target 60)", "Verkehr: unknown"]),
    ],
)
def test_each_row_tells_its_value_and_target_in_the_language(lang: str, told: list[str]) -> None:
    titles = [row.findtext(f"{SVG}title") for row in chart(*BARS, lang=lang).findall(f"{SVG}g")]
    assert [titles[0], titles[2]] == told


def test_lengths_are_in_proportion_to_the_longest_of_values_and_targets() -> None:
    drawing = chart(Bar(label="A", value=50, target=200), Bar(label="B", value=100), width=400)
    lengths = [box.get("width") for box in drawing.iter(f"{SVG}rect") if box.get("class") == "ww-chart-bar"]
    assert lengths == ["100", "200"]


def test_long_label_is_shortened_and_stays_whole_in_the_title() -> None:
    label = "Gesundheitswirtschaft und soziale Dienstleistungen " * 5
    row = chart(Bar(label=label, value=1)).find(f"{SVG}g")
    assert row is not None
    lines = [text.text or "" for text in row.iter(f"{SVG}text") if text.get("class") == "ww-chart-label"]
    assert (len(lines), lines[-1][-1]) == (2, "…")
    assert (row.findtext(f"{SVG}title") or "").startswith(label.strip())


def test_no_bars_say_so() -> None:
    assert [text.text for text in chart(lang="en").iter(f"{SVG}text")] == ["No values"]


@pytest.mark.parametrize("value", [-1, float("nan"), float("inf"), True])
def test_lengths_below_zero_or_without_size_are_refused(value: float) -> None:
    with pytest.raises(ValueError, match="from zero upwards"):
        chart(Bar(label="A", value=value))


@given(label=st.text(max_size=80), title=st.text(max_size=40), unit=st.text(max_size=60), value=st.integers(0, 10**12))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_xml_without_style_script_or_foreign_elements(
    label: str, title: str, unit: str, value: int
) -> None:
    drawing = chart(Bar(label=label, value=value, muted=True), Bar(label=label, value=1), title=title, unit=unit)
    allowed = {"svg", "title", "desc", "defs", "pattern", "g", "rect", "text", "tspan"}
    assert {part.tag.removeprefix(SVG) for part in drawing.iter()} <= allowed
    assert not [name for part in drawing.iter() for name in part.attrib if name == "style" or name.startswith("on")]


@given(st.text(alphabet=st.characters(exclude_categories=["C", "Z"]), max_size=200), st.floats(60, 800))
@settings(max_examples=150, deadline=None)
def test_wrapped_lines_fit_and_lose_nothing_but_the_end(label: str, room: float) -> None:
    lines = wrapped(label, room=room)
    assert len(lines) <= 2
    assert all(estimated_width(line) <= room + LABEL_SIZE for line in lines)
    assert lines[0].removesuffix("…").removesuffix("-") in label
