"""What mail servers say of our mails: that one did not arrive, and why."""

import email
from dataclasses import dataclass
from email.message import EmailMessage, Message

from wegweiser.enquiries.mail_heads import POLICY, Heads, ids
from wegweiser.outbox.rendering import one_line


@dataclass(frozen=True)
class Bounce:
    """A mail server says that a mail did not arrive: which one, and why."""

    message_id: str
    reason: str


def told(message: EmailMessage) -> Bounce | None:
    """A report after RFC 3464 on a mail that did not arrive for good; that one is late needs nobody."""
    if message.get_content_type() != "multipart/report":
        return None
    identity, reason, failed = "", "", False
    for part in _parts_of_report(message):
        kind = part.get_content_type()
        payload = part.get_payload()
        if kind == "message/delivery-status" and isinstance(payload, list):
            for block in (one for one in payload[:20] if isinstance(one, Message)):
                heads = {name.lower(): " ".join(str(value)[:500].split()) for name, value in block.raw_items()}
                failed = failed or heads.get("action", "").lower() == "failed"
                reason = reason or heads.get("diagnostic-code", "") or heads.get("status", "")
        elif kind == "message/rfc822" and isinstance(payload, list) and payload:
            identity = identity or _own_id(payload[0])
        elif kind == "text/rfc822-headers":
            data = part.get_payload(decode=True)
            head = email.message_from_bytes(data, policy=POLICY) if isinstance(data, bytes) else None
            identity = identity or _own_id(head)
    return Bounce(identity, one_line(reason)) if failed else None


def _parts_of_report(message: EmailMessage) -> list[EmailMessage]:
    payload = message.get_payload()
    return [one for one in payload[:20] if isinstance(one, EmailMessage)] if isinstance(payload, list) else []


def _own_id(message: object) -> str:
    return next(iter(ids(Heads(message).raw("message-id"))), "") if isinstance(message, EmailMessage) else ""
