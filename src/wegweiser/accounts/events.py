"""What the audit trail may tell about accounts."""

from enum import StrEnum

from wegweiser.kernel import audit


@audit.declare
class Event(StrEnum):
    USER_CREATED = "user:created"
    USER_INVITED = "user:invited"
    USER_CHANGED = "user:changed"
    USER_CLOSED = "user:closed"
    USER_REOPENED = "user:reopened"
    PASSWORD_SET = "user:password_set"  # noqa: S105
    PASSWORD_LINK = "user:password_link"  # noqa: S105
    SECOND_FACTOR_RESET = "user:second_factor_reset"
    SESSIONS_ENDED = "user:sessions_ended"
    USER_ERASED = "user:erased"
    TOKEN_TAKEN = "token:taken"  # noqa: S105
    TOKEN_REVOKED = "token:revoked"  # noqa: S105
