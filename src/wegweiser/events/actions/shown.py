"""What the catalogue shows of an event's places: whether there are any, and for which ways of taking part.

Written when it changes, never per registration.
"""

from collections.abc import Sequence

from wegweiser.catalogue.actions import drafts, entries
from wegweiser.catalogue.models import Availability
from wegweiser.events import arrangement, queries, talks
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


def ways(*, event: Event, by: Actor) -> None:
    """Let the offer say how one takes part: by the places there are, which its lists, filters and calendars read."""
    known = set(event.pools.values_list("way", flat=True))
    draft = event.draft
    entry = draft.entry if draft.entry is not None and draft.entry.withdrawn_at is None else None
    told = arrangement.attendance(known)
    if known and (draft.content.get("attendance") != told or (entry is not None and entry.attendance != told)):
        event.draft = drafts.say(draft=draft, facts={"attendance": told}, by=by)


def _said(event: Event, rooms: Sequence[Room] | None) -> Availability:
    if event.is_cancelled:
        return Availability.CANCELLED
    rooms = queries.rooms_of(event) if rooms is None else rooms
    offered = [room for room in rooms if not talks.is_outside(event, room.pool)]
    if rooms and not offered:
        return Availability.FULL
    if not offered or any(room.fits(1, fill=event.fill) for room in offered):
        return Availability.OPEN
    return Availability.WAITING if event.waiting_list else Availability.FULL
