"""What the audit trail may tell about grants."""

from enum import StrEnum

from wegweiser.kernel import audit


@audit.declare
class Event(StrEnum):
    GRANT_DEFINED = "grant:defined"
    GRANT_CHANGED = "grant:changed"
    TARGET_SET = "target:set"
    TARGET_DROPPED = "target:dropped"
    OPENING_SET = "opening:set"
    DEADLINE_SET = "deadline:set"
    DEADLINE_DONE = "deadline:done"
    DEADLINE_REOPENED = "deadline:reopened"
    DEADLINE_DROPPED = "deadline:dropped"
