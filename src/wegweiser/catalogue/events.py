"""What the audit trail may tell about entries."""

from enum import StrEnum

from wegweiser.kernel import audit


@audit.declare
class Event(StrEnum):
    ENTRY_PUBLISHED = "entry:published"
    ENTRY_WITHDRAWN = "entry:withdrawn"
    ENTRY_FORGOT_MEMBER = "entry:forgot_member"
    ENTRY_RENAMED = "entry:renamed"
    EXAMPLE_LEARNT = "example:learnt"
    EXAMPLE_UNLEARNT = "example:unlearnt"
    SAMPLE_QUESTION_WRITTEN = "sample_question:written"
    SAMPLE_QUESTION_CHANGED = "sample_question:changed"
    SAMPLE_QUESTION_REMOVED = "sample_question:removed"
    DRAFT_SAVED = "draft:saved"
    DRAFT_RESTORED = "draft:restored"
    DRAFT_DISCARDED = "draft:discarded"
    DRAFT_DROPPED = "draft:dropped"
    DRAFT_INHERITED = "draft:inherited"
    DRAFT_FORGOT_MEMBER = "draft:forgot_member"
