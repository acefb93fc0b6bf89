"""Registering, confirming, giving back, changing: what somebody who registers does, or we do for them.

One protocol for every change of who has a place, here, in `line`, `admissions` and `whole_series`: open the
transaction, lock the event, count, write. Nothing from before the lock decides.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from wegweiser.companies import phones
from wegweiser.events import guests, queries, terms, whole
from wegweiser.events.actions import letters, line, shown
from wegweiser.events.events import Event as Audited
from wegweiser.events.guests import Guest
from wegweiser.events.locks import lock_event, lock_registration
from wegweiser.events.models import ACTIVE, UNCONFIRMED, Change, Event, Pool, Registration, Seat, State
from wegweiser.events.queries import Room
from wegweiser.kernel import audit, clock, together
from wegweiser.kernel.actor import Actor, ActorKind
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.inserting import insert
from wegweiser.outbox import queries as outbox
from wegweiser.outbox.actions import letters as outgoing

OPT_IN_HOURS = 24
RESEND_MINUTES = 10
PERSONAL = ("name", "email", "phone", "firm", "postcode", "answers", "note", "preferred_reason")
_AGAIN = {  # which letter tells once more how it stands
    State.PENDING: "opt_in",
    State.ASKED: "opt_in",
    State.CONFIRMED: "confirmed",
    State.WAITING: "waiting",
    State.OFFERED: "offered",
}


@dataclass(frozen=True)
class Registered:
    """A registration. `fresh` is False where it was there already: the same form, or the same person once more.

    `secret` opens the guest's own page. Who did not send the form that made it gets none: they have their mail.
    """

    registration: Registration
    fresh: bool
    secret: str = ""


@dataclass(frozen=True, kw_only=True)
class Shared:
    """What the registrations of one form for several dates have in common, see `whole_series`.

    `together`: all of them or none; then `fits` says whether there is room at all dates, else each date knows itself.
    `until` is when their address has to be confirmed, where it has to be.
    """

    bundle: UUID
    together: bool
    fits: bool | None
    until: dt.datetime | None


def register(*, event: Event, pool: Pool, submission: UUID, guest: Guest, by: Actor) -> Registered:
    """A place where there is one, else the waiting list where the event has one.

    The same form sent twice finds the first registration, and so does the same person once more (mail and name) as long
    as a stranger could register: where it is closed or full, who is registered is answered like everybody else.
    Staff may register somebody before it opens and after it closed, without a mail address, and confirm no address.
    Raises DomainError: name_missing, name_with_link, email_missing, email_invalid, invalid_phone, places_not_allowed,
    too_many_names, pool_unknown, event_cancelled, event_not_public, event_over, registration_not_open_yet,
    registration_closed, full, whole_series_only, and what `answers.checked` finds.
    """
    at_desk = by.kind == ActorKind.STAFF
    told = guests.checked(guest=guest, at_desk=at_desk)
    with transaction.atomic(), together.writing():
        event = lock_event(event)
        known = guests.registered_before(event, submission, told)
        if known and known.submission == submission:
            return Registered(known, False, own_link(registration=known, by=by))
        if not at_desk and whole.must_be_whole(event):
            raise DomainError("whole_series_only")
        if known:
            if not at_desk:
                ensure_open(event=event, pool=pool, guest=told, by=by)
            return Registered(known, False)
        until = open_until(wanted=[(event, pool)], by=by)
        registration = put_down(event=event, pool=pool, submission=submission, guest=told, until=until, by=by)
        purposes = [queries.LINK, *([_purpose(registration)] if until else [])]
        secret, *form_secret = letters.links(registration=registration, purposes=purposes, by=by)
        letters.tell(registration=registration, what=_first_letter(registration.state), secret=secret, by=by)
    return Registered(registration, True, form_secret[0] if until else secret)


def open_until(*, wanted: Sequence[tuple[Event, Pool]], by: Actor) -> dt.datetime | None:
    """When an address has to be confirmed, where one of the events asks for it; staff know whom they talk to."""
    if by.kind == ActorKind.STAFF or not any(event.opt_in for event, _pool in wanted):
        return None
    return min(terms.until(event, pool, clock.now(), OPT_IN_HOURS) for event, pool in wanted)


def put_down(
    *,
    event: Event,
    pool: Pool,
    submission: UUID,
    guest: Guest,
    until: dt.datetime | None = None,
    shared: Shared | None = None,
    by: Actor,
) -> Registration:
    """Write a registration down, under the lock of its event and without a word to anybody. `guest` is `checked`.

    `until` is when their address has to be confirmed. Raises DomainError: what `register` raises of the event, the
    places and the answers.
    """
    room, rooms = _open_room(event, pool, guest, by)
    pool, fits = room.pool, room.fits(guest.places, fill=event.fill)
    if shared and shared.fits is not None:
        fits = shared.fits
    _ensure_taken(event, fits=fits)
    now = clock.now()
    given = guests.answered(event, guest, now, at_desk=by.kind == ActorKind.STAFF)
    state = State.CONFIRMED if fits else State.WAITING
    if until:
        state = State.PENDING if fits else State.ASKED
    registration = Registration(
        event=event,
        pool=pool,
        submission=submission,
        state=state,
        places=guest.places,
        name=guest.name,
        email=guest.email,
        phone=guest.phone,
        firm=guest.firm,
        postcode=guest.postcode,
        language=guest.language,
        answers=given,
        note=guest.note,
        company=guest.company,
        multiplier=guest.multiplier,
        until=until,
        queued_at=now if state == State.WAITING else None,
        bundle=shared.bundle if shared else None,
        together=shared.together if shared else False,
        by=str(by),
    )
    insert([registration])
    insert(guests.seats(registration, guest))
    audit.record(Audited.REGISTERED, by=by, subject=registration, references={"event": event.uuid})
    shown.availability(event=event, rooms=[row.after(registration) if row is room else row for row in rooms], by=by)
    return registration


def ensure_open(*, event: Event, pool: Pool, guest: Guest, by: Actor) -> None:
    """Refuse what `put_down` would refuse for somebody new, without writing anything."""
    room, _rooms = _open_room(event, pool, guest, by)
    _ensure_taken(event, fits=room.fits(guest.places, fill=event.fill))


def _open_room(event: Event, pool: Pool, guest: Guest, by: Actor) -> tuple[Room, list[Room]]:
    """The pool that somebody wants, where one can register for it now, and all of the event."""
    at_desk = by.kind == ActorKind.STAFF
    terms.ensure_open(event, at_desk=at_desk)
    rooms = queries.rooms_of(event)
    room = guests.chosen(rooms, pool)
    guests.ensure_allowed(event, room.pool, guest, at_desk=at_desk)
    return room, rooms


def _ensure_taken(event: Event, *, fits: bool) -> None:
    if not fits and not event.waiting_list:
        raise DomainError("full", field="pool")


def own_link(*, registration: Registration, by: Actor) -> str:
    """The secret for who sent the form: as long as the address is not confirmed, only its mail confirms it."""
    return letters.link(registration=registration, purpose=_purpose(registration), by=by)


def _purpose(row: Registration) -> str:
    """What the link for who sent the form is good for. As long as the address is not confirmed, only its mail does."""
    return queries.FORM_LINK if row.state in UNCONFIRMED else queries.LINK


def confirm(*, registration: Registration, by: Actor) -> Registration:
    """The address is theirs: the place kept for them is theirs now, or they stand in the line from now on.

    Once more changes nothing. Raises DomainError: event_cancelled, transition_not_allowed where it was too late.
    """
    with transaction.atomic():
        event, row = lock_registration(registration)
        terms.ensure_takes_place(event)
        if row.state in {State.CONFIRMED, State.WAITING, State.OFFERED}:
            return row
        if row.state == State.PENDING:
            return line.turn(registration=row, verb="confirm", by=by)
        room = queries.room(row.pool)
        fits = room.fits(row.places, fill=event.fill)
        return line.turn(registration=row, verb="confirm" if fits else "queue", by=by)


def accept(*, registration: Registration, by: Actor) -> Registration:
    """Take the place that was offered.

    Raises DomainError: event_cancelled, transition_not_allowed where the offer is over.
    """
    with transaction.atomic():
        event, row = lock_registration(registration)
        terms.ensure_takes_place(event)
        return row if row.state == State.CONFIRMED else line.turn(registration=row, verb="accept", by=by)


def cancel(*, registration: Registration, by: Actor, tell: bool = True) -> Registration:
    """Give the places back, leave the line or decline an offer; whoever is next moves up. Twice changes nothing.

    Raises DomainError: attended_already, event_over.
    """
    with transaction.atomic():
        event, row = lock_registration(registration)
        if row.state in {State.CANCELLED, State.LAPSED}:
            return row
        if reason := queries.stays_because(row, row.seats.filter(given_back_at=None)):
            raise DomainError(reason)
        line.turn(registration=row, verb="cancel", tell=tell and not event.is_cancelled, by=by)
        line.free_up(event=event, pool=row.pool, by=by)
    return row


def change(
    *,
    registration: Registration,
    names: Sequence[str] | None = None,
    places: int | None = None,
    phone: str | None = None,
    leaving: Collection[UUID] = (),
    by: Actor,
) -> Registration:
    """Other names, or fewer places; more only where they are free and nobody waits for them.

    Who waits may wait for more, but not at the cost of those behind them: they stand at the end of the line then.
    `leaving` are the seats (by uuid) of those who cannot come: exactly these are given back, and everybody else keeps
    theirs. `names` are of the seats that stay, in their order.
    Raises DomainError: event_cancelled, places_not_allowed, places_gone, too_many_names, transition_not_allowed,
    attended_already, event_over; where a guest wants more, also why nobody can register now.
    """
    with transaction.atomic():
        event, row = lock_registration(registration)
        if row.state not in ACTIVE:
            raise DomainError("transition_not_allowed")
        seats = list(row.seats.filter(given_back_at=None))
        gone = [seat for seat in seats if seat.uuid in leaving]
        seats = [seat for seat in seats if seat.uuid not in leaving] + gone
        wanted = row.places - len(gone) if places is None else places
        if wanted < 1 or (wanted > event.most_places and wanted > row.places):
            raise DomainError("places_not_allowed", field="places")
        if wanted > row.places:
            terms.ensure_takes_place(event)
            if by.kind != ActorKind.STAFF:
                terms.ensure_open(event, at_desk=False)
            more = queries.room(row.pool).fits(wanted - row.places, fill=event.fill)
            if wanted > row.pool.capacity or (row.holds and not more):
                raise DomainError("places_gone", field="places")
        if reason := queries.stays_because(row, seats[wanted:]) if wanted < row.places else "":
            raise DomainError(reason)
        listed = guests.in_place(names) if names is not None else [seat.name for seat in seats][:wanted]
        if len(listed) > wanted:
            raise DomainError("too_many_names", field="names")
        changed = _seated(row, seats, listed, wanted)
        if phone is not None and phones.kept(phone) != row.phone:
            row.phone, changed = phones.kept(phone), {*changed, "phone"}
        if not changed:
            return row
        if wanted != row.places:
            Change.objects.create(
                registration=row, verb="places", source=str(row.places), target=str(wanted), by=str(by)
            )
        fewer = wanted < row.places
        goes_back = wanted > row.places and row.state == State.WAITING
        row.places, row.queued_at = wanted, clock.now() if goes_back else row.queued_at
        row.save(update_fields=["places", "phone", "queued_at"])
        audit.record(Audited.CHANGED, by=by, subject=row, changed=changed)
        if fewer or goes_back:
            line.free_up(event=event, pool=row.pool, by=by)
        else:
            shown.availability(event=event, by=by)
    return row


def resend(*, registration: Registration, by: Actor) -> bool:
    """Send once more what they were told last, with a link that opens; tells whether.

    At most once in RESEND_MINUTES, so that nobody fills somebody else's mailbox. Raises DomainError: email_missing,
    event_cancelled, transition_not_allowed where it is over.
    """
    with transaction.atomic():
        event, row = lock_registration(registration)
        terms.ensure_takes_place(event)
        if not row.email:
            raise DomainError("email_missing")
        if row.state not in _AGAIN:
            raise DomainError("transition_not_allowed")
        since = clock.now() - dt.timedelta(minutes=RESEND_MINUTES)
        if outbox.of_cause(row.uuid).filter(recorded_at__gt=since).exists():
            return False
        row.event = event
        letters.tell(registration=row, what=_AGAIN[State(row.state)], by=by)
    return True


def erase(*, registration: Registration, by: Actor) -> Registration:
    """Forget who they were. That somebody had a place, and whether they came, stays, so that no figure changes.

    A place for what is still to come goes to the next: nobody could be let in for it any more. What was called off they
    did not give back.
    """
    with transaction.atomic():
        event, row = lock_registration(registration)
        if row.state in ACTIVE and not event.is_cancelled and not terms.has_begun(event, row.pool):
            line.turn(registration=row, verb="cancel", tell=False, by=by)
            line.free_up(event=event, pool=row.pool, by=by)
        for name in PERSONAL:
            setattr(row, name, {} if name == "answers" else "")
        row.save(update_fields=[*PERSONAL, "sort_key", "firm_key"])
        row.seats.exclude(name="").update(name="", sort_key="")
        row.invited_by.update(registration=None)  # who was invited is kept by name, for a time of its own
        for letter in outbox.of_cause(row.uuid):
            outgoing.erase(letter=letter, by=by)
        audit.record(Audited.REGISTRATION_ERASED, by=by, subject=row, changed=PERSONAL)
    return row


def _first_letter(state: str) -> str:
    return {State.CONFIRMED: "confirmed", State.WAITING: "waiting"}.get(State(state), "opt_in")


def _seated(row: Registration, seats: list[Seat], names: Sequence[str], wanted: int) -> set[str]:
    """Bring the seats to `wanted` with these names: those too many are given back, the last ones first."""
    changed: set[str] = set()
    for seat in seats[wanted:]:
        seat.given_back_at = clock.now()
        seat.save(update_fields=["given_back_at"])
        changed.add("places")
    if wanted > len(seats):
        last = row.seats.count()
        more = [Seat(registration=row, position=last + number) for number in range(1, wanted - len(seats) + 1)]
        Seat.objects.bulk_create(more)
        seats = [*seats, *more]
        changed.add("places")
    told = [*names, *([""] * (wanted - len(names)))]
    for seat, name in zip(seats[:wanted], told, strict=True):
        if seat.name != name:
            seat.name = name
            seat.save(update_fields=["name", "sort_key"])
            changed.add("names")
    return changed
