"""What an enquirer writes after the first answer is owed an answer as that was: shown, reminded of, told on."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests import contact_point
from tests.contact_point import BEGIN, BY, MONDAY
from tests.mailing import came
from wegweiser.consortium.actions import absences
from wegweiser.consortium.models import Membership, Role
from wegweiser.enquiries import answer_times, correspondence, queries, reply_addresses
from wegweiser.enquiries.actions import cases, reminders
from wegweiser.enquiries.actions import mails as actions
from wegweiser.enquiries.models import Case, Reminder
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter


def on(day: int):
    return clock.stopped_at(MONDAY.replace(day=day))


def remind(day: int) -> list[str]:
    """Who is told of what on that day of March."""
    known = set(Letter.objects.values_list("pk", flat=True))
    with on(day):
        reminders.remind(by=BY)
    return sorted(Letter.objects.exclude(pk__in=known).values_list("recipient_mail", flat=True))


@pytest.fixture
def case(world, settings):
    """Answered on Monday the 9th, and the enquirer wrote again that day: due on Wednesday the 11th."""
    settings.MAIL_REPLY = "antwort@centre.example"
    found = contact_point.case(world.other)
    cases.take(case=found, member=world.ben, by=BY)
    assert remind(3) == ["ben@centre.example"]
    with on(9):
        cases.answer(case=found, member=world.ben, text="Passt Montag?", by=BY)
        came(to=reply_addresses.of(found))
    found.refresh_from_db()
    assert found.reply_by == dt.date(2026, 3, 11)
    return found


def test_whoever_has_it_is_reminded_again_and_once(world, case):
    assert [remind(day) for day in (9, 10, 11)] == [[], ["ben@centre.example"], []]
    assert "11. März 2026" in Letter.objects.last().text
    with pytest.raises(IntegrityError), transaction.atomic():
        row = Reminder.objects.last()
        Reminder.objects.create(case=row.case, partner=row.partner, kind=row.kind, due_on=row.due_on)


def test_it_is_overdue_and_told_on(world, case):
    head = contact_point.member("Henrike", world.lead)
    Membership.objects.create(member=head, partner=world.lead, role=Role.MANAGEMENT, valid_from=BEGIN)
    remind(10)
    assert remind(23) == ["ben@centre.example", "henrike@centre.example"]
    assert remind(24) == []
    with on(23):
        assert list(Case.objects.filter(answer_times.late(clock.today()))) == [case]
        assert [(row.is_late, row.is_told) for row in queries.with_signs(Case.objects.all())] == [(True, True)]


def test_it_stands_among_what_is_to_be_answered_once_it_was_read(world, case):
    actions.mark_read(case=case, seen=case.thread.last().uuid, by=BY)
    assert queries.to_answer(member=world.ben, day=dt.date(2026, 3, 10), led=set()) == []
    assert queries.to_answer(member=world.ben, day=dt.date(2026, 3, 11), led=set()) == [case]


def test_what_is_answered_again_is_owed_no_more(world, case):
    with on(10):
        cases.answer(case=case, member=world.ben, text="Bis dann.", by=BY)
    assert (remind(11), remind(23)) == ([], [])


def test_the_next_letter_of_the_enquirer_is_due_anew(world, case):
    remind(10)
    with on(10):
        cases.answer(case=case, member=world.ben, text="Bis dann.", by=BY)
    with on(16):
        came("Noch etwas.", to=reply_addresses.of(case))
    assert remind(17) == ["ben@centre.example"]


def test_first_answers_are_measured_as_before(world, case):
    (asked,) = answer_times.asked(world.centre, start=MONDAY.date(), end=MONDAY.date())
    assert (asked.answered, asked.waiting) == (dt.date(2026, 3, 9), False)


def test_an_old_reminder_was_about_the_first_answer(world, case):
    Reminder.objects.update(due_on=None)
    assert remind(10) == ["ben@centre.example"]


@pytest.mark.parametrize("stands_in", [False, True])
def test_what_came_for_somebody_who_is_away_is_shown_to_who_stands_in_else_to_all(world, case, stands_in):
    berta, carl = contact_point.member("Berta", world.other), contact_point.member("Carl", world.other)
    contact_point.let_in(berta, carl)
    today = dt.date(2026, 3, 10)
    with on(9):
        deputy = berta if stands_in else None
        absences.enter(member=world.ben, first_day=today, last_day=today, deputy=deputy, by=BY)
    seen = {}
    for day in (9, 10):
        with on(day):
            who = (world.ben, berta, carl, world.anna)
            seen[day] = [bool(correspondence.unread(member=one, day=clock.today())) for one in who]
    assert seen == {9: [True, False, False, False], 10: [True, True, not stands_in, False]}
