"""Reads of who came to an event, who did not, and what is still open; and what proves it."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from wegweiser.events.door import plain
from wegweiser.events.models import Event, Presence, Seat, SignedList, State


@dataclass(frozen=True)
class Tally:
    """How many had a place, and what became of it: three numbers that are never mixed."""

    attended: int
    absent: int
    open: int

    @property
    def registered(self) -> int:
        return self.attended + self.absent + self.open


def seats(event: Event) -> QuerySet[Seat]:
    """Every place that somebody had, by name."""
    rows = Seat.objects.filter(registration__event=event, registration__state=State.CONFIRMED, given_back_at=None)
    return rows.select_related("registration__pool").order_by("registration__sort_key", "registration", "position")


def tally(event: Event) -> Tally:
    names = {"attended": Presence.ATTENDED, "absent": Presence.ABSENT, "open": Presence.OPEN}
    asked = {name: Count("pk", filter=Q(presence=value)) for name, value in names.items()}
    return Tally(**seats(event).order_by().aggregate(**asked))


def listed(event: Event, *, presence: str | None = None, text: str = "") -> QuerySet[Seat] | list[Seat]:
    """Those places, of one sort or all, whose name or firm holds every word of `text`. Without one nothing is read yet,
    so that a page of ten thousand reads a hundred."""
    rows = seats(event) if presence is None else seats(event).filter(presence=presence)
    words = plain(text).split()
    return [row for row in rows if all(word in _named(row) for word in words)] if words else rows


def proven(events: Collection[UUID]) -> set[UUID]:
    """Those of these events of which there is, or was, a signed list."""
    return set(SignedList.objects.filter(event__uuid__in=events).values_list("event__uuid", flat=True))


def _named(seat: Seat) -> str:
    return plain(f"{seat.name} {seat.registration.name} {seat.registration.firm}")
