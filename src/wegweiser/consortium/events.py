"""What the audit trail may tell about the consortium."""

from enum import StrEnum

from wegweiser.kernel import audit


@audit.declare
class Event(StrEnum):
    CENTRE_LOADED = "centre:loaded"
    CENTRE_BACKED_UP = "centre:backed_up"
    CENTRE_RESTORED = "centre:restored"
    MEMBER_JOINED = "member:joined"
    MEMBER_LINKED = "member:linked"
    MEMBER_ERASED = "member:erased"
    TOPIC_DESCRIBED = "topic:described"
    PARTNER_CHANGED = "partner:changed"
    NETWORK_ADDED = "network:added"
    NETWORK_CHANGED = "network:changed"
    NETWORK_WITHDRAWN = "network:withdrawn"
    NETWORK_RESTORED = "network:restored"
    MEMBER_ADDED = "member:added"
    MEMBER_CHANGED = "member:changed"
    ROLE_ENDED = "member:role_ended"
    ROLE_DROPPED = "member:role_dropped"
    DEPARTURE_PLANNED = "departure:planned"
    DEPARTURE_CALLED_BACK = "departure:called_back"
    DEPARTURE_DONE = "departure:done"
    DEPARTURE_FAILED = "departure:failed"
    ABSENCE_ENTERED = "absence:entered"
    ABSENCE_CHANGED = "absence:changed"
    ABSENCE_DROPPED = "absence:dropped"
