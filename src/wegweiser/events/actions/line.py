"""The line of those who wait, and every turn of a registration from one state to the next.

The rule of who is next is `waiting_list`. All of it happens under the lock of the event; `turn`, `free_up` and
`set_preferred` are for who holds it already.
"""

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence

from django.db import transaction

from wegweiser.events import queries, talks, terms, waiting_list, whole
from wegweiser.events.actions import letters, shown
from wegweiser.events.events import Event as Audited
from wegweiser.events.locks import lock_event, lock_registration, lock_series
from wegweiser.events.models import LIFECYCLE, UNCONFIRMED, Change, Event, Pool, Registration, State
from wegweiser.kernel import audit, clock, fences
from wegweiser.kernel.actor import Actor, ActorKind
from wegweiser.kernel.errors import DomainError

_TOLD = {  # which letter a verb sends
    "confirm": "confirmed",
    "move_up": "moved_up",
    "accept": "confirmed",
    "queue": "waiting",
    "offer": "offered",
    "lapse": "lapsed",
}
_AUDITED = {  # what the audit trail calls it
    "confirm": Audited.CONFIRMED,
    "queue": Audited.QUEUED,
    "move_up": Audited.MOVED_UP,
    "offer": Audited.OFFERED,
    "accept": Audited.ACCEPTED,
    "cancel": Audited.CANCELLED,
    "lapse": Audited.LAPSED,
}


def lapse(*, now: dt.datetime | None = None, by: Actor) -> int:
    """End what nobody confirmed or accepted in time, and let the next move up. Gives how many ended.

    One event after the other, each under its own lock, so that nobody who registers waits for all of them; one that
    fails holds up no other.
    """
    now = now or clock.now()
    over = Registration.objects.filter(until__lte=now).order_by()
    ended: list[int] = []
    concerned = Event.objects.filter(pk__in=over.values("event")).order_by("pk")
    fences.each(concerned, lambda event: ended.append(_lapse_all(event, now, by)))
    return sum(ended)


def _lapse_all(concerned: Event, now: dt.datetime, by: Actor) -> int:
    with transaction.atomic():
        event = lock_event(concerned)
        rows = list(Registration.objects.filter(event=event, until__lte=now).select_related("pool"))
        for row in rows:
            row.event = event
            _lapse(row, now, by)
        for pool in {row.pool_id: row.pool for row in rows}.values():
            free_up(event=event, pool=pool, by=by)
    return len(rows)


def _lapse(row: Registration, now: dt.datetime, by: Actor) -> None:
    """End it. What ends together at several dates is told once, with the last of them."""
    at_once = row.bundle is not None and (row.together or row.state != State.OFFERED)
    tell = not row.event.is_cancelled and row.state not in UNCONFIRMED
    turn(registration=row, verb="lapse", tell=tell and not at_once, by=by)
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
            free_up(event=event, pool=pool, by=by)


def free_up(*, event: Event, pool: Pool, by: Actor) -> None:
    """Give free places of `pool` to those who wait, in their order, until it begins; under the lock of the event."""
    _give(event, pool, by)
    if event.series_id:
        _give_wholes(event.series_id, {event.pk: event}, by)


def serve_wholes(*, by: Actor) -> int:
    """Let move up who waits for all dates of a series, where nobody gave anything back and it is their turn all the
    same: the date that was full has begun, or was called off. Gives how many series had somebody."""
    waiting = Registration.objects.filter(together=True, state=State.WAITING, event__series__isnull=False)
    series = waiting.order_by("event__series").values_list("event__series", flat=True).distinct()
    served: list[bool] = []

    def serve_one(key: int) -> None:
        with transaction.atomic():
            served.append(_give_wholes(key, lock_series(key), by))

    fences.each(list(series), serve_one)
    return sum(served)


def _give_wholes(series: int, locked: Mapping[int, Event], by: Actor) -> bool:
    """All whose turn it is, one bundle after the other, and who stood behind them. `locked` are events at hand."""
    found = False
    while rows := whole.next_together(series):
        found = True
        for row in rows:
            row.event = locked.get(row.event_id, row.event)
        _give_together(rows, by)
        for row in rows:
            _give(row.event, row.pool, by)
    return found


def _give(event: Event, pool: Pool, by: Actor) -> None:
    if not event.is_cancelled and not terms.has_begun(event, pool) and not talks.is_outside(event, pool):
        for row in _next(event, pool):
            row.event, row.pool = event, pool
            turn(registration=row, verb="offer" if event.offer_hours else "move_up", by=by)
    shown.availability(event=event, by=by)


def _give_together(rows: Sequence[Registration], by: Actor) -> None:
    """All dates of a bundle at once, with one letter and one end of the offer."""
    now, hours = clock.now(), max(row.event.offer_hours for row in rows)
    until = min(terms.until(row.event, row.pool, now, hours) for row in rows) if hours else None
    for row in rows:
        turn(registration=row, verb="offer" if hours else "move_up", tell=False, until=until, by=by)
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


def turn(
    *, registration: Registration, verb: str, tell: bool = True, until: dt.datetime | None = None, by: Actor
) -> Registration:
    """Lead a registration on by `verb` of the lifecycle, under the lock of its event, which it carries.

    That is its state, how long that is open, who did it and the letter that tells of it.
    """
    row = registration
    source, now = row.state, clock.now()
    row.state = LIFECYCLE.target(state=source, verb=verb)
    until = until or terms.until(row.event, row.pool, now, row.event.offer_hours)
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


def prefer(*, registration: Registration, reason: str, by: Actor) -> Registration:
    """Put somebody who waits before all whom nobody preferred, for a reason that stands beside their name.

    Who was preferred first goes first; preferring somebody once more changes nothing, the first reason stays.

    Raises DomainError: reason_missing, transition_not_allowed.
    """
    with transaction.atomic():
        event, row = lock_registration(registration)
        set_preferred(registration=row, reason=reason, by=by)
        free_up(event=event, pool=row.pool, by=by)
    return row


def set_preferred(*, registration: Registration, reason: str, by: Actor) -> None:
    """Say who goes before the others, under the lock of the event; nobody is served yet."""
    reason, row = " ".join(reason.split()), registration
    if not reason:
        raise DomainError("reason_missing", field="reason")
    if row.state != State.WAITING:
        raise DomainError("transition_not_allowed", "They do not wait.")
    terms.ensure_takes_place(row.event)
    if row.preferred_at:
        return
    row.preferred_at, row.preferred_by, row.preferred_reason = clock.now(), str(by), reason[:500]
    row.save(update_fields=["preferred_at", "preferred_by", "preferred_reason"])
    audit.record(Audited.PREFERRED, by=by, subject=row, changed=["preferred_reason"])
