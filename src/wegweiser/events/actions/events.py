"""Taking registrations for an event: its settings, its places, that it moved, that it is off."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from wegweiser.catalogue import content
from wegweiser.catalogue.actions import entries
from wegweiser.catalogue.models import Draft, Entry, Kind
from wegweiser.consortium import queries as consortium
from wegweiser.events import arrangement, known, notices, queries, shifting
from wegweiser.events.actions import line, news, shown
from wegweiser.events.after_models import Moment, Told
from wegweiser.events.events import Event as Audited
from wegweiser.events.locks import lock_event
from wegweiser.events.models import Event, Listing, Pool, Registration, Way
from wegweiser.kernel import audit, clock, fences
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import Translated

SETTINGS = frozenset(
    {"listing", "opens_at", "closes_at", "most_places", "opt_in", "waiting_list", "fill", "offer_hours", "access"}
    | {"room", "join_link", "agenda", "certificate_hours"}
)
MOST_PLACES = 100_000


@dataclass(frozen=True, kw_only=True)
class Places:
    """A pool as it shall be. `pool` is None for a new one; a slot of a consultation day has a time of its own."""

    chairs: int
    beyond: int = 0
    way: str = Way.ON_SITE
    label: Translated | None = None
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    pool: Pool | None = None


def open_registration(*, draft: Draft, pools: Sequence[Places], settings: Mapping[str, Any], by: Actor) -> Event:
    """Take registrations for the event that `draft` describes. Asking twice finds the first.

    Raises DomainError: not_an_event, and what `set_places` and `change` raise.
    """
    if draft.kind != Kind.EVENT:
        raise DomainError("not_an_event")
    with transaction.atomic():
        entries.hold(by=by)  # so that two who open it at once find one event
        known = Event.objects.filter(draft=draft).first()
        if known is not None:
            return known
        event = Event(draft=draft)
        _set(event, settings)
        event.told = queries.told_now(event)
        event.save()
        _set_places(event, pools, by)
        audit.record(Audited.EVENT_OPENED, by=by, subject=event)
        shown.ways(event=event, by=by)
        shown.availability(event=event, by=by)
    return event


def change(*, event: Event, settings: Mapping[str, Any], by: Actor) -> Event:
    """Other settings. Where the line's rule changed, who fits by the new one moves up at once.

    Raises DomainError: setting_unknown, choice_unknown, places_not_allowed, closes_before_it_opens, closes_too_late.
    """
    with transaction.atomic():
        event = lock_event(event)
        changed = _set(event, settings)
        if changed:
            event.save(update_fields=sorted(changed))
            audit.record(Audited.EVENT_CHANGED, by=by, subject=event, changed=changed)
            line.serve(event=event, by=by)
    return event


def set_places(*, event: Event, pools: Sequence[Places], by: Actor) -> Event:
    """The pools as they shall be, in their order; one that is not named goes, where nobody ever registered for it.

    Never fewer places than are taken, and who registered for a time or a way has it: neither becomes another. Raises
    DomainError: places_not_allowed, places_taken, pool_in_use, pool_unknown, slot_without_time.
    """
    with transaction.atomic():
        event = lock_event(event)
        _set_places(event, pools, by)
        shown.ways(event=event, by=by)
        line.serve(event=event, by=by)
    return event


def cancel(*, event: Event, reason: str, by: Actor) -> Event:
    """It does not take place: everybody who wanted to come is told why, and their calendars drop it.

    The change holds at once; where they are many, the worker tells them (`news`).
    """
    reason = " ".join(reason.split())[:500]
    if not reason:
        raise DomainError("reason_missing", field="reason")
    with transaction.atomic():
        event = lock_event(event)
        if event.is_cancelled:
            return event
        if (ends := queries.ends_at(event)) and ends <= clock.now():
            raise DomainError("event_over")
        event.cancelled_at, event.cancelled_reason = clock.now(), reason
        event.sequence += 1
        event.save(update_fields=["cancelled_at", "cancelled_reason", "sequence"])
        audit.record(Audited.EVENT_CANCELLED, by=by, subject=event, changed=["cancelled_at"])
        news.spread(event=event, what=Told.CANCELLED, before=event.told, by=by)
        shown.availability(event=event, by=by)
    return event


def follow(*, event: Event, by: Actor) -> bool:
    """Where the published day or place is another than guests were told, tell whom it concerns, and their calendars.

    Times of talks, the time to register and open offers go along with the day. Gives whether anybody is told.

    The way an event's text changes is the catalogue's; this is called after it was published and, in case that failed,
    again by the worker.
    """
    with transaction.atomic():
        event = lock_event(event)
        shown.ways(event=event, by=by)  # an editor, or the centre's file, may have said otherwise
        entry, now = event.draft.entry, queries.told_now(event)
        if entry is None:
            _settle(event, now, by)
            return False
        if entry.withdrawn_at is not None or event.is_cancelled or now == event.told:
            shown.availability(event=event, by=by)
            return False
        before, event.told = known.complete(event.told, now), now
        event.save(update_fields=["told"])
        changed = {key for key in now if before[key] != now[key]}
        if known.LINK in changed and _link_waits(event, before):
            changed.discard(known.LINK)
        if not changed:
            shown.availability(event=event, by=by)
            return False
        event.sequence += 1
        event.save(update_fields=["sequence"])
        audit.record(Audited.EVENT_MOVED, by=by, subject=event, changed=changed)
        slots, told = _move_along(event, before, by), None
        starts = queries.starts_at(event)
        if starts is None or starts > clock.now():
            told = news.spread(event=event, what=Told.MOVED, before={**before, "slots": slots}, by=by)
        shown.availability(event=event, by=by)
    return told is not None


def _link_waits(event: Event, before: Mapping[str, str]) -> bool:
    """Whether a link to take part by need not be told at once: the first one comes with the reminder, where that is
    still to come. Where it only went, nobody has anything to do."""
    if not event.told[known.LINK]:
        return True
    reminder, times = notices.plan(event, Moment.REMINDER), notices.times_of(event)
    if before[known.LINK] or not reminder.is_on or times is None:
        return False
    starts, ends = times
    return reminder.due(starts=starts, ends=ends, land=consortium.centre().land) > clock.now()


def _settle(event: Event, now: dict[str, str], by: Actor) -> None:
    """What nobody was told of yet moves at once: the times of a consultation day, of a template its window, too."""
    if now == event.told:
        return
    before, event.told = event.told, now
    if event.draft.is_template:
        old, new = (content.moment(told.get("starts_at")) for told in (before, now))
        event.opens_at, event.closes_at = (
            shifting.window(moment, old, new) for moment in (event.opens_at, event.closes_at)
        )
    event.save(update_fields=["told", "opens_at", "closes_at"])
    _shift_slots(event, before, by)


def follow_all(*, by: Actor) -> int:
    """`follow` for every event whose entry says something else than guests were told, or than how one takes part.
    Gives of how many guests were told.

    One that fails holds up no other.
    """
    ahead = Event.objects.filter(cancelled_at=None, settled_at=None).select_related("draft__entry")
    rows = ahead.filter(draft__entry__withdrawn_at=None).prefetch_related("pools")
    moved = [event for event in rows if queries.told_now(event) != event.told or _says_otherwise(event)]
    followed: list[bool] = []
    fences.each(moved, lambda event: followed.append(follow(event=event, by=by)))
    return sum(followed)


def _says_otherwise(event: Event) -> bool:
    ways, entry = {pool.way for pool in event.pools.all()}, event.draft.entry
    return entry is not None and bool(ways) and entry.attendance != arrangement.attendance(ways)


def _move_along(event: Event, before: Mapping[str, str], by: Actor) -> dict[str, str]:
    """Move what hangs on the beginning: slots, the time to register, open offers. Gives when each slot began."""
    slots = _shift_slots(event, before, by)
    old, new = content.moment(before.get("starts_at")), content.moment(event.told.get("starts_at"))
    window = shifting.registration(event.opens_at, event.closes_at, old, new, now=clock.now())
    if window != (event.opens_at, event.closes_at):
        event.opens_at, event.closes_at = window
        event.save(update_fields=["opens_at", "closes_at"])
        audit.record(Audited.EVENT_CHANGED, by=by, subject=event, changed=["opens_at", "closes_at"])
    line.shorten(event=event, by=by)
    return slots


def _shift_slots(event: Event, before: Mapping[str, str], by: Actor) -> dict[str, str]:
    """Move the times of a consultation day along with it. Gives when each began until now."""
    old, new = content.moment(before.get("starts_at")), content.moment(event.told.get("starts_at"))
    slots = list(event.pools.exclude(starts_at=None)) if old and new and old != new else []
    began = {}
    for pool in slots:
        began[str(pool.pk)] = pool.starts_at.isoformat() if pool.starts_at else ""
        # By the clock on the wall: nine o'clock stays nine o'clock where summer time begins in between.
        usual = arrangement.label(way=pool.way, starts_at=pool.starts_at, ends_at=pool.ends_at)
        pool.starts_at, pool.ends_at = (shifting.wall(moment, old, new) for moment in (pool.starts_at, pool.ends_at))
        if pool.label == usual:
            pool.label = arrangement.label(way=pool.way, starts_at=pool.starts_at, ends_at=pool.ends_at)
        pool.save(update_fields=["starts_at", "ends_at", "label"])
        audit.record(Audited.POOL_CHANGED, by=by, subject=pool, references={"event": event.uuid})
    return began


def _set(event: Event, settings: Mapping[str, Any]) -> set[str]:
    if unknown := set(settings) - SETTINGS:
        raise DomainError("setting_unknown", ", ".join(sorted(unknown)))
    changed = {name for name, value in settings.items() if getattr(event, name) != value}
    for name in changed:
        setattr(event, name, settings[name])
    if event.listing not in Listing.values:
        raise DomainError("choice_unknown", field="listing")
    if not 1 <= event.most_places <= MOST_PLACES:
        raise DomainError("places_not_allowed", field="most_places")
    if not 0 <= event.offer_hours <= 24 * 14:
        raise DomainError("choice_unknown", field="offer_hours")
    if event.opens_at and event.closes_at and event.closes_at <= event.opens_at:
        raise DomainError("closes_before_it_opens", field="closes_at")
    if "closes_at" in changed and event.closes_at and _is_behind(event, event.closes_at):
        raise DomainError("closes_too_late", field="closes_at")
    return changed


def _is_behind(event: Event, moment: dt.datetime) -> bool:
    """Whether a moment lies behind the last day, of what is public as of what is only written yet."""
    dated: list[Draft | Entry] = [event.draft, *([event.draft.entry] if event.draft.entry else [])]
    ends = [end for row in dated if (end := row.ends_at or row.starts_at)]
    return bool(ends) and clock.local(moment).date() > clock.local(max(ends)).date()


def _set_places(event: Event, wanted: Sequence[Places], by: Actor) -> None:
    if not wanted:
        raise DomainError("places_not_allowed", "Somebody has to be able to come.", field="chairs")
    rooms = queries.rooms_of(event)
    before, taken = {room.pool.pk: room.pool for room in rooms}, {room.pool.pk: room.taken for room in rooms}
    kept = {row.pool.pk for row in wanted if row.pool}
    if kept - before.keys():
        raise DomainError("pool_unknown", field="pool")
    gone = [pool for pk, pool in before.items() if pk not in kept]
    others = [row.pool for row in wanted if row.pool and _is_another(before[row.pool.pk], row)]
    if Registration.objects.filter(pool__in=[*gone, *others]).exists():
        raise DomainError("pool_in_use", "Somebody registered for it.", field="pool")
    Pool.objects.filter(pk__in=[pool.pk for pool in gone]).delete()
    last = max((pool.position for pool in before.values()), default=0)
    for place, row in enumerate(wanted, start=last + 1):
        _ensure_places(row, taken.get(row.pool.pk, 0) if row.pool else 0)
        pool = before[row.pool.pk] if row.pool else Pool(event=event)
        pool.position, pool.way, pool.label = place, row.way, row.label or Translated()
        pool.starts_at, pool.ends_at, pool.chairs, pool.beyond = row.starts_at, row.ends_at, row.chairs, row.beyond
        pool.save()
        audit.record(Audited.POOL_CHANGED, by=by, subject=pool, references={"event": event.uuid})


def _is_another(pool: Pool, row: Places) -> bool:
    """Whether who registered for `pool` would find themselves at another time, or elsewhere."""
    return (pool.way, pool.starts_at, pool.ends_at) != (row.way, row.starts_at, row.ends_at)


def _ensure_places(row: Places, taken: int) -> None:
    if row.way not in Way.values:
        raise DomainError("choice_unknown", field="way")
    if row.chairs < 1 or row.beyond < 0 or row.chairs + row.beyond > MOST_PLACES:
        raise DomainError("places_not_allowed", field="chairs")
    if row.chairs + row.beyond < taken:
        raise DomainError("places_taken", f"{taken} are taken.", field="chairs")
    if (row.starts_at is None) != (row.ends_at is None) or (
        row.starts_at and row.ends_at and row.ends_at <= row.starts_at
    ):
        raise DomainError("slot_without_time", field="starts_at")
