"""Mails go to a real mail server, and each way in which that fails has its own end."""

import datetime as dt

import pytest

from tests import contact_point
from tests.letters import BY, RENDERED, write
from tests.services.mail import USER
from wegweiser.consortium.models import Centre
from wegweiser.kernel import clock
from wegweiser.kernel.models import AuditEvent
from wegweiser.kernel.translated import translated
from wegweiser.outbox import delivery, queries, tokens
from wegweiser.outbox.actions import deliveries, letters
from wegweiser.outbox.models import Letter
from wegweiser.outbox.rendering import Rendered

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


def send(after: dt.timedelta = dt.timedelta(0)) -> dict[str, int]:
    with clock.stopped_at(NOON + after):
        return delivery.send_due()


def test_a_mail_arrives_as_it_was_written(cause, smtp):
    letter = write(
        cause, reply_to="anna@centre.example", language="en", calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    )
    assert send() == {"sent": 1}
    (mail,) = smtp.messages
    assert (mail["Subject"], mail["To"], mail["Reply-To"]) == (
        "Grüße aus Köthen",
        "jana@firma.example",
        "anna@centre.example",
    )
    assert (mail["Message-ID"], mail["Content-Language"]) == (letter.message_id, "en")
    assert mail.get_body(("plain",)).get_content().splitlines() == ["Hallo"]
    assert mail.get_body(("html",)).get_content().strip() == "<p>Hallo</p>"
    (calendar,) = mail.iter_attachments()
    assert (calendar.get_content_type(), calendar.get_filename()) == ("text/calendar", "termin.ics")
    assert smtp.recipients == [["jana@firma.example"]]
    letter.refresh_from_db()
    assert (letter.state, letter.sent_at, letter.attempts) == ("sent", NOON, 1)
    assert send() == {}


@pytest.mark.parametrize(
    ("ours", "language", "sender"),
    [
        ("post@centre.example", "de", "Zentrum für Köthen, Süd <post@centre.example>"),
        ("post@centre.example", "en", "Centre <post@centre.example>"),
        ("Unser Haus <post@centre.example>", "de", "Unser Haus <post@centre.example>"),
    ],
)
def test_a_mail_says_who_it_is_from(cause, smtp, settings, ours, language, sender):
    contact_point.world()
    Centre.objects.update(name=translated("Zentrum für Köthen, Süd", "Centre"))
    settings.DEFAULT_FROM_EMAIL = ours
    write(cause, language=language)
    assert send() == {"sent": 1}
    (mail,) = smtp.messages
    assert str(mail["From"]).replace('"', "") == sender


def test_without_a_mail_server_mails_wait(cause, settings):
    settings.EMAIL_HOST = ""
    write(cause)
    assert send() == {}
    assert Letter.objects.get().state == "queued"


def test_what_is_held_or_on_paper_is_not_sent(cause, smtp):
    write(cause, channel="none")
    write(cause, channel="letter", address=["Firma"])
    assert send() == {}


@pytest.fixture
def token(settings, smtp, tmp_path):
    """The file with the token that the mail server wants."""
    file = tmp_path / "token"
    file.write_text("frisch\n")
    smtp.token = "frisch"
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD, settings.EMAIL_TOKEN = USER, "", True
    settings.IMAP = {**settings.IMAP, "token_file": str(file)}
    return file


def test_with_a_token_mails_go_out_where_passwords_are_refused(cause, smtp, token, settings):
    write(cause)
    assert send() == {"sent": 1}
    settings.EMAIL_TOKEN, settings.EMAIL_HOST_PASSWORD = False, "geheim"
    write(cause)
    assert send() == {"queued": 1}
    assert len(smtp.messages) == 1


@pytest.mark.parametrize("spoilt", ["old", "gone", "none"])
def test_without_a_good_token_mails_wait_and_say_why(cause, smtp, token, settings, spoilt):
    letter = write(cause)
    if spoilt == "old":
        token.write_text("abgelaufen-und-geheim")
    elif spoilt == "gone":
        token.unlink()
    else:
        settings.IMAP |= {"token_file": ""}
    assert send() == {"queued": 1}
    letter.refresh_from_db()
    why = {"old": "535", "gone": "IMAP_TOKEN_FILE cannot be read", "none": "EMAIL_TOKEN needs IMAP_TOKEN_FILE"}
    assert why[spoilt] in letter.failure
    assert "geheim" not in letter.failure
    token.write_text("frisch")
    settings.IMAP |= {"token_file": str(token)}
    assert send(dt.timedelta(days=1)) == {"sent": 1}


