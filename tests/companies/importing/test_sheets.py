"""A workbook has several sheets: the list is found among them, and what is not read is told with its rows."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from wegweiser.companies import lists
from wegweiser.companies.importing import filled_rows, reading
from wegweiser.companies.importing.reading import Sheet
from wegweiser.journey.history import lists as histories
from wegweiser.kernel.errors import DomainError

COVER = [["Mitgliederliste der Innung"], ["Stand: Mai 2023"], ["Ansprechpartner", "Frau Abel"]]
FIRMS = [["Firma", "PLZ", "Ort"], ["Abel GmbH", "39104", "Magdeburg"], ["Kain GmbH", "06108", "Halle"]]
MORE = [["Firma", "PLZ", "Ort"], ["Seth GmbH", "39288", "Burg"], [], [None, None], ["Enos GmbH", "39307", "Genthin"]]
VISITS = [["Datum", "Firma", "Art"], ["17.1.2019", "Abel GmbH", "Besuch"]]


def book(hidden: tuple[str, ...] = (), **sheets: list[list[object]]) -> bytes:
    made, out = Workbook(), io.BytesIO()
    made.remove(made.active)
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        page.sheet_state = "hidden" if name in hidden else "visible"
        for row in rows:
            page.append(row)
    made.save(out)
    return out.getvalue()


def test_the_others_are_told_with_their_filled_rows():
    found = reading.read(book(a=FIRMS, leer=[], b=MORE, geheim=FIRMS, hidden=("geheim",)))
    assert (found.sheet, found.others) == ("a", (Sheet("b", 3),))
    assert found.lines == FIRMS
    assert reading.read(book(a=FIRMS, leer=[])).others == ()
    assert (reading.read(b"Firma\nAbel\n").sheet, reading.read(b"Firma\nAbel\n").others) == ("", ())


def test_rows_that_are_only_painted_or_empty_again_are_not_counted():
    made, out = Workbook(), io.BytesIO()
    for row in FIRMS:
        made.active.append(row)
    page = made.create_sheet("b")
    page.append(["Firma"])
    page.append([None])
    page.cell(9, 1).number_format = "0.00"
    page.cell(12, 2, '=A1&"x"')
    made.save(out)
    assert reading.read(out.getvalue()).others == (Sheet("b", 2),)


def test_somebody_says_which_sheet_is_read():
    data = book(a=FIRMS, Zwei=MORE)
    assert reading.read(data, sheet=" zwei ").lines[1] == ["Seth GmbH", "39288", "Burg"]
    assert reading.read(data, sheet="Zwei").others == (Sheet("a", 3),)
    for wrong in (data, b"Firma\nAbel\n"):
        with pytest.raises(DomainError) as refused:
            reading.read(wrong, sheet="drei")
        assert refused.value.code == "sheet_unknown"


@pytest.mark.django_db
def test_a_list_of_firms_is_the_first_sheet_whose_headers_are_known():
    opened = lists.open_list(book(Lies_mich=COVER, Besuche=VISITS[:1], B2023=FIRMS, B2024=MORE))
    assert (opened.grid.sheet, [sheet.name for sheet in opened.grid.others]) == (
        "B2023",
        ["Lies_mich", "Besuche", "B2024"],
    )
    assert lists.open_list(book(B2023=FIRMS, B2024=MORE)).grid.sheet == "B2023"
    bare = lists.open_list(book(Lies_mich=COVER[:2], Liste=FIRMS[1:]))
    assert bare.grid.sheet == "Liste", "also where it has none"
    assert lists.open_list(book(a=COVER[:2], b=COVER[:1])).grid.sheet == "a"


@pytest.mark.django_db
def test_a_list_of_contacts_is_the_first_sheet_that_tells_the_day():
    data = book(Firmen=FIRMS, Besuche=VISITS)
    assert histories.open_list(data).grid.sheet == "Besuche"
    assert lists.open_list(data).grid.sheet == "Firmen"
    assert histories.open_list(data, sheet="Firmen").grid.sheet == "Firmen"


@pytest.mark.django_db
def test_two_sheets_of_one_file_are_two_lists_and_the_first_is_what_the_file_was():
    import hashlib

    data = book(a=FIRMS, b=MORE)
    assert lists.open_list(data).digest == hashlib.sha256(data).hexdigest()
    assert lists.open_list(data).digest != lists.open_list(data, sheet="b").digest


def test_of_a_sheet_that_is_not_read_no_more_is_unpacked_than_what_somebody_is_told(monkeypatch):
    counted, merged = [], []
    count, below = filled_rows.count, reading._merged_below
    monkeypatch.setattr(filled_rows, "count", lambda data, path: counted.append(path) or count(data, path))
    monkeypatch.setattr(reading, "_merged_below", lambda data, page: merged.append(page.title) or below(data, page))
    data = book(a=FIRMS, b=MORE, c=MORE)
    found = reading.read(data, sheet="b", weigh=len)
    assert (found.lines[1][0], found.is_first, counted, merged) == ("Seth GmbH", False, [], ["b"])
    assert found.others == found.others == (Sheet("a", 3), Sheet("c", 3))
    assert (len(counted), merged) == (2, ["b"])


@pytest.mark.parametrize("piece", [7, 64, 1000, 1 << 20])
def test_rows_are_counted_the_same_however_a_file_is_cut(monkeypatch, piece):
    monkeypatch.setattr(filled_rows, "PIECE", piece)
    assert reading.read(book(a=FIRMS, b=MORE)).others == (Sheet("b", 3),)


def test_a_sheet_without_an_end_of_a_row_is_looked_at_once(monkeypatch):
    """What is left of a piece is looked at again with the next: a giant row would cost the square of its length."""
    looked = []

    class Counted:
        def split(self, text: bytes) -> list[bytes]:
            looked.append(len(text))
            return pattern.split(text)

    pattern = filled_rows._ROW
    monkeypatch.setattr(filled_rows, "_ROW", Counted())
    monkeypatch.setattr(filled_rows, "PIECE", 4096)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.xml", b"<row r='1'>" + b"<c><v>1</v></c>" * 20_000)
    assert filled_rows.count(out.getvalue(), "a.xml") == 1
    assert sum(looked) < 2 * 20_000 * 15
