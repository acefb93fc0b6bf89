"""Scans of signed lists: kept as the proof behind the figures, and gone with the names of those who were there."""

from django.db import transaction

from wegweiser.events.events import Event as Audited
from wegweiser.events.models import Event, SignedList
from wegweiser.files import queries as files
from wegweiser.files.actions import uploads
from wegweiser.files.uploading import Prepared
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor


def keep(*, event: Event, prepared: Prepared, by: Actor) -> SignedList:
    """A scan of the list that those present signed. The same file once more is one."""
    with transaction.atomic():
        known = {row.uuid: row for row in event.signed_lists.all()}
        for owner, kept in files.uploads_of(known).items():
            if prepared.digest in {upload.digest for upload in kept}:
                return known[owner]
        row = SignedList.objects.create(event=event, name=prepared.name)
        uploads.attach(owner=row, prepared=[prepared], by=by)
        audit.record(Audited.SIGNED_LIST_ADDED, by=by, subject=row, references={"event": event.uuid})
    return row


def erase(*, row: SignedList, by: Actor) -> SignedList:
    """The scan goes; that there was one stays."""
    with transaction.atomic():
        uploads.remove_of(owners=[row.uuid], by=by)
        row.name = ""
        row.save(update_fields=["name"])
        audit.record(Audited.SIGNED_LIST_ERASED, by=by, subject=row, changed=["name"])
    return row
