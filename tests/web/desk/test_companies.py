"""The list of firms says of each where it sits, what it does, and when something happened with it last."""

import datetime as dt

import pytest

from tests.journey import builders
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.companies.actions import facts, merges
from wegweiser.companies.models import Company
from wegweiser.consortium.models import District, Role
from wegweiser.journey import queries
from wegweiser.journey.actions import steps
from wegweiser.kernel import clock


@pytest.fixture
def world(db):
    with clock.stopped_at(dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)):
        yield from small_centre()


@pytest.fixture(autouse=True)
def reader(client, world):
    client.force_login(staff.hire(Role.ADVISER, world.other))


def line(client, name: str) -> dict:
    (found,) = (row for row in client.get("/desk/betriebe/").context["lines"] if row["company"].name == name)
    return found


def test_a_firm_stands_with_sector_district_and_last_contact(client, world):
    District.objects.get_or_create(ags="15090", defaults={"key": "stendal", "name": "Stendal"})
    firm = builders.company("Tischlerei", sector="wood", district="15090")
    for day in (10, 20):
        builders.step(firm, day=dt.date(2026, 2, day), topic=world.topic)
    found = line(client, "Tischlerei")
    assert (found["place"], found["sector"]) == ("Stendal", "wood")
    text = client.get("/desk/betriebe/").content.decode()
    assert "zuletzt 20.02.2026, 2 Kontakte" in text
    Company.objects.filter(pk=firm.pk).update(postcode="39576", place="Stendal")
    assert line(client, "Tischlerei")["place"] == "39576 Stendal"


def test_the_newest_fact_counts_and_one_that_is_unknown_again_is_not_told(client):
    firm = builders.company("Wechsel", sector="wood")
    facts.declare(company=firm, kind="sector", value="", valid_from=dt.date(2026, 1, 1), by=builders.BY)
    assert line(client, "Wechsel")["sector"] == ""
    assert "Ort und Branche nicht bekannt" in client.get("/desk/betriebe/").content.decode()


def test_contacts_of_merged_firms_count_and_those_taken_back_do_not(client, world):
    firm, other = builders.company("Bleibt"), builders.company("Geht auf")
    builders.step(other, day=dt.date(2026, 2, 20), topic=world.topic)
    wrong = builders.step(firm, day=dt.date(2026, 2, 25), topic=world.topic)
    steps.reverse(step=wrong, by=builders.BY)
    merges.merge(loser=other, survivor=firm, by=builders.BY)
    assert line(client, "Bleibt")["met"] == queries.Met(dt.date(2026, 2, 20), 1)


def test_a_firm_nobody_met_says_so(client):
    builders.company("Neu")
    assert line(client, "Neu")["met"] is None
    assert "noch kein Kontakt" in client.get("/desk/betriebe/").content.decode()
