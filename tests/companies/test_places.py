"""Where a firm is: villages of one postal code, towns of one name, and one house however it is written."""

from itertools import permutations

import pytest

from tests.companies.rows import LINE, MAIL, TOWN, firms, verdict
from wegweiser.companies.linkage.likeness import STRANGERS, compare
from wegweiser.companies.linkage.row.profiles import Known, profile
from wegweiser.companies.linkage.weighing.verdicts import Verdict

OLVENSTEDT = {"street": "Schulstr. 1", "postcode": "39130", "place": "Magdeburg OT Olvenstedt"}
OTTERSLEBEN = {"street": "Schulstr. 1", "postcode": "39116", "place": "Magdeburg OT Ottersleben"}
LOSTAU = {"postcode": "39291", "place": "Lostau"}
HOHENWARTHE = {"postcode": "39291", "place": "Hohenwarthe"}
VILLAGES = ("Lostau", "Hohenwarthe", "Möser", "Schermen", "Körbelitz", "Pietzpuhl")


def evidence(one: Known, other: Known) -> tuple[str, ...]:
    return compare(profile(1, one), profile(2, other)).evidence


# --- Villages of one postal code -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "called",
    [
        "Freiwillige Feuerwehr {}",
        "Heimatverein {} e.V.",
        "Kita {}",
        "Jagdgenossenschaft {}",
        "Ev. Kirchengemeinde {}",
        "Elektro Schmidt",
        "Gasthof zur Linde",
        "Bäckerei Rehbein",
        "{}er Karnevalsclub",
    ],
)
@pytest.mark.parametrize("written", ["{}", "Möser OT {}"])
@pytest.mark.parametrize("shared", [{}, LINE])
def test_each_village_of_a_postal_code_has_its_own(called, written, shared):
    if "{}" not in called and shared:
        shared = {"street": "Dorfstr. 3"}  # one name and one number are one firm; every village has that street
    rows = [
        Known(name=called.format(village), postcode="39291", place=written.format(village), **shared)
        for village in VILLAGES
    ]
    assert firms(*rows) == len(VILLAGES)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Known(name="Pfarramt Lostau", **LOSTAU), Known(name="Pfarramt Hohenwarthe", **HOHENWARTHE)),
        (
            Known(name="Grundschule Lostau", **MAIL, **LOSTAU),
            Known(name="Grundschule Hohenwarthe", **MAIL, **HOHENWARTHE),
        ),
        (
            Known(name="Agrargesellschaft Lostau mbH", **MAIL, **LOSTAU),
            Known(name="Agrargesellschaft Hohenwarthe mbH", **MAIL, **HOHENWARTHE),
        ),
        (
            Known(name="Kita Lostau", **LINE, **MAIL, **LOSTAU),
            Known(name="Kita Hohenwarthe", **LINE, **MAIL, **HOHENWARTHE),
        ),
        (
            Known(name="Gasthof Lostau", street="Hauptstr. 5", **LOSTAU),
            Known(name="Gasthof Hohenwarthe", street="Hauptstr. 5", **HOHENWARTHE),
        ),
        (  # the municipality has one, and its village
            Known(name="Feuerwehr Möser", postcode="39291", place="Möser"),
            Known(name="Feuerwehr Lostau", postcode="39291", place="Möser OT Lostau"),
        ),
        (Known(name="Grundschule Olvenstedt", **OLVENSTEDT), Known(name="Grundschule Ottersleben", **OTTERSLEBEN)),
        (  # the village stands in the name, the municipality in the cell
            Known(name="Feuerwehr Lostau", postcode="39291", place="Möser"),
            Known(name="Feuerwehr Hohenwarthe", **HOHENWARTHE),
        ),
        (
            Known(name="Feuerwehr Lostau", postcode="39291", place="Möser"),
            Known(name="Feuerwehr Hohenwarthe", postcode="39291", place="Möser"),
        ),
        (
            Known(name="Feuerwehr Lostau", street="Dorfstr. 3", postcode="39291"),
            Known(name="Feuerwehr Hohenwarthe", street="Dorfstr. 3", **HOHENWARTHE),
        ),
        (Known(name="Elektro Rehbein", **LOSTAU), Known(name="Elektro Rehbein", **HOHENWARTHE)),
        (Known(name="Bäckerei Schmidt", postcode="39291", place="Möser"), Known(name="Bäckerei Schmidt", **LOSTAU)),
        (
            Known(name="Elektro Schmidt", postcode="39240", place="Groß Rosenburg"),
            Known(name="Elektro Schmidt", postcode="39240", place="Klein Rosenburg"),
        ),
    ],
)
def test_what_only_a_postal_code_joins_is_asked_about_at_most(one, other):
    assert verdict(one, other) < Verdict.SURE


