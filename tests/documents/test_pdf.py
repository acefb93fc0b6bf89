"""Letters and reports are accessible PDF, and whatever a person typed comes out as it was typed."""

import io
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from wegweiser.documents import pdf
from wegweiser.documents.sheets import Column

SENDER = pdf.Sender(
    name="Kompetenzzentrum Musterland",
    return_line="Kompetenzzentrum · Musterstraße 1 · 12345 Musterstadt",
    footer="Kompetenzzentrum Musterland\nwww.zentrum.example",
    details=[("Telefon", "+49 631 205750")],
)
HOSTILE = [
    '#import "/etc/passwd": *',
    "] #panic() [",
    r"\ \u{41} \\ $x^2$ `raw` *bold* _low_ <label> @ref",
    "\"double\" 'single' // comment /* block */",
    "--- ~ ... -- = Heading",
]


def letter(**changes: Any) -> PdfReader:
    content: dict[str, Any] = {
        "sender": SENDER,
        "recipient_lines": ["Schreinerei Groß & Söhne", "Hauptstraße 5", "67655 Kaiserslautern"],
        "place_and_date": "Musterstadt, 3. März 2026",
        "subject": "Ihre Anfrage",
        "paragraphs": ["Guten Tag,", "das kostet 0 €."],
        "reference": "WW-42",
        "lang": "de",
    }
    return PdfReader(io.BytesIO(pdf.letter(**content | changes)))


def text_of(reader: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages)


def squeezed(text: str) -> str:
    return "".join(text.replace("\N{ZERO WIDTH SPACE}", "").split())


def figures_of(element: Any) -> list[str]:
    """Collect the alternative texts of all figures in the tree of tags."""
    element = element.get_object()
    if isinstance(element, list):
        return [alternative for child in element for alternative in figures_of(child)]
    if not isinstance(element, dict):
        return []
    own = [str(element["/Alt"])] if element.get("/S") == "/Figure" else []
    return own + (figures_of(element["/K"]) if "/K" in element else [])


@pytest.mark.parametrize(("lang", "tag", "page"), [("de", "de", "Seite 1 von 1"), ("en", "en", "Page 1 of 1")])
def test_letter_is_tagged_and_has_title_language_and_page_number(lang: str, tag: str, page: str) -> None:
    reader = letter(lang=lang)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith(tag)
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_object().get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == "Ihre Anfrage"
    assert page in text_of(reader).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_out_literally_everywhere(text: str) -> None:
    reader = letter(paragraphs=[text], subject=text, recipient_lines=[text], reference=text, place_and_date=text)
    assert squeezed(text_of(reader)).count(squeezed(text)) == 5
    assert reader.metadata is not None
    assert reader.metadata.title == text


def test_letters_of_the_country_and_neighbours_are_kept() -> None:
    text = "ÄÖÜäöüßẞ € „Anführung“ – … É Ł ç ñ ş ő ž Ж ω"
    assert text in text_of(letter(paragraphs=[text]))


def test_a_sign_the_fonts_lack_becomes_a_box_and_stops_no_letter() -> None:
    assert "Danke ▯ fi 5" in text_of(letter(paragraphs=["Danke 😀\ufe0f \ufb01 \N{FULLWIDTH DIGIT FIVE}"])).replace(
        "\ufb01", "fi"
    )


def test_address_stands_in_the_window_of_the_envelope() -> None:
    """DIN 5008 form B: the address between 62.7 and 90 mm from the top, 25 mm from the left."""
    seen: list[tuple[float, float]] = []  # millimetres from the left and from the top

    def visit(text: str, page: Any, place: Any, _font: Any, _size: Any) -> None:
        if "Schreinerei" in text or "67655" in text:
            x = place[4] * page[0] + place[5] * page[2] + page[4]
            y = place[4] * page[1] + place[5] * page[3] + page[5]
            seen.append((x * 25.4 / 72, 297 - y * 25.4 / 72))

    lines = ["Schreinerei Groß & Söhne", "W" * 90, "Abteilung", "Frau Groß", "Hauptstraße 5", "67655 Kaiserslautern"]
    letter(recipient_lines=lines).pages[0].extract_text(visitor_text=visit)
    assert len(seen) == 2
    assert all(24.5 < x < 25.5 and 62.7 < y < 90 for x, y in seen), seen


@pytest.mark.parametrize("lines", [[], [" ", ""], ["Zeile"] * 7])
def test_an_address_without_lines_or_with_too_many_is_refused(lines: list[str]) -> None:
    with pytest.raises(ValueError, match="1 to 6 lines"):
        letter(recipient_lines=lines)


def test_long_letter_counts_its_pages() -> None:
    reader = letter(paragraphs=["Ein langer Absatz. " * 60] * 8)
    assert len(reader.pages) > 1
    last = reader.pages[-1].extract_text().replace("\N{NO-BREAK SPACE}", " ")
    assert f"Seite {len(reader.pages)} von {len(reader.pages)}" in last


def test_equal_letters_are_equal_bytes() -> None:
    def once() -> bytes:
        return pdf.letter(
            sender=SENDER, recipient_lines=["A"], place_and_date="B", subject="C", paragraphs=["D"], lang="en"
        )

    assert once() == once()


