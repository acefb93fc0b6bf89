"""An occasion that was opened with a slip: put right for all its cards, removed while it has none, found later."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from tests.contact_point import BEGIN, BY
from wegweiser.consortium.models import Membership, Role, Topic
from wegweiser.crossings import fairs
from wegweiser.enquiries.actions import cards
from wegweiser.enquiries.models import Card, Case, Fair, FollowUp
from wegweiser.journey import queries as journey
from wegweiser.journey.actions import corrections
from wegweiser.journey.models import Step
from wegweiser.kernel import clock
from wegweiser.kernel.translated import translated


@pytest.fixture
def fair(world):
    return open_fair(world)


@pytest.fixture
def other(world):
    return Topic.objects.create(key="ki", slug="ki", title=translated("Künstliche Intelligenz"))


def open_fair(world, title="Handwerksmesse", day=None):
    given = {"partner": world.lead, "topic": world.topic, "member": world.anna}
    return cards.open_fair(title=title, day=day or clock.today(), submission=uuid.uuid4(), **given, by=BY)[0]


def take(world, fair, name="Jana Ölmann", firm="Fräserei Ölmann"):
    said = {"name": name, "firm": firm, "contact": f"{name[0]}@fraese.example", "keyword": "Scanner"}
    card = cards.note(fair=fair, submission=uuid.uuid4(), **said, by=BY)[0]
    return fairs.take(card=card, member=world.anna, by=BY)


def standing():
    return [step for step in Step.objects.filter(reverses=None) if journey.reversing(step) is None]


def address(fair):
    return reverse("desk:fair", kwargs={"uuid": fair.uuid})


def change(client, fair, **given):
    said = {
        "title": fair.title,
        "day": fair.day.isoformat(),
        "partner": fair.partner.pk,
        "topic": fair.topic.pk,
        **given,
    }
    return client.post(address(fair), {"do": "change", **{f"fair-{name}": value for name, value in said.items()}})


def test_what_is_put_right_before_the_first_card_holds_for_all(anna, world, fair, other):
    Membership.objects.create(member=world.anna, partner=world.other, role=Role.ADVISER, valid_from=BEGIN)
    assert change(anna, fair, topic=other.pk, title="Fachmesse", partner=world.other.pk).status_code == 302
    fair.refresh_from_db()
    assert (fair.title, fair.topic, fair.partner) == ("Fachmesse", other, world.other)
    take(world, fair)
    assert Step.objects.get().topic == other


def test_afterwards_its_steps_are_put_right_with_it(anna, world, fair, other):
    case = take(world, fair)
    take(world, fair, name="Uwe Krause", firm="Tischlerei Ahorn")
    yesterday = clock.today() - dt.timedelta(days=1)
    change(anna, fair, topic=other.pk, day=yesterday.isoformat())
    assert {(step.topic, step.day) for step in standing()} == {(other, yesterday)}
    assert len(standing()) == 2
    case.refresh_from_db()
    assert case.topic == other


def test_an_enquiry_that_has_another_topic_by_now_keeps_it(world, fair, other):
    case = take(world, fair)
    third = Topic.objects.create(key="it", slug="it", title=translated("IT-Sicherheit"))
    Case.objects.filter(pk=case.pk).update(topic=third)
    fairs.change(fair=fair, title=fair.title, day=fair.day, partner=fair.partner, topic=other, by=BY)
    case.refresh_from_db()
    assert case.topic == third


def test_a_contact_that_was_taken_back_stays_so(world, fair, other):
    take(world, fair)
    corrections.take_back(step=Step.objects.get(), reason="war gar nicht da", by=BY)
    fairs.change(fair=fair, title=fair.title, day=fair.day, partner=fair.partner, topic=other, by=BY)
    assert standing() == []


def test_a_new_name_takes_nothing_back(anna, world, fair):
    take(world, fair)
    change(anna, fair, title="Fachmesse")
    assert Step.objects.count() == 1


def test_with_cards_that_are_enquiries_the_partner_stays(anna, world, fair):
    take(world, fair)
    Membership.objects.create(member=world.anna, partner=world.other, role=Role.ADVISER, valid_from=BEGIN)
    assert 'name="fair-partner"' not in anna.get(address(fair)).content.decode()
    change(anna, fair, partner=world.other.pk)
    fair.refresh_from_db()
    assert fair.partner == world.lead


def test_a_day_to_come_is_refused_beside_its_field(anna, fair):
    answer = change(anna, fair, day=(clock.today() + dt.timedelta(days=1)).isoformat())
    assert answer.status_code == 422
    assert "liegt in der Zukunft" in answer.content.decode()


def test_an_occasion_without_cards_is_removed_and_one_with_cards_is_not(anna, world, fair):
    kept = open_fair(world, title="Tag der Technik")
    take(world, kept)
    assert "Anlass entfernen" not in anna.get(address(kept)).content.decode()
    anna.post(address(kept), {"do": "remove"})
    assert "Anlass entfernen" in anna.get(address(fair)).content.decode()
    assert anna.post(address(fair), {"do": "remove"})["Location"] == reverse("desk:fairs")
    assert Fair.objects.get() == kept


def test_who_may_not_answer_there_changes_nothing(ben, fair, other):
    assert change(ben, fair, topic=other.pk).status_code == 404


def test_the_oldest_occasion_is_found_on_the_last_page(anna, world):
    for number in range(26):
        open_fair(world, title=f"Messe {number}", day=clock.today() - dt.timedelta(days=number))
    address = reverse("desk:fairs")
    assert "Messe 25" not in anna.get(address).content.decode()
    assert "Messe 25" in anna.get(f"{address}?seite=2").content.decode()


def test_what_we_wrote_in_its_name_follows_a_new_name(world, fair):
    case = take(world, fair)
    fairs.call(card=Card.objects.get(), member=world.anna, due_on=clock.today(), by=BY)
    before = fair.title
    fairs.change(fair=fair, title="Fachmesse 2", day=fair.day, partner=fair.partner, topic=fair.topic, by=BY)
    case.refresh_from_db()
    assert case.text == "Getroffen bei „Fachmesse 2“."
    note = FollowUp.objects.get().note
    assert note.startswith("Nach „Fachmesse 2“ anrufen: ")
    assert before not in note


def test_words_that_somebody_changed_stay_as_they_are(world, fair):
    case = take(world, fair)
    Case.objects.filter(pk=case.pk).update(text="Sucht einen Scanner.")
    fairs.change(fair=fair, title="Fachmesse 2", day=fair.day, partner=fair.partner, topic=fair.topic, by=BY)
    case.refresh_from_db()
    assert case.text == "Sucht einen Scanner."
