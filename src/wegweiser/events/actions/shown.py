"""What the catalogue shows of an event's places. Written when it changes, never per registration."""

from collections.abc import Sequence

from wegweiser.catalogue.actions import entries
from wegweiser.catalogue.models import Availability
from wegweiser.events import queries
from wegweiser.events.models import Event
from wegweiser.events.queries import Room
from wegweiser.kernel.actor import Actor


def availability(*, event: Event, rooms: Sequence[Room] | None = None, by: Actor) -> None:
    """Let the entry say whether there are places, a waiting list, or neither.

    `rooms` are the event's, where they were counted under the lock a moment ago.
    """
    entry = event.draft.entry
    if entry is None or entry.withdrawn_at is not None:
        return
    said = _said(event, rooms)
    if said != entry.availability and entry.availability != Availability.PAST:
        event.draft.entry = entries.say_availability(entry=entry, availability=said, by=by)


def _said(event: Event, rooms: Sequence[Room] | None) -> Availability:
    if event.is_cancelled:
        return Availability.CANCELLED
    rooms = queries.rooms_of(event) if rooms is None else rooms
    if not rooms or any(room.fits(1, fill=event.fill) for room in rooms):
        return Availability.OPEN
    return Availability.WAITING if event.waiting_list else Availability.FULL
