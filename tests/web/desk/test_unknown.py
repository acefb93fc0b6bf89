"""The list of what is not known of firms: one choice each, with htmx and without JavaScript."""

import datetime as dt

import pytest

from tests.journey import builders
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.companies.actions import facts
from wegweiser.companies.models import Fact
from wegweiser.consortium.models import District, Role, Sector
from wegweiser.crossings import unknown_facts
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import translated

ADDRESS = "/desk/auswertung/unbekannt/"


@pytest.fixture
def world(db):
    with clock.stopped_at(dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)):
        yield from small_centre()


@pytest.fixture
def firm(client, world):
    District.objects.get_or_create(ags="15002", defaults={"key": "halle", "name": "Halle"})
    firm = builders.company("Tischlerei Eiche", district="15002")
    for days in (3, 9):
        day = clock.today() - dt.timedelta(days=days)
        builders.step(firm, day=day, topic=world.topic, partner=world.other, grant=world.grant.slug)
    client.force_login(staff.hire(Role.ADVISER, world.other))
    return firm


def save(client, firm, htmx=False, **sent):
    return client.post(f"{ADDRESS}{firm.uuid}/", sent, headers={"HX-Request": "true"} if htmx else {})


def known(firm):
    return {fact.kind: (fact.value, fact.valid_from) for fact in Fact.objects.filter(company=firm)}


@pytest.mark.parametrize("htmx", [False, True])
def test_a_choice_is_kept_from_the_first_contact_on(client, firm, htmx):
    first = clock.today() - dt.timedelta(days=9)
    response = save(client, firm, htmx=htmx, size="small", sector="")
    assert response.status_code == (200 if htmx else 302)
    assert known(firm)["size"] == ("small", first)
    assert "sector" not in known(firm)
    if htmx:
        text = response.content.decode()
        assert "gespeichert" in text
        assert text.count("<select") == 2  # still there to be put right
        assert "<html" not in text


def test_a_slip_is_put_right_on_the_same_day(client, firm):
    save(client, firm, htmx=True, size="small")
    save(client, firm, htmx=True, size="medium")
    days = {fact.valid_from for fact in Fact.objects.filter(company=firm, kind="size")}
    assert days == {clock.today() - dt.timedelta(days=9)}


@pytest.mark.parametrize("htmx", [False, True])
def test_a_value_that_does_not_exist_is_not_kept(client, firm, htmx):
    response = save(client, firm, htmx=htmx, size="riesig")
    assert "size" not in known(firm)
    if htmx:
        assert "Diese Auswahl gibt es nicht mehr" in response.content.decode()


def test_the_list_narrows_to_one_kind_and_is_empty_once_all_is_known(client, firm):
    assert "Tischlerei Eiche" in client.get(f"{ADDRESS}?angabe=size").content.decode()
    assert "Tischlerei Eiche" not in client.get(f"{ADDRESS}?angabe=district").content.decode()
    save(client, firm, htmx=True, size="small")
    assert "Tischlerei Eiche" not in client.get(f"{ADDRESS}?angabe=size").content.decode()


def test_the_report_says_how_many_are_unknown_and_leads_to_the_list(client, firm, world):
    text = client.get("/desk/berichte/").content.decode()
    assert "Betriebsgröße: bei 1 Betrieb unbekannt (100\N{NO-BREAK SPACE}%)" in text
    assert f"{ADDRESS}?" in text
    client.force_login(staff.hire(Role.FUNDER, None))
    assert ADDRESS not in client.get("/desk/berichte/").content.decode()


def test_a_firm_that_was_not_reached_is_not_there(client, firm):
    assert save(client, builders.company("Andere"), size="small").status_code == 404


def test_what_is_chosen_at_once_is_kept_whole_or_not_at_all(client, firm, monkeypatch):
    """The second of two facts fails: nothing of the first is left."""
    Sector.objects.get_or_create(key="metalworking", defaults={"label": translated("Metall")})
    declare = facts.declare

    def fails(**said):
        if said["kind"] == "sector":
            raise DomainError("sector_unknown", field="value")
        return declare(**said)

    monkeypatch.setattr(facts, "declare", fails)
    response = save(client, firm, htmx=True, size="small", sector="metalworking")
    assert "Diese Auswahl gibt es nicht mehr" in response.content.decode()
    assert "gespeichert" not in response.content.decode()
    assert set(known(firm)) == {"district"}


def test_it_is_read_and_written_under_the_lock_of_the_firm(client, firm, monkeypatch):
    """Who waited for the lock sees what the one before them said, and writes no second row for it."""
    lock = unknown_facts.lock_firm

    def waits(company):
        if not Fact.objects.filter(company=firm, kind="size").exists():
            day = clock.today() - dt.timedelta(days=9)
            facts.declare(company=firm, kind="size", value="medium", valid_from=day, by=builders.BY)
        return lock(company)

    monkeypatch.setattr(unknown_facts, "lock_firm", waits)
    save(client, firm, size="medium")
    assert Fact.objects.filter(company=firm, kind="size").count() == 1
