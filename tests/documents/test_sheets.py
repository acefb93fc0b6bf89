"""Sheets carry real values, stay small in memory and never run what somebody typed."""

import csv as csv_format
import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wegweiser.documents.sheets import Column, Row, Sheet, csv, guarded, xlsx

COLUMNS = [
    Column(key="name", heading="Name", width=40),
    Column(key="count", heading="Anzahl", kind="integer"),
    Column(key="amount", heading="Betrag", kind="number"),
    Column(key="share", heading="Anteil", kind="percent"),
    Column(key="day", heading="Tag", kind="date"),
    Column(key="moment", heading="Zeitpunkt", kind="datetime"),
]
ROW: Row = {
    "name": "Groß & Söhne",
    "count": 1234,
    "amount": Decimal("-1234.50"),
    "share": 0.125,
    "day": date(2026, 3, 1),
    "moment": datetime(2026, 7, 1, 8, 30, tzinfo=UTC),
}
FORMULAS = ["=1+1", "+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://evil.example")', "{=1}", "http://evil.example"]


def book_of(*rows: Row, **options: object) -> openpyxl.Workbook:
    sheet = Sheet(title="Liste", columns=COLUMNS, rows=rows, **options)  # type: ignore[arg-type]
    return openpyxl.load_workbook(io.BytesIO(xlsx([sheet])))


def lines_of(*rows: Row, decimal_comma: bool = True) -> list[list[str]]:
    text = b"".join(csv(COLUMNS, rows, decimal_comma=decimal_comma)).decode("utf-8-sig")
    return list(csv_format.reader(io.StringIO(text, newline=""), delimiter=";"))


@pytest.mark.parametrize("text", FORMULAS)
def test_formula_text_is_a_string_in_a_spreadsheet(text: str) -> None:
    cell = book_of({"name": text, "count": text, "day": text}).active[2]
    assert [(cell[place].data_type, cell[place].value) for place in (0, 1, 4)] == [("s", text)] * 3
    assert cell[0].hyperlink is None


def test_headings_and_notes_that_look_like_formulas_are_strings() -> None:
    sheet = Sheet(title="Liste", columns=[Column(key="a", heading="=1+1")], rows=[], notes=["=2+2"])
    page = openpyxl.load_workbook(io.BytesIO(xlsx([sheet]))).active
    assert [(page["A1"].data_type, page["A1"].value), (page["A3"].data_type, page["A3"].value)] == [
        ("s", "=1+1"),
        ("s", "=2+2"),
    ]


def test_values_keep_their_types_in_a_spreadsheet() -> None:
    cells = book_of(ROW).active[2]
    assert [cell.value for cell in cells] == [
        "Groß & Söhne",
        1234,
        -1234.5,
        0.125,
        datetime(2026, 3, 1),  # noqa: DTZ001 - sheets know no zone
        datetime(2026, 7, 1, 10, 30),  # noqa: DTZ001 - 8:30 UTC is 10:30 in German summer
    ]
    assert [cell.is_date for cell in cells] == [False, False, False, False, True, True]


def test_sheet_has_frozen_heading_filter_widths_and_title() -> None:
    book = book_of(ROW, ROW, notes=["Stand: 1. März 2026"])
    page = book.active
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:F3"
    assert page.column_dimensions["A"].width == pytest.approx(40, abs=1)
    assert page["A5"].value == "Stand: 1. März 2026"
    assert book.properties.title == "Liste"


def test_a_column_without_width_breaks_no_word_of_its_heading() -> None:
    widths = [
        Column(key="a", heading=heading, kind="percent").characters for heading in ("Anteil", "Bewilligungsquote")
    ]
    assert widths == [10, 19]


def test_what_a_sheet_cannot_hold_as_number_or_date_is_kept_as_text_or_empty() -> None:
    rows = [{"name": date(1848, 5, 18), "count": 2**60, "amount": float("nan"), "share": Decimal("Infinity")}]
    assert [cell.value for cell in book_of(*rows).active[2]] == ["1848-05-18", str(2**60), None, None, None, None]


