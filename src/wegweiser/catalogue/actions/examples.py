"""Examples of routed cases; each is erased with its source."""

from uuid import UUID

from wegweiser.catalogue.models import Example
from wegweiser.kernel.actor import Actor


def forget(*, kind: str, source: UUID, by: Actor) -> int:
    """Erase what was learnt from one record. Gives how many examples went; the action it belongs to records it."""
    return Example.objects.filter(source_kind=kind, source_uuid=source).delete()[0]
