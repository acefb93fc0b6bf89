"""Who came: at the door, and from a list afterwards."""

import datetime as dt
from uuid import UUID, uuid4

from django.db import transaction

from wegweiser.companies.models import Company
from wegweiser.events import queries
from wegweiser.events.actions import registrations
from wegweiser.events.events import Event as Audited
from wegweiser.events.locks import lock_event
from wegweiser.events.models import Event, Pool, Presence, Registration, Seat, State
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


def arrive(*, seat: Seat, at: dt.datetime | None = None, minutes: int | None = None, by: Actor) -> Seat:
    """Somebody is here. Twice changes nothing: the first time stays.

    `at` is when the door saw them, which may be earlier than now where it was offline.
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
        if row.presence == Presence.ATTENDED and (minutes is None or minutes == row.minutes):
            return row
        row.arrived_at = row.arrived_at or at or clock.now()
        row.presence, row.minutes = Presence.ATTENDED, minutes if minutes is not None else row.minutes
        row.save(update_fields=["presence", "arrived_at", "minutes"])
        audit.record(Audited.ARRIVED, by=by, subject=row, changed=["presence"])
    return row


def set_presence(*, seat: Seat, presence: str, by: Actor) -> Seat:
    """Put right who came. After the attendance was settled the crossing puts right what followed from it, too."""
    if presence not in Presence.values:
        raise DomainError("choice_unknown", field="presence")
    with transaction.atomic():
        row = _locked(seat)
        if row.presence == presence:
            return row
        row.presence = presence
        if presence != Presence.ATTENDED:
            row.arrived_at = row.minutes = row.arrival = None
        elif row.arrived_at is None:
            row.arrived_at = clock.now()
        row.save(update_fields=["presence", "arrived_at", "minutes", "arrival"])
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
    minutes: int | None = None,
    by: Actor,
) -> Registration:
    """Somebody stands at the door without a registration: they have a place, and are here, as are those they bring.

    The same form sent twice is one. Raises DomainError: what `registrations.at_the_door` raises.
    """
    with transaction.atomic():
        event = lock_event(event)
        guest = registrations.Guest(name=name, firm=firm, email=email, places=places)
        row = registrations.at_the_door(event=event, pool=pool, submission=submission or uuid4(), guest=guest, by=by)
        for seat in row.seats.filter(presence=Presence.OPEN):
            arrive(seat=seat, at=at, minutes=minutes, by=by)
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
            raise DomainError("event_not_over", "It has not begun.")
        Seat.objects.filter(
            registration__event=event, registration__state=State.CONFIRMED, presence=Presence.OPEN, given_back_at=None
        ).update(presence=Presence.ABSENT)
        event.settled_at = clock.now()
        event.save(update_fields=["settled_at"])
        audit.record(Audited.EVENT_SETTLED, by=by, subject=event, changed=["settled_at"])
    return event


def name_company(*, registration: Registration, company: Company | None, by: Actor) -> Registration:
    """Which firm somebody came from."""
    with transaction.atomic():
        row = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
        if row.company_id != (company.pk if company else None):
            row.company = company
            row.save(update_fields=["company"])
            audit.record(Audited.CHANGED, by=by, subject=row, changed=["company"])
    return row


def _locked(seat: Seat) -> Seat:
    """The seat under its event's lock."""
    event = lock_event(Event.objects.get(registrations__seats=seat))
    row = Seat.objects.select_related("registration__pool").get(pk=seat.pk)
    row.registration.event = event
    return row
