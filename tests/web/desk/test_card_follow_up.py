"""The page of a card whose case went on without it: nothing typed is lost, and nothing goes out twice."""

import uuid

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from tests.web.desk import staff
from wegweiser.crossings import enquiries, fairs
from wegweiser.enquiries.actions import cards, cases
from wegweiser.enquiries.models import Card
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter

TYPED = "Schön war es am Stand."


@pytest.fixture
def card(world):
    given = {"day": clock.today(), "partner": world.lead, "topic": world.topic, "member": world.anna}
    fair = cards.open_fair(title="Handwerksmesse", submission=uuid.uuid4(), **given, by=BY)[0]
    said = {"name": "Jana Ölmann", "firm": "Fräserei Ölmann", "contact": "jana@fraese.example, 0391 5550123"}
    card = cards.note(fair=fair, **said, keyword="Scanner", submission=uuid.uuid4(), by=BY)[0]
    fairs.take(card=card, member=world.anna, by=BY)
    return Card.objects.get()


def address(card):
    return reverse("desk:card", kwargs={"uuid": card.uuid})


def write(client, card, text=TYPED):
    return client.post(address(card), {"do": "write", "text": text})


def test_to_a_closed_case_the_text_is_kept_and_goes_out_once_it_is_open_again(anna, card):
    enquiries.close(case=card.case, outcome="settled", by=BY)
    page = anna.get(address(card)).content.decode()
    assert "Das Anliegen ist abgeschlossen" in page
    assert 'value="write"' not in page
    refused = write(anna, card)
    assert refused.status_code == 422
    assert TYPED in refused.content.decode()
    assert not Letter.objects.exists()
    opened = anna.post(address(card), {"do": "reopen", "text": TYPED}, follow=True).content.decode()
    assert TYPED in opened
    assert 'value="write"' in opened
    write(anna, card)
    assert TYPED in Letter.objects.get().text


def test_a_case_is_opened_again_also_without_words(anna, card):
    enquiries.close(case=card.case, outcome="settled", by=BY)
    anna.post(address(card), {"do": "reopen", "text": ""})
    card.case.refresh_from_db()
    assert card.case.state == "taken"


def test_whom_a_colleague_will_call_gets_no_mail_and_the_text_is_there_to_copy(anna, client, world, card):
    fairs.call(card=card, member=world.anna, due_on=clock.today(), by=BY)
    refused = write(anna, card)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert TYPED in page
    assert "schon erledigt" in page
    assert 'value="write"' not in page
    assert not Letter.objects.exists()


def test_of_two_texts_the_second_is_not_said_to_be_sent(anna, card):
    write(anna, card, "Eins")
    refused = write(anna, card, "Zwei anders")
    assert refused.status_code == 422
    assert "Zwei anders" in refused.content.decode()
    assert "Eins" in Letter.objects.get().text


@pytest.mark.parametrize("sent", [{"do": "write", "text": TYPED}, {"do": "call", "call-due_on": "2026-03-03"}])
def test_who_gave_the_case_away_is_told_where_it_is(anna, world, card, sent):
    cases.hand_over(case=card.case, partner=world.other, note="Für euch.", member=world.anna, by=BY)
    page = anna.get(address(card)).content.decode()
    assert "Das Anliegen liegt inzwischen bei" in page
    assert 'value="write"' not in page
    refused = anna.post(address(card), sent)
    assert refused.status_code == 422
    assert sent.get("text", "") in refused.content.decode()
    anna.post(address(card), {"do": "nothing"})
    assert (Card.objects.get().end, Letter.objects.count()) == ("nothing", 0)


def test_who_is_told_that_it_stays_open_reads_why(anna, world, card):
    carla = contact_point.member("Carla", world.lead)
    cases.take(case=card.case, member=carla, instead_of=world.anna, by=BY)
    page = anna.post(address(card), {"do": "nothing"}, follow=True).content.decode()
    assert "Das Anliegen bleibt offen" in page


def test_a_closed_case_is_opened_by_nobody_of_another_partner(client, world, card):
    enquiries.close(case=card.case, outcome="settled", by=BY)
    client.force_login(staff.login(world.ben))
    assert client.post(address(card), {"do": "reopen", "text": TYPED}).status_code == 404
