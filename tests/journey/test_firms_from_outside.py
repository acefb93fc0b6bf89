"""A firm from outside that nobody knows counts as reached only once somebody said so."""

import datetime as dt

import pytest

from tests.journey import builders
from tests.journey.builders import BY
from wegweiser.companies.actions import companies
from wegweiser.companies.linkage.row.profiles import Known
from wegweiser.consortium import directory
from wegweiser.consortium.gazetteer import Gazetteer, Place
from wegweiser.consortium.models import PartnerRole
from wegweiser.journey.actions import histories
from wegweiser.journey.history import lists
from wegweiser.journey.history.outside import is_outside
from wegweiser.journey.models import ContactRow, Step

PLACES = Gazetteer(
    (
        Place("Magdeburg", "15003", "", 52.1, 11.6, 240_000, ("39104", "39106")),
        Place("Burg", "15086", "", 52.3, 11.9, 22_000, ("39288",)),
        Place("Helmstedt", "", "Niedersachsen", 52.2, 11.0, 25_000, ("38350",)),
    )
)
HEAD = "Datum;Firma;PLZ;Ort;Art;Partner;Land\n"


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("code", "place", "outside"),
    [
        ("39104", "Magdeburg", False),
        ("39090", "Magdeburg", False),  # of a large receiver
        ("10115", "Berlin", True),
        ("38350", "Helmstedt", True),  # we know it, as that of neighbours
        ("", "Berlin", True),
        ("", "Magdeburg", False),
        ("", "Klein Irgendwo", False),
        ("86666", "Burg", True),  # another one of that name
        ("", "", False),
    ],
)
def test_what_lies_outside(code, place, outside):
    firm = Known(name="Unbekannte Firma XY", postcode=code, place=place)
    assert is_outside(firm, PLACES) == outside
    assert not is_outside(firm, Gazetteer(())), "a centre without places asks nothing"


@pytest.fixture
def lead(db, monkeypatch):
    monkeypatch.setattr(directory, "gazetteer", lambda: PLACES)
    lead = builders.partner("Lead")
    PartnerRole.objects.create(partner=lead, kind="topic", topic=builders.topic(), valid_from=dt.date(2017, 1, 1))
    return lead


def take(row: str) -> None:
    opened = lists.open_list((HEAD + row).encode())
    histories.take(opened=opened, name="alt.csv", grant_on=lambda day: "", by=BY)


@pytest.mark.parametrize(
    "where", ["10115;Berlin;Besuch;Lead;", "5020;Salzburg;Besuch;Lead;", "4410;Liestal;Besuch;Lead;Schweiz"]
)
def test_a_new_firm_from_outside_waits_for_a_person(lead, where):
    take(f"12.03.2019;Unbekannte Firma XY;{where}\n")
    assert (ContactRow.objects.get().held, Step.objects.count()) == ("firm_outside", 0)
    step = histories.settle(row=ContactRow.objects.get(), company=None, grant_on=lambda day: "", by=BY)
    assert step.company.name == "Unbekannte Firma XY"


def test_one_that_we_know_does_not(lead):
    known = companies.find_or_create(name="Unbekannte Firma XY", postcode="10115", place="Berlin", by=BY)
    take("12.03.2019;Unbekannte Firma XY;10115;Berlin;Besuch;Lead;\n")
    assert Step.objects.get().company == known
