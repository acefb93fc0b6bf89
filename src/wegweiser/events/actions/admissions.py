"""A place for who stands at the door without one. It is theirs as long as one is free, whoever waits elsewhere.

The protocol is that of `registrations`: lock the event, count, write.
"""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from wegweiser.events import guests, queries, terms
from wegweiser.events.actions import line, shown
from wegweiser.events.events import Event as Audited
from wegweiser.events.guests import Guest
from wegweiser.events.locks import lock_event, lock_registration
from wegweiser.events.models import ACTIVE, Event, Pool, Registration, Seat, State
from wegweiser.kernel import audit, together
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


def at_the_door(*, event: Event, pool: Pool, submission: UUID, guest: Guest, by: Actor) -> Registration:
    """A place for somebody who is there already, as long as one is free; who waits elsewhere is not here.

    Raises DomainError: name_missing, event_cancelled, event_not_public, pool_unknown, places_not_allowed, full.
    """
    told = guests.checked(guest=guest, at_desk=True)
    with transaction.atomic(), together.writing():
        event = lock_event(event)
        if known := Registration.objects.select_related("pool").filter(submission=submission).first():
            return known
        if (reason := queries.closed_because(event)) in {"event_cancelled", "event_not_public"}:
            raise DomainError(reason)
        rooms = queries.rooms_of(event)
        room = guests.chosen(rooms, pool)
        pool = room.pool
        if told.places < 1:
            raise DomainError("places_not_allowed", field="places")
        if room.free < told.places:
            raise DomainError("full", field="pool")
        registration = Registration.objects.create(
            event=event,
            pool=pool,
            submission=submission,
            state=State.CONFIRMED,
            places=told.places,
            name=told.name,
            email=told.email,
            firm=told.firm,
            by=str(by),
        )
        Seat.objects.bulk_create(guests.seats(registration, told))
        audit.record(Audited.REGISTERED, by=by, subject=registration, references={"event": event.uuid})
        shown.availability(event=event, rooms=[row.after(registration) if row is room else row for row in rooms], by=by)
    return registration


def admit(*, registration: Registration, by: Actor) -> Registration:
    """Somebody who waits, or whose address is not confirmed, stands at the door: what is free is theirs.

    Who was promised a place already has it. Raises DomainError: event_cancelled, full, not_registered.
    """
    with transaction.atomic():
        event, row = lock_registration(registration)
        terms.ensure_takes_place(event)
        if row.state == State.CONFIRMED:
            return row
        if row.state not in ACTIVE:
            raise DomainError("not_registered")
        if not row.holds and queries.room(row.pool).free < row.places:
            raise DomainError("full", field="pool")
        if row.state == State.ASKED:
            row = line.turn(registration=row, verb="queue", tell=False, by=by)
        verb = {State.PENDING: "confirm", State.OFFERED: "accept"}.get(State(row.state), "move_up")
        row = line.turn(registration=row, verb=verb, tell=False, by=by)
        line.free_up(event=event, pool=row.pool, by=by)  # they may have held up those behind them
    return row


def come_on_site(*, registration: Registration, pools: Collection[Pool], by: Actor) -> Registration:
    """Somebody who has a place online stands at the door: they get chairs of one of these pools, theirs goes on.

    Nobody is told, they are here. Raises DomainError("full").
    """
    with transaction.atomic():
        event, row = lock_registration(registration)
        free = [room.pool for room in queries.rooms(pools) if room.free >= row.places]
        if not free:
            raise DomainError("full", field="pool")
        left, row.pool = row.pool, free[0]
        row.save(update_fields=["pool"])
        audit.record(Audited.CHANGED, by=by, subject=row, changed=["pool"], references={"event": event.uuid})
        line.free_up(event=event, pool=left, by=by)
    return row
