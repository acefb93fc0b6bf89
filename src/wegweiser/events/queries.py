"""Reads of events: how full they are, who waits, who may still register."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Sum

from wegweiser.accounts.queries import valid_token
from wegweiser.catalogue import times
from wegweiser.catalogue.models import HERE, Draft, Entry, Kind
from wegweiser.events import waiting_list
from wegweiser.events.models import HOLDS, Event, Pool, Presence, Registration, State
from wegweiser.kernel import clock

LINK = "registration"  # the purpose of a guest's own link


@dataclass(frozen=True)
class Room:
    """How full a pool is: places taken, places wanted by those who wait, and whether one who waits could ever fit."""

    pool: Pool
    taken: int
    waiting: int
    somebody_waits: bool

    @property
    def free(self) -> int:
        """Places that nobody has. Who waits has the first claim on them, see `fits`."""
        return waiting_list.free(capacity=self.pool.capacity, taken=self.taken)

    def fits(self, count: int, *, fill: bool) -> bool:
        """Whether somebody new could have `count` places at once."""
        return waiting_list.fits(free=self.free, places=count, somebody_waits=self.somebody_waits, fill=fill)


def room(pool: Pool) -> Room:
    """How full `pool` is now, in one statement."""
    return rooms([pool])[0]


def rooms(pools: Iterable[Pool]) -> list[Room]:
    """How full several pools are, in one statement whatever their number."""
    pools = list(pools)
    found = {
        row["pool"]: row
        for row in Registration.objects.filter(pool__in=pools)
        .order_by()
        .values("pool")
        .annotate(
            taken=Sum("places", filter=Q(state__in=HOLDS), default=0),
            waiting=Sum("places", filter=Q(state=State.WAITING), default=0),
            holding=Count("pk", filter=Q(state=State.WAITING, places__lte=F("pool__chairs") + F("pool__beyond"))),
        )
    }
    none = {"taken": 0, "waiting": 0, "holding": 0}
    counted = [(pool, found.get(pool.pk, none)) for pool in pools]
    return [Room(pool, row["taken"], row["waiting"], row["holding"] > 0) for pool, row in counted]


def line(pool: Pool) -> QuerySet[Registration]:
    """Who waits for `pool`, the next one first: whom somebody preferred for a reason, then by the time they came."""
    waiting = Registration.objects.filter(pool=pool, state=State.WAITING)
    return waiting.order_by(F("preferred_at").asc(nulls_last=True), "queued_at", "id")


def of_entry(entry: Entry) -> Event | None:
    """The registration of a published event of ours, with its entry at hand."""
    if entry.kind != Kind.EVENT or entry.origin != HERE:
        return None
    return Event.objects.select_related("draft__entry").filter(draft__entry=entry).first()


def came(registration: Registration) -> int:
    """How many of a registration were there."""
    return registration.seats.filter(presence=Presence.ATTENDED, given_back_at=None).count()


def starts_at(event: Event) -> dt.datetime | None:
    """When it begins, as the public knows it; before it is public, as its draft says."""
    return _dated(event).starts_at


def ends_at(event: Event) -> dt.datetime | None:
    """The moment from which it is over."""
    return times.end(_dated(event).starts_at, _dated(event).ends_at)


def closed_because(event: Event) -> str:
    """Why nobody can register now, as the code of an error; empty while one can.

    not_public, cancelled, over, not_open_yet, closed
    """
    entry, now = event.draft.entry, clock.now()
    if event.is_cancelled:
        return "event_cancelled"
    if entry is None or entry.withdrawn_at is not None:
        return "event_not_public"
    if times.is_over(entry.starts_at, entry.ends_at, now=now):
        return "event_over"
    if event.opens_at and now < event.opens_at:
        return "registration_not_open_yet"
    last = event.closes_at or entry.starts_at
    if last and now >= last:
        return "registration_closed"
    return ""


def _dated(event: Event) -> Entry | Draft:
    entry = event.draft.entry
    return entry if entry is not None and entry.withdrawn_at is None else event.draft


def behind(secret: str) -> Registration | None:
    """The registration that a guest's own link opens; None where the link is unknown or over."""
    token = valid_token(purpose=LINK, secret=secret)
    if token is None:
        return None
    rows = Registration.objects.select_related("pool", "event__draft__entry")
    return rows.filter(uuid=token.subject_uuid).first()


def told_now(event: Event) -> dict[str, str]:
    """What guests have to know of day and place, as it is now."""
    entry, draft = event.draft.entry, event.draft
    dated = entry or draft
    place = entry.place if entry else draft.content.get("place", "")
    moments = {"starts_at": dated.starts_at, "ends_at": dated.ends_at}
    written = {key: value.astimezone(dt.UTC).isoformat() if value else "" for key, value in moments.items()}
    return {**written, "place": place, "room": event.room}
