"""Lists come in any encoding, separator and shape; what is hostile is refused before it is unpacked."""

import datetime as dt
import io
import zipfile

import pytest
from openpyxl import Workbook

from wegweiser.companies.importing import headers, one_byte, reading
from wegweiser.kernel.errors import DomainError

pytestmark = pytest.mark.one_database
MORE = ("utf-32", "cp850", "cp437", "mac_roman")
LINES = [
    ["Firma", "Straße", "Größe"],
    ["Müller, Söhne; und Töchter", 'Am "Eck" 5\n2. Hof', "ca. 5"],
    ["Ölmann", "Weg 1", "10"],
]


def written(sign: str) -> str:
    def cell(text: str) -> str:
        return f'"{text.replace(chr(34), chr(34) * 2)}"'

    return "\r\n".join(sign.join(map(cell, line)) for line in LINES) + "\r\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-16-le", "utf-16-be", *MORE]
)
@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_every_usual_encoding_and_separator_gives_the_same(encoding, sign):
    assert reading.read(written(sign).encode(encoding)).lines == LINES


def test_letters_that_were_saved_twice_are_mended():
    assert reading.read("Firma\nMÃ¶belhaus GrÃ¼n\nÃ\n".encode()).lines[1:] == [["Möbelhaus Grün"], ["Ã"]]


def test_a_separator_that_excel_names_for_itself_counts():
    assert reading.read(b"sep=|\r\nFirma|Ort\r\nAbel; Kain|Halle\r\n").lines[1] == ["Abel; Kain", "Halle"]


def workbook(*rows: list[object], hidden: bool = False) -> bytes:
    book, out = Workbook(), io.BytesIO()
    if hidden:
        book.active.sheet_state = "hidden"
        book.active.append(["geheim"])
        book.create_sheet("Liste")
    page = book.worksheets[-1]
    for row in rows:
        page.append(row)
    book.save(out)
    return out.getvalue()


def test_times_of_a_workbook_are_given_where_they_are_asked_for():
    days = [dt.datetime.fromisoformat(text) for text in ("2026-03-02 09:30", "2026-03-03 00:00")]
    row = [*days, dt.time(1, 30), dt.timedelta(hours=25, seconds=5), dt.date(2026, 3, 2)]
    moments = ["2026-03-02 09:30:00", "2026-03-03 00:00:00"]
    found = reading.read(workbook(row), times=True).lines[0]
    assert found[:4] == [*moments, "01:30", "25:00:05"]
    assert found[4].startswith("2026-03-02")
    assert reading.read(workbook(row)).lines[0][:2] == ["2026-03-02", "2026-03-03"]


def test_a_workbook_gives_text_without_what_the_program_made_of_it():
    rows = [["Firma", "PLZ", "Tag", "Formel"], ["Abel", 6108.0, dt.date(2019, 1, 17), '=HYPERLINK("x")']]
    assert reading.read(workbook(*rows)).lines == [
        ["Firma", "PLZ", "Tag", "Formel"],
        ["Abel", "6108", "2019-01-17", '=HYPERLINK("x")'],
    ]


def test_the_first_sheet_that_is_shown_is_read():
    assert reading.read(workbook(["Firma"], ["Abel"], hidden=True)).lines == [["Firma"], ["Abel"]]


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"\n;;;\n\n", "file_empty"),
        (b"\xd0\xcf\x11\xe0 old", "file_is_old_excel"),
        (b"PK\x03\x04 broken", "file_unreadable"),
        (packed(readme=b"hello"), "file_unreadable"),
        (packed(**{"xl__workbook.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><workbook/>"}), "file_unreadable"),
        (b"\x00\x01\x02\x03" * 20 + b"x", "file_unreadable"),
    ],
)
def test_what_is_no_list_is_refused(data, code):
    with pytest.raises(DomainError) as refused:
        reading.read(data)
    assert refused.value.code == code


def test_a_bomb_is_refused_by_its_size(monkeypatch):
    data = workbook(["Firma"], ["x" * 30_000])
    reading.read(data)
    monkeypatch.setattr(reading, "MOST_UNPACKED", 20_000)
    with pytest.raises(DomainError, match="unpacks"):
        reading.read(data)


