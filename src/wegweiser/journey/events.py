"""What the audit trail may tell about what happened and what is planned."""

from enum import StrEnum

from wegweiser.kernel import audit


@audit.declare
class Event(StrEnum):
    STEP_RECORDED = "step:recorded"
    STEPS_RECORDED = "step:recorded_many"
    STEP_REVERSED = "step:reversed"
    REASON_BLANKED = "step:reason_blanked"
    STAFF_BLANKED = "step:staff_blanked"
    LIST_UPLOADED = "contact_list:uploaded"
    LIST_TAKEN = "contact_list:taken"
    LIST_DROPPED = "contact_list:dropped"
    LIST_UNDONE = "contact_list:undone"
    WORD_NAMED = "contact_word:named"
    LIST_ROW_SETTLED = "contact_row:settled"
    LIST_ROW_ERASED = "contact_row:erased"
    PLAN_ADDED = "plan:added"
    PLAN_CHANGED = "plan:changed"
    PLAN_MOVED = "plan:moved"
    PLAN_REMARKED = "plan:remarked"
    PLAN_DROPPED = "plan:dropped"
    PLAN_RESUMED = "plan:resumed"
    PLAN_REMINDED = "plan:reminded"
    PLAN_DONE = "plan:done"
    PLAN_UNLINKED = "plan:unlinked"
    PLAN_REOPENED = "plan:reopened"
    PLAN_ERASED = "plan:erased"
    PLAN_READER_ADDED = "plan_reader:added"
    PLAN_READER_REMINDED = "plan_reader:reminders_asked"
    PLAN_READER_ERASED = "plan_reader:erased"
    PLAN_READER_QUIET = "plan_reader:reminders_ended"
    AID_RESERVED = "aid:reserved"
    AID_RELEASED = "aid:released"
    AID_GRANTED = "aid:granted"
    AID_DECLARED = "aid:declared"
