"""A case that a mail opened is another one's double: what somebody promised there is kept here."""

import datetime as dt

import pytest

from tests import contact_point
from tests.contact_point import BY
from tests.mailing import came
from wegweiser.crossings import appointments as crossing
from wegweiser.crossings import enquiries, mails, promises
from wegweiser.enquiries import queries, reply_addresses, unseen
from wegweiser.enquiries.actions import appointments, cases, erasures, follow_ups
from wegweiser.enquiries.models import FollowUp
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter

FRIDAY = dt.date(2026, 3, 6)


@pytest.fixture
def first(world, settings):
    settings.MAIL_REPLY = "antwort@centre.example"
    return contact_point.case(world.lead, topic=world.topic)


@pytest.fixture
def mail(first):
    return came("Und der Scanner?", subject=f"Zu {first.reference}")


def promise(case, note, member=None, submission=None):
    return follow_ups.set(
        case=case, partner=case.partner, member=member, due_on=FRIDAY, note=note, submission=submission, by=BY
    )[0]


def test_what_somebody_promised_there_is_still_to_be_kept(world, first, mail):
    double = mail.case
    cases.take(case=double, member=world.anna, by=BY)
    mine, anybodys = promise(double, "Freitag zurückrufen", world.anna), promise(double, "Prospekt suchen")
    kept = promise(double, "War schon")
    follow_ups.done(follow_up=kept, by=BY)
    date, _fresh = appointments.arrange(
        case=double, member=world.anna, kind="talk", starts_at=clock.now() + dt.timedelta(days=2), by=BY
    )
    mails.move(mail=mail, case=first, by=BY)
    assert list(queries.open_promises(first)) == [mine, anybodys]
    assert [row.member for row in queries.open_promises(first)] == [world.anna, None]
    assert list(first.appointments.all()) == [date]
    assert not queries.open_promises(double).exists()
    kept.refresh_from_db()
    assert kept.case == double


def test_what_anybody_may_keep_is_for_the_partner_that_has_the_case(world, mail):
    there = contact_point.case(world.other)
    note = promise(mail.case, "Prospekt suchen")
    mine = promise(mail.case, "Rufe an", world.anna)
    mails.move(mail=mail, case=there, by=BY)
    note.refresh_from_db()
    mine.refresh_from_db()
    assert (note.partner, mine.partner, mine.member) == (world.other, world.lead, world.anna)


def test_a_call_that_was_promised_is_ticked_off_by_answering_there(world, first, mail):
    call = promise(mail.case, "Dringend: bitte heute melden.", submission=promises.of(mail.case, promises.CALL))
    answer = promise(mail.case, "Antwort", submission=promises.of(mail.case, promises.ANSWER))
    mails.move(mail=mail, case=first, by=BY)
    (row,) = queries.open_promises(first)
    assert (row.note, row.due_on, row.uuid) == (call.note, call.due_on, promises.of(first, promises.CALL))
    assert set(FollowUp.objects.exclude(done_at=None)) == {call, answer}
    promises.keep(first, promises.CALL, by=BY)
    assert not queries.open_promises(first).exists()


def test_a_call_after_one_that_was_made_stands_beside_it(world, first, mail):
    made = promise(first, "Anrufen", submission=promises.of(first, promises.CALL))
    follow_ups.done(follow_up=made, by=BY)
    call = promise(mail.case, "Anrufen", submission=promises.of(mail.case, promises.CALL))
    mails.move(mail=mail, case=first, by=BY)
    assert list(queries.open_promises(first)) == [call]


@pytest.fixture
def visit(world, mail):
    """Jana's, of which she was written to."""
    starts_at = clock.now() + dt.timedelta(days=2)
    return crossing.arrange(case=mail.case, member=world.anna, kind="visit", starts_at=starts_at, invite=True, by=BY)


@pytest.fixture
def kurts(world, settings):
    settings.MAIL_REPLY = "antwort@centre.example"
    return contact_point.case(world.lead, topic=world.topic, name="Kurt Kain", email="kurt@firma.example")


def test_who_expects_us_is_told_of_the_end_wherever_the_date_went(world, kurts, mail, visit):
    mails.move(mail=mail, case=kurts, by=BY)
    visit.refresh_from_db()
    crossing.cancel(appointment=visit, by=BY)
    told = Letter.objects.filter(cause_uuid=visit.uuid)
    assert [letter.recipient_mail for letter in told.order_by("id")] == ["jana@firma.example"] * 2
    assert "Jana" in told.last().text or "Guten Tag," in told.last().text


def test_who_is_called_about_a_date_from_a_double_is_named(world, kurts, mail):
    starts_at = clock.now() + dt.timedelta(days=2)
    date = crossing.arrange(case=mail.case, member=world.anna, kind="visit", starts_at=starts_at, by=BY)
    mails.move(mail=mail, case=kurts, by=BY)
    date.refresh_from_db()
    crossing.cancel(appointment=date, by=BY)
    assert queries.open_promises(kurts).get().note.endswith("Es erwartet: Jana Ölmann.")


def test_nobody_else_reads_the_date_or_takes_its_letters_along_when_they_are_erased(kurts, mail, visit):
    double = visit.case
    mails.move(mail=mail, case=kurts, by=BY)
    assert list(kurts.appointments.all()) == [visit]
    assert queries.status(kurts).dates == []
    assert queries.status(double).dates == [visit]
    erasures.erase_case(case=kurts, by=BY)
    visit.refresh_from_db()
    assert visit.cancelled_at is None
    assert Letter.objects.get(cause_uuid=visit.uuid).text


def test_a_date_of_the_same_person_is_theirs_there(first, mail, visit):
    mails.move(mail=mail, case=first, theirs=True, by=BY)
    visit.refresh_from_db()
    assert visit.double is None


def test_a_later_mail_goes_along_and_what_we_answered_is_noted(world, first, mail):
    double = mail.case
    cases.take(case=double, member=world.anna, by=BY)
    enquiries.answer(case=double, member=world.anna, text="Ja, den gibt es.", by=BY)
    second = came("Und der Drucker?", to=reply_addresses.of(double))
    assert second.case == double
    mails.move(mail=mail, case=first, seen=unseen.last(double), by=BY)
    second.refresh_from_db()
    assert (second.case, second.is_unread) == (first, True)
    assert second.contribution.case == first
    note = first.thread.get(kind="note")
    assert f"{double.reference} am 02.03.2026 schon geantwortet:\n\nJa, den gibt es." in note.text
    texts = list(first.thread.filter(kind="mail_in").order_by("id").values_list("text", flat=True))
    assert texts == ["Und der Scanner?", "Und der Drucker?"]
