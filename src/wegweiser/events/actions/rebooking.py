"""Another way of taking part, or another talk, for who is registered.

The protocol is that of `registrations`: lock the event, count, write. The old place is given up only for the new one,
and the new one is had only where it is free and nobody who waits for it comes first. Nobody stands in two lines: where
there is no place, everything stays as it was.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction

from wegweiser.events import guests, known, queries, terms
from wegweiser.events.actions import letters, line, registrations
from wegweiser.events.events import Event as Audited
from wegweiser.events.guests import Guest
from wegweiser.events.locks import lock_registration
from wegweiser.events.models import ACTIVE, UNCONFIRMED, Change, Event, Pool, Registration, State
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor, ActorKind
from wegweiser.kernel.errors import DomainError

_VERBS = {State.WAITING: "move_up", State.OFFERED: "accept"}  # who moves to a free place has one


def rebook(
    *,
    registration: Registration,
    pool: Pool,
    names: Sequence[str] | None = None,
    places: int | None = None,
    phone: str | None = None,
    leaving: Collection[UUID] = (),
    by: Actor,
) -> Registration:
    """Have a place in `pool` instead, and what else changes with it, as `registrations.change` does; or none of it.

    Who waits, or has an offer, has a place then. What becomes free goes to those who wait for it.
    Raises DomainError: no_place_there, pool_unknown, address_unconfirmed, waits_for_whole, event_not_public,
    event_over, talk_outside, registration_not_open_yet, registration_closed (the desk may), and what
    `registrations.change` raises.
    """
    rest = {"names": names, "places": places, "phone": phone, "leaving": leaving}
    with transaction.atomic():
        event, row = lock_registration(registration)
        if row.pool_id == pool.pk:
            return registrations.change(registration=row, **rest, by=by)  # type: ignore[arg-type]
        room = guests.chosen(queries.rooms_of(event), pool)
        _ensure_allowed(event, row, by)
        wanted = row.places - len(leaving) if places is None else places
        if not room.fits(wanted, fill=event.fill):
            raise DomainError("no_place_there", field="pool")
        guests.ensure_allowed(event, room.pool, Guest(name=row.name, places=wanted), at_desk=True)
        left = row.pool
        _move(event, row, room.pool, by)
        row = registrations.change(registration=row, **rest, by=by)  # type: ignore[arg-type]
        line.free_up(event=event, pool=left, by=by)
        letters.tell(registration=row, what="rebooked", before=known.concerning(left, event.told), by=by)
    return row


def _ensure_allowed(event: Event, row: Registration, by: Actor) -> None:
    """Refuse what cannot be moved, whether a place is free or not."""
    terms.ensure_takes_place(event)
    if row.state not in ACTIVE:
        raise DomainError("transition_not_allowed")
    if row.state in UNCONFIRMED:
        raise DomainError("address_unconfirmed")
    if row.together and row.state != State.CONFIRMED:
        raise DomainError("waits_for_whole")
    terms.ensure_open(event, at_desk=by.kind == ActorKind.STAFF)
    if terms.has_begun(event, row.pool):
        raise DomainError("event_over", field="pool")
    if reason := queries.stays_because(row, queries.seats(row)):
        raise DomainError(reason)


def _move(event: Event, row: Registration, pool: Pool, by: Actor) -> None:
    event.sequence += 1  # else a calendar that has the date would keep it as it is
    event.save(update_fields=["sequence"])
    Change.objects.create(registration=row, verb="pool", source=str(row.pool_id), target=str(pool.pk), by=str(by))
    row.pool = pool
    row.save(update_fields=["pool"])
    audit.record(Audited.CHANGED, by=by, subject=row, changed=["pool"], references={"event": event.uuid})
    if verb := _VERBS.get(State(row.state)):
        line.turn(registration=row, verb=verb, tell=False, by=by)
