"""What the audit trail may tell about the consortium."""

from enum import StrEnum

from wegweiser.kernel import audit


@audit.declare
class Event(StrEnum):
    CENTRE_LOADED = "centre:loaded"
    MEMBER_JOINED = "member:joined"
    MEMBER_LINKED = "member:linked"
    MEMBER_ERASED = "member:erased"
