"""Catalogue entries that somebody names to an enquirer, in writing or in a talk."""

from collections.abc import Sequence
from uuid import UUID

from wegweiser.catalogue.models import Entry
from wegweiser.kernel.errors import DomainError


def entries(offers: Sequence[UUID]) -> list[Entry]:
    """The catalogue entries in the order given, each once. Raises DomainError("offer_unknown")."""
    found = {entry.uuid: entry for entry in Entry.objects.filter(uuid__in=offers)} if offers else {}
    if set(offers) - found.keys():
        raise DomainError("offer_unknown", field="offers")
    return [found[uuid] for uuid in dict.fromkeys(offers)]
