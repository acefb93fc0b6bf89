"""On the first screen a new mail stands once, beside what is new, until an answer to it is overdue."""

import datetime as dt

import pytest

from tests import contact_point
from tests.contact_point import BY
from tests.mailing import came
from wegweiser.crossings import enquiries
from wegweiser.enquiries import reply_addresses
from wegweiser.enquiries.actions import cases
from wegweiser.kernel import clock


@pytest.fixture
def written_again(world, settings):
    settings.MAIL_REPLY = "antwort@centre.example"
    case = contact_point.case(world.lead, topic=world.topic)
    cases.take(case=case, member=world.anna, by=BY)
    enquiries.answer(case=case, member=world.anna, text="Gern.", by=BY)
    assert came("Und der Scanner?", to=reply_addresses.of(case)).case == case
    case.refresh_from_db()
    return case


@pytest.mark.parametrize(("late", "to_answer"), [(0, False), (1, True)])
def test_a_new_mail_stands_once_until_its_answer_is_overdue(anna, written_again, late, to_answer):
    with clock.stopped_at(clock.at(written_again.reply_by + dt.timedelta(days=late), dt.time(9))):
        shown = anna.get("/desk/").context
    assert [mail.case for mail in shown["mail"]["unread"]] == [written_again]
    assert (written_again in shown["to_answer"]) is to_answer
