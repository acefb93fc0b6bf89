"""What the audit trail may tell about events."""

from enum import StrEnum

from wegweiser.kernel import audit


@audit.declare
class Event(StrEnum):
    EVENT_OPENED = "event:opened"
    EVENT_CLOSED = "event:closed"
    EVENT_CHANGED = "event:changed"
    EVENT_MOVED = "event:moved"
    EVENT_CANCELLED = "event:cancelled"
    EVENT_SETTLED = "event:settled"
    EVENT_FOLLOWED = "event:followed"
    POOL_CHANGED = "pool:changed"
    REGISTERED = "registration:registered"
    CONFIRMED = "registration:confirmed"
    QUEUED = "registration:queued"
    OFFERED = "registration:offered"
    MOVED_UP = "registration:moved_up"
    ACCEPTED = "registration:accepted"
    CHANGED = "registration:changed"
    PREFERRED = "registration:preferred"
    CANCELLED = "registration:cancelled"
    LAPSED = "registration:lapsed"
    REGISTRATION_ERASED = "registration:erased"
    ARRIVED = "seat:arrived"
    PRESENCE_CHANGED = "seat:presence_changed"
    SEAT_ERASED = "seat:erased"
    CALENDAR_SENT = "registration:calendar_sent"
    CERTIFICATE_ISSUED = "certificate:issued"
    PRESENCE_LIST_READ = "presence_list:read"
    PRESENCE_LIST_SETTLED = "presence_list:settled"
    PRESENCE_LIST_DROPPED = "presence_list:dropped"
    PRESENCE_ROW_DECIDED = "presence_row:decided"
    PRESENCE_ROW_ERASED = "presence_row:erased"
    SIGNED_LIST_ADDED = "signed_list:added"
    SIGNED_LIST_ERASED = "signed_list:erased"
    NOTICE_SET = "event:notice_set"
    NOTICES_SENT = "event:notices_sent"
    FEEDBACK_GIVEN = "event:feedback_given"
    FEEDBACK_BLANKED = "feedback:blanked"
