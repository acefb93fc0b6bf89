"""Figures about first answers. 2 March 2026 is a Monday."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.mailing import came
from wegweiser.companies.actions import companies
from wegweiser.crossings import enquiries, fairs, mails, visits
from wegweiser.enquiries import answer_times, pace
from wegweiser.enquiries.actions import cards, cases
from wegweiser.enquiries.models import Intake
from wegweiser.enquiries.pace import Asked
from wegweiser.kernel import clock

TODAY = dt.date(2026, 3, 2)


def row(days=None, *, waiting=False, due=TODAY, answered=None, partner=1):
    answered = answered or (TODAY if days is not None else None)
    return Asked(TODAY, due, answered, days, waiting, partner, None, "web")


def test_the_middle_the_share_in_time_and_what_waits():
    rows = [row(0), row(1), row(4, answered=TODAY + dt.timedelta(days=6)), row(waiting=True), row()]
    found = pace.figures(rows, today=TODAY + dt.timedelta(days=1))
    assert (found.median, found.in_time, found.answered, found.waiting, found.overdue, found.ended) == (
        1,
        2,
        3,
        1,
        1,
        1,
    )
    assert found.share == pytest.approx(2 / 4)  # what is overdue is not in time


def test_of_nothing_there_is_no_middle():
    found = pace.figures([], today=TODAY)
    assert (found.median, found.share) == (None, None)


def test_an_answer_that_is_due_today_is_not_overdue():
    assert pace.figures([row(waiting=True)], today=TODAY).overdue == 0


@given(st.lists(st.integers(0, 60)))
def test_every_answer_lies_in_one_span(days):
    found = pace.figures([row(one) for one in days], today=TODAY)
    assert sum(found.spans) == len(days) == found.answered


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 3))))
def test_groups_add_up_to_the_whole(given_rows):
    rows = [row(days, partner=partner) for days, partner in given_rows]
    groups = pace.grouped(rows, lambda one: one.partner, today=TODAY).values()
    assert sum(group.answered for group in groups) == len(rows)


def at(days: int, hour: int = 9) -> dt.datetime:
    return MONDAY.replace(hour=hour) + dt.timedelta(days=days)


def asked(world, **given_values):
    span = {"start": TODAY, "end": TODAY + dt.timedelta(days=60)}
    return answer_times.asked(world.centre, **span, **given_values)


def test_an_answer_over_a_weekend_counts_working_days_only(world):
    with clock.stopped_at(at(4)):  # Friday
        case = contact_point.case(world.lead)
    with clock.stopped_at(at(8)):  # Tuesday
        cases.answer(case=case, member=world.anna, text="Ja.", by=BY)
        found = asked(world)[0]
    assert (found.days, found.answered, found.waiting) == (2, TODAY + dt.timedelta(days=8), False)


def test_a_talk_counts_on_its_day_however_late_it_is_written_down(world):
    case = contact_point.case(world.lead)
    cases.take(case=case, member=world.anna, by=BY)
    with clock.stopped_at(at(3)):
        cases.log(case=case, member=world.anna, kind="talk", day=TODAY + dt.timedelta(days=1), minutes=5, by=BY)
        assert asked(world)[0].days == 1


def test_the_first_answer_counts_and_stays_with_who_gave_it(world):
    case = contact_point.case(world.lead)
    cases.answer(case=case, member=world.anna, text="Das kann Ben besser.", by=BY)
    with clock.stopped_at(at(7)):
        cases.hand_over(case=case, partner=world.other, note="Bitte übernehmen.", by=BY)
        cases.answer(case=case, member=world.ben, text="Ja.", by=BY)
        found = asked(world)
    assert [(one.partner, one.days) for one in found] == [(world.lead.pk, 0)]


def test_who_was_handed_it_before_any_answer_is_who_answered(world):
    case = contact_point.case(world.lead)
    cases.hand_over(case=case, partner=world.other, note="Bitte übernehmen.", by=BY)
    cases.answer(case=case, member=world.ben, text="Ja.", by=BY)
    assert [one.partner for one in asked(world)] == [world.other.pk]
    assert asked(world, partners={world.lead.pk}) == []


def test_whom_nobody_can_answer_does_not_wait(world):
    contact_point.case(world.lead, email="", phone="", name="", matter="barrier")
    assert [one.waiting for one in asked(world)] == [False]


def test_a_closed_one_without_an_answer_is_told_apart(world):
    cases.close(case=contact_point.case(world.lead), outcome="duplicate", by=BY)
    assert pace.figures(asked(world), today=TODAY).ended == 1


def test_a_business_card_is_no_question(world):
    given = {"day": TODAY, "partner": world.lead, "topic": world.topic, "member": world.anna, "title": "Messe"}
    fair, _ = cards.open_fair(submission=uuid.uuid4(), by=BY, **given)
    written, let_be = (
        cards.note(fair=fair, name=name, firm=name, contact=contact, submission=uuid.uuid4(), by=BY)[0]
        for name, contact in (("Fräserei Ölmann", "jana@fraese.example"), ("Drechslerei Krüger", "k@holz.example"))
    )
    for card in (written, let_be):
        fairs.take(card=card, member=world.anna, by=BY)
        card.refresh_from_db()
    fairs.write(card=written, member=world.anna, text="Schön, dass wir sprachen.", by=BY)
    fairs.let_be(card=let_be, member=world.anna, by=BY)
    assert asked(world) == []


def test_who_asks_something_at_a_fair_counts(world):
    contact_point.case(world.lead, intake=Intake.FAIR)
    assert [one.intake for one in asked(world)] == ["fair"]


def test_a_visit_that_opens_its_own_case_answers_nobody(world):
    firm = companies.find_or_create(name="Fräserei Ölmann", by=BY)
    told = visits.Told(minutes=60, about="Scanner am Wareneingang", day=TODAY, topic=world.topic)
    given = {"member": world.anna, "partner": world.lead, "person": None, "submission": uuid.uuid4()}
    visits.log_at_firm(company=firm, told=told, by=BY, **given)
    assert asked(world) == []


def test_what_we_write_to_somebody_of_our_own_accord_is_no_question(world, settings):
    settings.MAIL_REPLY = "antwort@centre.example"
    anna = "Anna <anna@centre.example>"
    cold = came("Guten Tag.", **{"from": anna}, to="Kurt <kurt@firma.example>", cc="antwort@centre.example")
    case = mails.confirm(mail=cold, case=None, member=world.anna, by=BY)
    assert case.state == "answered"
    assert asked(world) == []


def test_what_a_colleague_forwards_was_asked_and_a_copy_in_it_changes_nothing(world, settings):
    settings.MAIL_REPLY = "antwort@centre.example"
    anna, text = (
        "Anna <anna@centre.example>",
        "Von: Jana Ölmann <jana@firma.example>\nDatum: 1. März\nAn: Anna\nBetreff: F",
    )
    sent = came("Guten Tag.", **{"from": anna}, to="Jana <jana@firma.example>", cc="antwort@centre.example")
    forwarded = came(f"{text}\n\nUnsere Fräse steht.", **{"from": anna}, subject="WG: F")
    case = mails.confirm(mail=forwarded, case=None, member=world.anna, by=BY)
    mails.confirm(mail=sent, case=case, member=world.anna, by=BY)
    assert len(asked(world)) == 1


@pytest.mark.parametrize("intake", [Intake.PHONE, Intake.COUNTER])
def test_who_rings_or_comes_by_and_is_answered_at_once_counts(world, intake):
    enquiry = enquiries.Enquiry(text="Wie geht das?", name="Jana", intake=intake, topic=world.topic, partner=world.lead)
    enquiries.desk_open(submission=uuid.uuid4(), enquiry=enquiry, member=world.anna, minutes=15, by=BY)
    assert [one.days for one in asked(world)] == [0]


def test_as_many_statements_for_many_as_for_one(world):
    def count():
        with CaptureQueriesContext(
            connection,
        ) as counted:
            asked(world)
        return len(counted)

    def one_more():
        case = contact_point.case(world.lead)
        cases.hand_over(case=case, partner=world.other, note="Bitte.", by=BY)
        cases.answer(case=case, member=world.ben, text="Ja.", by=BY)

    one_more()
    first = count()
    one_more()
    one_more()
    assert count() == first == 3
