"""What the audit trail may tell about enquiries."""

from enum import StrEnum

from wegweiser.kernel import audit


@audit.declare
class Event(StrEnum):
    OPENED = "case:opened"
    TAKEN = "case:taken"
    HANDED_OVER = "case:handed_over"
    ANSWERED = "case:answered"
    CLOSED = "case:closed"
    REOPENED = "case:reopened"
    MESSAGE_CAME = "case:message_came"
    NOTED = "case:noted"
    LOGGED = "case:logged"
    LINKED = "case:linked"
    FOLLOW_UP_SET = "follow_up:set"
    FOLLOW_UP_MOVED = "follow_up:moved"
    FOLLOW_UP_HANDED_OVER = "follow_up:handed_over"
    FOLLOW_UP_DONE = "follow_up:done"
    CASE_INHERITED = "case:inherited"
    FOLLOW_UP_INHERITED = "follow_up:inherited"
    APPOINTMENT_INHERITED = "appointment:inherited"
    APPOINTMENT_ARRANGED = "appointment:arranged"
    APPOINTMENT_CANCELLED = "appointment:cancelled"
    REMINDED = "case:reminded"
    ESCALATED = "case:escalated"
    CASE_ERASED = "case:erased"
    FOLLOW_UP_ERASED = "follow_up:erased"
    MAIL_CAME = "mail:came"
    MAIL_FILED = "mail:filed"
    MAIL_CONFIRMED = "mail:confirmed"
    MAIL_REJECTED = "mail:rejected"
    MAIL_SETTLED = "mail:settled"
    MAIL_READ = "mail:read"
    MAIL_ERASED = "mail:erased"
    BLOCK_WRITTEN = "text_block:written"
    BLOCK_CHANGED = "text_block:changed"
    BLOCK_WITHDRAWN = "text_block:withdrawn"
    BLOCK_RESTORED = "text_block:restored"
