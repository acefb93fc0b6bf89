"""A press on "Zusagen" in a calendar is no enquiry; who declines is called."""

import datetime as dt

import pytest

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.mailing import take, written
from wegweiser.crossings import appointments, doubles, enquiries
from wegweiser.enquiries.models import Appointment, Case, FollowUp
from wegweiser.files.models import Upload
from wegweiser.outbox.models import Letter

AT = MONDAY + dt.timedelta(days=3)


@pytest.fixture
def case(world):
    return contact_point.case(world.lead, topic=world.topic)


@pytest.fixture
def date(world, case):
    enquiries.answer(case=case, member=world.anna, text="Ich komme gern.", by=BY)
    return appointments.arrange(
        case=case, member=world.anna, kind="visit", starts_at=AT, place="Halle 3", invite=True, by=BY
    )


def answer(uid, said="ACCEPTED", *, method="REPLY", text="", comment="", **heads):
    mail = written(text, **{"subject": "Zugesagt: Vor-Ort-Termin mit Anna, Zentrum"} | heads)
    part = "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            f"METHOD:{method}",
            "BEGIN:VEVENT",
            f"UID:{uid}@testserver"[:30],
            f" {f'UID:{uid}@testserver'[30:]}",
            *([f"COMMENT:{comment}"] if comment else []),
            f'ATTENDEE;CN="Jana Ölmann";PARTSTAT={said}:mailto:jana@firma.example',
            "END:VEVENT",
            "END:VCALENDAR",
        ]
    )
    mail.add_alternative(part.encode(), maintype="text", subtype="calendar", params={"method": method})
    return take(mail).mail


def counted():
    return Case.objects.count(), Letter.objects.count()


@pytest.mark.parametrize("said", ["ACCEPTED", "TENTATIVE"])
@pytest.mark.parametrize("answered", [True, False], ids=["it names our mail", "it names none"])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "Gesendet von Outlook für Android",
        "Jana Ölmann hat diese Einladung angenommen.\n\nVor-Ort-Termin mit Anna\nDonnerstag, 5. März",
        "Jana Ölmann has accepted this invitation.",
    ],
)
def test_who_says_yes_opens_nothing_and_is_owed_nothing(case, date, said, answered, text):
    before = counted()
    heads = {"in_reply_to": Letter.objects.get(cause_uuid=date.uuid).message_id} if answered else {}
    mail = answer(date.uuid, said, text=text, **heads)
    case.refresh_from_db()
    assert counted() == before
    assert (mail.state, mail.case, mail.automatic) == ("filed", case, True)
    assert mail.contribution.text.startswith("Antwort aus dem Kalender: ")
    assert (case.state, case.reply_by) == ("answered", None)
    assert not FollowUp.objects.filter(note__contains="Kalender").exists()
    assert not Upload.objects.exists()


def test_who_says_no_is_called_today_once(world, case, date):
    for _again in range(2):
        answer(date.uuid, "DECLINED", subject="Abgelehnt: Vor-Ort-Termin")
    row = FollowUp.objects.get()
    assert (row.case, row.member, row.due_on) == (case, world.anna, MONDAY.date())
    assert row.note == "Bitte anrufen: Der Termin am 05.03.2026 um 10:00 Uhr wurde im Kalender abgesagt."


def test_once_it_was_moved_who_says_no_is_called_again(case, date):
    answer(date.uuid, "DECLINED")
    appointments.change(appointment=date, starts_at=AT + dt.timedelta(hours=2), tell="known", by=BY)
    answer(date.uuid, "DECLINED")
    assert FollowUp.objects.count() == 2


def test_another_time_that_is_proposed_asks_for_a_call_and_its_file_is_kept(date):
    mail = answer(date.uuid, "TENTATIVE", method="COUNTER")
    assert "andere Zeit" in FollowUp.objects.get().note
    assert Upload.objects.filter(owner_uuid=mail.uuid).exists()


def test_of_a_date_that_was_called_off_nobody_is_called(date):
    appointments.cancel(appointment=date, by=BY)
    answer(date.uuid, "DECLINED")
    assert not FollowUp.objects.exists()


def test_after_the_date_went_along_with_a_double_the_call_is_asked_for_there(world, case, date):
    other = contact_point.case(world.lead, topic=world.topic)
    answer(date.uuid, "DECLINED")
    doubles.carry_over(case=case, into=other, by=BY)
    mail = answer(date.uuid, "DECLINED")
    assert (mail.case, FollowUp.objects.get().case) == (other, other)


@pytest.mark.parametrize("given", [{"text": "Ich komme zehn Minuten später."}, {"comment": "Ich komme später."}])
def test_words_of_their_own_are_heard(case, date, given):
    mail = answer(date.uuid, **given)
    case.refresh_from_db()
    assert (mail.state, mail.automatic, case.state) == ("filed", False, "taken")
    assert mail.contribution.text.endswith("später.")
    assert case.reply_by


def test_what_answers_no_date_of_ours_is_set_aside(world):
    mail = answer("00000000-0000-0000-0000-000000000009")
    assert (mail.state, mail.reason) == ("aside", "auto_reply")
    assert counted() == (0, 0)


def test_an_invitation_stays_a_mail_with_a_file(world):
    mail = answer("00000000-0000-0000-0000-000000000009", method="REQUEST", text="Bitte kommen Sie.")
    assert mail.state == "opened"
    assert not Appointment.objects.exists()
