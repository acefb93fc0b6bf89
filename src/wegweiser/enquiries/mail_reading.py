"""Reads a mail as it came over the wire: who wrote it, what is new in it, what hangs on it, whether a person wrote it.

Mails are hostile. Heads are read from the raw lines and bounded, since the parser of the standard library may raise on
a broken one; nothing that a mail says is believed but what `reply_addresses` has signed.
"""

import datetime as dt
import email
import email.policy
import email.utils
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import EmailMessage

from wegweiser.enquiries import automatic, bounces, calendar_answers, forwarded, mail_text, mail_words, subjects, tnef
from wegweiser.enquiries.bounces import Bounce
from wegweiser.enquiries.calendar_answers import Answer
from wegweiser.enquiries.forwarded import Address, Forwarded
from wegweiser.enquiries.mail_heads import (
    LONGEST_OF_PART,
    POLICY,
    Heads,
    address_of,
    characters,
    decoded,
    file_name,
    ids,
)
from wegweiser.kernel import addresses
from wegweiser.outbox.delivery import LOOP_HEADER
from wegweiser.outbox.rendering import one_line

MOST_PARTS = 300
MOST_REFERENCES = 50
TEXT_LENGTH = 100_000  # characters of a mail's text that are kept
MOST_WORDS = 4 * mail_text.LONGEST  # characters of all its texts that are read
LARGEST_DECORATION = 20_000  # bytes of a picture in the text that is a logo or an icon, not a photo


class UnreadableError(Exception):
    """Nothing can be made of it; a person has to look."""


