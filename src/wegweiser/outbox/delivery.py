"""Carries mails to the mail server that the settings name (EMAIL_HOST …). Without one they wait, visibly.

The protocol is spoken step by step, because only the step tells what an error means: before the message was handed
over it certainly did not arrive; after that, without an answer, nobody knows.
"""

import logging
import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formataddr
from enum import Enum, auto

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address
from django.core.validators import validate_email
from django.db.models import Case, When
from django.utils.module_loading import import_string

from wegweiser.kernel import addresses, clock
from wegweiser.kernel.actor import Actor
from wegweiser.outbox import queries, tokens
from wegweiser.outbox.actions import deliveries, letters
from wegweiser.outbox.models import Letter, State
from wegweiser.outbox.rendering import one_line

log = logging.getLogger(__name__)
BY = Actor.system("outbox.delivery")
BATCH = 100
TRANSIENT = range(400, 500)
TOO_LARGE = 552
# What mail servers mostly say to us and not to one letter, whichever command they refuse: nobody logged in, or a day's
# limit. Said of a recipient it may be theirs (a domain whose mail server is wrong, a full day of one mailbox).
_TO_US = re.compile(
    r"^530|authentication required|relay(ing)? (access )?(denied|not (permitted|allowed))"
    r"|\b(daily|hourly|sending|outbound|per (day|hour|minute))\b.{0,40}\b(limit|quota)\b",
    re.IGNORECASE,
)
LOOP_HEADER = "X-Loop"  # names this installation, so that a mail that comes back to us is known as ours


class Refused(Exception):
    """The mail server's answer to one message: not now (`for_good` is False), or never."""

    def __init__(self, code: int, answer: bytes | str) -> None:
        text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
        super().__init__(f"{code} {text}"[:500])
        self.code = code
        self.for_good = code not in TRANSIENT


class Outcome(Enum):
    """What one attempt says of the mail server: nothing, that it takes none from us now, or perhaps that."""

    SETTLED = auto()
    REFUSES_US = auto()
    PERHAPS_US = auto()


def send_due(*, limit: int = BATCH) -> dict[str, int]:
    """Send what is due, what never was refused first, over one connection; returns how many mails had which result.

    Whether it may still go is asked here once more: a wish may have come while it was written, sent or put back.
    """
    deliveries.expire(by=BY)
    results: dict[str, int] = {}
    due = Letter.objects.filter(queries.due(now=clock.now()))
    waiting = list(due.order_by(Case(When(failure="", then=0), default=1), "id")[:limit])
    if not waiting or not queries.is_configured():
        return results
    refused: set[str] = set()  # domains for which the server said what it may mean of us
    with _connected() as line:
        for letter in waiting:
            if _domain(letter) in refused:
                continue  # it is due the next time, too
            outcome = _send(letter, line, others_arrived=bool(results.get(State.SENT)))
            if outcome is None:
                continue
            results[letter.state] = results.get(letter.state, 0) + 1
            if outcome == Outcome.PERHAPS_US:
                refused.add(_domain(letter))
            if outcome == Outcome.REFUSES_US or len(refused) > 1:
                break
    return results


def _domain(letter: Letter) -> str:
    return letter.recipient_mail.rpartition("@")[2].casefold()


def _send(letter: Letter, line: "_Line", *, others_arrived: bool) -> Outcome | None:
    """One letter, if it may still go; None where somebody else has it."""
    try:
        reason = queries.refusal(letter)
    except Exception as error:  # never unasked, and nobody else's mail waits for it
        log.exception("Whether mail %s may go cannot be told.", letter.uuid)
        if not deliveries.claim(letter=letter, by=BY):
            return None
        deliveries.put_back(letter=letter, reason=_told(error), by=BY)
        return Outcome.SETTLED
    if reason:
        letters.hold(letter=letter, reason=reason, by=BY)
        return Outcome.SETTLED
    return _deliver(letter, line, others_arrived=others_arrived) if deliveries.claim(letter=letter, by=BY) else None


def knock() -> None:
    """Raises OSError or SMTPException unless the mail server lets us in. Sends nothing."""
    with _connected() as line:
        line.smtp()


@contextmanager
def _connected() -> Iterator["_Line"]:
    line = _Line()
    try:
        yield line
    finally:
        line.hang_up()


class _Line:
    """One connection to the mail server, opened when needed and again after it broke."""

    def __init__(self) -> None:
        self.backend: EmailBackend | None = None

    def smtp(self) -> smtplib.SMTP:
        if self.backend is None:
            self.backend = EmailBackend(password="" if settings.EMAIL_TOKEN else None)
            self.backend.open()
            if settings.EMAIL_TOKEN:
                _log_in(self._connection())
        connection = self._connection()
        connection.ehlo_or_helo_if_needed()
        return connection

    def _connection(self) -> smtplib.SMTP:
        if self.backend is None or self.backend.connection is None:
            raise smtplib.SMTPServerDisconnected("No connection.")
        return self.backend.connection

    def hang_up(self) -> None:
        if self.backend is not None:
            self.backend.fail_silently = True
            self.backend.close()
            self.backend = None


