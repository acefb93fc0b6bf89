"""Following up a card: once, by whoever comes first, and never over the head of whoever works on the case by now."""

import datetime as dt
import uuid

import pytest

from tests import contact_point
from tests.contact_point import BY
from wegweiser.crossings import enquiries, fairs, talks
from wegweiser.enquiries import fairs as reads
from wegweiser.enquiries.actions import appointments, cards, cases, follow_ups, messages
from wegweiser.enquiries.models import Card, FollowUp
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.models import Letter


@pytest.fixture
def card(world):
    given = {"day": clock.today(), "partner": world.lead, "topic": world.topic, "member": world.anna}
    fair = cards.open_fair(title="Handwerksmesse", submission=uuid.uuid4(), **given, by=BY)[0]
    said = {"name": "Jana Ölmann", "firm": "Fräserei Ölmann", "contact": "jana@fraese.example, 0391 5550123"}
    card = cards.note(fair=fair, **said, keyword="Scanner", submission=uuid.uuid4(), by=BY)[0]
    fairs.take(card=card, member=world.anna, by=BY)
    return Card.objects.get()


def write(world, card, text="Schön war es."):
    return fairs.write(card=card, member=world.anna, text=text, by=BY)


def call(world, card, **given):
    return fairs.call(card=card, member=world.anna, by=BY, **{"due_on": clock.today(), **given})


def let_be(world, card):
    return fairs.let_be(card=card, member=world.anna, by=BY)


def refused(act, *args, **given):
    with pytest.raises(DomainError) as refusal:
        act(*args, **given)
    return refusal.value.code


# --- Who works on it by now ------------------------------------------------------------------------------------------


def handed_over(world, case):
    cases.hand_over(case=case, partner=world.other, note="Für euch.", member=world.anna, by=BY)
    cases.take(case=case, member=world.ben, by=BY)


def a_colleague_has_it(world, case):
    carla = contact_point.member("Carla", world.lead)
    cases.take(case=case, member=carla, instead_of=world.anna, by=BY)


def a_date_is_arranged(world, case):
    starts = clock.now() + dt.timedelta(days=3)
    appointments.arrange(case=case, member=world.anna, kind="visit", starts_at=starts, by=BY)


def something_is_promised(world, case):
    follow_ups.set(case=case, partner=world.lead, due_on=clock.today(), note="Angebot", by=BY)


def they_wrote(world, case):
    messages.write(case=case, person=None, text="Wann kommen Sie?", reply_by=clock.today(), by=BY)


def somebody_wrote(world, case):
    enquiries.answer(case=case, member=world.anna, text="Guten Tag", by=BY)


def somebody_talked(world, case):
    cases.log(case=case, member=world.anna, kind="talk", day=clock.today(), minutes=5, by=BY)


@pytest.mark.parametrize(
    "went_on",
    [
        *(handed_over, a_colleague_has_it, a_date_is_arranged, something_is_promised),
        *(they_wrote, somebody_wrote, somebody_talked),
    ],
)
def test_a_case_that_went_on_stays_open_where_nobody_follows_up(world, card, went_on):
    case = card.case
    went_on(world, case)
    case.refresh_from_db()
    before = (case.state, case.partner, case.adviser)
    let_be(world, card)
    case.refresh_from_db()
    assert (case.state, case.partner, case.adviser) == before
    assert Card.objects.get().end == "nothing"


def test_a_case_as_the_card_made_it_is_over_where_nobody_follows_up(world, card):
    let_be(world, card)
    card.case.refresh_from_db()
    assert (card.case.state, card.case.outcome) == ("closed", "settled")


# --- Twice -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", [write, call, let_be])
@pytest.mark.parametrize("second", [write, call, let_be])
def test_what_somebody_decided_is_decided_once(world, card, first, second):
    first(world, card)
    letters, promised, settled = Letter.objects.count(), FollowUp.objects.count(), Card.objects.get()
    if first is second:  # the same click twice
        second(world, Card.objects.get())
    else:
        assert refused(second, world, Card.objects.get()) == "card_settled"
    assert (Letter.objects.count(), FollowUp.objects.count()) == (letters, promised)
    assert (Card.objects.get().end, Card.objects.get().settled_at) == (settled.end, settled.settled_at)


def test_another_text_than_what_went_out_is_not_thrown_away_as_sent(world, card):
    write(world, card, "Eins")
    assert refused(write, world, Card.objects.get(), "Zwei anders") == "card_settled"
    assert not write(world, Card.objects.get(), " Eins\r\n").fresh


def test_a_call_is_promised_for_one_day(world, card):
    call(world, card)
    later = clock.today() + dt.timedelta(days=2)
    assert refused(call, world, Card.objects.get(), due_on=later) == "card_settled"
    assert FollowUp.objects.get().due_on == clock.today()


# --- A closed case, and one that is elsewhere ------------------------------------------------------------------------


def test_to_a_closed_case_nothing_goes_out_until_it_is_open_again(world, card):
    enquiries.close(case=card.case, outcome="settled", by=BY)
    assert refused(write, world, card) == "case_closed"
    assert (Letter.objects.count(), Card.objects.get().settled_at) == (0, None)
    enquiries.reopen(case=card.case, member=world.anna, by=BY)
    assert write(world, Card.objects.get()).fresh


@pytest.mark.parametrize("act", [write, call])
def test_who_gave_the_case_away_follows_up_no_more(world, card, act):
    handed_over(world, card.case)
    assert refused(act, world, Card.objects.get()) == "case_elsewhere"
    assert not Letter.objects.exists()


# --- The list of calls -----------------------------------------------------------------------------------------------


def listed(card):
    return list(reads.calls(card.fair))


def test_whom_one_talked_to_is_off_the_list_and_the_promise_is_kept(world, card):
    call(world, card)
    assert listed(card) == [card]
    when = {"day": clock.today(), "minutes": 20, "kind": "talk"}
    talks.log(case=card.case, member=world.anna, **when, by=BY)
    assert listed(card) == []
    assert not FollowUp.objects.filter(done_at=None).exists()


def test_another_promise_of_the_case_keeps_nobody_on_the_list(world, card):
    call(world, card)
    follow_ups.done(follow_up=FollowUp.objects.get(), by=BY)
    later = clock.today() + dt.timedelta(days=60)
    follow_ups.set(case=card.case, partner=world.lead, due_on=later, note="Angebot", by=BY)
    assert listed(card) == []
