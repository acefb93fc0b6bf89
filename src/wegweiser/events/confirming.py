"""An event's own words in the confirmation of a registration, instead of its first sentence."""

from django.db.models import OuterRef, QuerySet, Subquery

from wegweiser.events.models import Event, Wording
from wegweiser.kernel.translated import Translated

CONFIRMATION = "confirmation"  # the kind of its `Wording`


def with_words(events: QuerySet[Event]) -> QuerySet[Event]:
    """With what `words` asks, so that it needs no statement of its own."""
    own = Wording.objects.filter(event=OuterRef("pk"), kind=CONFIRMATION)
    return events.annotate(confirmation=Subquery(own.values("words")[:1]))


def words(event: Event) -> Translated:
    """The own words of `event`; empty where the usual ones hold."""
    own = event.confirmation if hasattr(event, "confirmation") else _own(event)
    return Translated(own or {})


def _own(event: Event) -> Translated | None:
    if event.pk is None:
        return None
    return Wording.objects.filter(event=event, kind=CONFIRMATION).values_list("words", flat=True).first()
