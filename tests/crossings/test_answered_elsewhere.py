"""Who answered from their own mailbox and filed the copy has answered: nothing is owed, on the day they wrote."""

import datetime as dt

import pytest

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.mailing import came
from wegweiser.crossings import mails, promises
from wegweiser.enquiries import answer_times, queries, reply_addresses
from wegweiser.enquiries.actions import cases, follow_ups
from wegweiser.enquiries.models import Mail
from wegweiser.kernel import clock

TODAY = MONDAY.date()


def at(day, hour=9, minute=0):
    return clock.stopped_at(MONDAY.replace(day=day, hour=hour, minute=minute))


def copied(world, case, day=2, to="jana@firma.example", **heads):
    date = f"Mon, {day:02} Mar 2026 10:30:00 +0100"
    return came("Gern, so geht das.", From=world.anna.email, to=to, cc=reply_addresses.of(case), date=date, **heads)


@pytest.fixture
def case(world, settings):
    settings.MAIL_REPLY = "antwort@centre.example"
    return contact_point.case(world.lead, topic=world.topic, urgent=True)


def owed(case):
    return follow_ups.set(
        case=case,
        partner=case.partner,
        due_on=TODAY,
        note="Dringend: bitte heute melden.",
        submission=promises.of(case, promises.ANSWER),
        by=BY,
    )[0]


def file(world, case, mail, day=9):
    with at(day):
        mails.confirm(mail=mail, case=case, member=world.anna, by=BY)
    case.refresh_from_db()


def test_what_was_promised_is_kept_and_what_came_is_read(world, case):
    owed(case)
    with at(2, 9):
        asked = came("Und?", to=reply_addresses.of(case))
    with at(2, 10):
        mail = copied(world, case)
    with at(3):
        later = came("Noch etwas.", to=reply_addresses.of(case))
    file(world, case, mail)
    assert not queries.open_promises(case).exists()
    unread = Mail.objects.filter(case=case, read_at=None, direction="")
    assert list(unread) == [later], "what came after the copy is not read by it"
    assert asked not in unread


def test_the_first_answer_was_given_on_the_day_of_the_copy(world, case):
    file(world, case, copied(world, case))
    (found,) = answer_times.asked(world.centre, start=TODAY, end=TODAY)
    assert (found.answered, found.days) == (TODAY, 0)


def test_an_answer_after_a_copy_to_others_counts_on_its_own_day(world, case):
    file(world, case, copied(world, case, to="kammer@hwk.example"), day=3)
    with at(4):
        cases.answer(case=case, member=world.anna, text="Ja.", by=BY)
    (found,) = answer_times.asked(world.centre, start=TODAY, end=TODAY)
    assert found.answered == dt.date(2026, 3, 4)


def test_a_copy_from_before_the_enquiry_answers_it_on_the_day_it_came(world, case):
    mail = copied(world, case)
    Mail.objects.filter(pk=mail.pk).update(sent_at=MONDAY - dt.timedelta(days=20))
    mail.refresh_from_db()
    file(world, case, mail)
    (found,) = answer_times.asked(world.centre, start=TODAY, end=TODAY)
    assert found.answered == TODAY


def test_what_is_only_kept_there_ends_nothing(world, case):
    promise = owed(case)
    came("Und?", to=reply_addresses.of(case))
    file(world, case, copied(world, case, to="kammer@hwk.example"))
    assert list(queries.open_promises(case)) == [promise]
    assert Mail.objects.filter(case=case, read_at=None, direction="").exists()
