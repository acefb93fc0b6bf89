"""Somebody goes back in the browser and sends the same form with other words: nothing that was written is lost."""

import uuid

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from tests.journey import builders
from wegweiser.enquiries.actions import cards
from wegweiser.enquiries.models import Card, FollowUp
from wegweiser.kernel import clock

SAME = str(uuid.UUID(int=9))


@pytest.fixture
def case(world):
    return contact_point.case(world.lead, topic=world.topic)


def page_of(case):
    return reverse("desk:case", kwargs={"uuid": case.uuid})


def promise(note, prefix="", **given):
    said = {"submission": SAME, "due_on": "2026-03-09", "note": note, "member": "", **given}
    return {f"{prefix}{key}": value for key, value in said.items()}


def test_two_promises_of_one_form_are_two_and_the_same_click_twice_is_one(anna, case):
    for note in ("eins", "zwei", "zwei", "eins"):
        anna.post(page_of(case), {"do": "follow_up", **promise(note, "follow_up-")})
    assert sorted(FollowUp.objects.values_list("note", flat=True)) == ["eins", "zwei"]


def test_another_day_is_another_promise(anna, case):
    for day in ("2026-03-09", "2026-03-10"):
        anna.post(page_of(case), {"do": "follow_up", **promise("eins", "follow_up-", due_on=day)})
    assert FollowUp.objects.count() == 2


def test_about_a_firm_too(anna, world):
    firm = builders.company("Krause Frästechnik GmbH")
    for note in ("eins", "zwei", "zwei"):
        anna.post(reverse("desk:firm_follow_up", kwargs={"uuid": firm.uuid}), promise(note))
    assert sorted(FollowUp.objects.values_list("note", flat=True)) == ["eins", "zwei"]


def test_two_notes_of_one_form_are_two(anna, case):
    for text in ("eins", "zwei", "zwei"):
        said = {"do": "note", "note-submission": SAME, "note-text": text, "note-visibility": "partner"}
        anna.post(page_of(case), said)
    assert sorted(case.thread.values_list("text", flat=True)) == ["eins", "zwei"]


def test_a_card_that_is_sent_again_is_put_right_until_it_is_a_case(world):
    given = {"day": clock.today(), "partner": world.lead, "topic": world.topic, "member": world.anna}
    fair = cards.open_fair(title="Handwerksmesse", submission=uuid.uuid4(), **given, by=BY)[0]

    def note(contact):
        said = {"name": "Jana Ölmann", "firm": "Fräserei Ölmann", "contact": contact}
        return cards.note(fair=fair, **said, submission=uuid.UUID(SAME), by=BY)

    note("0391 5550124")
    card, fresh = note("0391 5550123")
    assert (card.phone, fresh, Card.objects.count()) == ("+493915550123", False, 1)
    assert Card.objects.get().phone == "+493915550123"