def test_no_token_is_told_in_clear_to_another_machine(cause, smtp, token, monkeypatch):
    monkeypatch.setattr(tokens, "LOCAL", frozenset())  # as if the mail server were one
    letter = write(cause)
    assert send() == {"queued": 1}
    letter.refresh_from_db()
    assert "EMAIL_TLS" in letter.failure
    assert not smtp.messages


def test_a_refusal_for_now_waits_longer_each_time_and_then_gives_up(cause, smtp):
    smtp.refuse = "451 Try again later"
    letter = write(cause)
    passed, waits = dt.timedelta(0), []
    while send(passed) != {"failed": 1}:
        letter.refresh_from_db()
        assert send(passed) == {}
        waits.append(letter.next_attempt_at - (NOON + passed))
        passed += waits[-1]
    assert waits == deliveries.BACKOFF
    letter.refresh_from_db()
    assert letter.failure == "451 Try again later"
    smtp.refuse = ""
    letters.release(letter=letter, by=BY)
    assert send(passed) == {"sent": 1}


def test_a_refusal_for_good_is_final(cause, smtp):
    smtp.refuse = "550 Unknown user"
    letter = write(cause)
    assert send() == {"failed": 1}
    letter.refresh_from_db()
    assert letter.failure == "550 Unknown user"
    assert AuditEvent.objects.filter(event="letter:failed").count() == 1


def test_one_refusal_does_not_keep_the_others(cause, smtp):
    write(cause, mail="kein Postfach")
    write(cause)
    assert send() == {"failed": 1, "sent": 1}


