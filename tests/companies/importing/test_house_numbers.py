"""Numbers in a column of their own: of the house behind its street, of the row in front."""

import pytest

from tests.companies.importing.test_cleaning import rows

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize("header", ["Nr.;Firma;Straße;PLZ;Ort", "Nr;Name;Strasse;PLZ;Ort"])
def test_a_running_number_in_front_is_no_house_number(header):
    made = rows(f"{header}\n1;Abel GmbH;Weg 5;39104;Magdeburg\n3;Kain GmbH;Am Markt;39104;Magdeburg\n")
    assert [(row.street, row.warnings) for row in made] == [("Weg 5", []), ("Am Markt", [])]


def test_a_number_behind_the_street_is_the_houses_unless_the_street_has_one():
    made = rows("Firma;Straße;Nr.;PLZ;Ort\nAbel GmbH;Am Markt;3 a;39104;Magdeburg\nKain GmbH;Weg 5;2;39104;Magdeburg\n")
    assert [row.street for row in made] == ["Am Markt 3 a", "Weg 5"]
    assert [[(told.reason, told.text) for told in row.warnings] for row in made] == [[], [("left_beside", "2")]]
