"""What the audit trail may tell about letters."""

from enum import StrEnum

from wegweiser.kernel import audit


@audit.declare
class Event(StrEnum):
    REPLY_MOVED = "letter:reply_moved"
    WRITTEN = "letter:written"
    HELD = "letter:held"
    SENT = "letter:sent"
    FAILED = "letter:failed"
    BOUNCED = "letter:bounced"
    UNCLEAR = "letter:unclear"
    RELEASED = "letter:released"
    PRINTED = "letter:printed"
    UNPRINTED = "letter:unprinted"
    DISMISSED = "letter:dismissed"
    BLANKED = "letter:blanked"
