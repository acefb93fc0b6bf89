"""The list to sign and the name badges: everybody is on them, words stay words, and no sheet too many."""

import io

import pytest
from pypdf import PdfReader

from wegweiser.documents import pdf

HOUSE = pdf.House(name="Zentrum")


def signatures(rows, *, blank=0):
    columns = [("Name", 30), ("Betrieb", 30), ("Unterschrift", 40)]
    return PdfReader(
        io.BytesIO(
            pdf.signature_list(title="Abend", lead="Montag", columns=columns, rows=rows, blank=blank, house=HOUSE)
        )
    )


def badges(rows):
    return PdfReader(io.BytesIO(pdf.badges(title="Schilder", foot="Abend", rows=rows, house=HOUSE)))


def text_of(reader):
    return "\n".join(page.extract_text() for page in reader.pages)


def test_each_sheet_of_a_long_list_says_what_its_columns_are():
    reader = signatures([["Gast", "Betrieb"]] * 60)
    assert len(reader.pages) > 2
    assert all("Unterschrift" in page.extract_text() for page in reader.pages)
    assert reader.pages[0].mediabox.width == pytest.approx(595.28, abs=1)


def test_ten_badges_fill_a_sheet_and_the_eleventh_begins_another():
    assert len(badges([("Gast", "Betrieb")] * 10).pages) == 1
    assert len(badges([("Gast", "Betrieb")] * 11).pages) == 2
    assert len(badges([]).pages) == 1


def sizes(reader, names):
    """In which size each of these names stands, as far as it is on one line."""
    found = {}

    def visit(text, _matrix, _text_matrix, _font, size):
        if text.strip() in names:
            found[text.strip()] = size

    for page in reader.pages:
        page.extract_text(visitor_text=visit)
    return found


def test_names_are_as_large_as_all_of_them_allow():
    short, usual, long = "Ada Alt", "Bernd Blumental", "Dr. Friederike Oberhausmeister"
    assert sizes(badges([(short, "Betrieb"), (usual, "")]), {short, usual}) == {short: 23, usual: 23}
    assert sizes(badges([(short, "Betrieb"), (long, "")]), {short}) == {short: 17}


@pytest.mark.parametrize("hostile", ["#panic()", "*fett* $y$", "Ein" + "x" * 90])
def test_words_are_never_read_as_markup_and_stay_on_their_label(hostile):
    for reader in (signatures([[hostile, hostile]], blank=2), badges([(hostile, hostile)])):
        told = "".join(text_of(reader).split()).replace("\N{ZERO WIDTH SPACE}", "")
        assert "".join(hostile.split()) in told
    assert len(badges([(hostile, hostile)]).pages) == 1
