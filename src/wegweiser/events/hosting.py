"""Reads for those who hold events: which are theirs, how full each is, who comes, and whom somebody has to call."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet, Sum

from wegweiser.catalogue import times
from wegweiser.consortium.models import Member
from wegweiser.consortium.rights import Extent
from wegweiser.events import queries
from wegweiser.events.models import (
    ACTIVE,
    HOLDS,
    TOLD,
    UNCONFIRMED,
    Event,
    News,
    Pool,
    Presence,
    Registration,
    Seat,
    State,
)
from wegweiser.kernel import clock, mail_addresses
from wegweiser.kernel.sorting import sort_key
from wegweiser.outbox import queries as outbox
from wegweiser.outbox.models import Letter

AT_ONCE = 25  # registrations: so many hear of a change in its own transaction, more of them in portions
TOLD_SHOWN = dt.timedelta(hours=1)
KIND = Registration._meta.label_lower
# What a list of guests may be ordered by: key of the address → columns.
ORDERS = {"neu": ("-id",), "name": ("sort_key", "id"), "betrieb": ("firm_key", "sort_key", "id")}
# What a list of guests may be narrowed to: key of the address → states.
GROUPS: dict[str, frozenset[State]] = {
    "angemeldet": frozenset({State.CONFIRMED}),
    "warteliste": frozenset({State.WAITING, State.OFFERED}),
    "offen": UNCONFIRMED,
    "abgesagt": frozenset({State.CANCELLED, State.LAPSED}),
}


def within(extent: Extent, member: Member) -> Q:
    """Events somebody with this reach holds: everywhere, at their partners, or where they are the contact."""
    if extent.everywhere:
        return Q()
    own = Q(draft__partner__in=extent.partners)
    return own | Q(draft__contact=member) if extent.assigned else own


def ahead() -> Q:
    """Events that are neither cancelled nor over, as a condition."""
    over = times.over(starts="draft__starts_at", ends="draft__ends_at")
    return Q(cancelled_at=None) & ~over


@dataclass(frozen=True)
class Numbers:
    """How full an event is, over all its pools, in places."""

    capacity: int = 0
    chairs: int = 0
    taken: int = 0
    waiting: int = 0
    offered: int = 0

    @property
    def free(self) -> int:
        return max(self.capacity - self.taken, 0)

    @property
    def percent(self) -> int:
        return min(100, round(100 * self.taken / self.capacity)) if self.capacity else 0


def numbers(events: Iterable[Event]) -> dict[int, Numbers]:
    """How full several events are, in two statements whatever their number: {pk: numbers}."""
    keys = [event.pk for event in events]
    pools = Pool.objects.filter(event__in=keys).order_by().values("event")
    sizes = {row["event"]: row for row in pools.annotate(chairs=Sum("chairs"), beyond=Sum("beyond"))}
    counted = (
        Registration.objects.filter(event__in=keys, state__in=ACTIVE)
        .order_by()
        .values("event")
        .annotate(
            taken=Sum("places", filter=Q(state__in=HOLDS), default=0),
            waiting=Sum("places", filter=Q(state=State.WAITING), default=0),
            offered=Sum("places", filter=Q(state=State.OFFERED), default=0),
        )
    )
    found = {row.pop("event"): row for row in counted}
    return {
        key: Numbers(
            chairs=sizes[key]["chairs"], capacity=sizes[key]["chairs"] + sizes[key]["beyond"], **found.get(key, {})
        )
        for key in keys
        if key in sizes
    }


@dataclass(frozen=True)
class Counted:
    """Places of one pool by what became of them."""

    pool: Pool
    confirmed: int = 0
    pending: int = 0
    offered: int = 0
    waiting: int = 0

    @property
    def taken(self) -> int:
        return self.confirmed + self.pending + self.offered

    @property
    def reserved(self) -> int:
        """Kept for somebody who has still to say yes."""
        return self.pending + self.offered

    @property
    def free(self) -> int:
        return max(self.pool.capacity - self.taken, 0)

    @property
    def percent(self) -> int:
        return min(100, round(100 * self.taken / self.pool.capacity)) if self.pool.capacity else 0


def counted(pools: Iterable[Pool]) -> list[Counted]:
    """The places of several pools, in one statement."""
    pools = list(pools)
    sums = {
        name: Sum("places", filter=Q(state=state), default=0)
        for name, state in {
            "confirmed": State.CONFIRMED,
            "pending": State.PENDING,
            "offered": State.OFFERED,
            "waiting": State.WAITING,
        }.items()
    }
    rows = Registration.objects.filter(pool__in=pools).order_by().values("pool").annotate(**sums)
    found = {row.pop("pool"): row for row in rows}
    return [Counted(pool, **found.get(pool.pk, {})) for pool in pools]


# --- Guests --------------------------------------------------------------------------------------------------------


def guests(
    event: Event, *, group: str = "", text: str = "", pool: Pool | None = None, order: str = "neu"
) -> QuerySet[Registration]:
    """Registrations of an event, narrowed by state, pool and words of name, firm or mail address, without accents."""
    rows = Registration.objects.filter(event=event).select_related("pool").order_by(*ORDERS.get(order, ORDERS["neu"]))
    if group in GROUPS:
        rows = rows.filter(state__in=GROUPS[group])
    if pool is not None:
        rows = rows.filter(pool=pool)
    for word in text.split()[:6]:
        sought, key = mail_addresses.within("email", word), sort_key(word)
        if key:
            seats = Seat.objects.filter(sort_key__contains=key, registration__event=event)
            sought |= Q(sort_key__contains=key) | Q(firm_key__contains=key) | Q(pk__in=seats.values("registration"))
        rows = rows.filter(sought)
    return rows


def names(rows: Iterable[Registration]) -> dict[int, list[str]]:
    """Who comes with each of these, as far as they are named: {key of the registration: names}."""
    seats = Seat.objects.filter(registration__in=[row.pk for row in rows], given_back_at=None).exclude(name="")
    found: dict[int, list[str]] = {}
    for key, name in seats.order_by("registration", "position").values_list("registration", "name"):
        found.setdefault(key, []).append(name)
    return found


def lines(event: Event) -> QuerySet[Registration]:
    """Who waits, pool by pool, each in the order in which they move up; open offers stand before them."""
    waiting = Registration.objects.filter(event=event, state__in=[State.WAITING, State.OFFERED])
    order = (F("preferred_at").asc(nulls_last=True), "queued_at", "id")
    return waiting.select_related("pool").order_by("pool__position", "pool_id", "state", *order)


def moved_up(event: Event) -> QuerySet[Registration]:
    """Who came from the waiting list, the last one first."""
    ups = Q(changes__verb__in=["move_up", "accept"])
    rows = Registration.objects.filter(event=event, state=State.CONFIRMED)
    return rows.annotate(since=Max("changes__at", filter=ups)).exclude(since=None).order_by("-since")


def coming(event: Event) -> QuerySet[Seat]:
    """The places of those who are registered, for lists that are printed: by where and when, then by who registered."""
    rows = Seat.objects.filter(
        registration__event=event, registration__state=State.CONFIRMED, given_back_at=None
    ).select_related("registration__pool")
    return rows.order_by("registration__pool__position", "registration__sort_key", "registration_id", "position")


def is_expected(event: Event) -> bool:
    """Whether somebody has or wants a place at an event that is not over yet."""
    ends = queries.ends_at(event)
    ahead = ends is None or ends > clock.now()
    return ahead and Registration.objects.filter(event=event, state__in=ACTIVE).exists()


def told_of(event: Event, pools: Collection[Pool] | None = None) -> tuple[int, int]:
    """Whom a change of the event, or of these pools, is told: how many registrations by mail, how many by a call."""
    rows = Registration.objects.filter(event=event, state__in=TOLD)
    if pools is not None:
        rows = rows.filter(pool__in=pools)
    found = rows.aggregate(all=Count("pk"), calls=Count("pk", filter=Q(email="")))
    return found["all"] - found["calls"], found["calls"]


def being_told(event: Event) -> News | None:
    """The change that many guests are hearing of, or have heard of within TOLD_SHOWN; a few hear of it at once."""
    since = clock.now() - TOLD_SHOWN
    rows = News.objects.filter(Q(ended_at=None) | Q(ended_at__gt=since, guests__gt=AT_ONCE), event=event)
    return rows.order_by("-pk").first()


def told_with(row: Registration) -> QuerySet[Registration]:
    """Registrations of the same mailbox beside which a letter may stand that tells of `row`, too (`News.shared`)."""
    shared = News.objects.filter(event=row.event_id).exclude(shared=None).values("shared")
    rows = Registration.objects.filter(mail_addresses.same("email", row.email), event__news__shared__in=shared).exclude(
        pk=row.pk
    )
    return rows.exclude(email="").select_related("event__draft").distinct()


def told_by(events: Iterable[Event]) -> dict[int, int]:
    """How many registrations of each event are told of a change, in one statement: {pk: registrations}."""
    rows = Registration.objects.filter(event__in=[event.pk for event in events], state__in=TOLD).order_by()
    return dict(rows.values_list("event").annotate(n=Count("pk")))


# --- Calls ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Call:
    """Somebody without a mail address who has to hear what the newest letter to them says."""

    registration: Registration
    letter: Letter


def held_letters(rows: QuerySet[Registration]) -> QuerySet[Letter]:
    """Letters to guests that nobody sends: they have no mail address."""
    held = outbox.needing_a_person().filter(cause_kind=KIND, hold_reason="no_mail")
    return held.filter(cause_uuid__in=rows.order_by().values("uuid"))


def calls(rows: QuerySet[Registration]) -> list[Call]:
    """Whom somebody has to call, those whose place lapses first on top: one call for each, with the newest letter."""
    newest: dict[UUID, Letter] = {}
    for letter in held_letters(rows):
        newest.setdefault(letter.cause_uuid, letter)
    found = rows.filter(uuid__in=list(newest)).select_related("pool", "event__draft__entry")
    listed = [Call(row, newest[row.uuid]) for row in found]
    far = clock.now().replace(year=9999)
    return sorted(listed, key=lambda call: (call.registration.until or far, call.registration.pk))


def calls_ahead(condition: Q) -> QuerySet[Registration]:
    """Registrations for events under `condition` that have not taken place yet, or that are off."""
    over = times.over(starts="draft__starts_at", ends="draft__ends_at")
    return Registration.objects.filter(event__in=Event.objects.filter(condition & ~over))


def call_counts(events: Collection[Event]) -> Mapping[int, int]:
    """How many people of each event somebody has to call, in two statements."""
    rows = Registration.objects.filter(event__in=[event.pk for event in events])
    named = set(held_letters(rows).values_list("cause_uuid", flat=True))
    if not named:
        return {}
    found = rows.filter(uuid__in=named).order_by().values_list("event").annotate(n=Count("pk"))
    return dict(found)


def presence_open(event: Event) -> bool:
    """Whether nobody was seen at the event so far."""
    return not Seat.objects.filter(registration__event=event, presence=Presence.ATTENDED).exists()
