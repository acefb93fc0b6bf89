"""Putting files to an event, and taking them away."""

from collections.abc import Iterable

from django.db import transaction

from wegweiser.events import materials
from wegweiser.events.models import Event
from wegweiser.files.actions import uploads
from wegweiser.files.models import Upload
from wegweiser.files.uploading import Prepared
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


def add(*, event: Event, prepared: Iterable[Prepared], by: Actor) -> list[Upload]:
    """Files that everybody may load once it is over. The same file twice is one.

    Raises DomainError("too_many_files").
    """
    with transaction.atomic():
        held = materials.of(event)
        known = {(row.name, row.digest) for row in held}
        fresh = [one for one in prepared if (one.name, one.digest) not in known]
        if len(held) + len(fresh) > uploads.MOST:
            raise DomainError("too_many_files", field="attached")
        return uploads.attach(owner=event, prepared=fresh, by=by)


def remove(*, event: Event, upload: Upload, by: Actor) -> None:
    """A file of the event goes. Raises DomainError("upload_unknown") for one of another record."""
    if upload.owner_uuid != event.uuid:
        raise DomainError("upload_unknown")
    uploads.remove(upload=upload, by=by)
