"""What the audit trail may tell about companies and their people."""

from enum import StrEnum

from wegweiser.kernel import audit


@audit.declare
class Event(StrEnum):
    COMPANY_CREATED = "company:created"
    COMPANIES_CREATED = "company:created_many"
    COMPANY_COMPLETED = "company:completed"
    COMPANY_CHANGED = "company:changed"
    COMPANY_REMOVED = "company:removed"
    PERSON_CREATED = "person:created"
    PERSON_COMPLETED = "person:completed"
    POSITION_ADDED = "position:added"
    POSITION_MOVED = "position:moved"
    CHANNEL_CHOSEN = "channel:chosen"
    FACT_DECLARED = "fact:declared"
    FACT_CORRECTED = "fact:corrected"
    COMPANIES_MERGED = "merge:made"
    MERGE_UNDONE = "merge:undone"
    CONSENT_GIVEN = "consent:given"
    CONSENT_WITHDRAWN = "consent:withdrawn"
    LIST_UPLOADED = "list:uploaded"
    LIST_TAKEN = "list:taken"
    LIST_DROPPED = "list:dropped"
    LIST_ROW_SETTLED = "list_row:settled"
    COLUMNS_NAMED = "columns:named"
    DOUBT_APART = "doubt:apart"
    DOUBT_LATER = "doubt:later"
    COMPANY_ERASED = "company:erased"
    PERSON_ERASED = "person:erased"
    CONSENT_ERASED = "consent:erased"
    ACCESS_ASKED = "access:asked"
    ACCESS_GIVEN = "access:given"
    ACCESS_REFUSED = "access:refused"
    ACCESS_CHANGED = "access:changed"
    ACCESS_ENDED = "access:ended"
    ACCESS_REQUEST_ERASED = "access_request:erased"
