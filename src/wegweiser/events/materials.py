"""The files of an event: slides and papers that its page shows once it is over."""

from uuid import UUID

from wegweiser.catalogue.models import HERE, Entry, Kind
from wegweiser.events.models import Event
from wegweiser.files import queries as files
from wegweiser.files.models import Upload


def of(event: Event) -> list[Upload]:
    """All files, in the order they came, those too that are still looked at."""
    return files.uploads_of([event.uuid]).get(event.uuid, [])


def shown(entry: Entry) -> list[Upload]:
    """What everybody may load from the page of an event; nothing before it is over."""
    if entry.kind != Kind.EVENT or entry.origin != HERE or not entry.is_over():
        return []
    uuid = Event.objects.filter(draft__entry=entry).values_list("uuid", flat=True).first()
    return [row for row in files.uploads_of([uuid]).get(uuid, []) if row.is_offered] if uuid else []


def one(entry: Entry, uuid: UUID) -> Upload | None:
    return next((row for row in shown(entry) if row.uuid == uuid), None)