@pytest.mark.parametrize("called", ["Elektro Schmidt", "Gasthof zur Linde", "Freiwillige Feuerwehr {}"])
@pytest.mark.parametrize("more", [{}, {"street": "Dorfstr. 3"}])
@pytest.mark.parametrize("order", [*permutations(range(3))])
@pytest.mark.parametrize(
    ("one", "between", "other"),
    [
        (("39291", "Lostau"), ("39291", ""), ("39291", "Hohenwarthe")),
        (("39240", "Calbe"), ("", "Calbe"), ("39624", "Kalbe")),
        (("39615", "Seehausen"), ("", "Seehausen"), ("39365", "Seehausen")),
    ],
)
def test_a_row_that_may_be_in_each_of_two_places_is_no_bridge(called, more, order, one, between, other):
    rows = [
        Known(name=called.format(place or "Lostau"), postcode=code, place=place, **more)
        for code, place in (one, between, other)
    ]
    assert firms(*(rows[place] for place in order)) > 1


def test_another_place_in_the_name_is_told():
    told = evidence(Known(name="Kita Lostau", **LINE, **LOSTAU), Known(name="Kita Hohenwarthe", **LINE, **HOHENWARTHE))
    assert "other_place_in_name" in told


def test_fire_brigades_of_two_villages_are_not_even_asked_about():
    one, other = (Known(name=f"Freiwillige Feuerwehr {here['place']}", **here) for here in (LOSTAU, HOHENWARTHE))
    assert verdict(one, other) == Verdict.NO


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (  # a number leads there, and one cell has the municipality
            Known(name="Tischlerei Rehbein", postcode="39291", place="Möser", **LINE),
            Known(name="Tischlerei Rehbein", **LINE, **LOSTAU),
        ),
        (
            Known(name="Tischlerei Rehbein", postcode="39291", place="Möser", persons=("Karl Rehbein",)),
            Known(name="Tischlerei Rehbein", persons=("Karl Rehbein",), **LOSTAU),
        ),
        (
            Known(name="Sägewerk Rehfalk GmbH", street="Mühlgraben 4", postcode="39291", place="Möser"),
            Known(name="Saegewerk Rehfalk", street="Mühlgraben 4", **LOSTAU),
        ),
        (  # one family in one house
            Known(
                name="Rehbein Bau GmbH", street="Wiesenweg 8", postcode="39291", place="Möser", persons=("K. Rehbein",)
            ),
            Known(name="Bauunternehmen Rehbein", street="Wiesenweg 8", persons=("Karl Rehbein",), **LOSTAU),
        ),
        (
            Known(name="Gasthof Lostau", postcode="39291", place="Möser OT Lostau"),
            Known(name="Gasthof Lostau", **LOSTAU),
        ),
        (
            Known(name="Heimatverein Hohenwarte", **HOHENWARTHE),
            Known(name="Heimatverein Hohenwarthe e.V.", **HOHENWARTHE),
        ),
        (Known(name="Kita Lostau", **LOSTAU), Known(name="Kita Lostau", postcode="39291", place="Lostau/Möser")),
        (Known(name="Optik Rehbein MD", **TOWN), Known(name="Optik Rehbein Magdeburg", **TOWN)),
        (Known(name="Kita Lostau", **LOSTAU), Known(name="Kita Lostau", postcode="39291")),
    ],
)
def test_a_village_and_its_municipality_are_one_where_more_than_the_name_says_so(one, other):
    assert verdict(one, other) == Verdict.SURE


# --- Two towns of one name, or nearly ------------------------------------------------------------------------------

