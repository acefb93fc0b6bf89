"""What a device at the door saw, settled entry by entry: each once, however often it is sent."""

import datetime as dt
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import DataError, IntegrityError, transaction

from wegweiser.crossings import attendance
from wegweiser.events import door as reads
from wegweiser.events.actions import attendance as presence
from wegweiser.events.actions import door
from wegweiser.events.models import Event, Pool, Registration, Seat
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

log = logging.getLogger(__name__)
NOBODY = UUID(int=0)  # where an entry names no seat or no pool


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing done at the door: somebody came, came not, got a place there, or came without being registered.

    verb: arrive, undo, admit, walk_in
    """

    id: UUID
    verb: str
    at: dt.datetime | None = None
    seat: UUID | None = None
    of: UUID | None = None
    pool: UUID | None = None
    name: str = ""
    firm: str = ""
    heads: int = 1


@dataclass(frozen=True)
class Outcome:
    """What became of an entry: nothing to say, or the code of what stands against it; `at` is when they were seen."""

    entry: Entry
    code: str = ""
    at: dt.datetime | None = None


def settle(*, event: Event, entries: Iterable[Entry], by: Actor) -> list[Outcome]:
    """Each entry in its own transaction: one that is refused holds up no other."""
    return [_settled(event, entry, by) for entry in entries]


def check_in_heads(*, registration: Registration, heads: int, by: Actor) -> int:
    """So many of a group are here; after the attendance was settled, it follows."""
    with transaction.atomic():
        came = door.check_in_heads(registration=registration, heads=heads, by=by)
        attendance.follow(registration=registration, by=by)
    return came


def _settled(event: Event, entry: Entry, by: Actor) -> Outcome:
    try:
        with transaction.atomic():
            attendance.follow(registration=_done(event, entry, by), by=by)
    except (IntegrityError, DataError):
        log.exception("An entry of the door was refused by the database.")
        return Outcome(entry, "not_readable")
    except DomainError as refusal:
        seat = Seat.objects.filter(uuid=entry.seat).first() if entry.seat else None
        return Outcome(entry, refusal.code, seat.arrived_at if seat else None)
    return Outcome(entry)


def _done(event: Event, entry: Entry, by: Actor) -> Registration:
    if entry.verb == "walk_in":
        pool = Pool.objects.filter(event=event, uuid=entry.pool or NOBODY).first()
        if pool is None:
            raise DomainError("pool_unknown", field="pool")
        return presence.walk_in(
            event=event,
            pool=pool,
            name=entry.name,
            firm=entry.firm,
            places=entry.heads,
            submission=entry.id,
            at=reads.past(entry.at),
            by=by,
        )
    seat = (
        Seat.objects.select_related("registration").filter(uuid=entry.seat or NOBODY, registration__event=event).first()
    )
    if seat is None:
        raise DomainError("seat_unknown")
    match entry.verb:
        case "arrive":
            door.check_in(seat=seat, entry=entry.id, at=entry.at, by=by)
        case "undo":
            door.take_back(seat=seat, of=entry.of, by=by)
        case "admit":
            door.admit(registration=seat.registration, entry=entry.id, at=entry.at, by=by)
        case _:
            raise DomainError("choice_unknown", field="verb")
    return seat.registration
