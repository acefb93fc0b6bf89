"""Lists of who was there online: read in, said whose each row is, and taken over."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict

from django.db import transaction
from django.db.models import Q

from wegweiser.companies.importing import reading
from wegweiser.events import meeting_lists, presence, presence_lists
from wegweiser.events.actions import attendance
from wegweiser.events.events import Event as Audited
from wegweiser.events.locks import lock_event
from wegweiser.events.meeting_lists import Present, Taken
from wegweiser.events.models import Event, Pool, Presence, PresenceList, PresenceRow, Seat, ToldBy, Whose
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


def read(*, event: Event, name: str, data: bytes, columns: Mapping[str, str] | None = None, by: Actor) -> PresenceList:
    """Read a list in. Rows of guests who are certain are theirs at once; nothing else happens yet.

    The same file once more is the one that is there. Where other columns say something else of it, it is read anew, as
    long as it was not taken over. Raises DomainError: what `reading.read` and `meeting_lists.take` raise,
    event_cancelled, list_taken_over.
    """
    lasts = presence_lists.longest(event)
    taken = meeting_lists.take(reading.read(data, times=True).lines, columns=columns, lasts=lasts)
    digest = hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        event = lock_event(event)
        if event.is_cancelled:
            raise DomainError("event_cancelled")
        known = PresenceList.objects.filter(event=event, digest=digest).first()
        if known is not None and _says_the_same(known, taken):
            return known
        if known is not None and known.settled_at:
            raise DomainError("list_taken_over", field="file")
        if known is not None:
            known.rows.all().delete()
        given = {"event": event, "digest": digest, "name": name[:160], "source": taken.source}
        found = known or PresenceList.objects.create(**given)
        register = presence_lists.register(event)
        rows = []
        for position, told in enumerate(taken.rows, start=1):
            seat = register.certain(told.name, told.email)
            whose = Whose.GUEST if seat else Whose.OPEN
            rows.append(PresenceRow(presence_list=found, position=position, whose=whose, seat_id=seat, **asdict(told)))
        PresenceRow.objects.bulk_create(rows)
        audit.record(Audited.PRESENCE_LIST_READ, by=by, subject=found, references={"event": event.uuid})
    return found


def decide(*, row: PresenceRow, whose: str, seat: Seat | None = None, by: Actor) -> PresenceRow:
    """Say who it was: a guest, somebody who was not registered, or nobody who counts.

    Raises DomainError: choice_unknown, seat_unknown.
    """
    if whose not in Whose.values:
        raise DomainError("choice_unknown", field="whose")
    with transaction.atomic():
        found = PresenceRow.objects.select_for_update(of=("self",)).select_related("presence_list").get(pk=row.pk)
        if whose == Whose.GUEST:
            event = found.presence_list.event
            if seat is None or not presence.seats(event).filter(pk=seat.pk).exists():
                raise DomainError("seat_unknown", field="seat")
        meant = seat.pk if seat and whose == Whose.GUEST else None
        if (found.whose, found.seat_id) != (whose, meant):
            found.whose, found.seat_id = whose, meant
            found.save(update_fields=["whose", "seat"])
            audit.record(Audited.PRESENCE_ROW_DECIDED, by=by, subject=found, changed=["whose", "seat"])
    return found


def set_there(*, row: PresenceRow, there: bool | None, by: Actor) -> PresenceRow:
    """Say whether somebody was there long enough, of whom a list does not say how long. None asks once more.

    Raises DomainError("minutes_known").
    """
    with transaction.atomic():
        found = PresenceRow.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if found.minutes is not None:
            raise DomainError("minutes_known", field="there")
        if found.there != there:
            found.there = there
            found.save(update_fields=["there"])
            audit.record(Audited.PRESENCE_ROW_DECIDED, by=by, subject=found, changed=["there"])
    return found


def settle(*, presence_list: PresenceList, by: Actor) -> PresenceList:
    """Take the list over: who was there long enough took part, who was there for less did not. Safe to repeat.

    Rows that are still open, or of which nobody knows how long, change nothing.
    Raises DomainError: event_cancelled, event_not_over, full.
    """
    with transaction.atomic():
        event = lock_event(presence_list.event)
        if event.is_cancelled:
            raise DomainError("event_cancelled")
        starts = presence_lists.starts(event)
        if starts is None or starts > clock.now():
            raise DomainError("event_not_over")
        pool = presence_lists.for_new(event)
        least = presence_lists.least_minutes(event, pool)
        came = Q(minutes__gte=least) | Q(there=True)
        for row in presence_list.rows.filter(came, whose=Whose.NEW, seat=None):
            row.seat = _new(event, pool, row, by)
            row.save(update_fields=["seat"])
        presence_list.settled_at = clock.now()
        presence_list.save(update_fields=["settled_at"])
        _say(event)
        audit.record(Audited.PRESENCE_LIST_SETTLED, by=by, subject=presence_list, references={"event": event.uuid})
    return presence_list


def drop(*, presence_list: PresenceList, by: Actor) -> None:
    """It was the wrong file. What was taken over from it goes with it; what others said of who came stays."""
    with transaction.atomic():
        event = lock_event(presence_list.event)
        audit.record(Audited.PRESENCE_LIST_DROPPED, by=by, subject=presence_list)
        was_settled = presence_list.settled_at is not None
        presence_list.delete()
        if was_settled:
            _say(event)


def set_least_share(*, event: Event, share: int, by: Actor) -> Event:
    """How much of its length, in per cent, one has to be there online to have taken part."""
    if not 1 <= share <= 100:
        raise DomainError("share_not_allowed", field="share")
    with transaction.atomic():
        event = lock_event(event)
        if event.least_share != share:
            event.least_share = share
            event.save(update_fields=["least_share"])
            audit.record(Audited.EVENT_CHANGED, by=by, subject=event, changed=["least_share"])
    return event


def erase(*, row: PresenceRow, by: Actor) -> PresenceRow:
    """Forget who it was; the minutes stay."""
    with transaction.atomic():
        row.name = row.email = row.told = ""
        row.save(update_fields=["name", "email", "told"])
        audit.record(Audited.PRESENCE_ROW_ERASED, by=by, subject=row, changed=["name", "email"])
    return row


def _says_the_same(known: PresenceList, taken: Taken) -> bool:
    """Whether a list as it was read says what a file says. Who was erased in it does not count."""
    rows = list(known.rows.order_by("position"))
    return len(rows) == len(taken.rows) and all(map(_is_the_same, rows, taken.rows))


def _is_the_same(row: PresenceRow, told: Present) -> bool:
    """Of whom a file says nothing, somebody may have said it since."""
    said, now = (told.minutes, told.there), (row.minutes, row.there)
    if now != said and not (said == (None, None) and row.minutes is None):
        return False
    return (row.name, row.email) in {(told.name, told.email), ("", "")}


def _say(event: Event) -> None:
    """What all lists that were taken over say together: the minutes of a place are their sum. Who was let in at a door
    or set by hand stays so; whom no list knows any more is as open as before."""
    minutes, said = presence_lists.minutes(event), presence_lists.said(event)
    pools = {pool.pk: pool for pool in event.pools.all()}
    least = {pk: presence_lists.least_minutes(event, pool) for pk, pool in pools.items()}
    starts = {pk: pool.starts_at or presence_lists.starts(event) for pk, pool in pools.items()}
    rows = presence.seats(event).order_by("pk")
    changed = []
    for seat in rows:
        pool, before = seat.registration.pool_id, (seat.presence, seat.minutes, seat.told_by, seat.arrived_at)
        seat.minutes = minutes.get(seat.pk)
        if seat.told_by in {ToldBy.NOBODY, ToldBy.LIST}:
            came = said.get(seat.pk, False) or (seat.minutes or 0) >= least[pool]
            unclear = not came and said.get(seat.pk, False) is None
            if not unclear and (seat.minutes is not None or seat.pk in said):
                seat.told_by = ToldBy.LIST
                seat.presence = Presence.ATTENDED if came else Presence.ABSENT
                seat.arrived_at = (seat.arrived_at or starts[pool]) if came else None
            elif seat.told_by == ToldBy.LIST:
                seat.presence, seat.told_by, seat.arrived_at = Presence.OPEN, ToldBy.NOBODY, None
        if (seat.presence, seat.minutes, seat.told_by, seat.arrived_at) != before:
            changed.append(seat)
    Seat.objects.bulk_update(changed, ["presence", "minutes", "told_by", "arrived_at"], batch_size=500)


def _new(event: Event, pool: Pool, row: PresenceRow, by: Actor) -> Seat:
    made = attendance.walk_in(
        event=event,
        pool=pool,
        name=row.name or row.email,
        email=row.email,
        told_by=ToldBy.LIST,
        submission=row.uuid,
        by=by,
    )
    return made.seats.get()
