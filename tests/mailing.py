"""Mails as they come over the wire, for the tests of the conversation."""

from email.message import EmailMessage
from itertools import count

from wegweiser.crossings import mails
from wegweiser.crossings.mails import Taken
from wegweiser.enquiries.models import Mail
from wegweiser.kernel.actor import Actor
from wegweiser.outbox.models import Letter

BY = Actor.system("test")
JANA = "Jana Ölmann <jana@firma.example>"
CENTRE = "antwort@centre.example"
_numbers = count(1)


def written(text: str = "Ja, Montag passt.", **heads: str) -> EmailMessage:
    """A mail from Jana to the centre; `heads` are added or replaced, `in_reply_to` is In-Reply-To."""
    mail = EmailMessage()
    given = {
        "from": JANA,
        "to": CENTRE,
        "subject": "Re: Ihre Anfrage",
        "message-id": f"<{next(_numbers)}@firma.example>",
        "date": "Mon, 02 Mar 2026 09:30:00 +0100",
    }
    given |= {name.lower().replace("_", "-"): value for name, value in heads.items()}
    for name, value in given.items():
        if value:
            mail[name.title()] = value
    mail.set_content(text)
    return mail


def report(letter: Letter, action: str = "failed") -> bytes:
    """What a mail server sends back because of `letter` (RFC 3464)."""
    return (
        "From: MAILER-DAEMON@mail.example\nTo: post@centre.example\nSubject: Undelivered Mail\n"
        "Return-Path: <>\nMessage-ID: <report@mail.example>\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nIt could not be delivered.\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mail.example\n\n"
        f"Final-Recipient: rfc822; jana@firma.example\nAction: {action}\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 5.1.1 User unknown\n\n"
        f"--b\nContent-Type: message/rfc822\n\nMessage-ID: {letter.message_id}\nSubject: x\n\nText\n--b--\n"
    ).encode()


def take(mail: EmailMessage | bytes) -> Taken:
    return mails.take_in(raw=mail if isinstance(mail, bytes) else mail.as_bytes(), by=BY)


def came(text: str = "Ja, Montag passt.", **heads: str) -> Mail:
    """The row of a mail that was just taken in."""
    return take(written(text, **heads)).mail