CALBE = {"postcode": "39240", "place": "Calbe (Saale)"}
KALBE = {"postcode": "39624", "place": "Kalbe (Milde)"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            Known(name="Elektro Rehbein GmbH", persons=("Herr Rehbein",), **CALBE),
            Known(name="Elektro Rehbein", persons=("Rehbein",), **KALBE),
        ),
        (
            Known(name="Elektro Rehbein", persons=("Herr Rehbein",), place="Calbe (Saale)"),
            Known(name="Elektro Rehbein", persons=("Rehbein",), **KALBE),
        ),
        (
            Known(name="Landgasthof Rehbein", postcode="39615", place="Seehausen", persons=("Herr Rehbein",)),
            Known(name="Landgasthof Rehbein", postcode="39365", place="Seehausen", persons=("Frau Rehbein",)),
        ),
        (
            Known(name="Landgasthof Rehbein", postcode="39615", place="Seehausen (Altmark)"),
            Known(name="Landgasthof Rehbein", postcode="39365", place="Seehausen/Börde"),
        ),
        (
            Known(name="Spielhaus Rehbein", postcode="15230", place="Frankfurt", persons=("Frau Rehbein",)),
            Known(name="Spielhaus Rehbein", postcode="60311", place="Frankfurt", persons=("Frau Rehbein",)),
        ),
        (
            Known(name="Spielhaus Rehbein", place="Frankfurt (Oder)", persons=("Frau Rehbein",)),
            Known(name="Spielhaus Rehbein", place="Frankfurt am Main", persons=("Frau Rehbein",)),
        ),
        (  # near each other by the code, and not one
            Known(name="Tischlerei Rehbein", postcode="06449", place="Schönberg"),
            Known(name="Tischlerei Rehbein", postcode="06425", place="Schönburg"),
        ),
    ],
)
def test_two_towns_of_one_name_are_two(one, other):
    assert verdict(one, other) < Verdict.SURE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"postcode": "10115", "place": "Berlin"}, {"postcode": "13353", "place": "Berlin-Wedding"}),
        ({"postcode": "39104", "place": "Magdeburg"}, {"postcode": "39128", "place": "Magdburg"}),
        ({"postcode": "39240", "place": "Calbe (Saale)"}, {"postcode": "39240", "place": "Calbe/S."}),
        ({"postcode": "39240", "place": "Calbe"}, {"place": "Kalbe"}),
        ({"postcode": "39240", "place": "Calbe (Saale)"}, {"postcode": "93240", "place": "Calbe"}),
    ],
)
def test_one_town_is_one_however_it_is_written(one, other):
    rows = [Known(name="Spielhaus Rehbein", persons=("Ute Rehbein",), **here) for here in (one, other)]
    assert verdict(*rows) == Verdict.SURE


def test_a_number_may_lead_from_one_town_to_the_other_of_that_name():
    rows = [Known(name="Elektro Rehbein GmbH", **here, **LINE) for here in (CALBE, KALBE)]
    assert verdict(*rows) > Verdict.NO
    assert "different_place" not in evidence(*rows)


# --- One house, however it is written ------------------------------------------------------------------------------

BURG = {"postcode": "39288", "place": "Burg"}


def at(street: str, other: str, *, here: dict[str, str] = BURG, **told) -> Verdict:
    """What is said of two rows of one name that are at two streets, or at one that is written in two ways."""
    names = told.pop("names", ("Metallbau Rehbein GmbH", "Rehbein Metallbau GmbH"))
    return verdict(
        Known(name=names[0], street=street, **here, **told), Known(name=names[1], street=other, **here, **told)
    )


@pytest.mark.parametrize(
    ("street", "other"),
    [
        ("Industriestr. 12-14", "Industriestraße 14"),
        ("Industriestr. 12 - 14", "Industriestr. 12"),
        ("Industriestr. 12–14", "Industriestr. 13"),
        ("Industriestr. 12a-14c", "Industriestr. 12"),
        ("Industriestr. 12/14", "Industriestr. 14"),
        ("Markt 1/Ecke Ring", "Markt 1"),
        ("Markt 1, Ecke Ringstraße", "Markt 1"),
        ("Hauptstr. 3 OT Schermen", "Hauptstr. 3"),
        ("Hauptstr. 3 (OT Schermen)", "Hauptstr. 3"),
        ("Lindenw. 4", "Lindenweg 4"),
        ("Halberstädter Ch. 4", "Halberstädter Chaussee 4"),
        ("Am Teich 4", "Am Teich 4"),
    ],
)
def test_one_house_is_one_however_it_is_written(street, other):
    assert at(street, other) == Verdict.SURE
    told = evidence(Known(name="Rehbein", street=street, **BURG), Known(name="Rehbein", street=other, **BURG))
    assert "same_address" in told


