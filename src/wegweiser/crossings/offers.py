"""Catalogue entries that somebody names to an enquirer, in writing or in a talk."""

from collections.abc import Sequence
from uuid import UUID

from django.utils import translation

from wegweiser.catalogue import showing
from wegweiser.catalogue.models import Entry
from wegweiser.events import moments
from wegweiser.kernel.errors import DomainError


def entries(offers: Sequence[UUID]) -> list[Entry]:
    """The catalogue entries in the order given, each once. Raises DomainError("offer_unknown")."""
    found = {entry.uuid: entry for entry in Entry.objects.filter(uuid__in=offers)} if offers else {}
    if set(offers) - found.keys():
        raise DomainError("offer_unknown", field="offers")
    return [found[uuid] for uuid in dict.fromkeys(offers)]


def when_and_where(entry: Entry, *, language: str) -> str:
    """`Montag, 9. März 2026, 10:00 bis 12:00 Uhr, Halle`, as a letter says it; empty for what has no date."""
    if entry.starts_at is None:
        return ""
    with translation.override(language):
        when = moments.written(entry.starts_at, language, ends=entry.ends_at)
    return ", ".join(filter(None, [when, showing.where(entry, language=language)]))


def told(entry: Entry, *, language: str) -> dict[str, str]:
    """An entry as a letter names it."""
    return {
        "title": entry.title.text(language),
        "summary": entry.summary.text(language),
        "when": when_and_where(entry, language=language),
        "address": showing.address(entry, language=language),
    }
