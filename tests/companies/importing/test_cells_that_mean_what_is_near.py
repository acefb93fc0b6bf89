"""Cells that say less than they mean: a number as one dials it in the town, and "s. o." in a list sorted since."""

import datetime as dt

import pytest

from wegweiser.companies import phones
from wegweiser.companies.importing import headers, reading, told
from wegweiser.companies.importing.region import DistrictName, Region
from wegweiser.companies.importing.rows import Clean, Cleaner
from wegweiser.companies.importing.sectors import Sectors
from wegweiser.companies.linkage.likeness import compare
from wegweiser.companies.linkage.row.profiles import profile
from wegweiser.companies.linkage.weighing.verdicts import Verdict
from wegweiser.consortium.gazetteer import Gazetteer, Place
from wegweiser.kernel.errors import DomainError

pytestmark = pytest.mark.one_database
PLACES = Gazetteer(
    (
        Place("Genthin", "15086", "", 52.4, 12.2, 14_000, ("39307",)),
        Place("Burg", "15086", "", 52.3, 11.9, 22_000, ("39288",)),
    )
)
CLEANER = Cleaner(
    Region((DistrictName("15086", "Jerichower Land", "JL"),), PLACES),
    Sectors({"food": ("Lebensmittel",)}),
    dt.date(2026, 11, 26),
)
HEADER = "Firma;Ansprechpartner;Straße;PLZ;Ort;Telefon;Branche\n"


def rows(text: str) -> list[Clean]:
    grid = reading.read((HEADER + text).encode())
    head = headers.head(grid.lines)
    return [row for row in CLEANER.rows(grid.lines, head, head.mapping) if isinstance(row, Clean)]


def verdict(one: Clean, other: Clean) -> Verdict:
    return compare(profile(1, told.known_of(one)), profile(2, told.known_of(other))).verdict


# --- Numbers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["250988", "21 74 74", "555 01 40", "(7338812)", "2-5098-8"])
def test_a_number_as_one_dials_it_in_the_town_rings_nowhere_else(text):
    with pytest.raises(DomainError, match="invalid_phone"):
        phones.e164(text)


@pytest.mark.parametrize(
    ("text", "dialled"),
    [
        ("3931 689240", "+493931689240"),  # a spreadsheet took its zero
        ("39089/3124", "+49390893124"),
        ("03933 411", "+493933411"),
        ("+49 3933 411", "+493933411"),
    ],
)
def test_a_number_that_only_lost_its_zero_stays_whole(text, dialled):
    assert phones.e164(text) == dialled


def test_a_list_tells_what_is_no_whole_number_and_keeps_it_as_one_of_the_town():
    (row,) = rows("Zweirad Rehbein;;;39307;Genthin;805566;Fahrräder\n")
    assert row.phones == ()
    assert ("Telefon", "invalid_phone", "805566") in {(said.column, said.reason, said.text) for said in row.warnings}
    assert told.known_of(row).tails == ("805566",)


@pytest.mark.parametrize("short", ["805566", "80 55 66", "80 55-66"])
def test_it_leads_to_the_firm_in_that_town(short):
    one, other = rows(
        f"Fahrrad-Rehbein;P. Rehbein;;39307;Genthin;{short};Einzelhandel\n"
        "Zweirad Rehbein;Paul Rehbein;Neue Str. 18;39307;Genthin;03933 805566;Fahrräder\n"
    )
    assert verdict(one, other) == Verdict.SURE


def test_beside_a_mobile_it_leads_there_as_well():
    one = rows("Rehbein;;;39307;Genthin;805566 oder 0171 5550177;\n")[0]
    assert told.known_of(one).tails == ("805566",)


@pytest.mark.parametrize(
    ("place", "number"),
    [("39288;Burg", "03921 805566"), ("39307;Genthin", "03933 805567")],  # another town, another number
)
def test_it_leads_to_nobody_else(place, number):
    one, other = rows(
        "Restaurant Rehbein;M. Rehbein;;39307;Genthin;805566;Gaststätte\n"
        f"Getränke Rehbein;Paul Rehbein;Neue Str. 18;{place};{number};Getränkehandel\n"
    )
    assert verdict(one, other) < Verdict.SURE


# --- As above ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ditto", ["s.o.", "s. o.", "siehe oben", "dito"])
def test_as_above_is_no_street_of_another_town(ditto):
    found = rows(
        "Ortsverein Rehdorf;Ute Abel;Semmelweisstr. 4;39288;Burg;03921 20711;\n"
        f"Rehbein Alarmanlagen;P. Rehbein;{ditto};39307;Genthin;03933 805566;Elektro\n"
    )
    assert [row.street for row in found] == ["Semmelweisstr. 4", ""]


def test_as_above_is_the_street_of_the_row_above_in_one_town():
    found = rows(
        "Rehbein Alarmanlagen;P. Rehbein;Weberstr. 33;39307;Genthin;03933 805566;Elektro\n"
        "dito;Ute Kain;s.o.;39307;Genthin;03933 805567;\n"
        "dito;Karl Kain;s.o.;dito;dito;;\n"
    )
    assert [(row.name, row.street) for row in found] == [("Rehbein Alarmanlagen", "Weberstr. 33")] * 3
