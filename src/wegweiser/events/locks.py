"""The one lock of an event: whoever changes who has a place holds it, then counts, then writes."""

from wegweiser.events.models import Event
from wegweiser.kernel.compiled import Compiled

_held = Compiled(
    lambda pk: Event.objects.select_for_update(of=("self",)).select_related("draft__entry").filter(pk=pk), int
)


def lock_event(event: Event) -> Event:
    """The event as it is now, held until the transaction ends."""
    found = _held(event.pk)
    if not found:
        raise Event.DoesNotExist
    return found[0]
