"""A case that was a double goes on in the first one: what answers it comes there, and it stays closed."""

import datetime as dt

import pytest

from tests import contact_point
from tests.contact_point import BY
from tests.mailing import came
from wegweiser.accounts.actions import tokens
from wegweiser.crossings import mails
from wegweiser.enquiries import queries, reply_addresses
from wegweiser.enquiries.actions import cases, erasures
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter


@pytest.fixture(autouse=True)
def _mailbox(settings):
    settings.MAIL_REPLY = "antwort@centre.example"


@pytest.fixture
def first(world):
    return contact_point.case(world.lead)


@pytest.fixture
def double(first):
    """A second case of the same enquirer, whose mail was put into the first."""
    mail = came("Noch eine Frage.", subject=f"{first.reference}: noch etwas")
    double = mail.case
    mails.move(mail=mail, case=first, theirs=True, by=BY)
    double.refresh_from_db()
    first.refresh_from_db()
    return double


def test_what_answers_the_confirmation_of_the_double_comes_into_the_first(first, double):
    assert came("Ach, und der Scanner?", to=reply_addresses.of(double)).case == first
    answered = Letter.objects.get(cause_uuid=double.uuid).message_id
    assert came("Und noch etwas.", in_reply_to=answered).case == first
    double.refresh_from_db()
    assert (double.state, double.went_on_in) == ("closed", first)


def test_its_number_in_a_subject_names_the_first(first, double):
    assert came("Neues.", subject=f"Zu {double.reference}").proposed == first


def test_its_link_shows_the_first_to_the_same_address_alone(first, double):
    later = clock.now() + dt.timedelta(days=1)
    secret = tokens.issue(purpose=queries.STATUS_LINK, subject=double.uuid, expires=later, by=BY)
    assert queries.case_behind(secret) == first
    first.email = "uwe@firma.example"
    first.save()
    assert queries.case_behind(secret) == double


def test_a_double_that_somebody_opens_again_is_none_any_more(world, first, double):
    cases.reopen(case=double, member=world.anna, reply_by=first.answer_by, by=BY)
    assert came("Und der Scanner?", to=reply_addresses.of(double)).case == double


def test_of_an_erased_case_nothing_goes_on(first, double):
    erasures.erase_case(case=first, by=BY)
    assert came("Und der Scanner?", to=reply_addresses.of(double)).case != first


def test_doubles_of_doubles_lead_to_the_last(world, first, double):
    third = contact_point.case(world.lead)
    cases.close(case=first, outcome="duplicate", by=BY)
    first.went_on_in = third
    first.save()
    assert came("Und der Scanner?", to=reply_addresses.of(double)).case == third
    third.went_on_in = first
    third.save()
    assert queries.survivor(double) in {first, third}
