"""What mail servers say of our mails: that one did not arrive and why, or that it is late."""

import email
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage, Message

from wegweiser.enquiries.mail_heads import POLICY, Heads, ids
from wegweiser.outbox.rendering import one_line

READ = 20_000  # characters of a plain text
MOST = 20  # Message-IDs of one report
_FAILED = re.compile(
    r"undeliver|not be delivered|deliver\w* (status|fail)|mail delivery|returned mail|failure notice|non remis"
    r"|unzustellbar|nicht zugestellt|zustellung",
    re.IGNORECASE,
)
_LATE = re.compile(
    r"\bdelayed\b|still being retried|will be retried|keep(s)? trying|attempts will continue|not yet been delivered"
    r"|verzögert sich|weiter versucht",
    re.IGNORECASE,
)
_WHY = re.compile(r"\b5\d\d[ -]|\b5\.\d{1,3}\.\d{1,3}\b")  # an answer for good, as SMTP gives it (RFC 3463)


@dataclass(frozen=True)
class Bounce:
    """A mail server says that a mail did not arrive: by which of these one may know it, and why.

    `failed` is False where it is late, or came through: that needs nobody.
    """

    message_ids: Sequence[str]
    reason: str
    failed: bool = True


def told(message: EmailMessage, heads: Heads, *, by_a_server: bool, subject: str, text: str) -> Bounce | None:
    """What a mail says of another; `by_a_server`: it comes from the address of a mail server.

    Older programs write it in plain words. A postmaster may be a person who answers, so those words have to be there.
    """
    if found := _report(message, heads):
        return found
    by_a_machine = heads.raw("x-failed-recipients") or _FAILED.search(subject) or _LATE.search(subject)
    if not (by_a_server and by_a_machine):
        return None
    text = text[:READ]
    late = bool(_LATE.search(subject) or _LATE.search(text))
    reason = next((line.strip() for line in text.split("\n") if _WHY.search(line)), "")
    return Bounce([*_answered(heads), *ids(text)][:MOST], one_line(reason), failed=not late or bool(reason))


def _report(message: EmailMessage, heads: Heads) -> Bounce | None:
    """A report after RFC 3464."""
    if message.get_content_type() != "multipart/report":
        return None
    identities, reason, actions = list[str](), "", list[str]()
    for part in _parts_of_report(message):
        kind = part.get_content_type()
        payload = part.get_payload()
        if kind == "message/delivery-status" and isinstance(payload, list):
            for block in (one for one in payload[:20] if isinstance(one, Message)):
                said = {name.lower(): " ".join(str(value)[:500].split()) for name, value in block.raw_items()}
                actions.append(said.get("action", "").lower())
                reason = reason or said.get("diagnostic-code", "") or said.get("status", "")
        elif kind == "message/rfc822" and isinstance(payload, list) and payload:
            identities += _own_id(payload[0])
        elif kind == "text/rfc822-headers":
            data = part.get_payload(decode=True)
            identities += _own_id(email.message_from_bytes(data, policy=POLICY)) if isinstance(data, bytes) else []
    if not any(actions):
        return None
    return Bounce([*identities, *_answered(heads)][:MOST], one_line(reason), failed="failed" in actions)


def _answered(heads: Heads) -> list[str]:
    return [*ids(heads.raw("in-reply-to")), *reversed(ids(heads.raw("references")))]


def _parts_of_report(message: EmailMessage) -> list[EmailMessage]:
    payload = message.get_payload()
    return [one for one in payload[:20] if isinstance(one, EmailMessage)] if isinstance(payload, list) else []


def _own_id(message: object) -> list[str]:
    return ids(Heads(message).raw("message-id"))[:1] if isinstance(message, EmailMessage) else []
