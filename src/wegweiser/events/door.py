"""Reads of the door: whose events stand there, who is expected, how many are in, and what a code says."""

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from wegweiser.events import queries
from wegweiser.events.models import ACTIVE, Event, Pool, Presence, PresenceList, Registration, Seat, State, Way
from wegweiser.kernel import clock
from wegweiser.kernel.models import AuditEvent

BEFORE, AFTER = dt.timedelta(days=14), dt.timedelta(days=30)  # what whoever plans events sees around today
# A scanner types as on an American keyboard: on a German one its hyphen comes out as ß.
CODE = re.compile(
    r"([0-9a-f]{8})[-ß]?([0-9a-f]{4})[-ß]?([0-9a-f]{4})[-ß]?([0-9a-f]{4})[-ß]?([0-9a-f]{12})/?$", re.IGNORECASE
)
FEWEST_LETTERS = 3
OVERLAP = 200  # entries of the trail
MOST_CHANGED = 300  # registrations and places; beyond that the whole list is less work


@dataclass(frozen=True)
class Reach:
    """Whose events somebody lets people in to: all, those of some partners, or of some only on the day itself."""

    everywhere: bool
    partners: Collection[int]
    today_only: Collection[int]


@dataclass(frozen=True)
class Counts:
    """How full the house is. `free` are places that nobody has."""

    here: int
    registered: int
    free: int


def code(text: str) -> UUID | None:
    """The place that a QR code names: its UUID with or without hyphens, or an address that ends with it."""
    found = CODE.search(text.strip())
    return UUID("".join(found.groups())) if found else None


def plain(text: str) -> str:
    """As names are compared: small letters, without accents."""
    parts = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def events(reach: Reach, *, day: dt.date) -> QuerySet[Event]:
    """The events somebody may stand at the door of, the next one first."""
    first, last = clock.at(day), clock.at(day + dt.timedelta(days=1))
    dated = Event.objects.filter(cancelled_at=None, draft__entry__withdrawn_at=None, draft__entry__isnull=False)
    here = Q(draft__entry__starts_at__lt=last) & (
        Q(draft__entry__ends_at__gte=first) | Q(draft__entry__ends_at=None, draft__entry__starts_at__gte=first)
    )
    around = Q(draft__entry__starts_at__range=(first - BEFORE, last + AFTER)) | here
    mine = around if reach.everywhere else Q(draft__partner__in=reach.partners) & around
    allowed = mine | (Q(draft__partner__in=reach.today_only) & here)
    found = dated.filter(allowed).select_related("draft__entry", "draft__partner", "draft__topic")
    return found.order_by("draft__entry__starts_at", "id")


def pools(event: Event) -> list[Pool]:
    """The places people come to: on site, or whatever there is."""
    found = list(event.pools.all())
    return [pool for pool in found if pool.way == Way.ON_SITE] or found


def counts(event: Event) -> Counts:
    of = pools(event)
    taken = Seat.objects.filter(registration__pool__in=of, registration__state=State.CONFIRMED, given_back_at=None)
    return Counts(
        here=taken.filter(presence=Presence.ATTENDED).count(),
        registered=taken.count(),
        free=sum(room.free for room in queries.rooms(of)),
    )


def expected(event: Event) -> list[Seat]:
    """Everybody one may meet at the door: who has a place, who waits for one, who gave theirs back, and who registered
    to take part online and stands there all the same."""
    rows = Seat.objects.filter(registration__event=event).select_related("registration__pool")
    return list(rows.order_by("registration__name", "registration", "position"))


def changed(event: Event, *, since: int) -> list[Seat] | None:
    """Those of `expected` with whom anything happened after what the trail told by `since`; None where it may be all.

    Entries of the trail become visible in another order than they are numbered: some are looked at once more.
    """
    told = AuditEvent.objects.filter(id__gt=since - OVERLAP)
    of_all = Q(subject_uuid=event.uuid) | Q(subject_kind=PresenceList._meta.label_lower)
    if since < 1 or told.filter(of_all).exists():
        return None
    ours = told.filter(subject_kind__in=[Registration._meta.label_lower, Seat._meta.label_lower])
    uuids = set(ours.values_list("subject_uuid", flat=True)[: MOST_CHANGED + 1])
    if len(uuids) > MOST_CHANGED:
        return None
    rows = Seat.objects.filter(Q(uuid__in=uuids) | Q(registration__uuid__in=uuids), registration__event=event)
    return list(rows.select_related("registration__pool").order_by("id"))


def seen() -> int:
    """How far the trail is: what `changed` asks for the next time."""
    return AuditEvent.objects.aggregate(last=Max("id"))["last"] or 0


def concerned(event: Event, *, seats: Collection[UUID], submissions: Collection[UUID]) -> list[Seat]:
    """Everybody of the registrations that these seats belong to, or that these forms made."""
    meant = Registration.objects.filter(Q(seats__uuid__in=seats) | Q(submission__in=submissions), event=event)
    return list(Seat.objects.filter(registration__in=meant).select_related("registration__pool").order_by("id"))


def found(event: Event, text: str) -> list[Seat]:
    """Those whose name or firm holds every word of `text`; nobody for less than three letters."""
    words = plain(text).split()
    if len("".join(words)) < FEWEST_LETTERS:
        return []
    return [seat for seat in expected(event) if all(word in _named(seat) for word in words)]


def trouble(seat: Seat, there: Collection[int]) -> str:
    """Why somebody cannot simply come in, as the code of an error; empty where they can. `there` are the `pools`."""
    state = seat.registration.state
    if state == State.CONFIRMED:
        if seat.given_back_at:
            return "seat_given_back"
        return "" if seat.registration.pool_id in there else "registered_online"
    if state in ACTIVE:
        return "waits"
    return "not_registered"


def past(at: dt.datetime | None) -> dt.datetime | None:
    """When a device saw somebody: one whose clock is fast says nothing of the future."""
    return min(at, clock.now()) if at else None


def lately(event: Event, *, most: int = 8) -> list[Seat]:
    """Who came last, the last one first."""
    rows = Seat.objects.filter(registration__event=event, presence=Presence.ATTENDED, given_back_at=None)
    return list(rows.select_related("registration").order_by("-arrived_at", "-id")[:most])


def groups(seats: Iterable[Seat]) -> list[list[Seat]]:
    """Seats by their registration, in the order they come."""
    found: dict[int, list[Seat]] = {}
    for seat in seats:
        found.setdefault(seat.registration_id, []).append(seat)
    return list(found.values())


def _named(seat: Seat) -> str:
    return plain(f"{seat.name} {seat.registration.name} {seat.registration.firm}")
