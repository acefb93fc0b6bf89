"""A remark names the street or the town that the other row has: whichever words stand around it."""

from dataclasses import replace

import pytest

from tests.companies.rows import verdict
from wegweiser.companies.linkage.row.profiles import Known
from wegweiser.companies.linkage.weighing.verdicts import Verdict

pytestmark = pytest.mark.one_database
BURG = {"postcode": "39288", "place": "Burg"}
UTE = {"persons": ("Ute Kahlow",)}


def at_two_streets(remark: str, other_remark: str = "", **other) -> Verdict:
    one = Known(name="Optik Kahlow", street="Markt 2", remark=remark, **BURG)
    return verdict(one, Known(name="Optik Kahlow", street="W.-Külz-Str. 9", remark=other_remark, **BURG, **other))


@pytest.mark.parametrize(
    "remark",
    [
        "ab 01.06. Wilhelm-Külz-Str. 9",
        "vorher Wilhelm-Külz-Straße 9",
        "zieht um: W.-Külz-Str. 9",
        "Laden neu: Külz-Str. 9",
    ],
)
def test_whoever_is_in_the_street_that_the_remark_names_is_the_same(remark):
    assert at_two_streets(remark) == Verdict.SURE


@pytest.mark.parametrize(
    ("remark", "other"),
    [
        ("nicht verwechseln mit Optik W.-Külz-Str. 9", {}),
        ("Filiale W.-Külz-Str. 9", {}),
        ("vorher W.-Külz-Str. 90", {}),
        ("vorher W.-Külz-Str. 9", {"other_remark": "eröffnet 2024, Nachmieter"}),
        ("Kunde W.-Külz-Str. 9", {}),
    ],
)
def test_a_street_of_others_or_another_number_says_nothing(remark, other):
    assert at_two_streets(remark, **other) != Verdict.SURE


def test_other_people_in_that_street_are_the_next_ones():
    one = Known(name="Optik am Tor", street="Markt 2", remark="vorher Külzstr. 9", **UTE, **BURG)
    other = Known(name="Optik am Tor", street="Külzstr. 9", persons=("Jan Rodewald",), **BURG)
    assert verdict(one, other) != Verdict.SURE


@pytest.mark.parametrize("remark", ["jetzt in Genthin", "früher Genthin, Feldstr.", "aus Genthin weggezogen"])
def test_somebody_named_in_full_is_the_one_in_the_town_that_the_remark_names(remark):
    one = Known(name="Kfz-Werkstatt Kahlow", remark=remark, **BURG, **UTE)
    other = Known(name="Kfz-Werkstatt Kahlow", postcode="39307", place="Genthin", street="Feldstraße 19", **UTE)
    assert verdict(one, other) == Verdict.SURE
    assert verdict(one, replace(other, persons=("Jan Kahlow",))) != Verdict.SURE
    assert verdict(replace(one, remark="Kunde in Genthin"), other) != Verdict.SURE
