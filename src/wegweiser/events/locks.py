"""The one lock of an event: whoever changes who has a place holds it, then counts, then writes.

Where a series is only to be had as a whole, who has a place at one date depends on the others: their lock is one.
Several events are locked in the order of their keys, so that no two wait for each other.
"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from wegweiser.events import confirming
from wegweiser.events.models import Event, Joining, Registration
from wegweiser.kernel.compiled import Compiled


def lock_event(event: Event) -> Event:
    """The event as it is now, held until the transaction ends; with all dates of a series that is had as a whole."""
    if event.series_id is None:
        found = _held(event.pk)
        if not found:
            raise Event.DoesNotExist
        return found[0]
    return lock_events([event])[event.pk]


def lock_events(events: Iterable[Event]) -> dict[int, Event]:
    """The same for several events, in one statement: {pk: event}, with those that their locks bring along."""
    events = list(events)
    wanted = Q(pk__in=[event.pk for event in events])
    series = {event.series_id for event in events if event.series_id is not None}
    if series:
        wanted |= Q(series__in=series, series__joining=Joining.WHOLE)
    rows = _locked().select_related("series", "draft__entry")
    return {event.pk: event for event in rows.filter(wanted).order_by("pk")}


def lock_registration(registration: Registration) -> tuple[Event, Registration]:
    """The event under its lock, and the registration as it is under it."""
    event = lock_event(registration.event)
    row = Registration.objects.select_related("pool").get(pk=registration.pk)
    row.event = event
    return event, row


def lock_series(series: int) -> dict[int, Event]:
    """All dates of a series, however one registers for it."""
    return {event.pk: event for event in _locked().filter(series=series).order_by("pk")}


def _locked() -> QuerySet[Event]:
    rows = Event.objects.select_for_update(of=("self",)).select_related("draft__entry")
    return confirming.with_words(rows)


_held = Compiled(lambda pk: _locked().filter(pk=pk), int)
