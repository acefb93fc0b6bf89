"""Reminders before a first answer is due, escalation after. 2 March 2026 is a Monday; answers are due on the 4th."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests import contact_point
from tests.contact_point import BEGIN, BY, MONDAY
from wegweiser.consortium.models import Centre, Member, Membership, Role
from wegweiser.enquiries import jobs, queries
from wegweiser.enquiries.actions import cases, reminders
from wegweiser.enquiries.models import Reminder
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter


def on(day: int, hour: int = 9):
    return clock.stopped_at(MONDAY.replace(day=day, hour=hour))


def remind(day: int, hour: int = 9) -> int:
    with on(day, hour):
        return reminders.remind(by=BY)


def mails() -> list[str]:
    return list(Letter.objects.order_by("id").values_list("recipient_mail", flat=True))


@pytest.fixture
def head(world):
    """Who leads the centre, at the lead partner."""
    row = contact_point.member("Henrike", world.lead)
    Membership.objects.create(member=row, partner=world.lead, role=Role.MANAGEMENT, valid_from=BEGIN)
    return row


def test_who_took_it_is_reminded_one_working_day_before(world):
    case = contact_point.case(world.other)
    cases.take(case=case, member=world.ben, by=BY)
    contact_point.member("Berta", world.other)
    assert remind(2) == 0  # it came in today
    assert remind(3) == 1
    letter = Letter.objects.get()
    assert letter.recipient_mail == "ben@centre.example"
    assert case.reference in letter.text
    assert "4. März 2026" in letter.text


def test_days_on_which_the_centre_is_closed_do_not_count_before_an_answer_is_due(world):
    Centre.objects.update(closed_days=[{"from": "2026-03-04", "to": "2026-03-05"}])
    case = contact_point.case(world.other, answer_by=dt.date(2026, 3, 6))
    cases.take(case=case, member=world.ben, by=BY)
    assert remind(3) == 1  # the last working day before Friday
    assert Letter.objects.get().recipient_mail == "ben@centre.example"


def test_while_the_centre_is_closed_nobody_is_reminded(world):
    Centre.objects.update(closed_days=[{"from": "2026-03-03", "to": "2026-03-03"}])
    case = contact_point.case(world.other)
    cases.take(case=case, member=world.ben, by=BY)
    assert remind(3) == 0
    assert remind(4) == 1


def test_all_who_may_take_it_are_reminded_where_nobody_did(world):
    contact_point.case(world.other)
    contact_point.member("Berta", world.other)
    assert remind(3) == 2
    assert mails() == ["ben@centre.example", "berta@centre.example"]


def test_who_left_is_not_told_and_a_colleague_is(world):
    case = contact_point.case(world.other)
    cases.take(case=case, member=world.ben, by=BY)
    contact_point.member("Carl", world.other)
    Membership.objects.filter(member=world.ben).update(valid_to=dt.date(2026, 3, 2))
    assert remind(3) == 1
    assert mails() == ["carl@centre.example"]


def test_an_adviser_without_an_address_leaves_it_to_the_colleagues(world):
    case = contact_point.case(world.other)
    cases.take(case=case, member=world.ben, by=BY)
    Member.objects.filter(pk=world.ben.pk).update(email="")
    contact_point.member("Carl", world.other)
    assert remind(3) == 1
    assert mails() == ["carl@centre.example"]


def test_what_nobody_could_be_told_of_counts_as_told_to_nobody(world, head):
    contact_point.case(world.other)
    Member.objects.update(email="")
    assert [remind(3), remind(5)] == [0, 0]
    assert not Reminder.objects.exists()
    Member.objects.filter(pk=world.ben.pk).update(email="ben@centre.example")
    assert remind(6) == 1
    assert mails() == ["ben@centre.example"]
    assert set(Reminder.objects.values_list("kind", flat=True)) == {"due", "overdue"}


def test_one_mail_tells_of_all(world):
    found = [contact_point.case(world.other) for _ in range(3)]
    assert remind(3) == 1
    text = Letter.objects.get().text
    assert all(case.reference in text for case in found)


def test_nobody_is_told_twice(world):
    contact_point.case(world.other)
    assert [remind(3), remind(3, 10), remind(4)] == [1, 0, 0]
    with pytest.raises(IntegrityError), transaction.atomic():
        row = Reminder.objects.get()
        Reminder.objects.create(case=row.case, partner=row.partner, kind=row.kind, due_on=row.due_on)


def test_the_next_partner_is_reminded_too(world):
    case = contact_point.case(world.other)
    remind(3)
    with on(3):
        cases.hand_over(case=case, partner=world.lead, note="Bitte.", by=BY)
    assert remind(4) == 1
    assert mails()[-1] == "anna@centre.example"


def test_no_mail_on_a_weekend_a_holiday_or_before_seven(world):
    contact_point.case(world.other, answer_by=dt.date(2026, 3, 6))
    assert [remind(7), remind(8), remind(5, 5)] == [0, 0, 0]  # Saturday, Sunday, six o'clock
    contact_point.case(world.other, answer_by=dt.date(2026, 4, 7))
    with clock.stopped_at(dt.datetime(2026, 4, 6, 9, tzinfo=dt.UTC)):  # Easter Monday
        assert reminders.remind(by=BY) == 0


def test_what_is_answered_or_cannot_be_is_not_reminded_of(world):
    cases.answer(case=contact_point.case(world.other), member=world.ben, text="Ja.", by=BY)
    contact_point.case(world.other, email="", phone="", name="", matter="barrier")
    cases.close(case=contact_point.case(world.other), outcome="settled", by=BY)
    assert remind(9) == 0


def test_management_and_who_leads_the_partner_learn_of_an_overdue_answer(world, head):
    contact_point.case(world.other)
    contact_point.member("Berta", world.other)
    remind(3)
    Letter.objects.all().delete()
    assert remind(4) == 0  # due today, not overdue
    assert remind(5) == 2
    assert sorted(mails()) == ["ben@centre.example", "henrike@centre.example"]
    assert "noch nicht übernommen" in Letter.objects.first().text
    assert remind(6) == 0


def test_an_overdue_one_is_named_once_in_a_mail_that_tells_both(world, head):
    case = contact_point.case(world.other)
    assert remind(9) == 2  # nothing ran for a week
    letter = Letter.objects.get(recipient_mail="ben@centre.example")
    assert letter.text.count(f"{case.reference}, ") == 1


def test_the_mail_names_nobody(world):
    case = contact_point.case(world.other)
    remind(3)
    letter = Letter.objects.get()
    assert case.name not in letter.text + letter.html
    assert case.text not in letter.text + letter.html


def test_in_the_language_of_who_reads_it(world):
    from tests.web.desk import staff

    user = staff.login(world.ben)
    user.language = "en"
    user.save()
    contact_point.case(world.other)
    remind(3)
    assert "4 March 2026" in Letter.objects.get().text or "March 4, 2026" in Letter.objects.get().text


def test_days_are_set_by_the_centre(world):
    world.centre.remind_working_days_before, world.centre.escalate_working_days_after = 0, 3
    world.centre.save()
    contact_point.case(world.other)
    assert [remind(3), remind(4), remind(6), remind(9)] == [0, 1, 0, 1]


def test_urgent_ones_are_told_of_on_the_day_they_come(world):
    contact_point.case(world.other, urgent=True, answer_by=dt.date(2026, 3, 2))
    assert remind(2) == 1


def test_today_shows_my_due_answers_and_the_overdue_ones_i_answer_for(world, head):
    mine = contact_point.case(world.other)
    cases.take(case=mine, member=world.ben, by=BY)
    elsewhere = contact_point.case(world.lead)
    remind(5)
    day = dt.date(2026, 3, 5)
    with on(5):
        assert queries.to_answer(member=world.ben, day=day, led={world.other.pk}) == [mine]
        assert queries.to_answer(member=world.anna, day=day, led={world.lead.pk}) == []  # it is among the new ones
        assert queries.to_answer(member=head, day=day, led=set(), everywhere=True) == [mine]
        assert list(queries.inbox(states=["new", "taken"], late=True)) == [mine, elsewhere]
        assert all(row.is_late and row.is_told for row in queries.inbox(states=["new", "taken"]))


def test_the_job_runs(world):
    contact_point.case(world.other)
    with on(3):
        jobs.remind()
    assert len(mails()) == 1
