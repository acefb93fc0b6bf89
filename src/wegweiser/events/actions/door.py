"""What somebody at the door does. A device without a network does it later, perhaps twice: each entry has an id."""

import datetime as dt
from uuid import UUID, uuid4

from django.db import transaction

from wegweiser.events import door
from wegweiser.events.actions import admissions, attendance
from wegweiser.events.locks import lock_event
from wegweiser.events.models import ACTIVE, Event, Presence, Registration, Seat, State
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


def check_in(*, seat: Seat, entry: UUID, at: dt.datetime | None = None, by: Actor) -> Seat:
    """Somebody came in. The same entry once more changes nothing; where two doors saw them, the first one stays.

    Raises DomainError: arrived_before, registered_online, and what `attendance.arrive` raises.
    """
    with transaction.atomic():
        row = _held(seat)
        if door.trouble(row, _there(row.registration.event)) == "registered_online":
            raise DomainError("registered_online", "They need a chair, see `admit`.")
        if row.presence == Presence.ATTENDED:
            if row.arrival != entry:
                raise DomainError("arrived_before")
            return row
        return attendance.arrive(seat=row, at=door.past(at), entry=entry, by=by)


def take_back(*, seat: Seat, of: UUID | None, by: Actor) -> Seat:
    """It was somebody else: they are not here yet. Only what that entry said is taken back.

    Raises DomainError("arrived_elsewhere") where another door let them in, or somebody said by hand that they came.
    """
    with transaction.atomic():
        row = _held(seat)
        if row.presence == Presence.ATTENDED and row.arrival != of:
            raise DomainError("arrived_elsewhere")
        return attendance.set_presence(seat=seat, presence=Presence.OPEN, by=by)


def check_in_heads(*, registration: Registration, heads: int, entry: UUID | None = None, by: Actor) -> int:
    """So many of a group are here. Gives how many came in by it; fewer than are here already changes nothing.

    Raises DomainError: places_not_allowed, and what `attendance.arrive` raises.
    """
    with transaction.atomic():
        lock_event(registration.event)
        seats = list(registration.seats.filter(given_back_at=None).order_by("position"))
        if not 1 <= heads <= len(seats):
            raise DomainError("places_not_allowed", field="heads")
        here = [seat for seat in seats if seat.presence == Presence.ATTENDED]
        coming = [seat for seat in seats if seat.presence != Presence.ATTENDED][: max(heads - len(here), 0)]
        for seat in coming:
            attendance.arrive(seat=seat, entry=entry or uuid4(), by=by)
    return len(coming)


def admit(
    *, registration: Registration, entry: UUID | None = None, at: dt.datetime | None = None, by: Actor
) -> Registration:
    """Somebody without a place, or with one online, stands at the door: they get one that is free, and are here.

    Raises DomainError: full, not_registered, event_cancelled.
    """
    with transaction.atomic():
        event = lock_event(registration.event)
        registration = Registration.objects.select_related("event").get(pk=registration.pk)
        if registration.state in ACTIVE - {State.CONFIRMED}:
            registration = admissions.admit(registration=registration, by=by)
        if registration.state == State.CONFIRMED and registration.pool_id not in _there(event):
            registration = admissions.come_on_site(registration=registration, pools=door.pools(event), by=by)
        for seat in registration.seats.filter(given_back_at=None):
            attendance.arrive(seat=seat, at=door.past(at), entry=entry or uuid4(), by=by)
    return registration


def _held(seat: Seat) -> Seat:
    """The seat as it is under its event's lock: of two doors one comes after the other."""
    event = lock_event(Event.objects.get(registrations__seats=seat))
    row = Seat.objects.select_related("registration").get(pk=seat.pk)
    row.registration.event = event
    return row


def _there(event: Event) -> set[int]:
    return {pool.pk for pool in door.pools(event)}
