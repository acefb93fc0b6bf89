"""Who came: at the door, and from a list afterwards."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID, uuid4

from django.db import transaction

from wegweiser.companies.models import Company
from wegweiser.events import guests, queries
from wegweiser.events.actions import admissions
from wegweiser.events.events import Event as Audited
from wegweiser.events.locks import lock_event
from wegweiser.events.models import Event, Pool, Presence, Registration, Seat, State, ToldBy
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


def arrive(
    *,
    seat: Seat,
    at: dt.datetime | None = None,
    entry: UUID | None = None,
    told_by: str = ToldBy.DOOR,
    by: Actor,
) -> Seat:
    """Somebody is here. Twice changes nothing: the first time stays.

    `at` is when the door saw them, which may be earlier than now where it was offline, `entry` what it wrote then.
    Raises DomainError: seat_given_back, not_registered, event_cancelled.
    """
    with transaction.atomic():
        row = _locked(seat)
        registration = row.registration
        if registration.event.is_cancelled:
            raise DomainError("event_cancelled")
        if row.given_back_at:
            raise DomainError("seat_given_back")
        if registration.state != State.CONFIRMED:
            raise DomainError("not_registered", "They have no place.")
        if row.presence == Presence.ATTENDED and (told_by == ToldBy.LIST or row.told_by != ToldBy.LIST):
            return row
        row.arrived_at = row.arrived_at or at or clock.now()
        row.presence, row.arrival, row.told_by = Presence.ATTENDED, entry, told_by
        row.save(update_fields=["presence", "arrived_at", "arrival", "told_by"])
        audit.record(Audited.ARRIVED, by=by, subject=row, changed=["presence"])
    return row


def set_presence(*, seat: Seat, presence: str, by: Actor) -> Seat:
    """Put right who came. After the attendance was settled the crossing puts right what followed from it, too.

    Raises DomainError: choice_unknown, and where somebody was to have come without a place seat_given_back or
    not_registered.
    """
    if presence not in Presence.values:
        raise DomainError("choice_unknown", field="presence")
    with transaction.atomic():
        row = _locked(seat)
        if presence == Presence.ATTENDED and row.given_back_at:
            raise DomainError("seat_given_back")
        if presence == Presence.ATTENDED and row.registration.state != State.CONFIRMED:
            raise DomainError("not_registered", "They have no place.")
        told_by = ToldBy.HAND if presence != Presence.OPEN else ToldBy.NOBODY
        if row.presence == presence and row.told_by in {told_by, ToldBy.DOOR}:
            return row
        row.presence, row.told_by = presence, told_by
        if presence != Presence.ATTENDED:
            row.arrived_at = row.arrival = None
        elif row.arrived_at is None:
            row.arrived_at = clock.now()
        row.save(update_fields=["presence", "arrived_at", "told_by", "arrival"])
        audit.record(Audited.PRESENCE_CHANGED, by=by, subject=row, changed=["presence"])
    return row


def walk_in(
    *,
    event: Event,
    pool: Pool,
    name: str,
    firm: str = "",
    email: str = "",
    places: int = 1,
    submission: UUID | None = None,
    at: dt.datetime | None = None,
    told_by: str = ToldBy.DOOR,
    by: Actor,
) -> Registration:
    """Somebody stands at the door without a registration: they have a place, and are here, as are those they bring.

    The same form sent twice is one. Raises DomainError: what `admissions.at_the_door` raises.
    """
    with transaction.atomic():
        event = lock_event(event)
        guest = guests.Guest(name=name, firm=firm, email=email, places=places)
        row = admissions.at_the_door(event=event, pool=pool, submission=submission or uuid4(), guest=guest, by=by)
        for seat in row.seats.filter(presence=Presence.OPEN):
            arrive(seat=seat, at=at, entry=row.submission, told_by=told_by, by=by)
    return row


def settle(*, event: Event, by: Actor) -> Event:
    """Write down for good who came: who was not seen was absent. Safe to repeat.

    Raises DomainError: event_not_over, event_cancelled.
    """
    with transaction.atomic():
        event = lock_event(event)
        starts = queries.starts_at(event)
        if event.is_cancelled:
            raise DomainError("event_cancelled")
        if starts is None or starts > clock.now():
            raise DomainError(
                "event_not_over", "It has not begun: from then on it may be closed, and is put right later."
            )
        Seat.objects.filter(
            registration__event=event, registration__state=State.CONFIRMED, presence=Presence.OPEN, given_back_at=None
        ).update(presence=Presence.ABSENT)
        event.settled_at, event.followed_at = clock.now(), None
        event.save(update_fields=["settled_at", "followed_at"])
        audit.record(Audited.EVENT_SETTLED, by=by, subject=event, changed=["settled_at"])
    return event


def followed(*, event: Event, by: Actor) -> Event:
    """All that follows from the attendance as it was settled stands now. Once more changes nothing."""
    with transaction.atomic():
        event = lock_event(event)
        if event.settled_at and event.followed_at is None:
            event.followed_at = clock.now()
            event.save(update_fields=["followed_at"])
            audit.record(Audited.EVENT_FOLLOWED, by=by, subject=event, changed=["followed_at"])
    return event


def name_companies(*, firms: Mapping[int, Company], by: Actor) -> None:
    """Which firms these came from: {primary key of the registration: firm}. Whoever calls holds the event's lock."""
    with transaction.atomic():
        rows = list(Registration.objects.filter(pk__in=firms))
        for row in rows:
            row.company = firms[row.pk]
        Registration.objects.bulk_update(rows, ["company"], batch_size=500)
        audit.record_many(Audited.CHANGED, by=by, subjects=[(row, {}) for row in rows], changed=["company"])


def _locked(seat: Seat) -> Seat:
    """The seat under its event's lock."""
    event = lock_event(Event.objects.get(registrations__seats=seat))
    row = Seat.objects.select_related("registration__pool").get(pk=seat.pk)
    row.registration.event = event
    return row