@dataclass(frozen=True)
class File:
    """Something that hangs on a mail."""

    name: str
    declared_type: str
    data: bytes


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A mail as it was understood. `automatic` says by what it is known that no person wrote it, else empty.

    `unproven`: our mail server doubts that the sender's address is theirs.

    `reply_to` are whom its writer wants answered, where it says so; any form on a website sends for others that way.
    `forwarded` is what it says of itself, by its subject or by mails that hang on it; `quoted` are the mails below its
    own words, whatever it is.
    """

    message_id: str
    references: Sequence[str]
    sender: Address
    reply_to: Sequence[Address] = ()
    recipients: Sequence[Address]
    delivered_to: Sequence[str]
    subject: str
    sent_at: dt.datetime | None
    text: str
    whole: str
    files: Sequence[File]
    automatic: str = ""
    unproven: bool = False
    comes_back: bool = False
    bounce: Bounce | None = None
    calendar: Answer | None = None
    forwarded: Sequence[Forwarded] = ()
    quoted: Sequence[Forwarded] = ()


def digest(raw: bytes) -> str:
    """What tells a mail from another: what its writer made of it, whichever way and how often it came.

    Heads that each mail server adds are left out, so the copy that was fetched and the one that was piped are one.
    """
    head, _, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    told = _folded(head)
    kept = b"\n".join(
        b"%b:%b" % (name, told.get(name, b"")) for name in (b"message-id", b"from", b"date", b"subject", b"to")
    )
    return hashlib.sha256(kept + b"\n\n" + body.rstrip(b"\n")).hexdigest()


def _folded(head: bytes) -> dict[bytes, bytes]:
    """The first of each head, its lines put together."""
    found: dict[bytes, bytes] = {}
    for line in re.sub(rb"\n[ \t]+", b" ", head[: 4 * 1024 * 1024]).split(b"\n"):
        name, colon, value = line.partition(b":")
        if colon:
            found.setdefault(name.strip().lower(), value.strip())
    return found


def read(raw: bytes) -> Reading:
    """Raises UnreadableError for what is no mail, and for one that its reader stumbles over."""
    try:
        return _read(raw)
    except (Exception, RecursionError) as error:
        raise UnreadableError(type(error).__name__) from error


def glimpse(raw: bytes) -> dict[str, str]:
    """Who wrote it and about what, of a mail that cannot be read further: as its head says. Raises nothing."""
    told = _folded(raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0][:1_000_000])

    def said(name: bytes) -> str:
        value = characters(told.get(name, b"")[:LONGEST_OF_PART], "utf-8")
        return one_line(decoded(" ".join(value.replace("\0", "").split())))

    found = email.utils.getaddresses([said(b"from")])[:1]
    label, address = found[0] if found else ("", "")
    return {
        "message_id": next(iter(ids(said(b"message-id"))), ""),
        "sender_name": one_line(label, length=160),
        "sender_mail": address_of(address),
        "subject": said(b"subject"),
    }


def _read(raw: bytes) -> Reading:
    message = email.message_from_bytes(raw, policy=POLICY)
    if not isinstance(message, EmailMessage) or not message.keys():
        raise UnreadableError("no head")
    heads = Heads(message)
    sender = next(iter(heads.addresses("from")), None) or next(iter(heads.addresses("sender")), Address("", ""))
    words, files = _content(message)
    calendar = _calendar(files)
    if calendar and calendar.said != calendar_answers.COUNTER:  # what time is proposed stands in the file alone
        files = [file for file in files if file.declared_type not in calendar_answers.TYPES]
    subject = one_line(heads.text("subject"))
    if not words.whole and message.get_content_type() != "multipart/report":
        words = _words_that_hang_on(message)
    whole = words.whole[:TEXT_LENGTH]
    references = [*ids(heads.raw("in-reply-to")), *reversed(ids(heads.raw("references")))][:MOST_REFERENCES]
    quoted = forwarded.heads_in(whole)
    passed_on = _forwarded(message, subject, quoted)
    machine = automatic.told(heads.raw, sender=sender.mail, subject=subjects.untagged(subject))
    bounce = bounces.told(message, heads, by_a_server=machine == "bounce", subject=subject, text=whole)
    answers = not passed_on and not subjects.sent_on(subject) and bool(references or subjects.answers(subject))
    return Reading(
        message_id=next(iter(ids(heads.raw("message-id"))), ""),
        references=references,
        sender=sender,
        reply_to=heads.addresses("reply-to"),
        recipients=[*heads.addresses("to"), *heads.addresses("cc")],
        delivered_to=[
            found.mail for name in ("delivered-to", "x-original-to", "envelope-to") for found in heads.addresses(name)
        ],
        subject=subject,
        sent_at=_moment(heads.raw("date")),
        # Of what is forwarded the old words are the news; what answers nothing has none.
        text=(words.new() if answers else words.said)[:TEXT_LENGTH],
        whole=whole,
        files=files,
        automatic="bounce" if bounce else machine or ("spam" if automatic.is_spam(heads.raw, subject=subject) else ""),
        unproven=automatic.is_unproven(heads.every("authentication-results")),
        comes_back=addresses.host() in heads.raw(LOOP_HEADER).lower().split(),
        bounce=bounce,
        calendar=calendar,
        forwarded=passed_on,
        quoted=quoted,
    )


def _moment(value: str) -> dt.datetime | None:
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    try:
        return aware.astimezone(dt.UTC) if 1990 <= aware.year <= 2100 else None
    except (OverflowError, ValueError):
        return None


def _content(message: EmailMessage) -> tuple[mail_words.Words, list[File]]:
    """The words, and every other part as a file. A mail in a mail is a file too, and is not looked into.

    Logos in the text come last and once each: of too many files the last are left out.
    """
    pieces: dict[int, mail_words.Piece] = {}
    files: list[File] = []
    decorations: dict[bytes, File] = {}
    left = MOST_WORDS
    for number, part in enumerate(_leaves(message)):
        if number >= MOST_PARTS:
            break
        kind, name = part.get_content_type(), file_name(part)
        # Scanners and firms' programs give the words themselves a name; what says how it hangs on it is a file.
        is_file = _disposition(part) == "attachment" or bool(name and (pieces or files or _disposition(part)))
        if kind in {"text/plain", "text/html"} and not is_file:
            text, is_markup = _text(part)[: max(0, left)], kind == "text/html"
            left -= len(text)
            text = mail_text.from_html(text) if is_markup else mail_text.tidy(text)
            pieces[id(part)] = mail_words.Piece(text, is_markup)
        elif kind in {"message/delivery-status", "text/rfc822-headers"}:
            continue
        elif data := _bytes(part):
            name = name or _unnamed(kind)
            if _is_decoration(part, data):
                decorations.setdefault(data, File(name, kind, data))
                continue
            inside = tnef.opened(name, kind, data)
            files += [File(one.name, one.kind, one.data) for one in inside.files]
            if not inside.is_whole:
                files.append(File(name, kind, data))
    return mail_words.of(message, pieces), [*files, *decorations.values()]


def _calendar(files: Sequence[File]) -> Answer | None:
    parts = (file.data[: calendar_answers.LONGEST] for file in files if file.declared_type in calendar_answers.TYPES)
    return next(filter(None, (calendar_answers.read(characters(part, "utf-8")) for part in parts)), None)


def _words_that_hang_on(message: EmailMessage) -> mail_words.Words:
    """What mails say that were sent on as files without a word: an enquiry stands in the thread, too."""
    said = [_content(one)[0] for one in _mails_on(message)]
    return mail_words.Words(
        [piece for words in said for piece in words.pieces], mail_text.tidy("\n\n".join(words.whole for words in said))
    )


def _mails_on(message: EmailMessage) -> list[EmailMessage]:
    hanging = [part.get_payload() for part in _leaves(message) if part.get_content_type() == "message/rfc822"]
    inner = [payload[0] for payload in hanging if isinstance(payload, list) and payload][: forwarded.MOST]
    return [one for one in inner if isinstance(one, EmailMessage)]


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold something, in their order, without diving into mails that hang on it."""
    waiting: list[EmailMessage] = [message]
    while waiting:
        part = waiting.pop()
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            waiting.extend(one for one in reversed(payload) if isinstance(one, EmailMessage))
        else:
            yield part