def test_overlong_text_is_shortened_not_lost() -> None:
    value = book_of({"name": "x" * 40_000}).active["A2"].value
    assert (len(value), value[-1]) == (32_767, "…")


def test_sheet_names_are_made_acceptable_and_different() -> None:
    titles = ["A/B: [1]?", "a b   1", "", "History", "x" * 40, "X" * 40, "'q'"]
    sheets = [Sheet(title=title, columns=COLUMNS, rows=[]) for title in titles]
    names = openpyxl.load_workbook(io.BytesIO(xlsx(sheets, title="Alles"))).sheetnames
    assert len({name.casefold() for name in names}) == len(titles)
    assert all(0 < len(name) <= 31 for name in names)


def test_ten_thousand_rows_need_hardly_more_memory_than_a_thousand() -> None:
    def rows(count: int) -> Iterator[Row]:
        return ({**ROW, "name": f"Betrieb {number}"} for number in range(count))

    def peak(count: int) -> int:
        sheet = Sheet(title="Liste", columns=COLUMNS[::4], rows=rows(count))
        tracemalloc.start()
        result = xlsx([sheet])
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest - 2 * len(result)  # the buffer and its copy are the answer itself

    peak(10)
    assert peak(10_000) - peak(1_000) < 200_000


def test_csv_has_byte_order_mark_semicolons_and_windows_line_ends() -> None:
    first = b"".join(csv(COLUMNS, [ROW])).split(b"\r\n")
    assert first == [
        b"\xef\xbb\xbfName;Anzahl;Betrag;Anteil;Tag;Zeitpunkt",
        "Groß & Söhne;1234;-1234,50;12,5 %;2026-03-01;2026-07-01 10:30".encode(),
        b"",
    ]


def test_csv_without_decimal_comma_uses_points() -> None:
    assert lines_of(ROW, decimal_comma=False)[1][2:4] == ["-1234.50", "12.5 %"]


def test_csv_comes_in_blocks() -> None:
    blocks = list(csv(COLUMNS, (ROW for _ in range(2_000))))
    assert len(blocks) == 4
    assert b"".join(blocks).count(b"\r\n") == 2_001
    assert next(csv(COLUMNS, [])).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-1", "'-1"),
        ("\t=1", "'\t'=1"),
        ("＝1+1", "'＝1+1"),
        ("+49 631 205750", "+49 631 205750"),
        ("+49631205750", "'+49631205750"),
        ("+49-631-205750", "'+49-631-205750"),
        ("+49 631 205750+cmd", "'+49 631 205750+cmd"),
        ("+49 631\n=1", "'+49 631\n'=1"),
        ("harmlos,=1+1", "harmlos,'=1+1"),
        ("harmlos\n-1+cmd", "harmlos\n'-1+cmd"),
        ("Eintritt 5,- €, nicht 7,50 €\n- mit Kaffee", "Eintritt 5,- €, nicht 7,50 €\n- mit Kaffee"),
        ("Groß-Umstadt", "Groß-Umstadt"),
    ],
)
def test_csv_text_that_acts_gets_an_apostrophe_and_spaced_phone_numbers_do_not(text: str, written: str) -> None:
    assert guarded(text) == written


def test_negative_numbers_are_untouched_even_in_a_column_of_text() -> None:
    assert lines_of({"name": -5, "count": -5, "amount": -0.5})[1][:3] == ["-5", "-5", "-0,5"]


@given(st.text(max_size=40))
@settings(max_examples=150, deadline=None)
def test_no_text_acts_in_a_csv_and_every_text_is_one_cell(text: str) -> None:
    cells = lines_of({"name": text})[1]
    assert len(cells) == len(COLUMNS)
    assert not cells[0].startswith(("=", "-", "@", "\t", "\r", "\n"))


@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
@settings(max_examples=40, deadline=None)
def test_every_text_becomes_a_string_in_a_spreadsheet_that_opens(texts: list[str]) -> None:
    content = xlsx([Sheet(title="Liste", columns=COLUMNS, rows=[{"name": text} for text in texts])])
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    assert {page.cell(row, 1).data_type for row in range(2, len(texts) + 2)} <= {"s", "n"}  # "n" is an empty cell
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
