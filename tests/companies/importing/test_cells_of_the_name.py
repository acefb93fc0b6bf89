"""What stands behind a firm's name in its cell and belongs into another one, and what is part of the name."""

import pytest

from tests.companies.importing.test_cells_that_mean_what_is_near import rows

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        ("Café Abel Markt 4;;Markt 4;39288;Burg;;", "Café Abel", {}),
        ("Blumen Abel (Ring 14);;Ring 14;39288;Burg;;", "Blumen Abel", {}),
        ("Abel Guss, 39288 Burg;;;39288;Burg;;", "Abel Guss", {}),
        ("Abel Guss, 39288 Burg;;;;;;", "Abel Guss", {"postcode": "39288", "place": "Burg"}),
        ("Fleischerei Abel - Hauptstr. 22, Burg;;;39288;Burg;;", "Fleischerei Abel", {"street": "Hauptstr. 22"}),
        ("Abel Guss, Lange Str. 4, 39288 Burg;;;39288;Burg;;", "Abel Guss", {"street": "Lange Str. 4"}),
        ("Abel Bau Tel. 0171 2208123;;;39288;Burg;;", "Abel Bau", {"phones": ("+491712208123",)}),
        ("Abel Guss GmbH 03921 41110;;;39288;Burg;;", "Abel Guss GmbH", {"phones": ("+49392141110",)}),
        (
            "Abel Bau Tel. 0171 2208123;;;39288;Burg;03921 41110;",
            "Abel Bau",
            {"phones": ("+49392141110", "+491712208123")},
        ),
        ("Abel Metallbau 12 MA;;;39288;Burg;;", "Abel Metallbau", {"employees_min": 12, "employees_max": 12}),
    ],
)
def test_what_belongs_in_another_cell_is_taken_out_of_the_name(text, name, told):
    (row,) = rows(text + "\n")
    assert row.name == name
    assert {column: getattr(row, column) for column in told} == told


@pytest.mark.parametrize(
    "text",
    [
        "Abel Guss Werk 2;;Ring 2;39288;Burg;;",
        "Studio 54;;Ring 54;39288;Burg;;",
        "Café Markt 4;;Markt 4;39288;Burg;;",  # called by where it is
        "Windpark Abel 12 GmbH;;Ring 12;39288;Burg;;",
        "Fahrschule 2000;;;39288;Burg;;",
        "Abel Guss (Halle 3);;;39288;Burg;;",
        "Abel - Service Ring 4;;;39288;Burg;;",
        "Abel, 39288 Burg GmbH;;;39288;Burg;;",
    ],
)
def test_a_number_that_is_part_of_the_name_stays(text):
    (row,) = rows(text + "\n")
    assert row.name == text.partition(";")[0]


def test_a_number_of_the_name_does_not_displace_one_of_its_own_cell():
    (row,) = rows("Abel Guss, Ring 4;;Markt 1;39288;Burg;;\n")
    assert (row.name, row.street) == ("Abel Guss", "Markt 1")


def test_a_number_where_the_name_belongs_is_the_number():
    (row,) = rows("03921 41110;Strickhaus Wonne;Ring 4;39288;Burg;;\n")
    assert (row.name, row.phones) == ("Strickhaus Wonne", ("+49392141110",))