@given(st.text(max_size=120))
@settings(max_examples=40, deadline=None)
def test_no_text_stops_a_letter(text: str) -> None:
    assert letter(paragraphs=[text], subject=text, reference=text, recipient_lines=["A", text]).pages


def report(lang: str = "de", **changes: Any) -> PdfReader:
    columns = [
        Column(key="name", heading="Indikator"),
        Column(key="value", heading="Wert", kind="number"),
        Column(key="share", heading="Anteil", kind="percent"),
        Column(key="day", heading="Stand", kind="date"),
    ]
    rows = [{"name": '#panic("x") ]', "value": 1234.5, "share": 0.125, "day": date(2026, 3, 1)}]
    content: dict[str, Any] = {
        "title": "Sachbericht 2026",
        "intro": ["Zeitraum: Januar bis Juni."],
        "tables": [pdf.Table(caption="Kennzahlen", columns=columns, rows=rows, notes=["Quelle: eigene"])],
        "lang": lang,
    }
    return PdfReader(io.BytesIO(pdf.table_report(**content | changes)))


@pytest.mark.parametrize(
    ("lang", "row"),
    [("de", '#panic("x") ] 1.234,50 12,5 % 01.03.2026'), ("en", '#panic("x") ] 1,234.50 12.5% 1 Mar 2026')],
)
def test_report_writes_values_in_its_language(lang: str, row: str) -> None:
    assert squeezed(row) in squeezed(text_of(report(lang)))


@pytest.mark.parametrize(
    ("words", "alternative"),
    [("<title>Karte</title><desc>Halle 3 #b</desc>", "Halle 3 #b"), ("<title>Karte</title>", "Karte"), ("", "Bild")],
)
def test_a_picture_says_what_it_shows_to_those_who_do_not_see_it(words: str, alternative: str) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="2" viewBox="0 0 4 2">{words}</svg>'
    table = pdf.Table(caption="Zahlen", columns=[Column(key="name", heading="Name")], rows=[{"name": "Halle"}])
    made = pdf.one_page(title="Eins", intro=[], table=table, picture_svg=drawing)
    tree = PdfReader(io.BytesIO(made)).trailer["/Root"]["/StructTreeRoot"]["/K"]
    assert figures_of(tree) == [alternative]


def test_each_page_of_a_report_says_whose_it_is_and_when_it_was_made() -> None:
    house = pdf.House(
        name="Zentrum Musterland", colour="#123456", made="Stand: 3. März 2026", line="Gefördert vom Bund"
    )
    rows = [{"name": f"Zeile {number}", "value": number} for number in range(60)]
    columns = [Column(key="name", heading="Name"), Column(key="value", heading="Wert", kind="integer")]
    reader = report(tables=[pdf.Table(caption="Lang", columns=columns, rows=rows)], house=house)
    assert len(reader.pages) > 1
    for number, page in enumerate(reader.pages, start=1):
        text = page.extract_text().replace("\N{NO-BREAK SPACE}", " ")
        for part in ("Zentrum Musterland", "Stand: 3. März 2026", "Gefördert vom Bund", f"Seite {number} von"):
            assert part in text
    assert reader.metadata is not None
    assert reader.metadata.author == "Zentrum Musterland"


def test_a_short_table_is_not_torn_apart() -> None:
    columns = [Column(key="name", heading="Name")]
    tables = [
        pdf.Table(caption=f"Tafel {table}", columns=columns, rows=[{"name": f"{table}/{row}"} for row in range(15)])
        for table in "ABCD"
    ]
    pages = [page.extract_text() for page in report(tables=tables).pages]
    for table in "ABCD":
        assert len([page for page in pages if f"{table}/" in page]) == 1


def test_bars_stand_beside_their_figures_and_add_no_text() -> None:
    columns = [Column(key="name", heading="Name"), Column(key="value", heading="Wert", kind="integer")]
    rows = [{"name": "A", "value": 4}, {"name": "B", "value": 2}, {"name": "C", "value": None}]
    marks = [pdf.Mark(part=1), pdf.Mark(part=0.5, quiet=True), pdf.Mark(part=None)]
    house = pdf.House(colour="#ff0000")

    def drawn(**more: Any) -> PdfReader:
        table = pdf.Table(caption="Balken", columns=columns, rows=rows, **more)
        return PdfReader(io.BytesIO(pdf.one_page(title="Eins", intro=[], table=table, house=house)))

    plain, bars = drawn(), drawn(marks=marks)
    assert squeezed(text_of(bars)) == squeezed(text_of(plain))
    red = b"1 0 0 scn"
    assert red in bars.pages[0].get_contents().get_data()
    assert red not in plain.pages[0].get_contents().get_data()


def test_a_colour_that_is_none_does_no_harm() -> None:
    assert report(house=pdf.House(name="Zentrum", colour='"); #panic("x')).pages


def test_empty_report_is_still_a_document() -> None:
    assert "Sachbericht 2026" in text_of(report(tables=[], intro=[]))
    assert report(tables=[pdf.Table(caption="Leer", columns=[], rows=[])]).pages


def test_wide_table_turns_the_page() -> None:
    columns = [Column(key=str(number), heading=f"Spalte {number}") for number in range(6)]
    box = report(tables=[pdf.Table(caption="Breit", columns=columns, rows=[])]).pages[0].mediabox
    assert box.width > box.height
