"""Reads of events: how full they are, who waits, who may still register."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, Q, QuerySet, Sum

from wegweiser.accounts.models import Token
from wegweiser.accounts.queries import opened_by
from wegweiser.catalogue import drafts as works
from wegweiser.catalogue import times
from wegweiser.catalogue.drafts import Work
from wegweiser.catalogue.models import HERE, Draft, Entry, Kind
from wegweiser.companies.models import Company
from wegweiser.events import correcting, known, waiting_list
from wegweiser.events.events import Event as Audited
from wegweiser.events.models import (
    ACTIVE,
    HOLDS,
    Event,
    Multiplier,
    Pool,
    Presence,
    Question,
    Registration,
    Seat,
    State,
)
from wegweiser.kernel import audit, clock, mail_addresses
from wegweiser.kernel.compiled import Compiled

LINK = "registration"  # the purpose of a guest's own link
FORM_LINK = "registration-form"  # of who sent the form, before their address is confirmed: it confirms nothing


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

    def after(self, registration: Registration) -> "Room":
        """How full it is once `registration` was added, which stands in this pool."""
        waits, places = registration.state == State.WAITING, registration.places
        return Room(
            self.pool,
            self.taken + (places if registration.holds else 0),
            self.waiting + (places if waits else 0),
            self.somebody_waits or (waits and places <= self.pool.capacity),
        )

    def fits(self, count: int, *, fill: bool) -> bool:
        """Whether somebody new could have `count` places at once."""
        return waiting_list.fits(free=self.free, places=count, somebody_waits=self.somebody_waits, fill=fill)


@dataclass(frozen=True)
class Brought:
    """How many registered by a multiplier's link, and for how many places. `elsewhere` are registrations for other
    dates of the series, which the same form may take."""

    multiplier: Multiplier
    registrations: int
    places: int
    elsewhere: int


def room(pool: Pool) -> Room:
    """How full `pool` is now, and the pool as it is now, in one statement. Raises Pool.DoesNotExist."""
    found = _count_one(pool.pk)
    if not found:
        raise Pool.DoesNotExist
    return _room(found[0])


def rooms(pools: Iterable[Pool]) -> list[Room]:
    """How full several pools are, in their order, in one statement whatever their number."""
    wanted = [pool.pk for pool in pools]
    found = {pool.pk: _room(pool) for pool in _counted(Pool.objects.filter(pk__in=wanted))}
    return [found[pk] for pk in wanted if pk in found]


def rooms_of(event: Event) -> list[Room]:
    """The same for all pools of an event, without asking for them first; each has the event at hand."""
    found = [_room(pool) for pool in _count_all(event.pk)]
    for one in found:
        one.pool.event = event
    return found


def rooms_of_several(events: Iterable[int]) -> list[Room]:
    """The same for all pools of several events, by their keys, in one statement."""
    return [_room(pool) for pool in _counted(Pool.objects.filter(event__in=list(events)))]


def _counted(pools: QuerySet[Pool]) -> QuerySet[Pool]:
    waits = Q(registrations__state=State.WAITING)
    return pools.annotate(
        taken=Sum("registrations__places", filter=Q(registrations__state__in=HOLDS), default=0),
        waiting=Sum("registrations__places", filter=waits, default=0),
        holding=Count("registrations", filter=waits & Q(registrations__places__lte=F("chairs") + F("beyond"))),
    ).order_by("event_id", "position")  # a query that counts leaves the order of the model


_count_one = Compiled(lambda pk: _counted(Pool.objects.filter(pk=pk)), int)
_count_all = Compiled(lambda event: _counted(Pool.objects.filter(event=event)), int)


def _room(pool: Pool) -> Room:
    return Room(pool, pool.taken, pool.waiting, pool.holding > 0)  # type: ignore[attr-defined]


def line(pool: Pool) -> QuerySet[Registration]:
    """Who waits for `pool`, the next one first: whom somebody preferred for a reason, then by the time they came."""
    waiting = Registration.objects.filter(pool=pool, state=State.WAITING)
    return waiting.order_by(F("preferred_at").asc(nulls_last=True), "queued_at", "id")


def at(slug: str) -> Event | None:
    """The published event of ours at an address, with its entry at hand, if registration for it is taken here."""
    return next(iter(_at(slug)), None)


def _published() -> QuerySet[Event]:
    return Event.objects.select_related("draft__entry").filter(
        draft__entry__kind=Kind.EVENT, draft__entry__origin=HERE, draft__entry__withdrawn_at=None
    )


_at = Compiled(lambda slug: _published().filter(draft__entry__slug=slug), str)


def of_entry(entry: Entry) -> Event | None:
    """The registration of a published event of ours, with its entry at hand."""
    if entry.kind != Kind.EVENT or entry.origin != HERE:
        return None
    return next(iter(_of_entry(entry.pk)), None)


_of_entry = Compiled(lambda pk: Event.objects.select_related("draft__entry").filter(draft__entry=pk), int)


def seats(registration: Registration) -> list[Seat]:
    """The places that somebody has, in their order."""
    return _seats(registration.pk)


_seats = Compiled(lambda pk: Seat.objects.filter(registration=pk, given_back_at=None).order_by("position"), int)


def came(registration: Registration) -> int:
    """How many of a registration were there."""
    return registration.seats.filter(presence=Presence.ATTENDED, given_back_at=None).count()


def stays_because(registration: Registration, seats: Iterable[Seat]) -> str:
    """Why these places of a registration cannot be given back any more, as the code of an error; empty while they can.

    attended_already, event_over: from then on it is told who came, not who is registered.
    """
    event = registration.event
    ends = registration.pool.ends_at or ends_at(event)
    if any(seat.presence == Presence.ATTENDED for seat in seats):
        return "attended_already"
    return "event_over" if event.settled_at or (ends and ends <= clock.now()) else ""


def starts_at(event: Event) -> dt.datetime | None:
    """When it begins, as the public knows it; before it is public, as its draft says."""
    return _dated(event).starts_at


def ends_at(event: Event) -> dt.datetime | None:
    """The moment from which it is over."""
    return times.end(_dated(event).starts_at, _dated(event).ends_at)


def planned_end(event: Event) -> dt.datetime | None:
    """When it is to end, where anybody said so."""
    return _dated(event).ends_at


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
    """The registration that a guest's own link opens; None where the link is unknown or over.

    `by_mail` on it says whether the link proves that its mail arrived, so that it may confirm the address.
    """
    return next(iter(_behind(Token.digest(secret), clock.now())), None)


def _opened(digest: str, now: dt.datetime) -> QuerySet[Registration]:
    opened = opened_by(purposes=(LINK, FORM_LINK), digest=digest, now=now)
    rows = Registration.objects.select_related("pool", "event__draft__entry")
    rows = rows.filter(uuid__in=opened.values("subject_uuid")).order_by()
    return correcting.with_corrections(rows.annotate(by_mail=Exists(opened.filter(purpose=LINK))))


_behind = Compiled(_opened, str, dt.datetime)


def questions(event: Event) -> list[Question]:
    """What an event asks now, in its order."""
    return _asked(event.pk)


_asked = Compiled(lambda event: Question.objects.filter(event=event, retired_at=None), int)


def multiplier(event: Event, code: str) -> Multiplier | None:
    """Whose link it was that somebody came by; an unknown code is nobody's."""
    return event.multipliers.filter(code=code).first() if code else None


