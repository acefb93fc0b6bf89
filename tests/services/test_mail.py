"""The mail server of the tests accepts, refuses, waits and hangs up."""

import smtplib
import time

import pytest
from django.core.mail import EmailMultiAlternatives


def _send() -> None:
    letter = EmailMultiAlternatives("Grüße", "Guten Tag", "a@example.org", ["b@example.org"], bcc=["c@example.org"])
    letter.attach_alternative("<p>Guten Tag</p>", "text/html")
    letter.send()


def test_a_mail_arrives_parsed(smtp):
    _send()
    (message,) = smtp.messages
    assert message["Subject"] == "Grüße"
    assert message.get_body(["html"]).get_content().strip() == "<p>Guten Tag</p>"
    assert smtp.recipients == [["b@example.org", "c@example.org"]]


def test_a_mail_is_refused(smtp):
    smtp.refuse = "550 Unknown user"
    with pytest.raises(smtplib.SMTPDataError, match="Unknown user"):
        _send()
    assert smtp.messages == []


@pytest.mark.parametrize(("drop", "kept"), [("before", 0), ("after", 1)])
def test_the_server_hangs_up(smtp, drop, kept):
    smtp.drop = drop
    with pytest.raises(smtplib.SMTPServerDisconnected):
        _send()
    assert len(smtp.messages) == kept


def test_the_server_is_slow(smtp):
    smtp.delay = 0.2
    start = time.monotonic()
    _send()
    assert time.monotonic() - start >= 0.2
