"""Catalogue entries that somebody names to an enquirer, in writing or in a talk."""

from collections.abc import Mapping, Sequence
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


def described(entry: Entry, *, language: str) -> dict[str, str]:
    """What a letter says of an offer: title, summary, when and address."""
    return {
        "title": entry.title.text(language),
        "summary": entry.summary.text(language),
        "when": when_and_where(entry, language=language),
        "address": showing.address(entry, language=language),
    }


def in_place(text: str, offers: Sequence[Mapping[str, str]]) -> tuple[str, list[Mapping[str, str]]]:
    """`text` with what there is to know of an offer below the line that names it, as text blocks list them, and the
    offers that no line names: each is told once."""
    lines: list[str] = []
    left = list(offers)
    for line in text.split("\n"):
        lines.append(line)
        offer = next((row for row in left if line.strip() == f"- {row['title']}"), None)  # dates may share a title
        if offer:
            left.remove(offer)
            lines += [f"  {offer[key]}" for key in ("when", "summary", "address") if offer[key]]
    return "\n".join(lines), left
