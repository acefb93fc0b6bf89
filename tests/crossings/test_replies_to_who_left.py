"""What an enquirer writes finds somebody, also where whoever had their case left without handing it over."""

import datetime as dt

import pytest

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.mailing import came
from wegweiser.consortium.models import Membership, Role
from wegweiser.crossings import enquiries
from wegweiser.enquiries import correspondence, queries, reply_addresses
from wegweiser.enquiries.actions import cases, messages


@pytest.fixture(autouse=True)
def _mailbox(settings):
    settings.MAIL_REPLY = "antwort@centre.example"


@pytest.fixture
def carl(world):
    return contact_point.member("Carl", world.lead)


@pytest.fixture
def answered(world):
    case = contact_point.case(world.lead)
    enquiries.answer(case=case, member=world.anna, text="Passt Montag?", by=BY)
    return case


def leave(member):
    Membership.objects.filter(member=member).update(valid_to=MONDAY.date() - dt.timedelta(days=1))


def by_mail(case):
    came(to=reply_addresses.of(case))


def by_the_link(case):
    messages.write(case=case, person=None, text="Ja, gern.", reply_by=dt.date(2026, 3, 4), by=BY)


@pytest.mark.parametrize("write", [by_mail, by_the_link])
def test_an_answered_case_is_new_for_the_partner(world, carl, answered, write):
    leave(world.anna)
    write(answered)
    answered.refresh_from_db()
    assert (answered.state, answered.adviser, answered.reply_by) == ("new", None, dt.date(2026, 3, 4))
    assert queries.today(member=carl, day=MONDAY.date()).new == [answered]
    if write == by_mail:
        assert [mail.case for mail in correspondence.unread(member=carl, day=MONDAY.date())] == [answered]


def test_one_that_waits_already_keeps_its_day(world, carl):
    case = contact_point.case(world.lead)
    cases.take(case=case, member=world.anna, by=BY)
    due = case.answer_by
    leave(world.anna)
    by_mail(case)
    case.refresh_from_db()
    assert (case.state, case.adviser, case.reply_by, case.answer_by) == ("new", None, None, due)


def test_whoever_is_still_here_keeps_it(world, carl, answered):
    leave(world.anna)
    moved = {"partner": world.other, "role": Role.ADVISER, "valid_from": MONDAY.date()}
    Membership.objects.create(member=world.anna, **moved)
    by_mail(answered)
    answered.refresh_from_db()
    assert (answered.state, answered.adviser) == ("taken", world.anna)
