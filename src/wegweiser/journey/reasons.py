"""Why something that happened is taken back: in words, and not too many."""

from wegweiser.kernel.errors import DomainError

LONGEST = 300  # characters


def checked(reason: str) -> str:
    """`reason` on one line. Raises DomainError: reason_missing, reason_too_long."""
    reason = " ".join(reason.split())
    if not reason:
        raise DomainError("reason_missing", field="reason")
    if len(reason) > LONGEST:
        raise DomainError("reason_too_long", field="reason")
    return reason
