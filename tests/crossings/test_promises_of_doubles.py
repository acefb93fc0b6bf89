"""A case that a mail opened is another one's double: what somebody promised there is kept here."""

import datetime as dt

import pytest

from tests import contact_point
from tests.contact_point import BY
from tests.mailing import came
from wegweiser.crossings import mails, promises
from wegweiser.enquiries import queries
from wegweiser.enquiries.actions import appointments, cases, follow_ups
from wegweiser.enquiries.models import FollowUp
from wegweiser.kernel import clock

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
