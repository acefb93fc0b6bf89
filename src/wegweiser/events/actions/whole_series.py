"""One form for several dates of a series: all of it happens, or nothing.

Each date keeps a registration of its own, with its own place, line and later changes; what was sent together is a
bundle. The locks of all dates are taken at once, in the order of their keys (`locks.lock_events`).

Where a series is only to be had as a whole, somebody has a place at all its coming dates, or stands in the line of all
of them and moves up at all at once: as long as one date has no room for them, they hold up the lines of the others like
a group that does not fit yet. One date of them may still be given back.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from wegweiser.events import guests, queries, whole
from wegweiser.events.actions import letters, line, registrations
from wegweiser.events.actions.registrations import Shared
from wegweiser.events.events import Event as Audited
from wegweiser.events.guests import Guest
from wegweiser.events.locks import lock_events, lock_series
from wegweiser.events.models import ACTIVE, UNCONFIRMED, Event, Joining, Listing, Pool, Registration, Series, State
from wegweiser.kernel import audit, clock, mail_addresses
from wegweiser.kernel.actor import Actor, ActorKind
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox import queries as outbox


@dataclass(frozen=True)
class Choice:
    """A date, and the places of it that somebody wants one of."""

    event: Event
    pool: Pool


@dataclass(frozen=True)
class Bundled:
    """What one form registered. `before` are dates at which the same person was registered already.

    `fresh` is False where nothing new came of it; `secret` opens the guest's own page, as `registrations.Registered`.
    """

    registrations: Sequence[Registration]
    fresh: bool
    secret: str = ""
    before: Sequence[Registration] = ()


def register(*, choices: Sequence[Choice], submission: UUID, guest: Guest, by: Actor) -> Bundled:
    """A place at each of these dates, or its waiting list where it is full; for a whole series see above.

    The same form sent twice finds the first registrations; a date at which the same person is registered stays as it
    is. Answers to the questions of all dates stand in `guest`. Who has to confirm their address for one of the dates
    confirms it for all. Raises DomainError: dates_missing, not_one_series, one_date_only, whole_series_only, and what
    `registrations.register` raises.
    """
    told = guests.checked(guest=guest, at_desk=by.kind == ActorKind.STAFF)
    if not choices:
        raise DomainError("dates_missing", field="dates")
    with transaction.atomic():
        locked = lock_events([choice.event for choice in choices])
        if sent := _sent(submission):
            return Bundled(sent, False, registrations.own_link(registration=sent[0], by=by))
        wanted = {choice.event.pk: choice.pool for choice in choices}
        series = _series([locked[pk] for pk in wanted])
        if by.kind != ActorKind.STAFF:
            _ensure_joinable(series, set(wanted))
        before = _known(wanted, told)
        if by.kind != ActorKind.STAFF:
            for row in before:
                registrations.ensure_open(event=locked[row.event_id], pool=wanted[row.event_id], guest=told, by=by)
        events = [locked[pk] for pk in sorted(wanted) if pk not in {row.event_id for row in before}]
        if not events:
            return Bundled(before, False, before=before)
        together = series.joining == Joining.WHOLE and len(wanted) > 1
        shared = Shared(
            bundle=submission,
            together=together,
            fits=_fits(events, wanted, told.places) if together else None,
            until=registrations.open_until(wanted=[(event, wanted[event.pk]) for event in events], by=by),
        )
        rows = [_put_down(event, wanted[event.pk], told, shared, by) for event in events]
        rows = sorted(rows, key=lambda row: (queries.starts_at(row.event) or clock.now(), row.pk))
        secret = letters.link(registration=rows[0], by=by)
        letters.tell_of_several(
            registrations=rows, what="opt_in" if shared.until else "registered", secret=secret, by=by
        )
        if shared.until:
            secret = registrations.own_link(registration=rows[0], by=by)
    return Bundled(rows, True, secret, before)


def confirm(*, registration: Registration, by: Actor) -> Registration:
    """The address is theirs, for all dates they registered for with it. Once more changes nothing.

    Raises DomainError("transition_not_allowed") where it was too late.
    """
    if registration.bundle is None:
        return registrations.confirm(registration=registration, by=by)
    with transaction.atomic():
        rows = _locked(registration)
        asked = [row for row in rows if row.state in UNCONFIRMED and not row.event.is_cancelled]
        this = next(row for row in rows if row.pk == registration.pk)
        if this.state not in UNCONFIRMED or not asked:
            return registrations.confirm(registration=this, by=by)
        waiting = [row for row in asked if row.state == State.ASKED]
        whole_fits = all(_has_room(row) for row in waiting if row.together)
        for row in asked:
            fits = row.state == State.PENDING or (whole_fits if row.together else _has_room(row))
            line.turn(registration=row, verb="confirm" if fits else "queue", tell=False, by=by)
        letters.tell_of_several(registrations=asked, what="registered", by=by)
        return this


def accept(*, registration: Registration, by: Actor) -> Registration:
    """Take what was offered: this date, or all of them where they are only to be had together.

    Raises DomainError("transition_not_allowed") where the offer is over, be it for one of them.
    """
    if not registration.together:
        return registrations.accept(registration=registration, by=by)
    with transaction.atomic():
        rows = [row for row in _locked(registration) if row.together]
        this = next(row for row in rows if row.pk == registration.pk)
        if this.state == State.CONFIRMED:
            return this
        if this.state != State.OFFERED or any(row.state == State.LAPSED for row in rows):
            raise DomainError("transition_not_allowed")
        offered = [row for row in rows if row.state == State.OFFERED and not row.event.is_cancelled]
        if not offered:
            raise DomainError("event_cancelled")
        for row in offered:
            line.turn(registration=row, verb="accept", tell=False, by=by)
        letters.tell_of_several(registrations=offered, what="registered", by=by)
        return this


def cancel_rest(*, registration: Registration, by: Actor) -> list[Registration]:
    """Give back all dates of the bundle that are still to come, with one letter. Gives those that were given back.

    Where somebody was let in already, before it began, they stay.
    """
    with transaction.atomic():
        rows = whole.to_come(_locked(registration))
        for row in rows:
            line.turn(registration=row, verb="cancel", tell=False, by=by)
        for row in rows:
            line.free_up(event=row.event, pool=row.pool, by=by)
        if rows:
            letters.tell_of_several(registrations=rows, what="cancelled", by=by)
        return rows


def resend(*, registration: Registration, by: Actor) -> bool:
    """Send once more how all dates of the bundle stand, as `registrations.resend` does for one."""
    rows = [row for row in whole.of_bundle(registration.bundle) if row.is_active and not row.event.is_cancelled]
    if len(rows) < 2 or not registration.email or not registration.is_active:
        return registrations.resend(registration=registration, by=by)
    with transaction.atomic():
        rows = [row for row in _locked(registration) if row.is_active and not row.event.is_cancelled]
        since = clock.now() - dt.timedelta(minutes=registrations.RESEND_MINUTES)
        if any(outbox.of_cause(row.uuid).filter(recorded_at__gt=since).exists() for row in rows):
            return False
        unconfirmed = any(row.state in UNCONFIRMED for row in rows)
        letters.tell_of_several(registrations=rows, what="opt_in" if unconfirmed else "registered", by=by)
    return True


def prefer(*, registration: Registration, reason: str, by: Actor) -> Registration:
    """Put somebody who waits before the others; who waits for all dates together, in the lines of all of them."""
    if not registration.together:
        return line.prefer(registration=registration, reason=reason, by=by)
    with transaction.atomic():
        waiting = [row for row in _locked(registration) if row.together and row.state == State.WAITING]
        for row in waiting:
            line.set_preferred(registration=row, reason=reason, by=by)
        if not waiting:
            raise DomainError("transition_not_allowed", "They do not wait.")
        for row in waiting:
            line.free_up(event=row.event, pool=row.pool, by=by)
    registration.refresh_from_db()
    return registration


def set_joining(*, series: Series, joining: str, by: Actor) -> Series:
    """How guests register for a series from now on. What is registered stays as it is.

    Raises DomainError: choice_unknown; whole_is_waited_for, where somebody has or wants all dates or none and that is
    not settled yet.
    """
    if joining not in Joining.values:
        raise DomainError("choice_unknown", field="joining")
    with transaction.atomic():
        lock_series(series.pk)
        series = Series.objects.select_for_update().get(pk=series.pk)
        if series.joining == joining:
            return series
        if whole.waits_for_the_whole(series):
            raise DomainError("whole_is_waited_for", field="joining")
        series.joining = joining
        series.save(update_fields=["joining"])
        audit.record(Audited.SERIES_JOINING_SET, by=by, subject=series, changed=["joining"])
    return series


def _put_down(event: Event, pool: Pool, guest: Guest, shared: Shared, by: Actor) -> Registration:
    heads = event.listing == Listing.HEADS
    return registrations.put_down(
        event=event,
        pool=pool,
        submission=uuid.uuid5(shared.bundle, str(event.uuid)),
        guest=replace(guest, names=()) if heads else guest,
        until=shared.until,
        shared=shared,
        by=by,
    )


def _sent(submission: UUID) -> list[Registration]:
    """What this form registered before, be it for one date alone."""
    rows = Registration.objects.filter(Q(bundle=submission) | Q(submission=submission))
    return list(rows.select_related("pool", "event__draft__entry").order_by("event__draft__entry__starts_at", "id"))


def _series(events: Sequence[Event]) -> Series:
    found = {event.series_id: event.series for event in events}
    series = next(iter(found.values()))
    if series is None or len(found) != 1:
        raise DomainError("not_one_series", field="dates")
    if series.joining == Joining.WHOLE:
        # The row beside a lock one waited for is as it was before: nobody may wait for a whole that is none any more.
        series.refresh_from_db(fields=["joining"])
    return series


def _ensure_joinable(series: Series, wanted: set[int]) -> None:
    """What the series allows guests to choose."""
    if series.joining == Joining.SINGLE and len(wanted) > 1:
        raise DomainError("one_date_only", field="dates")
    if series.joining == Joining.WHOLE:
        missing = {date.event.pk for date in whole.dates(series.pk) if not date.closed} - wanted
        if missing:
            raise DomainError("whole_series_only", field="dates")


def _known(wanted: dict[int, Pool], guest: Guest) -> list[Registration]:
    """Where the same person is registered already."""
    if not guest.email:
        return []
    rows = Registration.objects.filter(
        mail_addresses.same("email", guest.email), event__in=wanted, state__in=ACTIVE
    ).order_by("id")
    found = rows.select_related("pool", "event__draft__entry")
    return [row for row in found if guests.same_person(row.name, guest.name)]


def _fits(events: Sequence[Event], wanted: dict[int, Pool], places: int) -> bool:
    """Whether there is room at all dates at once."""
    fill = {event.pk: event.fill for event in events}
    rooms = queries.rooms([wanted[event.pk] for event in events])
    return all(room.fits(places, fill=fill[room.pool.event_id]) for room in rooms)


def _has_room(row: Registration) -> bool:
    return queries.room(row.pool).fits(row.places, fill=row.event.fill)


def _locked(registration: Registration) -> list[Registration]:
    """All of a bundle as it is under the locks of its dates; one that is of no bundle stands for itself."""
    same = Q(bundle=registration.bundle) if registration.bundle else Q(pk=registration.pk)
    events = lock_events(Event.objects.filter(pk__in=Registration.objects.filter(same).values("event")))
    rows = list(Registration.objects.filter(same).select_related("pool").order_by("id"))
    for row in rows:
        row.event = events[row.event_id]
    return rows