def _log_in(connection: smtplib.SMTP) -> None:
    """By XOAUTH2, for providers that refuse passwords. Raises SMTPException, also where others would read the token."""
    if not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL) and settings.EMAIL_HOST not in tokens.LOCAL:
        raise smtplib.SMTPException("EMAIL_TLS is off: the token is not told to another machine in clear.")
    try:
        token = tokens.access_token()
        if not token:
            raise tokens.TokenError("EMAIL_TOKEN needs IMAP_TOKEN_FILE or IMAP_TOKEN_URL.")
        said = tokens.said(settings.EMAIL_HOST_USER, token)
        connection.ehlo_or_helo_if_needed()
        # A wrong token comes back as a challenge that says why; an empty answer to it brings the refusal.
        connection.auth("XOAUTH2", lambda challenge=None: said if challenge is None else "")
    except smtplib.SMTPAuthenticationError:
        tokens.forget()
        raise
    except (tokens.TokenError, UnicodeError) as error:
        raise smtplib.SMTPException(str(error) if isinstance(error, tokens.TokenError) else "No login.") from error


def _deliver(letter: Letter, line: _Line, *, others_arrived: bool) -> Outcome:
    """One attempt with one claimed mail, and its result written down.

    Before it was told whom a mail is for, the server speaks of us; only of the size it may speak earlier. After that it
    may mean either: where others arrived in this run, it counts as an attempt with this letter.
    """
    try:
        sender, recipient, content = _compose(letter)
    except ValueError as error:
        deliveries.mark_failed(letter=letter, reason=str(error), by=BY)
        return Outcome.SETTLED
    try:
        smtp = line.smtp()
    except (OSError, smtplib.SMTPException) as error:
        line.hang_up()
        log.warning("The mail server cannot be reached: %s", error)
        deliveries.keep_waiting(letter=letter, reason=_told(error), by=BY)
        return Outcome.REFUSES_US
    spoken_of = handed_over = False
    try:
        _expect(smtp.mail(sender, [f"size={len(content)}"] if smtp.has_extn("size") else []))
        spoken_of = True
        _expect(smtp.rcpt(recipient))
        handed_over = True
        _expect(smtp.data(content))
    except (Refused, smtplib.SMTPDataError) as error:
        line.hang_up()
        refused = error if isinstance(error, Refused) else Refused(error.smtp_code, error.smtp_error)
        return _refused(letter, refused, spoken_of=spoken_of, others_arrived=others_arrived)
    except (OSError, smtplib.SMTPException) as error:  # the connection, not the mail, is at fault
        line.hang_up()
        log.warning("Mail %s: %s", letter.uuid, type(error).__name__)
        settle = deliveries.mark_unclear if handed_over else deliveries.put_back
        settle(letter=letter, reason=_told(error), by=BY)
    else:
        deliveries.mark_sent(letter=letter, by=BY)
    return Outcome.SETTLED


def _refused(letter: Letter, answer: Refused, *, spoken_of: bool, others_arrived: bool) -> Outcome:
    """What an answer of the mail server is to the letter."""
    sounds_like_us = _TO_US.search(str(answer)) is not None
    if not sounds_like_us and (spoken_of or answer.code == TOO_LARGE):
        settle = deliveries.mark_failed if answer.for_good else deliveries.put_back
        settle(letter=letter, reason=str(answer), by=BY)
        return Outcome.SETTLED
    log.warning("The mail server refuses this installation, or this letter: %s", answer.code)
    settle = deliveries.put_back if spoken_of and others_arrived else deliveries.keep_waiting
    settle(letter=letter, reason=str(answer), by=BY)
    return Outcome.PERHAPS_US if spoken_of else Outcome.REFUSES_US


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]


def _expect(answer: tuple[int, bytes]) -> None:
    code, text = answer
    if not 200 <= code < 300:
        raise Refused(code, text)


def _calendar_type(calendar: str) -> str:
    """The type names the method too (RFC 6047): without it a calendar takes a cancellation for a copy."""
    method = re.search(r"^METHOD:(\w+)", calendar, re.MULTILINE)
    return f"text/calendar; method={method[1]}" if method else "text/calendar"


def _unsubscribe(address: str) -> dict[str, str]:
    """What makes the reader's mail program show a button that ends such mails (RFC 2369, RFC 8058)."""
    if not address:
        return {}
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _sender(language: str) -> str:
    """Our address with a name before it: a bare address looks like a machine's, and few know whose it is."""
    ours: str = settings.DEFAULT_FROM_EMAIL
    name = "" if "<" in ours else one_line(import_string(settings.SENDER_NAME)(language))
    return formataddr((name, ours)) if name else ours


def _compose(letter: Letter) -> tuple[str, str, bytes]:
    """Sender, recipient and content as the mail server wants them. Raises ValueError for what is no address."""
    try:
        validate_email(letter.recipient_mail)
    except ValidationError as error:
        raise ValueError("address_invalid") from error
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        from_email=_sender(letter.language),
        to=[letter.recipient_mail],
        reply_to=[letter.reply_to] if letter.reply_to else [],
        headers={
            "Message-ID": letter.message_id,
            "Content-Language": letter.language,
            **({} if letter.by_hand else {"Auto-Submitted": "auto-generated"}),  # RFC 3834, 5
            LOOP_HEADER: addresses.host(),
            **({"In-Reply-To": letter.in_reply_to} if letter.in_reply_to else {}),
            **({"References": letter.references} if letter.references else {}),
            **_unsubscribe(letter.unsubscribe),
        },
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    if letter.calendar:
        message.attach("termin.ics", letter.calendar, _calendar_type(letter.calendar))
    for file in letter.attachments:
        content = import_string(settings.ATTACHMENT_READER)(file["digest"])
        if content is None:
            raise ValueError("attachment_gone")
        message.attach(file["name"], content, file["type"])
    encoding = settings.DEFAULT_CHARSET
    sender = sanitize_address(message.from_email, encoding).rpartition("<")[2].rstrip(">")
    recipient = sanitize_address(letter.recipient_mail, encoding)
    return sender, recipient, message.message().as_bytes(linesep="\r\n")