def brought(event: Event) -> list[Brought]:
    """Who brought whom: every multiplier of an event with the registrations and places that stand, in one statement."""
    stand = Q(registrations__state__in=ACTIVE)
    here = stand & Q(registrations__event=event)
    rows = event.multipliers.annotate(
        asked=Count("registrations", filter=here),
        wanted=Sum("registrations__places", filter=here, default=0),
        elsewhere=Count("registrations", filter=stand & ~Q(registrations__event=event)),
    ).order_by("name", "id")
    return [Brought(row, row.asked, row.wanted, row.elsewhere) for row in rows]


def before_in_line(registration: Registration) -> int:
    """How many registrations are served before this one, which waits."""
    ids = list(line(registration.pool).values_list("pk", flat=True))
    return ids.index(registration.pk) if registration.pk in ids else 0


def moved_since(registration: Registration) -> bool:
    """Whether day or place changed after somebody registered."""
    if not registration.event.sequence:
        return False
    moves = audit.of(registration.event, Audited.EVENT_MOVED).filter(recorded_at__gt=registration.recorded_at)
    concerned = known.concerning(registration.pool, {}).keys()
    return any(concerned & set(changed) for changed in moves.values_list("changed", flat=True))


def of_firm(mail: str, firms: Iterable[Company]) -> QuerySet[Registration]:
    """The registrations of a person by their mail address, and those of these firms; the newest event first."""
    sought = Q(company__in=list(firms))
    if mail:
        sought |= Q(email__in=mail_addresses.forms(mail))
    rows = Registration.objects.filter(sought).exclude(name="", email="")
    return rows.select_related("pool", "event__draft__entry").order_by("-event__draft__entry__starts_at", "-id")


def gone_contact(work: Work) -> str:
    """The name of the contact of an offer, where that one is no longer there; else empty."""
    if work.contact is None or works.present().filter(member=work.contact).exists():
        return ""
    return work.contact.name


def told_now(event: Event) -> dict[str, str]:
    """What guests have to know of day and place, as it is now."""
    entry, draft = event.draft.entry, event.draft
    dated = entry or draft
    place = entry.place if entry else draft.content.get("place", "")
    moments = {"starts_at": dated.starts_at, "ends_at": dated.ends_at}
    written = {key: value.astimezone(dt.UTC).isoformat() if value else "" for key, value in moments.items()}
    link = hashlib.sha256(event.join_link.encode()).hexdigest()[:16] if event.join_link else ""
    return {**written, "place": place, "room": event.room, known.LINK: link}
