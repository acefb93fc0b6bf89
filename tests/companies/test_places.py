"""Where a firm is: villages of one postal code, towns of one name, and one house however it is written."""

import pytest

from tests.companies.rows import LINE, MAIL, TOWN, firms, verdict
from wegweiser.companies.linkage.likeness import compare
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
