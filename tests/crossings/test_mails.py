"""A mail comes in: where it goes, and what it changes there."""

import datetime as dt

import pytest

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.mailing import came, take, written
from wegweiser.crossings import enquiries, mails
from wegweiser.enquiries import correspondence, reply_addresses
from wegweiser.enquiries.actions import cases
from wegweiser.enquiries.models import Case, Contribution, FollowUp, Mail
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter


@pytest.fixture(autouse=True)
def _mailbox(settings):
    settings.MAIL_REPLY = "antwort@centre.example"


@pytest.fixture
def case(world):
    return contact_point.case(world.lead)


@pytest.fixture
def answered(world, case):
    enquiries.answer(case=case, member=world.anna, text="Passt Montag?", by=BY)
    case.refresh_from_db()
    return case


def test_an_answer_goes_out_with_the_signed_address_of_its_case(answered):
    letter = Letter.objects.get()
    local, _at, domain = letter.reply_to.partition("@")
    assert (local.partition("+")[0], domain) == ("antwort", "centre.example")
    assert reply_addresses.case_of([letter.reply_to]) == answered


def test_a_reply_to_the_signed_address_stands_in_the_thread_and_waits_for_us(answered):
    mail = came(to=Letter.objects.get().reply_to)
    answered.refresh_from_db()
    assert (mail.state, mail.case, mail.contribution.text) == ("filed", answered, "Ja, Montag passt.")
    assert mail.contribution.kind == Contribution.Kind.MAIL_IN
    assert (answered.state, answered.reply_by) == ("taken", dt.date(2026, 3, 4))
