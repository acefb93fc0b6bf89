"""What the audit trail may tell about files."""

from enum import StrEnum

from wegweiser.kernel import audit


@audit.declare
class Event(StrEnum):
    PICTURE_ADDED = "picture:added"
    PICTURE_REMOVED = "picture:removed"
    UPLOAD_ADDED = "upload:added"
    UPLOAD_SCANNED = "upload:scanned"
    UPLOAD_UNCHECKED = "upload:unchecked"
    UPLOAD_REMOVED = "upload:removed"
