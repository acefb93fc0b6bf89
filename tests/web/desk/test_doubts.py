"""Firms that may be one: each pair is one question, with what both are reached by."""

import uuid

import pytest
from django.urls import reverse

from tests.contact_point import BY, MONDAY
from tests.journey import builders
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.companies import queries
from wegweiser.companies.actions import doubts, merges, persons
from wegweiser.companies.models import Company, Doubt
from wegweiser.consortium.rights import Role
from wegweiser.enquiries.actions import cards
from wegweiser.kernel import clock

OVERVIEW = "desk:doubts"


@pytest.fixture
def world(db):
    with clock.stopped_at(MONDAY):
        yield from small_centre()


@pytest.fixture
def manager(client, world):
    client.force_login(staff.hire(Role.MANAGEMENT, world.lead))
    return client


def doubt(one, other, *evidence, weight=1):
    first, second = sorted((one, other), key=lambda firm: firm.pk)
    return Doubt.objects.create(one=first, other=second, evidence=list(evidence), weight=weight)


@pytest.fixture
def firms(world):
    """A firm of three rows, and one from a card; three rows look like it."""
    rows = [builders.company(name) for name in ("Müller GmbH", "Tischlerei Müller", "Müller Tische", "Müller")]
    for row, code in zip(rows[:3], ("same_name", "same_place", "other_phone"), strict=True):
        doubt(row, rows[3], code, weight=-row.pk)
    for row in rows[1:3]:
        merges.merge(loser=row, survivor=rows[0], by=BY)
    return rows[0], rows[3]


def shown(manager):
    return manager.get(reverse(OVERVIEW)).context["pairs"]


def test_several_rows_of_two_firms_are_one_question_with_all_that_was_noticed(manager, firms):
    assert queries.doubts_count(clock.today()) == 1
    (pair,) = shown(manager)
    assert {pair.one, pair.other} == set(firms)
    assert (pair.for_it, pair.against) == (["gleicher Name", "gleicher Ort"], ["andere Telefonnummer"])


@pytest.mark.parametrize("do", ["apart", "later"])
def test_what_is_said_of_a_pair_is_said_of_all_its_rows(manager, firms, do):
    (pair,) = shown(manager)
    manager.post(reverse("desk:doubt", kwargs={"uuid": pair.doubt.uuid}), {"do": do})
    assert shown(manager) == []
    with clock.stopped_at(MONDAY + doubts.LATER):
        assert queries.doubts_count(clock.today()) == (do == "later")


def test_what_both_are_reached_by_stands_there_and_is_among_the_reasons(manager, world, firms):
    listed, card = firms
    Company.objects.filter(pk=listed.pk).update(phone="+493915550100")
    somebody = persons.find_or_create(
        name="Uwe Müller", phone="0391 5550100", email="uwe@m.example", company=card, by=BY
    )
    fair = {"day": clock.today(), "partner": world.lead, "topic": world.topic, "member": world.anna}
    fair, _ = cards.open_fair(title="Handwerksmesse", submission=uuid.uuid4(), **fair, by=BY)
    said = {"name": somebody.name, "firm": card.name, "contact": "0391 5550100", "company": card}
    cards.note(fair=fair, submission=uuid.uuid4(), **said, by=BY)
    (pair,) = shown(manager)
    assert pair.for_it[0] == "gleiche Telefonnummer"
    assert pair.against == []
    merge = reverse("desk:merge", kwargs={"uuid": listed.uuid, "other": card.uuid})
    for page in (manager.get(reverse(OVERVIEW)), manager.get(merge)):
        words = " ".join(page.text.split())
        assert "Uwe Müller, 0391 5550100, uwe@m.example" in words
        assert "Handwerksmesse" in words
        assert "gleiche Telefonnummer" in words
