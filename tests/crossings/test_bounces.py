"""A mail of ours did not arrive, or comes late: what is made of the report, whichever way it is written."""

import pytest

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.mailing import came, report, take
from wegweiser.crossings import enquiries
from wegweiser.enquiries.actions import erasures
from wegweiser.enquiries.models import FollowUp, Mail
from wegweiser.kernel import erasure
from wegweiser.outbox import queries as outbox
from wegweiser.outbox.models import Letter


@pytest.fixture(autouse=True)
def _mailbox(settings):
    settings.MAIL_REPLY = "antwort@centre.example"


@pytest.fixture
def answered(world):
    case = contact_point.case(world.lead)
    enquiries.answer(case=case, member=world.anna, text="Passt Montag?", by=BY)
    Letter.objects.update(state="sent", sent_at=MONDAY)
    case.refresh_from_db()
    return case


@pytest.fixture
def letter(answered):
    return Letter.objects.get()


def test_a_bounce_marks_the_letter_and_asks_for_a_call(world, answered, letter):
    mail = take(report(letter)).mail
    letter.refresh_from_db()
    assert (mail.state, mail.case, mail.letter) == ("bounce", answered, letter)
    assert (letter.state, letter.failure) == ("failed", "bounced smtp; 550 5.1.1 User unknown")
    (follow_up,) = FollowUp.objects.all()
    assert (follow_up.member, follow_up.due_on) == (world.anna, MONDAY.date())


def test_that_a_mail_is_not_ours_changes_nothing(answered, letter):
    letter.message_id = "<other@elsewhere.example>"
    assert take(report(letter)).mail.reason == "bounce"
    assert Letter.objects.get().state == "sent"


def test_that_a_mail_is_late_needs_nobody(answered, letter):
    mail = take(report(letter, action="delayed")).mail
    assert (mail.state, mail.reason, mail.letter) == ("done", "late", letter)
    assert (Letter.objects.get().state, FollowUp.objects.count()) == ("sent", 0)


# --- After an erasure -------------------------------------------------------------------------------------------------


def test_of_an_erased_letter_nothing_is_written_down_again(answered, letter):
    erasures.erase_case(case=answered, by=BY)
    mail = take(report(letter)).mail
    letter.refresh_from_db()
    assert (mail.state, mail.text, mail.sender_mail, mail.subject, mail.case) == ("done", "", "", "", None)
    assert (letter.failure, FollowUp.objects.filter(done_at=None).count()) == ("", 0)
    assert not outbox.needing_a_person().exists()


def test_what_a_server_said_of_somebody_goes_with_the_letter(letter):
    Letter.objects.update(
        state="failed", failure="bounced 550 <jana@firma.example> unknown", subject="", text="", html="",
        recipient_name="", recipient_mail="", reply_to="",
    )  # fmt: skip
    late = MONDAY.date().replace(year=2036)
    erasure.run(day=late, by=BY)
    letter.refresh_from_db()
    assert letter.failure == "erased"
    assert not outbox.needing_a_person().exists()
    assert erasure.run(day=late, by=BY) == []


# --- Without a report -------------------------------------------------------------------------------------------------

EXIM = """This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  jana@firma.example
    host mx.firma.example [192.0.2.1]
    SMTP error from remote mail server after RCPT TO:<jana@firma.example>:
    550 5.1.1 User unknown
"""
QMAIL = """Hi. This is the qmail-send program at mx.example.
I'm afraid I wasn't able to deliver your message to the following addresses.

<jana@firma.example>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Received: by mx.example
Message-ID: {identity}
Subject: x
"""
DAEMON = {"from": "Mail Delivery System <Mailer-Daemon@mx.example>", "return_path": "<>"}


def daemon(text, **heads):
    return came(text, **{**DAEMON, "subject": "Mail delivery failed: returning message to sender", **heads})


@pytest.mark.parametrize("head", ["references", "in_reply_to"])
def test_a_bounce_in_plain_words_is_known_by_what_it_answers(answered, letter, head):
    mail = daemon(EXIM, **{head: letter.message_id})
    letter.refresh_from_db()
    assert (mail.state, mail.case, mail.letter) == ("bounce", answered, letter)
    assert (letter.state, letter.failure) == ("failed", "bounced 550 5.1.1 User unknown")
    assert FollowUp.objects.get().case == answered


def test_a_bounce_in_plain_words_is_known_by_the_copy_in_it(answered, letter):
    mail = daemon(QMAIL.format(identity=letter.message_id), subject="failure notice")
    letter.refresh_from_db()
    assert (mail.state, letter.state) == ("bounce", "failed")
    assert letter.failure == "bounced Sorry, no mailbox here by that name. (#5.1.1)"


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Warning: message 1abc delayed 24 hours", "A message has not yet been delivered. No action is required."),
        ("Delayed Mail (still being retried)", "It will be retried until it is 5 days old."),
        ("Unzustellbar", "Die Zustellung verzögert sich. Es wird weiter versucht."),
    ],
)
def test_a_delay_in_plain_words_needs_nobody(answered, letter, subject, text):
    mail = daemon(text, subject=subject, references=letter.message_id)
    assert (mail.state, Letter.objects.get().state, FollowUp.objects.count()) == ("done", "sent", 0)


def test_a_postmaster_who_answers_is_no_failure(answered, letter):
    mail = came(
        "Ja, Montag passt.", subject="AW: Termin", references=letter.message_id, **{"from": "postmaster@f.example"}
    )
    assert Letter.objects.get().state == "sent"
    assert mail.state != Mail.State.BOUNCE


def test_a_receipt_is_no_delay(answered, letter):
    raw = report(letter).replace(b"report-type=delivery-status", b"report-type=disposition-notification")
    raw = raw.replace(b"message/delivery-status", b"message/disposition-notification").replace(b"Action: failed\n", b"")
    assert take(raw).mail.reason != "late"
