"""An event's own words for what goes out about it."""

from collections.abc import Mapping

from django.db import transaction

from wegweiser.events import confirming, papers
from wegweiser.events.confirming import CONFIRMATION
from wegweiser.events.events import Event as Audited
from wegweiser.events.locks import lock_event
from wegweiser.events.models import Event, Wording
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import Translated

KINDS = frozenset(papers.Kind)
LONGEST = 2_000  # signs of the own words of a mail


def set(*, event: Event, kind: str, words: Mapping[str, str], by: Actor) -> None:  # noqa: A001 - the verb of the house
    """Say `kind` in these words; without any, in the usual ones again.

    Words that are the usual ones are none of its own: those may become better. Raises DomainError: choice_unknown,
    text_too_long, german_missing, name_unknown (its detail names it), braces_uneven, brackets_uneven.
    """
    if kind not in KINDS:
        raise DomainError("choice_unknown", field="kind")
    told = papers.checked(words)
    with transaction.atomic():
        event = lock_event(event)
        own = {
            language: text
            for language, text in told.items()
            if text and text != papers.usual(event, papers.Kind(kind), language)
        }
        if own.get("en") and not own.get("de"):
            own["de"] = papers.usual(event, papers.Kind(kind), "de")
        before = Wording.objects.filter(event=event, kind=kind).first()
        if (before.words if before else {}) == own:
            return
        if own:
            Wording.objects.update_or_create(event=event, kind=kind, defaults={"words": Translated(own)})
        else:
            Wording.objects.filter(event=event, kind=kind).delete()
        audit.record(Audited.WORDING_CHANGED, by=by, subject=event, changed=[kind])


def set_confirmation(*, event: Event, words: Mapping[str, str], by: Actor) -> None:
    """Say the first sentence of the confirmation in these words; without any, in the usual ones again.

    Raises DomainError("text_too_long").
    """
    told = {language: words.get(language, "").replace("\0", "").strip() for language in ("de", "en")}
    if any(len(text) > LONGEST for text in told.values()):
        raise DomainError("text_too_long", field="words")
    own = Translated({language: text for language, text in told.items() if text})
    with transaction.atomic():
        event = lock_event(event)
        if confirming.words(event) == own:
            return
        if own:
            Wording.objects.update_or_create(event=event, kind=CONFIRMATION, defaults={"words": own})
        else:
            Wording.objects.filter(event=event, kind=CONFIRMATION).delete()
        audit.record(Audited.WORDING_CHANGED, by=by, subject=event, changed=[CONFIRMATION])
