"""What the page behind the link of an enquiry promises is still to come, and is kept by somebody who is here."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BEGIN, BY, MONDAY
from wegweiser.catalogue.models import Entry
from wegweiser.consortium.models import Membership
from wegweiser.crossings import company_cases, enquiries, talks
from wegweiser.enquiries.actions import cases
from wegweiser.enquiries.models import Outcome, State
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor

LATER = MONDAY + dt.timedelta(days=49)  # a Monday in April


@pytest.fixture
def sent(world):
    enquiry = enquiries.Enquiry(text="Rechnungen", name="Ina", email="ina@firma.example", partner=world.lead)
    return enquiries.send(submission=contact_point.case(world.lead).uuid, enquiry=enquiry, by=BY)


@pytest.fixture
def page(client, sent):
    return lambda: client.get(reverse("public:enquiry_status", kwargs={"token": sent.status_secret})).text


def leave(member):
    Membership.objects.filter(member=member).update(valid_from=BEGIN, valid_to=MONDAY.date())


def closed_by_enquirer(sent):
    enquiries.close(case=sent.case, outcome=Outcome.SETTLED, by=Actor.link(sent.case.uuid))


def test_after_a_message_it_names_the_new_day(world, sent, page):
    cases.answer(case=sent.case, member=world.anna, text="Kommen Sie.", by=BY)
    with clock.stopped_at(LATER):
        company_cases.write_by_link(case=sent.case, text="Noch etwas.", by=Actor.link(sent.case.uuid))
        said = page()
    assert "22. April 2026" in said
    assert "4. März 2026" not in said


def test_after_a_talk_the_timeline_names_the_new_day(world, sent, page):
    talks.log(case=sent.case, member=world.anna, kind="talk", day=MONDAY.date(), minutes=5, by=BY)
    with clock.stopped_at(LATER):
        company_cases.write_by_link(case=sent.case, text="Noch etwas.", by=Actor.link(sent.case.uuid))
        said = page()
    assert said.count("22. April 2026") >= 1
    assert "4. März 2026" not in said


def test_a_promise_that_was_not_kept_is_said_as_that(world, sent, page):
    cases.take(case=sent.case, member=world.anna, by=BY)
    with clock.stopped_at(LATER):
        said = page()
    assert "Wir wollten uns bis zum 4. März 2026 melden" in said
    assert "Spätestens dann melden wir uns" not in said


def test_who_takes_an_answered_enquiry_over_promises_no_day_of_before(world, sent, page):
    cases.answer(case=sent.case, member=world.anna, text="Kommen Sie.", by=BY)
    carl = contact_point.member("Carl", world.lead)
    with clock.stopped_at(LATER):
        cases.take(case=sent.case, member=carl, instead_of=world.anna, by=BY)
        said = page()
    assert "Jemand kümmert sich um Ihr Anliegen" in said
    assert "4. März 2026" not in said


# --- Open again ----------------------------------------------------------------------------------------------------


def test_unsettled_it_goes_to_who_answered_with_a_day(world, sent):
    cases.take(case=sent.case, member=world.anna, by=BY)
    closed_by_enquirer(sent)
    with clock.stopped_at(LATER):
        enquiries.go_on(case=sent.case, by=Actor.link(sent.case.uuid))
    assert (sent.case.state, sent.case.adviser) == (State.TAKEN, world.anna)
    assert sent.case.reply_by == dt.date(2026, 4, 22)


def test_unsettled_after_they_left_it_is_new(world, sent, page):
    cases.take(case=sent.case, member=world.anna, by=BY)
    closed_by_enquirer(sent)
    leave(world.anna)
    with clock.stopped_at(LATER):
        enquiries.go_on(case=sent.case, by=Actor.link(sent.case.uuid))
    assert (sent.case.state, sent.case.adviser) == (State.NEW, None)
    assert sent.case.reply_by == dt.date(2026, 4, 22)


def test_unsettled_before_anybody_took_it_it_is_new_again(client, world, sent, page):
    closed_by_enquirer(sent)
    assert "Doch nicht erledigt" in page()
    client.post(reverse("public:enquiry_status", kwargs={"token": sent.status_secret}), {"act": "unsettled"})
    sent.case.refresh_from_db()
    assert (sent.case.state, sent.case.adviser) == (State.NEW, None)


@pytest.mark.parametrize(("who", "state", "adviser"), [("carl", State.TAKEN, "carl"), ("ben", State.NEW, None)])
def test_reopened_after_they_left_it_goes_to_who_opened_it_if_they_work_there(world, sent, who, state, adviser):
    people = {"ben": world.ben, "carl": contact_point.member("Carl", world.lead), None: None}
    cases.take(case=sent.case, member=world.anna, by=BY)
    enquiries.close(case=sent.case, outcome=Outcome.HELPED, by=BY)
    leave(world.anna)
    with clock.stopped_at(LATER):
        enquiries.reopen(case=sent.case, member=people[who], by=BY)
    assert (sent.case.state, sent.case.adviser) == (state, people[adviser])
    assert sent.case.reply_by == dt.date(2026, 4, 22)


# --- What it costs -------------------------------------------------------------------------------------------------


def test_three_answers_cost_as_many_statements_as_one(world, sent, page):
    offers = list(Entry.objects.filter(kind__in=["tool", "check", "guide"]).order_by("id"))

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as run:
            assert page()
        return len(run)

    cases.answer(case=sent.case, member=world.anna, text="1", offers=[offers[0].uuid], by=BY)
    page()  # what is kept between requests is read
    one = cost()
    for entry in offers[1:3]:
        cases.answer(case=sent.case, member=world.anna, text=entry.slug, offers=[entry.uuid], by=BY)
    assert cost() == one
    assert all(str(entry.title) in page() for entry in offers[:3])
