"""Numbers in a column of their own: of the house behind its street, of the row in front."""

import pytest

from tests.companies.importing.test_cleaning import rows
from wegweiser.companies.importing import headers

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize("header", ["Nr.;Firma;Straße;PLZ;Ort", "Nr;Name;Strasse;PLZ;Ort"])
def test_a_running_number_in_front_is_no_house_number(header):
    made = rows(f"{header}\n1;Abel GmbH;Weg 5;39104;Magdeburg\n3;Kain GmbH;Am Markt;39104;Magdeburg\n")
    assert [(row.street, row.warnings) for row in made] == [("Weg 5", []), ("Am Markt", [])]


def test_a_number_behind_the_street_is_the_houses_unless_the_street_has_one():
    made = rows("Firma;Straße;Nr.;PLZ;Ort\nAbel GmbH;Am Markt;3 a;39104;Magdeburg\nKain GmbH;Weg 5;2;39104;Magdeburg\n")
    assert [row.street for row in made] == ["Am Markt 3 a", "Weg 5"]
    assert [[(told.reason, told.text) for told in row.warnings] for row in made] == [[], [("left_beside", "2")]]


@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("Firma;Straße;Zusatz;Nr.;PLZ;Ort", "Abel GmbH;Am Markt;Hinterhaus;3 a;39104;Magdeburg"),
        ("Nr.;Firma;Straße;Haus;Nr.;PLZ;Ort", "1;Abel GmbH;Am Markt;;3 a;39104;Magdeburg"),
        ("Firma;Nr.;Straße;PLZ;Ort", "Abel GmbH;3 a;Am Markt;39104;Magdeburg"),
    ],
)
def test_a_number_near_the_street_is_the_houses(header, line):
    (row,) = rows(f"{header}\n{line}\n")
    assert row.street == "Am Markt 3 a"


@pytest.mark.parametrize("header", ["Firmen-Tel-Nr", "Unternehmensregisternummer"])
def test_a_number_with_a_name_is_no_number_of_another_program(header):
    assert headers.field_of(header) in {"phone", "register"}


def test_a_number_that_nothing_names_is_one_of_another_program():
    assert [headers.field_of(one) for one in ("Firmennummer", "Unternehmens-ID")] == [headers.IGNORED] * 2
