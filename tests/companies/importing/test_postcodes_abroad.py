"""Four digits are a German postal code without its zero only where nothing says that the firm is abroad."""

import datetime as dt
import doctest

import pytest

from wegweiser.companies.importing import abroad, headers, reading, values
from wegweiser.companies.importing.region import DistrictName, Region
from wegweiser.companies.importing.rows import Clean, Cleaner
from wegweiser.companies.importing.sectors import Sectors
from wegweiser.consortium.gazetteer import Gazetteer, Place
from wegweiser.journey.history import headers as history_headers
from wegweiser.journey.history import rows as history_rows

pytestmark = pytest.mark.one_database
PLACES = Gazetteer(
    (
        Place("Dessau-Roßlau", "15001", "", 51.8, 12.2, 79_000, ("06844",)),
        Place("Burg", "15086", "", 52.3, 11.9, 22_000, ("39288",)),
    )
)
DISTRICTS = (DistrictName("15001", "Dessau-Roßlau", "DE"), DistrictName("15086", "Jerichower Land", "JL"))
CLEANER = Cleaner(Region(DISTRICTS, PLACES), Sectors({}), dt.date(2026, 11, 27))


def of(header: str, row: str) -> Clean:
    grid = reading.read(f"Firma;{header}\nAbelguss;{row}\n".encode())
    head = headers.head(grid.lines)
    (found,) = CLEANER.rows(grid.lines, head, head.mapping)
    assert isinstance(found, Clean)
    return found


@pytest.mark.parametrize(
    ("header", "row", "place"),
    [
        ("PLZ Ort", "8001 Zürich", "Zürich"),
        ("PLZ;Ort", "1010;Wien", "Wien"),
        ("PLZ;Ort", "5020;Salzburg", "Salzburg"),
        ("PLZ;Ort", "5304;Endingen", "Endingen"),  # no code of Germany begins with 05
        ("PLZ;Ort;Telefon", "9494;Schaan;+423 232 12 12", "Schaan"),
        ("PLZ;Ort;Telefon", "3011;Musterhausen;0041 31 311 11 11", "Musterhausen"),
        ("PLZ;Ort;E-Mail", "6370;Kirchdorf;info@abel.at", "Kirchdorf"),
        ("PLZ;Ort;Website", "6370;Kirchdorf;www.abel.at/kontakt", "Kirchdorf"),
        ("PLZ;Ort;USt-ID", "6370;Kirchdorf;ATU13585627", "Kirchdorf"),
        ("PLZ;Ort;Land", "6370;Kirchdorf;Österreich", "Kirchdorf"),
        ("Land;PLZ;Ort", "CH;4410;Liestal", "Liestal"),
        ("PLZ;Ort;Country", "75001;Paris;France", "Paris"),  # five digits that are no German code either
        ("PLZ Ort", "A-1010 Wien", "Wien"),
        ("PLZ Ort", "CH-4410 Liestal", "Liestal"),
        ("Anschrift", "Ringstr. 4, 1010 Wien", "Wien"),
    ],
)
def test_a_code_abroad_is_none_of_ours_and_told(header, row, place):
    found = of(header, row)
    assert (found.postcode, found.place, found.district) == ("", place, "")
    told = [said for said in found.warnings if said.reason == "invalid_postcode"]
    assert len(told) == 1
    assert told[0].text in row.replace(";", " "), "as it stands there"


def test_a_place_of_ours_abroad_is_in_no_district_of_ours():
    assert of("PLZ;Ort;Land", "3920;Burg;AT").district == ""
    assert of("PLZ;Ort;Land", "39288;Burg;D").district == "15086"


@pytest.mark.parametrize(
    ("header", "row", "code"),
    [
        ("PLZ;Ort", "6844;Dessau-Roßlau", "06844"),
        ("PLZ;Ort;Website", "6844;Dessau-Roßlau;www.abel.at", "06844"),  # we know that it is there
        ("PLZ;Ort", "4109;Leipzig", "04109"),
        ("PLZ;Ort;Telefon", "4109;Leipzig;+49 341 5550100", "04109"),
        ("PLZ;Ort;Telefon", "4109;Leipzig;0341 5550100", "04109"),
        ("PLZ;Ort;Telefon", "4109;Leipzig;0341 5550100, +41 44 555 01 00", "04109"),
        ("PLZ;Ort;E-Mail", "4109;Leipzig;info@abel.example", "04109"),
        ("PLZ;Ort;Land", "4109;Leipzig;Sachsen", "04109"),
        ("PLZ;Ort;Land;E-Mail", "4109;Leipzig;Deutschland;info@abel.at", "04109"),
        ("PLZ;Ort;Land", "39288;Burg;", "39288"),
        ("PLZ;Ort;Land", "10115;Berlin;BE", "10115"),
        ("PLZ;Ort;Telefon", "10115;Berlin;+48 601 234 567", "10115"),  # somebody with a number of another country
        ("PLZ;Ort;E-Mail", "39288;Burg;info@abel.ch", "39288"),  # five digits need a country
        ("PLZ", "3910", "03910"),
    ],
)
def test_at_home_the_zero_is_put_back_without_a_word(header, row, code):
    found = of(header, row)
    assert (found.postcode, found.warnings) == (code, [])


def test_a_list_of_past_contacts_knows_it_too():
    text = "Datum;Firma;Art;PLZ;Ort\n5.3.2026;Abel;Besuch;8001;Zürich\n5.3.2026;Kain;Besuch;4109;Leipzig\n"
    grid = reading.read(text.encode())
    head = history_headers.head(grid.lines)
    told = history_rows.rows(grid.lines, head, head.mapping, today=dt.date(2026, 11, 27))
    assert [(row.firm.postcode, row.firm.place) for row in told] == [("", "Zürich"), ("04109", "Leipzig")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        *[("1010;;Österreich", ""), ("5020;Salzburg;AT", ""), ("4109;Leipzig;Deutschland", "04109")],
        *[("6844;Dessau-Roßlau;AT", "06844"), ("39288;Burg;", "39288")],
    ],
)
def test_the_column_of_the_country_and_places_of_ours_count_there_as_well(row, code):
    grid = reading.read(f"Datum;Firma;Art;PLZ;Ort;Land\n5.3.2026;Abel;Besuch;{row}\n".encode())
    head = history_headers.head(grid.lines)
    given = {"today": dt.date(2026, 11, 27), "knows": CLEANER.region.knows}
    (told,) = history_rows.rows(grid.lines, head, head.mapping, **given)
    assert told.firm.postcode == code
    assert history_rows.read_again(1, dict(told.raw), **given).firm == told.firm, "also when it is settled"
    assert of("PLZ;Ort;Land", row).postcode == code, "as in lists of firms"
    assert "country" in told.raw or row.endswith(";")


def test_a_contact_that_was_taken_before_is_known_whatever_its_country():
    grid = reading.read(b"Datum;Firma;Art;PLZ;Ort;Land\n5.3.2026;Abel;Besuch;1010;Wien;AT\n")
    head = history_headers.head(grid.lines)
    (told,) = history_rows.rows(grid.lines, head, head.mapping, today=dt.date(2026, 11, 27))
    without = {name: cell for name, cell in told.raw.items() if name != "country"}
    assert history_rows.read_again(1, without, today=dt.date(2026, 11, 27)).fingerprint == told.fingerprint


@pytest.mark.parametrize("module", [abroad, values])
def test_the_examples_in_the_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0
