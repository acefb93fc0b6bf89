"""A promise that is ticked off: once, also by two at a time, and taken back where the finger slipped."""

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from wegweiser.enquiries.actions import follow_ups
from wegweiser.kernel import clock


@pytest.fixture
def promise(world):
    case = contact_point.case(world.lead, topic=world.topic)
    given = {"due_on": clock.today(), "note": "Muster schicken", "member": world.anna}
    return follow_ups.set(case=case, partner=world.lead, **given, by=BY)[0]


def at(name, promise):
    return reverse(f"desk:follow_up_{name}", kwargs={"uuid": promise.uuid})


def test_what_a_colleague_has_just_ticked_off_is_said_and_not_missing(anna, promise):
    follow_ups.done(follow_up=promise, by=BY)
    answer = anna.post(at("done", promise), {"weiter": "anliegen"}, follow=True)
    assert "Das war schon erledigt." in answer.content.decode()
    assert answer.redirect_chain[0][0] == reverse("desk:case", kwargs={"uuid": promise.case.uuid})


def test_moving_what_is_done_says_so(anna, promise):
    follow_ups.done(follow_up=promise, by=BY)
    answer = anna.post(at("move", promise), {"due_on": "2026-03-09", "note": "Später"}, follow=True)
    assert "Diese Wiedervorlage ist schon erledigt." in answer.content.decode()


def test_a_tick_by_a_slip_of_the_finger_is_taken_back(anna, promise):
    said = anna.post(at("done", promise), follow=True).content.decode()
    assert f'<a href="{at("move", promise)}">Rückgängig</a>' in said
    page = anna.get(at("move", promise)).content.decode()
    assert "Doch nicht erledigt" in page
    anna.post(at("move", promise), {"do": "reopen"})
    promise.refresh_from_db()
    assert (promise.done_at, promise.done_by, promise.due_on) == (None, "", clock.today())
    assert "Muster schicken" in anna.get(reverse("desk:today")).content.decode()


def test_on_the_case_what_is_done_can_be_taken_back(anna, promise):
    follow_ups.done(follow_up=promise, by=BY)
    page = anna.get(reverse("desk:case", kwargs={"uuid": promise.case.uuid})).content.decode()
    assert at("move", promise) in page


def test_what_another_partner_promised_is_taken_back_by_nobody_else(ben, promise):
    follow_ups.done(follow_up=promise, by=BY)
    assert ben.post(at("done", promise)).status_code == 404
    assert ben.post(at("move", promise), {"do": "reopen"}).status_code == 404


def test_taken_back_twice_is_taken_back_once(promise):
    follow_ups.done(follow_up=promise, by=BY)
    for _ in range(2):
        follow_ups.reopen(follow_up=promise, by=BY)
    assert promise.done_at is None