def test_a_server_that_is_away_is_tried_again(cause, settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    first, second = write(cause), write(cause)
    assert send() == {"queued": 1}, "One attempt tells enough."
    first.refresh_from_db()
    assert "Refused" in first.failure
    assert Letter.objects.get(pk=second.pk).attempts == 0


@pytest.mark.parametrize(
    ("where", "answer"),
    [
        ("refuse_us", "530 5.7.0 Authentication required"),
        ("refuse_us", "550 5.7.1 Sender address rejected"),
        ("refuse_us", "454 4.7.0 Temporary authentication failure"),
        ("refuse_recipient", "554 5.7.1 <jana@firma.example>: Relay access denied"),
        ("refuse_recipient", "530 5.7.0 Must issue a STARTTLS command first"),
        ("refuse", "550 5.4.5 Daily user sending limit exceeded"),
        ("refuse_us", "421 4.3.2 Service not available"),
    ],
)
def test_a_server_that_refuses_us_spoils_no_letter(cause, smtp, where, answer):
    first, second = write(cause), write(cause)
    setattr(smtp, where, answer)
    passed = dt.timedelta(0)
    assert send(passed) == {"queued": 1}, "One attempt tells enough."
    assert Letter.objects.get(pk=second.pk).failure == ""
    for _attempt in range(20):  # longer than a letter that is refused itself is tried
        passed += dt.timedelta(days=1)
        assert send(passed) == {"queued": 1}
    first.refresh_from_db()
    assert (first.state, first.failure, first.attempts) == ("queued", answer, 0)
    setattr(smtp, where, "")
    assert send(passed + dt.timedelta(days=1)) == {"sent": 2}


@pytest.mark.parametrize(
    "answer",
    [
        "550 5.7.1 Relay access denied",
        "552 5.2.2 user has exceeded the daily receiving limit",
        "450 4.2.1 The hourly limit of this mailbox is reached",
    ],
)
def test_what_sounds_like_us_and_is_of_some_recipients_stops_no_other_and_fails_in_the_end(cause, smtp, answer):
    smtp.refused_domains = {f"firma{number}.example" for number in range(7)}
    smtp.refuse_recipient = answer
    for number in range(7):
        write(cause, mail=f"jana@firma{number}.example")
    passed = dt.timedelta(0)
    write(cause), write(cause)
    while passed < dt.timedelta(minutes=6):
        send(passed)
        passed += dt.timedelta(minutes=1)
    assert Letter.objects.filter(state="sent").count() == 2
    for _day in range(60):
        passed += dt.timedelta(days=1)
        write(cause)
        send(passed)
    assert Letter.objects.filter(state="failed").count() == 7
    assert Letter.objects.filter(state="sent").count() == 62


def test_a_letter_of_which_nobody_can_say_whether_it_may_go_keeps_no_other(cause, smtp, monkeypatch):
    first, _second = write(cause), write(cause)

    def refusal(letter: Letter) -> str:
        if letter.pk == first.pk:
            raise LookupError("half a row")
        return ""

    monkeypatch.setattr(queries, "refusal", refusal)
    assert send() == {"queued": 1, "sent": 1}
    first.refresh_from_db()
    assert (first.state, first.failure, first.attempts) == ("queued", "LookupError: half a row", 1)
    assert send() == {}
    assert len(smtp.messages) == 1, "It never goes unasked."
    for day in range(1, 9):
        send(dt.timedelta(days=2 * day))
    first.refresh_from_db()
    assert first.state == "failed"


def test_a_server_that_is_away_for_long_spoils_no_letter_either(cause, settings, smtp):
    letter, port = write(cause), settings.EMAIL_PORT
    settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = 9, 1
    for day in range(20):
        assert send(dt.timedelta(days=day)) == {"queued": 1}
    settings.EMAIL_PORT = port
    assert send(dt.timedelta(days=20)) == {"sent": 1}
    letter.refresh_from_db()
    assert letter.attempts == 1


@pytest.mark.parametrize(
    ("where", "answer"),
    [
        ("refuse_us", "552 5.3.4 Message size exceeds fixed limit"),
        ("refuse_recipient", "550 5.1.1 User unknown"),
        ("refuse_recipient", "550 5.7.1 Your message was blocked by the recipient"),
        ("refuse", "554 5.7.1 Message rejected as spam"),
    ],
)
def test_what_is_said_of_one_letter_keeps_no_other(cause, smtp, where, answer):
    write(cause), write(cause)
    setattr(smtp, where, answer)
    assert send() == {"failed": 2}


def test_a_lost_connection_after_the_message_is_unclear_and_repeated_once(cause, smtp):
    smtp.drop = "after"
    letter = write(cause)
    assert send() == {"unclear": 1}
    assert send() == {}
    assert send(deliveries.UNCLEAR_WAITS) == {"unclear": 1}
    assert send(dt.timedelta(days=30)) == {}
    letter.refresh_from_db()
    assert (letter.state, letter.unclear_count) == ("unclear", 2)
    assert {mail["Message-ID"] for mail in smtp.messages} == {letter.message_id}
    smtp.drop = ""
    letters.release(letter=letter, by=BY)
    assert send(dt.timedelta(days=30)) == {"sent": 1}


def test_a_mail_is_claimed_once(cause):
    letter, again = write(cause), Letter.objects.get()
    assert deliveries.claim(letter=letter, by=BY)
    assert not deliveries.claim(letter=again, by=BY)


def test_a_late_result_counts_only_when_it_is_good_news(cause):
    letter = write(cause)
    with clock.stopped_at(NOON):
        deliveries.claim(letter=letter, by=BY)
    with clock.stopped_at(NOON + deliveries.LEASE):
        assert deliveries.expire(by=BY) == 1
        assert not deliveries.put_back(letter=letter, reason="451", by=BY)
        assert Letter.objects.get().state == "unclear"
        assert deliveries.mark_sent(letter=letter, by=BY)
    assert Letter.objects.get().state == "sent"


def test_hostile_words_stay_in_their_place(cause, smtp):
    rendered = Rendered("Hallo\r\nBcc: opfer@firma.example", "Zeile\r\n.\r\nMAIL FROM:<x@y.example>\r\n", "<p>ok</p>")
    write(cause, rendered=rendered, name="Jana\r\nBcc: opfer@firma.example")
    assert send() == {"sent": 1}
    (mail,) = smtp.messages
    assert mail["Subject"] == "Hallo Bcc: opfer@firma.example"
    assert mail["Bcc"] is None
    assert mail.get_body(("plain",)).get_content().splitlines() == ["Zeile", ".", "MAIL FROM:<x@y.example>"]
    assert smtp.recipients == [["jana@firma.example"]]


def test_many_mails_go_over_one_line(cause, smtp):
    for _ in range(3):
        write(cause, rendered=RENDERED)
    assert send() == {"sent": 3}
    assert len({mail["Message-ID"] for mail in smtp.messages}) == 3
