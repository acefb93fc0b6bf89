"""A letter that will not arrive by itself asks for a call, once, whatever ended it."""

import datetime as dt

import pytest

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.mailing import report, take
from wegweiser.companies.models import Channel
from wegweiser.consortium.models import Membership
from wegweiser.crossings import appointments, channels, doubles, enquiries, firms, jobs, undelivered
from wegweiser.enquiries.actions import cases, follow_ups
from wegweiser.enquiries.models import FollowUp
from wegweiser.kernel import clock
from wegweiser.outbox import delivery
from wegweiser.outbox.actions import deliveries, letters
from wegweiser.outbox.models import Letter


@pytest.fixture
def case(world):
    row = contact_point.case(world.lead, topic=world.topic, firm="Fräserei Ölmann")
    firms.link(case=row, by=BY)
    return row


@pytest.fixture
def letter(world, case):
    enquiries.answer(case=case, member=world.anna, text="Guten Tag", by=BY)
    return Letter.objects.get()


def send(after=dt.timedelta(0)):
    with clock.stopped_at(MONDAY + after):
        return delivery.send_due()


def notes():
    return list(FollowUp.objects.values_list("note", flat=True))


def test_what_is_on_its_way_or_may_go_out_again_asks_nobody(letter, smtp):
    jobs.ask_for_calls()
    smtp.drop = "after"
    send()
    jobs.ask_for_calls()
    assert notes() == []


def test_an_answer_that_is_refused_at_once_asks_for_a_call_once(world, case, letter, smtp):
    smtp.refuse = "550 Unknown user"
    assert send() == {"failed": 1}
    assert undelivered.ask_for_calls(by=BY) == 1
    (row,) = FollowUp.objects.all()
    assert (row.case, row.member, row.due_on) == (case, world.anna, MONDAY.date())
    assert row.note == "Eine E-Mail ist nicht angekommen. Bitte anrufen oder die Adresse prüfen."
    follow_ups.done(follow_up=row, by=BY)
    assert undelivered.ask_for_calls(by=BY) == 0
    assert FollowUp.objects.count() == 1


def test_whoever_is_there_is_asked_where_the_adviser_left(world, letter, smtp):
    smtp.refuse = "550 Unknown user"
    send()
    Membership.objects.filter(member=world.anna).update(valid_to=MONDAY.date() - dt.timedelta(days=1))
    jobs.ask_for_calls()
    assert FollowUp.objects.get().member is None


def test_what_is_unclear_for_good_asks_for_a_call(letter, smtp):
    smtp.drop = "after"
    send()
    send(deliveries.UNCLEAR_WAITS)
    jobs.ask_for_calls()
    assert notes() == ["Unklar, ob eine E-Mail angekommen ist. Bitte anrufen."]


def test_an_answer_that_is_held_afterwards_asks_for_a_call(case, letter):
    channels.choose(party=case.company, channel=Channel.PHONE, by=BY)
    jobs.ask_for_calls()
    jobs.ask_for_calls()
    assert notes() == ["Die Antwort durfte nicht als E-Mail hinausgehen. Bitte anrufen."]


def test_one_that_is_held_from_the_start_asks_for_one_call(world, case):
    channels.choose(party=case.company, channel=Channel.PHONE, by=BY)
    case.refresh_from_db()
    enquiries.answer(case=case, member=world.anna, text="Guten Tag", by=BY)
    jobs.ask_for_calls()
    assert len(notes()) == 1


def test_where_all_is_done_nobody_calls(case, letter):
    channels.choose(party=case.company, channel=Channel.PHONE, by=BY)
    cases.close(case=case, outcome="helped", by=BY)
    jobs.ask_for_calls()
    Letter.objects.update(state="failed", hold_reason="")
    letter.refresh_from_db()
    letters.dismiss(letter=letter, reason="called", by=BY)
    jobs.ask_for_calls()
    assert notes() == []


def test_a_letter_that_was_erased_asks_nobody(letter):
    letters.erase(letter=letter, by=BY)
    jobs.ask_for_calls()
    assert notes() == []


# --- Dates ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def date(world, case):
    at = MONDAY + dt.timedelta(days=3)
    return appointments.arrange(case=case, member=world.anna, kind="visit", starts_at=at, invite=True, by=BY)


def on_the_phone(case):
    channels.choose(party=case.company, channel=Channel.PHONE, by=BY)
    for _again in range(2):
        jobs.ask_for_calls()


def test_a_date_that_is_called_off_in_a_mail_that_is_held_is_told_by_a_call(case, date):
    appointments.cancel(appointment=date, by=BY)
    cases.close(case=case, outcome="helped", by=BY)  # who waits at the door does so all the same
    on_the_phone(case)
    assert notes() == ["Bitte anrufen: Der Vor-Ort-Termin am 05.03.2026 um 10:00 Uhr fällt aus."]


def test_a_date_whose_mail_is_held_as_it_goes_out_is_told_by_a_call(case, date, smtp):
    appointments.cancel(appointment=date, by=BY)
    case.company.channel = Channel.PHONE  # committed beside it
    case.company.save(update_fields=["channel"])
    assert send() == {"held": 2}
    jobs.ask_for_calls()
    assert notes() == ["Bitte anrufen: Der Vor-Ort-Termin am 05.03.2026 um 10:00 Uhr fällt aus."]


def test_a_date_that_moved_in_a_mail_that_is_held_is_told_by_a_call(case, date):
    appointments.change(appointment=date, starts_at=date.starts_at + dt.timedelta(hours=1), by=BY)
    on_the_phone(case)
    (note,) = notes()
    assert note.startswith("Bitte anrufen: Die E-Mail zu einem Termin")


def test_whoever_was_called_since_is_not_called_again(case, date):
    channels.choose(party=case.company, channel=Channel.PHONE, by=BY)
    case.refresh_from_db()
    appointments.cancel(appointment=date, by=BY)  # promises a call
    jobs.ask_for_calls()
    follow_ups.done(follow_up=FollowUp.objects.get(), by=BY)
    jobs.ask_for_calls()
    assert len(notes()) == 1


def test_of_a_date_that_is_over_nobody_is_called(case, date):
    channels.choose(party=case.company, channel=Channel.PHONE, by=BY)
    with clock.stopped_at(date.starts_at):
        jobs.ask_for_calls()
    assert notes() == []


def test_a_report_that_comes_after_the_call_went_to_another_case_is_understood(world, case, letter, smtp):
    other = contact_point.case(world.lead, topic=world.topic)
    smtp.drop = "after"
    send()
    send(deliveries.UNCLEAR_WAITS)
    jobs.ask_for_calls()
    doubles.carry_over(case=case, into=other, by=BY)
    case.went_on_in, case.state = other, "closed"
    case.closed_at, case.outcome = clock.now(), "duplicate"
    case.save()
    mail = take(report(letter)).mail
    letter.refresh_from_db()
    assert (mail.state, letter.state) == ("bounce", "failed")
    row = FollowUp.objects.get()
    assert (row.case, row.note) == (
        other,
        "Eine E-Mail kam als unzustellbar zurück. Bitte anrufen oder die Adresse prüfen.",
    )
