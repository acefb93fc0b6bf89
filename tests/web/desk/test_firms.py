"""The list of firms: what one needs to tell two of them apart, in the same few queries for one and for many."""

import datetime as dt

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from tests.journey import builders
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.companies import queries
from wegweiser.companies.actions import channels, companies, facts, merges, persons
from wegweiser.companies.models import Fact
from wegweiser.consortium.models import Role, Sector
from wegweiser.journey import queries as journey
from wegweiser.journey.actions import steps
from wegweiser.kernel import clock

TODAY = contact_point.MONDAY.date()


@pytest.fixture
def world(db):
    with clock.stopped_at(contact_point.MONDAY):
        yield from small_centre()


def firm(name, sector=None, **fields):
    made = companies.find_or_create(name=name, by=BY, **fields)
    if sector:
        facts.declare(company=made, kind=Fact.Kind.SECTOR, value=sector.key, valid_from=TODAY, by=BY)
    return made


def test_a_firm_stands_there_with_place_sector_and_contacts(client, world):
    client.force_login(staff.login(world.anna))
    sector = Sector.objects.create(key="wood", label={"de": "Holz und Möbel"})
    known = firm("Tischlerei Blau", sector, postcode="39576", place="Stendal")
    firm("Fräse GmbH")
    for day in (TODAY - dt.timedelta(days=3), TODAY - dt.timedelta(days=40)):
        builders.step(known, day=day)
    said = " ".join(client.get(reverse("desk:companies")).content.decode().split())
    assert "39576 Stendal · Holz und Möbel" in said
    assert "2 Kontakte, zuletzt am 27.02.2026" in said
    assert "noch kein Kontakt" in said


def test_what_was_taken_back_is_no_contact_and_a_merged_row_counts_for_the_firm(world):
    kept, other = firm("Blau GmbH"), firm("Grün KG")
    builders.step(kept, day=TODAY)
    late = builders.step(other, day=TODAY - dt.timedelta(days=1))
    merges.merge(loser=other, survivor=kept, by=BY)
    assert journey.contacts([kept])[kept.pk] == journey.Contacts(2, TODAY)
    steps.reverse(step=late, by=BY)
    assert journey.contacts([kept])[kept.pk] == journey.Contacts(1, TODAY)


def test_what_is_known_of_many_firms_is_what_is_known_of_each(world):
    wood, metal = (Sector.objects.create(key=key, label={"de": key}) for key in ("wood", "metal"))
    kept, other, third = firm("Blau GmbH", wood), firm("Grün KG", metal), firm("Rot", metal)
    merges.merge(loser=other, survivor=kept, by=BY)
    all_facts = queries.Facts(kinds=[Fact.Kind.SECTOR])
    found = queries.facts_of([kept, third], [Fact.Kind.SECTOR], TODAY)
    for one in (kept, third):
        assert found[one.pk].get(Fact.Kind.SECTOR, "") == all_facts.value(one.pk, Fact.Kind.SECTOR, TODAY)
    assert queries.facts_of([kept], [Fact.Kind.SECTOR], TODAY - dt.timedelta(days=1)) == {kept.pk: {}}


def told_of(company):
    """The sector as each of the three ways of asking gives it."""
    kinds, on = [Fact.Kind.SECTOR], TODAY
    root = queries.root_of(company)
    return {
        queries.known(root, Fact.Kind.SECTOR, on).value,
        queries.facts_of([root], kinds, on)[root.pk][Fact.Kind.SECTOR],
        queries.Facts(kinds=kinds).value(company.pk, Fact.Kind.SECTOR, on),
        queries.Facts(kinds=kinds, recorded_by=clock.now()).value(company.pk, Fact.Kind.SECTOR, on),
    }


def test_what_counted_for_a_firm_still_counts_where_it_is_merged_into_one_of_which_nothing_is_known(world):
    wood, craft = (Sector.objects.create(key=key, label={"de": key}) for key in ("wood", "craft"))
    card, from_list, row = firm("Müller"), firm("Tischlerei Müller GmbH", wood), firm("Müller Holz", craft)
    merges.merge(loser=row, survivor=from_list, by=BY)
    assert told_of(from_list) == {"wood"}
    merges.merge(loser=from_list, survivor=card, by=BY)
    card.refresh_from_db()
    assert told_of(card) == {"wood"}
    between, last = firm("Holz Müller"), firm("Möbel Müller", craft)
    merges.merge(loser=last, survivor=between, by=BY)
    merges.merge(loser=card, survivor=between, by=BY)
    between.refresh_from_db()
    assert told_of(between) == {"craft"}  # neither is above the other: the newest counts


def test_the_page_of_a_firm_says_where_it_is_and_how_to_write(client, world):
    client.force_login(staff.login(world.anna))
    known = {"street": "Dorfstr. 1", "postcode": "39576", "place": "Stendal", "email": "info@blau.example"}
    found = firm("Tischlerei Blau", website="https://blau.example", **known)
    jana = persons.find_or_create(name="Jana Blau", email="jana@blau.example", company=found, by=BY)
    address = reverse("desk:company", kwargs={"uuid": found.uuid})
    page = client.get(address).text
    assert "Dorfstr. 1<br>39576 Stendal" in page
    assert '<a href="mailto:info@blau.example">info@blau.example</a>' in page
    assert '<a href="https://blau.example" rel="noopener noreferrer">https://blau.example</a>' in page
    assert '<a href="mailto:jana@blau.example">jana@blau.example</a>' in page
    channels.choose(party=jana, channel="phone", by=BY)
    assert "jana@blau.example" not in client.get(address).text
    channels.choose(party=found, channel="letter", by=BY)
    assert "info@blau.example" not in client.get(address).text


def test_who_may_change_no_firm_reads_no_address_of_its_people(client, world):
    client.force_login(staff.hire(Role.EDITOR, world.lead))
    found = firm("Tischlerei Blau")
    persons.find_or_create(name="Jana Blau", email="jana@blau.example", company=found, by=BY)
    page = client.get(reverse("desk:company", kwargs={"uuid": found.uuid}))
    assert "jana@blau.example" not in page.text
