"""Registering, confirming, waiting, moving up, giving back. Every change of who has a place goes through here.

One protocol: open the transaction, lock the event, count, write. Nothing from before the lock decides.
"""

import datetime as dt
import itertools
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, QuerySet

from wegweiser.companies import phones
from wegweiser.companies.models import Company
from wegweiser.events import answers, greetings, queries, waiting_list, whole
from wegweiser.events.actions import letters, shown
from wegweiser.events.events import Event as Audited
from wegweiser.events.locks import lock_event
from wegweiser.events.models import (
    ACTIVE,
    LIFECYCLE,
    UNCONFIRMED,
    Change,
    Event,
    Listing,
    Multiplier,
    Pool,
    Registration,
    Seat,
    State,
)
from wegweiser.events.queries import Room
from wegweiser.kernel import audit, clock, together
from wegweiser.kernel.actor import Actor, ActorKind
from wegweiser.kernel.compiled import Compiled
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox import queries as outbox
from wegweiser.outbox.actions import letters as outgoing

OPT_IN_HOURS = 24
RESEND_MINUTES = 10
PERSONAL = ("name", "email", "phone", "firm", "postcode", "answers", "note", "preferred_reason")
_TOLD = {  # which letter a verb sends
    "confirm": "confirmed",
    "move_up": "moved_up",
    "accept": "confirmed",
    "queue": "waiting",
    "offer": "offered",
    "lapse": "lapsed",
}
_AGAIN = {  # which letter tells once more how it stands
    State.PENDING: "opt_in",
    State.ASKED: "opt_in",
    State.CONFIRMED: "confirmed",
    State.WAITING: "waiting",
    State.OFFERED: "offered",
}
_AUDITED = {
    "confirm": Audited.CONFIRMED,
    "queue": Audited.QUEUED,
    "move_up": Audited.MOVED_UP,
    "offer": Audited.OFFERED,
    "accept": Audited.ACCEPTED,
    "cancel": Audited.CANCELLED,
    "lapse": Audited.LAPSED,
}


@dataclass(frozen=True, kw_only=True)
class Guest:
    """Who registers, for how many, and how to reach them. `names` are those who come, as far as they are known.

    `company` is set where they are logged in to its workspace, `multiplier` where they came by somebody's link.
    """

    name: str
    email: str = ""
    phone: str = ""
    firm: str = ""
    postcode: str = ""
    places: int = 1
    names: Sequence[str] = ()
    language: str = "de"
    note: str = ""
    answers: Mapping[str, object] = field(default_factory=dict)
    company: Company | None = None
    multiplier: Multiplier | None = None


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
    told = checked(guest=guest, by=by)
    with transaction.atomic(), together.writing():
        event = lock_event(event)
        known = _known(event, submission, told)
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


def checked(*, guest: Guest, by: Actor) -> Guest:
    """What was said of somebody, as it is kept. Staff need no mail address.

    Raises DomainError: name_missing, name_with_link, email_missing, email_invalid, invalid_phone.
    """
    return _checked(guest, at_desk=by.kind == ActorKind.STAFF)


