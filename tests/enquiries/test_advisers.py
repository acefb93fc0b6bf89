"""Whom to give an enquiry to, and what waits for those who are not there."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests import contact_point
from tests.contact_point import BY, MONDAY
from wegweiser.consortium.actions import absences
from wegweiser.consortium.models import Member, Partner
from wegweiser.consortium.presence import Away
from wegweiser.enquiries import advisers, history
from wegweiser.enquiries.actions import cases, follow_ups, reminders
from wegweiser.enquiries.advisers import Candidate
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.models import Letter

TODAY = dt.date(2026, 3, 2)


def candidate(number: int, knows: bool, gone: bool, load: int) -> Candidate:
    member = Member(pk=number, name=str(number), sort_key=str(number))
    away = Away(member, TODAY, TODAY + dt.timedelta(days=1), None) if gone else None
    return Candidate(member, Partner(pk=1), knows, away, load)


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(0, 20))))
def test_the_topic_counts_before_presence_and_presence_before_load(rows):
    found = advisers.ranked(candidate(number, *row) for number, row in enumerate(rows))
    keys = [(not row.knows_topic, row.away is not None, row.load) for row in found]
    assert keys == sorted(keys)
    assert len(found) == len(rows)


@pytest.fixture
def berta(world):
    row = contact_point.member("Berta", world.lead)
    row.topics.add(world.topic)
    contact_point.let_in(row)
    return row


def away(member, deputy=None, days=4):
    return absences.enter(
        member=member, first_day=TODAY, last_day=TODAY + dt.timedelta(days=days), deputy=deputy, by=BY
    )


def taken(world, **given_values):
    case = contact_point.case(world.lead, **given_values)
    cases.take(case=case, member=world.anna, by=BY)
    return case


def test_who_knows_the_topic_comes_first_then_who_is_there_then_who_has_less(world, berta):
    carl = contact_point.member("Carl", world.lead)
    carl.topics.add(world.topic)
    contact_point.let_in(carl, world.anna, world.ben)
    for _ in range(2):
        cases.take(case=contact_point.case(world.lead), member=berta, by=BY)
    case = contact_point.case(world.lead, topic=world.topic)
    names = lambda: [row.member.name for row in advisers.of_case(case)]  # noqa: E731
    assert names() == ["Carl", "Berta", "Anna", "Ben"]
    away(carl)
    assert names() == ["Berta", "Carl", "Anna", "Ben"]


def test_due_promises_are_load_and_later_ones_are_not(world):
    case = taken(world)
    for days in (0, 5):
        due = TODAY + dt.timedelta(days=days)
        follow_ups.set(partner=world.lead, due_on=due, note="Rückruf", case=case, member=world.anna, by=BY)
    assert advisers.loads_of([world.anna.pk, world.ben.pk]) == {world.anna.pk: 2}


def test_without_a_topic_the_suggested_one_counts(world, berta):
    said = {"topics": [{"slug": world.topic.slug, "score": 0.7}], "in_scope": True}
    assert advisers.of_case(contact_point.case(world.lead, suggested=said))[0].member == berta


def test_as_many_statements_for_many_as_for_one(world, berta):
    case = contact_point.case(world.lead, topic=world.topic)

    def count():
        with CaptureQueriesContext(
            connection,
        ) as counted:
            advisers.of_case(case)
        return len(counted)

    advisers.of_case(case)
    first = count()
    for number in range(3):
        new = contact_point.member(f"Neu {number}", world.other)
        new.topics.add(world.topic)
        contact_point.let_in(new)
    assert count() == first


def test_a_colleague_gets_it_as_new_and_meant_for_them(world, berta):
    case = taken(world)
    cases.hand_over(case=case, partner=world.lead, adviser=berta, note="Dein Feld.", member=world.anna, by=BY)
    assert (case.state, case.adviser, case.partner) == ("new", berta, world.lead)
    assert list(history.handed_to(case, list(case.thread.all())).values()) == ["Berta (Lead)"]
    with pytest.raises(DomainError) as refusal:
        cases.hand_over(case=case, partner=world.lead, adviser=berta, note="Noch einmal.", by=BY)
    assert refusal.value.code == "partner_same"
    with pytest.raises(DomainError) as refusal:
        cases.hand_over(case=case, partner=world.other, adviser=berta, note="Falsch.", by=BY)
    assert refusal.value.code == "member_elsewhere"


def test_the_deputy_finds_open_cases_and_due_promises(world, berta):
    case = taken(world)
    promise, _fresh = follow_ups.set(
        partner=world.lead, due_on=TODAY, note="Rückruf", case=case, member=world.anna, by=BY
    )
    cases.close(case=taken(world), outcome="helped", by=BY)
    assert advisers.in_place_of(berta) == []
    away(world.anna, berta)
    (found,) = advisers.in_place_of(berta)
    assert (found.away.member, found.cases, found.follow_ups) == (world.anna, [case], [promise])
    with clock.stopped_at(MONDAY + dt.timedelta(days=7)):
        assert advisers.in_place_of(berta) == []


def test_a_reminder_goes_to_who_stands_in(world, berta):
    taken(world)
    away(world.anna, berta)
    with clock.stopped_at(MONDAY + dt.timedelta(days=1)):
        reminders.remind(by=BY)
    assert [letter.recipient_mail for letter in Letter.objects.all()] == ["berta@centre.example"]


def test_without_a_deputy_all_who_are_there_are_reminded(world, berta):
    taken(world)
    away(world.anna)
    with clock.stopped_at(MONDAY + dt.timedelta(days=1)):
        assert reminders.remind(by=BY) == 1
    assert Letter.objects.get().recipient_mail == "berta@centre.example"


def test_a_deputy_who_left_meanwhile_is_not_reminded(world, berta):
    carl = contact_point.member("Carl", world.lead)
    taken(world)
    away(world.anna, berta)
    berta.memberships.update(valid_to=TODAY)
    with clock.stopped_at(MONDAY + dt.timedelta(days=1)):
        reminders.remind(by=BY)
    assert [letter.recipient_mail for letter in Letter.objects.all()] == [carl.email]