@pytest.mark.parametrize(
    ("street", "other"),
    [
        ("Lindenweg 4", "Lindenstr. 4"),
        ("Lindenstr. 4", "Lindenallee 4"),
        ("Schulplatz 2", "Schulstr. 2"),
        ("Breiter Weg 5", "Breite Str. 5"),
        ("Gewerbepark 3", "Gewerbestr. 3"),
        ("Am Bach 3", "Am Bau 3"),
        ("Industriestr. 12-14", "Industriestr. 15"),
        ("Industriestr. 12/14", "Industriestr. 13"),
        ("Schulstr. 7/1", "Schulstr. 1"),
    ],
)
def test_two_streets_that_only_sound_alike_are_two(street, other):
    assert at(street, other, names=("Autoservice Müller", "Autoservice Müller")) < Verdict.SURE


def test_a_number_says_that_the_ending_of_a_street_is_a_slip():
    told = evidence(
        Known(name="Autoservice Müller", street="Lindenweg 4", **BURG, **LINE),
        Known(name="Müller Autoservice", street="Lindenstr. 4", **BURG, **LINE),
    )
    assert "same_address" in told


def test_a_part_of_a_town_is_read_where_it_stands_in_the_street():
    rows = (
        Known(name="Tischlerei Lampe", street="Hauptstr. 3 OT Schermen", postcode="39291", place="Möser"),
        Known(name="Lampe Tischlerei", street="Hauptstr. 3", postcode="39291", place="Schermen"),
    )
    assert verdict(*rows) == Verdict.SURE
    assert profile(1, rows[0]).part == "schermen"


# --- A street without a town ---------------------------------------------------------------------------------------


def test_a_street_without_a_town_is_told_as_no_address():
    one = Known(name="Glanzrose Kosmetik", street="Ring 4", persons=("Ute Abel",))
    other = Known(name="Kosmetik Glanzrose", street="Ring 4", place="Burg", persons=("Ute Abel",))
    assert "same_address" not in evidence(one, other)


def test_two_rows_without_a_house_are_not_in_one():
    one, other = Known(name="Glanzrose Kosmetik", **BURG), Known(name="Glanzrose Zaunbau", place="Genthin")
    assert compare(profile(1, one), profile(2, other)) is STRANGERS


def test_two_parishes_of_one_office_are_two_where_only_one_names_the_place_of_the_office():
    office = {"postcode": "38489", "place": "Beetzendorf", "phones": ("+49390006120",)}
    here = Known(name="Ev. Kirchengemeinde St. Nikolai Beetzendorf", persons=("Pfrn. Rehbein",), **office)
    there = Known(name="Ev. Kirchengemeinde Rohrberg", persons=("Pfrn. Rehbein",), **office)
    saint = Known(name="Kirchengemeinde St. Nikolai", persons=("Pfarrerin Rehbein",), **office)
    assert verdict(here, there) < Verdict.SURE
    assert firms(here, there) == 2
    assert firms(here, saint) == 1


def test_two_saints_at_one_office_are_two_parishes():
    office = {"street": "Kirchplatz 2", "postcode": "39539", "place": "Havelberg", "phones": ("+493938780411",)}
    one = Known(name="Ev. Kirchengemeinde St. Nikolai", persons=("Pfr. Rehbein",), **office)
    other = Known(name="Ev. Kirchengemeinde St. Marien Sandau", persons=("Pfr. Rehbein",), **office)
    assert verdict(one, other) < Verdict.SURE


def test_a_street_by_an_initial_is_the_street():
    short = Known(name="Rehbein Guss", street="C.-Benz-Str. 7", postcode="39124", place="Magdeburg")
    long = Known(name="Rehbein Guss", street="Carl-Benz-Straße 7", postcode="39124", place="Magdeburg")
    other = Known(name="Rehbein Guss", street="Karl-Marx-Straße 7", postcode="39124", place="Magdeburg")
    assert "same_address" in evidence(short, long)
    assert "same_address" not in evidence(short, other)