def open_until(*, wanted: Sequence[tuple[Event, Pool]], by: Actor) -> dt.datetime | None:
    """When an address has to be confirmed, where one of the events asks for it; staff know whom they talk to."""
    if by.kind == ActorKind.STAFF or not any(event.opt_in for event, _pool in wanted):
        return None
    return min(_until(event, pool, clock.now(), OPT_IN_HOURS) for event, pool in wanted)


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
    given = _answers(event, guest, now, at_desk=by.kind == ActorKind.STAFF)
    state = State.CONFIRMED if fits else State.WAITING
    if until:
        state = State.PENDING if fits else State.ASKED
    registration = Registration.objects.create(
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
    Seat.objects.bulk_create(_seats(registration, guest))
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
    reason = queries.closed_because(event)
    if reason and not (at_desk and reason in {"registration_not_open_yet", "registration_closed"}):
        raise DomainError(reason)
    rooms = queries.rooms_of(event)
    room = _room(rooms, pool)
    _ensure_allowed(event, room.pool, guest, at_desk=at_desk)
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


def at_the_door(*, event: Event, pool: Pool, submission: UUID, guest: Guest, by: Actor) -> Registration:
    """A place for somebody who is there already, as long as one is free; who waits elsewhere is not here.

    Raises DomainError: name_missing, event_cancelled, event_not_public, pool_unknown, places_not_allowed, full.
    """
    told = _checked(guest, at_desk=True)
    with transaction.atomic(), together.writing():
        event = lock_event(event)
        if known := Registration.objects.select_related("pool").filter(submission=submission).first():
            return known
        if (reason := queries.closed_because(event)) in {"event_cancelled", "event_not_public"}:
            raise DomainError(reason)
        rooms = queries.rooms_of(event)
        room = _room(rooms, pool)
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
        Seat.objects.bulk_create(_seats(registration, told))
        audit.record(Audited.REGISTERED, by=by, subject=registration, references={"event": event.uuid})
        shown.availability(event=event, rooms=[row.after(registration) if row is room else row for row in rooms], by=by)
    return registration


def admit(*, registration: Registration, by: Actor) -> Registration:
    """Somebody who waits, or whose address is not confirmed, stands at the door: what is free is theirs.

    Who was promised a place already has it. Raises DomainError: event_cancelled, full, not_registered.
    """
    with transaction.atomic():
        event, row = _locked(registration)
        _ensure_takes_place(event)
        if row.state == State.CONFIRMED:
            return row
        if row.state not in ACTIVE:
            raise DomainError("not_registered")
        if not row.holds and queries.room(row.pool).free < row.places:
            raise DomainError("full", field="pool")
        if row.state == State.ASKED:
            row = _turn(row, "queue", by, tell=False)
        verb = {State.PENDING: "confirm", State.OFFERED: "accept"}.get(State(row.state), "move_up")
        row = _turn(row, verb, by, tell=False)
        shown.availability(event=event, by=by)
    return row


def come_on_site(*, registration: Registration, pools: Collection[Pool], by: Actor) -> Registration:
    """Somebody who has a place online stands at the door: they get chairs of one of these pools, theirs goes on.

    Nobody is told, they are here. Raises DomainError("full").
    """
    with transaction.atomic():
        event, row = _locked(registration)
        free = [room.pool for room in queries.rooms(pools) if room.free >= row.places]
        if not free:
            raise DomainError("full", field="pool")
        left, row.pool = row.pool, free[0]
        row.save(update_fields=["pool"])
        audit.record(Audited.CHANGED, by=by, subject=row, changed=["pool"], references={"event": event.uuid})
        _serve(event, left, by)
    return row


def confirm(*, registration: Registration, by: Actor) -> Registration:
    """The address is theirs: the place kept for them is theirs now, or they stand in the line from now on.

    Once more changes nothing. Raises DomainError: event_cancelled, transition_not_allowed where it was too late.
    """
    with transaction.atomic():
        event, row = _locked(registration)
        _ensure_takes_place(event)
        if row.state in {State.CONFIRMED, State.WAITING, State.OFFERED}:
            return row
        if row.state == State.PENDING:
            return _turn(row, "confirm", by)
        room = queries.room(row.pool)
        fits = room.fits(row.places, fill=event.fill)
        return _turn(row, "confirm" if fits else "queue", by)


def accept(*, registration: Registration, by: Actor) -> Registration:
    """Take the place that was offered.

    Raises DomainError: event_cancelled, transition_not_allowed where the offer is over.
    """
    with transaction.atomic():
        event, row = _locked(registration)
        _ensure_takes_place(event)
        return row if row.state == State.CONFIRMED else _turn(row, "accept", by)


def cancel(*, registration: Registration, by: Actor, tell: bool = True) -> Registration:
    """Give the places back, leave the line or decline an offer; whoever is next moves up. Twice changes nothing.

    Raises DomainError: attended_already, event_over.
    """
    with transaction.atomic():
        event, row = _locked(registration)
        if row.state in {State.CANCELLED, State.LAPSED}:
            return row
        if reason := queries.stays_because(row, row.seats.filter(given_back_at=None)):
            raise DomainError(reason)
        _turn(row, "cancel", by, tell=tell and not event.is_cancelled)
        _serve(event, row.pool, by)
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
    attended_already, event_over.
    """
    with transaction.atomic():
        event, row = _locked(registration)
        if row.state not in ACTIVE:
            raise DomainError("transition_not_allowed")
        seats = list(row.seats.filter(given_back_at=None))
        gone = [seat for seat in seats if seat.uuid in leaving]
        seats = [seat for seat in seats if seat.uuid not in leaving] + gone
        wanted = row.places - len(gone) if places is None else places
        if wanted < 1 or (wanted > event.most_places and wanted > row.places):
            raise DomainError("places_not_allowed", field="places")
        if wanted > row.places:
            _ensure_takes_place(event)
            more = queries.room(row.pool).fits(wanted - row.places, fill=event.fill)
            if wanted > row.pool.capacity or (row.holds and not more):
                raise DomainError("places_gone", field="places")
        if reason := queries.stays_because(row, seats[wanted:]) if wanted < row.places else "":
            raise DomainError(reason)
        listed = _in_place(names) if names is not None else [seat.name for seat in seats][:wanted]
        if len(listed) > wanted:
            raise DomainError("too_many_names", field="names")
        changed = _seated(row, seats, listed, wanted)
        if phone is not None and phones.e164(phone) != row.phone:
            row.phone, changed = phones.e164(phone), {*changed, "phone"}
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
            _serve(event, row.pool, by)
        else:
            shown.availability(event=event, by=by)
    return row


def resend(*, registration: Registration, by: Actor) -> bool:
    """Send once more what they were told last, with a link that opens; tells whether.

    At most once in RESEND_MINUTES, so that nobody fills somebody else's mailbox. Raises DomainError: email_missing,
    event_cancelled, transition_not_allowed where it is over.
    """
    with transaction.atomic():
        event, row = _locked(registration)
        _ensure_takes_place(event)
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


def prefer(*, registration: Registration, reason: str, by: Actor) -> Registration:
    """Put somebody who waits before all whom nobody preferred, for a reason that stands beside their name.

    Who was preferred first goes first; preferring somebody once more changes nothing, the first reason stays.

    Raises DomainError: reason_missing, transition_not_allowed.
    """
    with transaction.atomic():
        event, row = _locked(registration)
        set_preferred(registration=row, reason=reason, by=by)
        _serve(event, row.pool, by)
    return row


def set_preferred(*, registration: Registration, reason: str, by: Actor) -> None:
    """Say who goes before the others, under the lock of the event; nobody is served yet."""
    reason, row = " ".join(reason.split()), registration
    if not reason:
        raise DomainError("reason_missing", field="reason")
    if row.state != State.WAITING:
        raise DomainError("transition_not_allowed", "They do not wait.")
    _ensure_takes_place(row.event)
    if row.preferred_at:
        return
    row.preferred_at, row.preferred_by, row.preferred_reason = clock.now(), str(by), reason[:500]
    row.save(update_fields=["preferred_at", "preferred_by", "preferred_reason"])
    audit.record(Audited.PREFERRED, by=by, subject=row, changed=["preferred_reason"])


def erase(*, registration: Registration, by: Actor) -> Registration:
    """Forget who they were. That somebody had a place, and whether they came, stays, so that no figure changes.

    A place for what is still to come goes to the next: nobody could be let in for it any more.
    """
    with transaction.atomic():
        event, row = _locked(registration)
        if row.state in ACTIVE and not _has_begun(event, row.pool):
            _turn(row, "cancel", by, tell=False)
            _serve(event, row.pool, by)
        for name in PERSONAL:
            setattr(row, name, {} if name == "answers" else "")
        row.save(update_fields=[*PERSONAL, "sort_key", "firm_key"])
        row.seats.exclude(name="").update(name="", sort_key="")
        for letter in outbox.of_cause(row.uuid):
            outgoing.erase(letter=letter, by=by)
        audit.record(Audited.REGISTRATION_ERASED, by=by, subject=row, changed=PERSONAL)
    return row


def lapse(*, now: dt.datetime | None = None, by: Actor) -> int:
    """End what nobody confirmed or accepted in time, and let the next move up. Gives how many ended.

    One event after the other, each under its own lock, so that nobody who registers waits for all of them.
    """
    now = now or clock.now()
    over = Registration.objects.filter(until__lte=now).order_by()
    ended = 0
    for concerned in Event.objects.filter(pk__in=over.values("event")).order_by("pk"):
        with transaction.atomic():
            event = lock_event(concerned)
            rows = list(Registration.objects.filter(event=event, until__lte=now).select_related("pool"))
            for row in rows:
                row.event = event
                _lapse(row, now, by)
            for pool in {row.pool_id: row.pool for row in rows}.values():
                _serve(event, pool, by)
            ended += len(rows)
    return ended


def _lapse(row: Registration, now: dt.datetime, by: Actor) -> None:
    """End it. What ends together at several dates is told once, with the last of them."""
    at_once = row.bundle is not None and (row.together or row.state != State.OFFERED)
    tell = not row.event.is_cancelled and row.state not in UNCONFIRMED
    _turn(row, "lapse", by, tell=tell and not at_once)
    if tell and at_once and not whole.lapses_with(row, now):
        ended = [one for one in whole.of_bundle(row.bundle) if one.state == State.LAPSED]
        letters.tell_of_several(registrations=ended, what="lapsed", by=by)


def shorten(*, event: Event, by: Actor) -> None:
    """Nothing is open longer than until it begins: after it was moved to an earlier time."""
    with transaction.atomic():
        event, now = lock_event(event), clock.now()
        for pool in event.pools.all():
            starts = pool.starts_at or queries.starts_at(event)
            if starts and starts > now:
                late = Registration.objects.filter(pool=pool, until__gt=starts)
                for row in late:
                    row.until = starts
                    row.save(update_fields=["until"])
                    audit.record(
                        Audited.CHANGED, by=by, subject=row, changed=["until"], references={"event": event.uuid}
                    )


def serve(*, event: Event, by: Actor) -> None:
    """Let move up whoever fits: after more places were set, or the rule of the line changed."""
    with transaction.atomic():
        event = lock_event(event)
        for pool in event.pools.all():
            _serve(event, pool, by)


def free_up(*, event: Event, pool: Pool, by: Actor) -> None:
    """Give what became free of `pool` to whoever is next, under the lock of the event."""
    _serve(event, pool, by)


def _serve(event: Event, pool: Pool, by: Actor) -> None:
    """Give free places to those who wait, in their order, as long as it has not begun."""
    _give(event, pool, by)
    while event.series_id and (rows := whole.next_together(event.series_id)):
        for row in rows:
            row.event = event if row.event_id == event.pk else row.event
        _give_together(rows, by)
        for row in rows:
            _give(row.event, row.pool, by)


def _give(event: Event, pool: Pool, by: Actor) -> None:
    if not event.is_cancelled and not _has_begun(event, pool):
        for row in _next(event, pool):
            row.event, row.pool = event, pool
            _turn(row, "offer" if event.offer_hours else "move_up", by)
    shown.availability(event=event, by=by)


def _give_together(rows: Sequence[Registration], by: Actor) -> None:
    """All dates of a bundle at once, with one letter and one end of the offer."""
    now, hours = clock.now(), max(row.event.offer_hours for row in rows)
    until = min(_until(row.event, row.pool, now, hours) for row in rows) if hours else None
    for row in rows:
        _turn(row, "offer" if hours else "move_up", by, tell=False, until=until)
    letters.tell_of_several(registrations=rows, what="offered" if hours else "moved_up", by=by)


def _next(event: Event, pool: Pool) -> list[Registration]:
    """Who of the line has places now, in its order. However long it is, only those who could have one are read.

    Who waits for several dates together holds up the line like a group that does not fit yet.
    """
    taken = queries.room(pool).taken
    free = waiting_list.free(capacity=pool.capacity, taken=taken)
    if not free:
        return []
    if event.fill:
        line = queries.line(pool).filter(places__lte=free, together=False)
    else:  # each who is served takes a place, so nobody behind so many can be
        line = queries.line(pool).filter(places__lte=pool.capacity)[:free]
    alone = itertools.takewhile(lambda row: not row[2], line.values_list("pk", "places", "together"))
    served = waiting_list.moving_up(
        capacity=pool.capacity,
        taken=taken,
        line=[waiting_list.Waiting(pk, places) for pk, places, _together in alone],
        fill=event.fill,
    )
    rows = Registration.objects.in_bulk([row.id for row in served])
    return [rows[row.id] for row in served]


def turn(*, registration: Registration, verb: str, tell: bool = True, by: Actor) -> Registration:
    """Lead a registration on by `verb` of the lifecycle, under the lock of its event, which it carries."""
    return _turn(registration, verb, by, tell=tell)


def _turn(
    row: Registration, verb: str, by: Actor, *, tell: bool = True, until: dt.datetime | None = None
) -> Registration:
    """Lead `row` on by `verb`: its state, how long that is open, who did it and the letter that tells of it."""
    source, now = row.state, clock.now()
    row.state = LIFECYCLE.target(state=source, verb=verb)
    until = until or _until(row.event, row.pool, now, row.event.offer_hours)
    row.until = until if row.state == State.OFFERED else None
    row.queued_at = now if verb == "queue" else row.queued_at
    row.ended_at = now if row.state in {State.CANCELLED, State.LAPSED} else None
    row.save(update_fields=["state", "until", "queued_at", "ended_at"])
    Change.objects.create(registration=row, verb=verb, source=source, target=row.state, at=now, by=str(by))
    audit.record(_AUDITED[verb], by=by, subject=row, changed=["state"], references={"event": row.event.uuid})
    if tell:
        letters.tell(registration=row, what=_letter(verb, source, by), by=by)
    return row


def _letter(verb: str, source: str, by: Actor) -> str:
    """Which letter tells of it. Who gave a place back themselves is thanked for it; who waited had none."""
    if verb != "cancel":
        return _TOLD[verb]
    if source in {State.WAITING, State.ASKED}:
        return "left_line"
    return "cancelled" if by.kind == ActorKind.LINK else "cancelled_for_them"


def _has_begun(event: Event, pool: Pool) -> bool:
    """Of a consultation day the talk itself: one in the afternoon is still to come when the first ones are over."""
    starts = pool.starts_at or queries.starts_at(event)
    return starts is not None and starts <= clock.now()


def _until(event: Event, pool: Pool | None, now: dt.datetime, hours: int) -> dt.datetime:
    """The end of what is open for some hours: nothing stays open longer than until it begins."""
    end, starts = now + dt.timedelta(hours=hours), (pool and pool.starts_at) or queries.starts_at(event)
    return min(end, starts) if starts and starts > now else end


def _locked(registration: Registration) -> tuple[Event, Registration]:
    """The event under its lock, and the registration as it is under it."""
    event = lock_event(registration.event)
    row = Registration.objects.select_related("pool").get(pk=registration.pk)
    row.event = event
    return event, row


def _ensure_takes_place(event: Event) -> None:
    """Nobody gets a place at an event that was called off, and nobody hears of one."""
    if event.is_cancelled:
        raise DomainError("event_cancelled")


def _known(event: Event, submission: UUID, guest: Guest) -> Registration | None:
    """What this form, or this person, registered before. Mail addresses are kept in small letters."""
    rows = _sent_or_same(submission, event.pk, guest.email)
    for row in rows:
        row.event = event if row.event_id == event.pk else row.event
    same = [row for row in rows if _same(row.name, guest.name) and _same(row.firm, guest.firm)]
    return next((row for row in rows if row.submission == submission), None) or next(iter(same), None)


def _alike(submission: UUID, event: int, email: str) -> QuerySet[Registration]:
    same = Q(event=event, email=email, state__in=ACTIVE) & ~Q(email="")
    rows = Registration.objects.select_related("pool")
    return rows.filter(Q(submission=submission) | same).order_by("id")


_sent_or_same = Compiled(_alike, UUID, int, str)


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _answers(event: Event, guest: Guest, now: dt.datetime, *, at_desk: bool) -> dict[str, object]:
    """What was answered, as it is kept. At the desk nobody has to be asked everything."""
    questions = queries.questions(event)
    for row in questions:
        row.required = row.required and not at_desk
    return answers.checked(questions, guest.answers, language=guest.language, now=now)


def _room(rooms: Iterable[Room], pool: Pool) -> Room:
    """The pool as it is under the lock, and how full."""
    for room in rooms:
        if room.pool.pk == pool.pk:
            return room
    raise DomainError("pool_unknown", field="pool")


def _ensure_allowed(event: Event, pool: Pool, guest: Guest, *, at_desk: bool) -> None:
    most = pool.capacity if at_desk else min(event.most_places, pool.capacity)
    if not 1 <= guest.places <= most:
        raise DomainError("places_not_allowed", f"At most {most}.", field="places")
    if len(guest.names) > guest.places or (event.listing == Listing.HEADS and guest.names):
        raise DomainError("too_many_names", field="names")
    if pool.starts_at and pool.starts_at <= clock.now():
        raise DomainError("event_over", field="pool")


def _checked(guest: Guest, *, at_desk: bool) -> Guest:
    name, email = _line(guest.name, 160), guest.email.strip().lower()
    if not name:
        raise DomainError("name_missing", field="name")
    if not at_desk and greetings.has_link(name):
        raise DomainError("name_with_link", field="name")
    if not email and not at_desk:
        raise DomainError("email_missing", field="email")
    if email:
        try:
            validate_email(email)
        except ValidationError as error:
            raise DomainError("email_invalid", field="email") from error
    return Guest(
        name=name,
        email=email,
        phone=phones.e164(guest.phone),
        firm=_line(guest.firm, 200),
        postcode=_line(guest.postcode, 5),
        places=guest.places,
        names=_lines(guest.names),
        language=guest.language,
        note=guest.note.replace("\0", "").strip()[:1000],
        answers=guest.answers,
        company=guest.company,
        multiplier=guest.multiplier,
    )


def _first_letter(state: str) -> str:
    return {State.CONFIRMED: "confirmed", State.WAITING: "waiting"}.get(State(state), "opt_in")


def _seats(registration: Registration, guest: Guest) -> list[Seat]:
    """A seat for each place. Who registers takes the first one where nobody is named."""
    names = list(guest.names) or [guest.name]
    names += [""] * (guest.places - len(names))
    return [Seat(registration=registration, position=place, name=name) for place, name in enumerate(names, start=1)]


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


def _line(text: str, length: int) -> str:
    return " ".join(text.replace("\0", "").split())[:length]


def _lines(names: Sequence[str]) -> list[str]:
    return [line for line in (_line(name, 160) for name in names) if line]


def _in_place(names: Sequence[str]) -> list[str]:
    """Names of seats in their order: one that is not known yet stays empty and moves nobody."""
    listed = [_line(name, 160) for name in names]
    while listed and not listed[-1]:
        listed.pop()
    return listed