def _is_decoration(part: EmailMessage, data: bytes) -> bool:
    """Whether it is a small picture that the text shows at its place, as signatures have them."""
    is_shown = bool(_raw(part, "content-id")) and _disposition(part) != "attachment"
    return is_shown and part.get_content_maintype() == "image" and len(data) <= LARGEST_DECORATION


def _disposition(part: EmailMessage) -> str:
    return _raw(part, "content-disposition").partition(";")[0].strip().lower()


def _raw(part: EmailMessage, head: str) -> str:
    return next((str(value)[:200] for name, value in part.raw_items() if name.lower() == head), "")


def _unnamed(kind: str) -> str:
    endings = {
        "message/rfc822": "nachricht.eml",
        "text/calendar": "termin.ics",
        "application/ms-tnef": "winmail.dat",
        "application/pdf": "datei.pdf",
        "image/jpeg": "bild.jpg",
        "image/png": "bild.png",
        "image/gif": "bild.gif",
    }
    return endings.get(kind, "datei")


def _bytes(part: EmailMessage) -> bytes:
    payload = part.get_payload()
    if isinstance(payload, list):  # a mail, or what calls itself one
        return b"".join(
            one.as_bytes(policy=email.policy.compat32) for one in payload[:1] if isinstance(one, EmailMessage)
        )
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _text(part: EmailMessage) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    try:
        charset = str(part.get_content_charset() or "utf-8")
    except Exception:
        charset = "utf-8"
    return characters(data[: 4 * mail_text.LONGEST], charset)[: mail_text.LONGEST]


def _forwarded(message: EmailMessage, subject: str, quoted: list[Forwarded]) -> list[Forwarded]:
    """Between whom went what is forwarded: by the mails that hang on it, else by what its text quotes."""
    found = [Heads(one).between() for one in _mails_on(message)]
    if found or not subjects.sent_on(subject):
        return [one for one in found if one.sender.mail]
    return quoted
