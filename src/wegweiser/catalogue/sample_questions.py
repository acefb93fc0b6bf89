"""Reads of what editors wrote down for an offer, and of what enquiries suggest for it."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from wegweiser.catalogue.models import Entry, Example

LOOKED_AT = 1_000  # the newest examples among which suggestions are looked for


def of(entry: Entry) -> QuerySet[Example]:
    """What was written for it, the oldest first."""
    return Example.objects.filter(entry=entry).order_by("recorded_at", "id")


def suggested(entry: Entry) -> list[Example]:
    """Enquiries that this offer helped, the newest first, without what is written down already."""
    written = set(of(entry).values_list("text", flat=True))
    rows = Example.objects.filter(entry=None).order_by("-id")[:LOOKED_AT]
    return [row for row in rows if str(entry.uuid) in row.offers and row.text not in written]


def taken_from(entry: Entry, uuid: UUID, readable: Collection[UUID]) -> Example | None:
    """One of the suggestions: somebody read it before, or may read the case it came from (`readable` are those)."""
    found = next((row for row in suggested(entry) if row.uuid == uuid), None)
    return found if found and (found.read or found.source_uuid in readable) else None