def test_rows_and_bytes_have_a_limit(monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    with pytest.raises(DomainError, match="rows"):
        reading.read(b"a\nb\nc\n")
    monkeypatch.setattr(reading, "MOST_BYTES", 3)
    with pytest.raises(DomainError, match="larger"):
        reading.read(b"abcd")


@pytest.mark.parametrize(
    ("header", "field"),
    [
        *[
            (name, "name")
            for name in ("Firma", "Betrieb", "Unternehmen:", "Firmierung", "FIRMENNAME", "Name der Firma")
        ],
        *[(name, "street") for name in ("Str.", "Straße", "Strasse + Nr.", "Straße/Hausnr.")],
        *[(name, "phone") for name in ("Tel.", "Fon", "Telefon (geschäftlich)", "Telefonummer")],
        *[(name, "postcode") for name in ("PLZ", "Postleitzahl", "Postleizahl")],
        *[
            (name, "employees")
            for name in ("MA", "Anz. MA", "Mitarbeiter", "Beschäftigte 2023", "Anzahl der Mitarbeitenden")
        ],
        ("Fax", "fax"),
        ("Handy", "mobile"),
        ("E-Mail", "email"),
        ("PLZ/Ort", "postcode_place"),
        ("Anschrift", "address"),
        ("Hausnr.", "house_number"),
        ("Ansprechpartner/in", "contact"),
        ("KFZ", "district"),
        ("Landkreis", "district"),
        ("WZ 2008", "wz"),
        ("USt-ID", "vat_id"),
        ("HRB", "register"),
        *[(name, "first_contact") for name in ("Erstkontakt am", "1. Kontakt", "Erster Kontakt")],
        ("Bemerkungen", "remark"),
        ("Letzter Kontakt", "ignore"),
        ("Sternzeichen", ""),
    ],
)
def test_a_header_says_what_its_column_is(header, field):
    assert headers.field_of(header) == field


def test_headers_are_found_below_a_title():
    found = headers.head([["Mitglieder 2023", ""], ["", ""], ["Firma", "Ort"], ["Abel", "Halle"]])
    assert (found.line, found.mapping) == (2, {0: "name", 1: "place"})


def test_a_cell_that_spans_rows_says_the_same_for_each():
    book, out = Workbook(), io.BytesIO()
    page = book.active
    for line in (["Firma", "Ort", "Person"], ["Abel", "Burg", "Uwe"], [None, None, "Ute"], ["Kain", "Halle", "Eva"]):
        page.append(line)
    page.merge_cells("A2:A3")
    page.merge_cells("B2:B3")
    book.save(out)
    assert reading.read(out.getvalue()).lines[1:] == [
        ["Abel", "Burg", "Uwe"],
        ["Abel", "Burg", "Ute"],
        ["Kain", "Halle", "Eva"],
    ]


@pytest.mark.parametrize(
    "text", ["Kosten 50 €", "„Hirsch” Rosi’s", "10–49", "§ 7", "Ölmann", "ÄRZTEHAUS SÜD", "Größe 5²"]
)
def test_signs_of_windows_stay_what_they_are(text):
    assert reading.read(f"Firma\n{text}\n".encode("cp1252")).lines[1] == [text]


ODD = [
    ["Kd-Bez", "Anschr.", "Wohin", "Erreichb."],
    ["Alpha Metall GmbH", "Weg 1", "39104 Magdeburg", "0391 5550100"],
    ["Firma Wirrkopf GmbH", "Weg 2", "Burg", ""],
]


def test_a_row_of_data_is_no_header():
    assert (headers.head(ODD).line, headers.head(ODD).mapping) == (0, {})
    assert headers.head([["Firma Abel", "Halle"], ["Firma Kain", "Burg"]]).mapping == {}
    assert headers.head([["Abel", "Halle", "Handwerk"], ["Ort Mitte", "x", "Industrie"]]).line == 0
    none = headers.head(ODD[1:])
    assert (none.line, none.is_none, none.above) == (-1, True, 0)
    assert none.mapping == {0: "name", 1: "street", 3: "phone"}


def test_somebody_says_which_row_has_the_headers():
    assert headers.head(ODD, said=1).headers[0] == "Alpha Metall GmbH"
    assert headers.head(ODD, said=-1).is_none


def test_rows_above_the_headers_that_are_no_title_are_told():
    lines = [["Mitglieder 2023"], ["Abel GmbH", "Halle"], ["Firma", "Ort"], ["Kain", "Burg"]]
    found = headers.head(lines)
    assert (found.line, headers.rows_above(lines, found)) == (2, [2])
    under = [["Stand", "Mai"], *lines[2:]]
    assert headers.rows_above(under, headers.head(under)) == []


TITLE = ["Teilnehmerliste 12.3.2021"]


@pytest.mark.parametrize("above", [[TITLE], [TITLE, [], ["Ort: Halle", ""], []], [["Firmen"]], [["Stammtisch 3"]]])
def test_a_title_above_rows_without_headers_is_no_header(above):
    lines = [*above, *ODD[1:]]
    found = headers.head(lines)
    assert (found.is_none, found.above, found.key) == (True, len(above), "")
    assert found.mapping == {0: "name", 1: "street", 3: "phone"}
    assert headers.rows_above(lines, found) == [number for number, line in enumerate(above, 1) if any(line)]
    assert headers.head(lines, said=-1) == found, "who says that there are none says nothing else"


def test_rows_of_words_alone_below_a_title_are_rows():
    assert headers.head([TITLE, ["Abel", "Halle-Neustadt"], ["Kain", "Burgstall"]]).above == 1


def test_headers_that_nobody_knows_are_found_below_a_title():
    assert headers.head([TITLE, *ODD]).line == 1


def test_a_firm_alone_in_the_first_line_is_no_title():
    assert headers.head([["Abel GmbH"], *ODD[1:]]).above == 0
    assert headers.head([["Abel"], ["Kain"], ["Seth", "Burg"], ["Enos"]]).line == 0, "nor the first of a list of names"


def test_headers_in_many_words_are_found_below_those_of_groups_of_columns():
    lines = [["Stammdaten", "", "Kontakt"], ["Unternehmen / Betrieb", "Telefon (geschäftlich)", "Mail an"]]
    assert headers.head([*lines, ["Abel", "0391 5550100", "x@abel.example"]]).line == 1


@pytest.mark.parametrize("encoding", one_byte.ENCODINGS)
@pytest.mark.parametrize(
    "text",
    ["Kontakt über Herrn Abel", "übers Jahr", "Fläche: 300 m²", "Magdeburg-Süd, öfter", "Öl und ähnliches"],
)
def test_a_single_umlaut_is_read_in_any_encoding(text, encoding):
    assert one_byte.decoded(text.encode(encoding, "replace")) == text.encode(encoding, "replace").decode(encoding)


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
@pytest.mark.parametrize("text", ["Magdeburg–Halle", "Halle – Süd", "Mo–Fr, nicht am Freitag"])
def test_a_dash_between_two_words_is_one(text, encoding):
    assert one_byte.decoded(text.encode(encoding)) == text


@pytest.mark.parametrize("text", ["Fläche 300 m²", "Raum 12 m³", "Halle, 5.000 m², Süd"])
def test_square_and_cubic_metres_are_read(text):
    assert one_byte.decoded(text.encode("cp1252")) == text
