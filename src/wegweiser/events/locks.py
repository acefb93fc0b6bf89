"""The one lock of an event: whoever changes who has a place holds it, then counts, then writes."""

from wegweiser.events.models import Event


def lock_event(event: Event) -> Event:
    """The event as it is now, held until the transaction ends."""
    rows = Event.objects.select_for_update(of=("self",)).select_related("draft__entry")
    return rows.get(pk=event.pk)
