"""What the audit trail may tell about accounts."""

from enum import StrEnum

from wegweiser.kernel import audit


@audit.declare
class Event(StrEnum):
    USER_CREATED = "user:created"
    USER_ERASED = "user:erased"
    TOKEN_REVOKED = "token:revoked"  # noqa: S105
