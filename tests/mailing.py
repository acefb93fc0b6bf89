"""Mails as they come over the wire, for the tests of the conversation."""

from email.message import EmailMessage
from itertools import count

from wegweiser.crossings import mails
from wegweiser.crossings.mails import Taken
from wegweiser.enquiries.models import Mail
from wegweiser.kernel.actor import Actor

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


def take(mail: EmailMessage | bytes) -> Taken:
    return mails.take_in(raw=mail if isinstance(mail, bytes) else mail.as_bytes(), by=BY)


def came(text: str = "Ja, Montag passt.", **heads: str) -> Mail:
    """The row of a mail that was just taken in."""
    return take(written(text, **heads)).mail
