"""Who came to an event, as steps in the history of their firms.

Closing the attendance of ten thousand takes minutes. So the attendance itself is written down at once and briefly,
and what follows from it in portions, each in its own transaction: whoever registers or is let in meanwhile hardly
waits, and what was interrupted goes on where it stopped. What is still to do is read from what stands, so nothing is
done twice.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q

from wegweiser.companies import phones
from wegweiser.companies.actions import companies
from wegweiser.companies.models import Company
from wegweiser.consortium.models import Partner, Topic
from wegweiser.crossings import thread_steps
from wegweiser.events import presence_lists as presence_reads
from wegweiser.events import queries
from wegweiser.events.actions import attendance, presence_lists
from wegweiser.events.locks import lock_event
from wegweiser.events.models import Event, Presence, PresenceList, Registration, Seat, State
from wegweiser.journey.actions import steps
from wegweiser.journey.models import Format, Step
from wegweiser.kernel import clock, fences
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

SOURCE, ROLE, OCCASION = "registration", "attendance", "event"
PORTION = 25  # registrations in one transaction


@dataclass(frozen=True)
class Progress:
    """How far the histories are with what was settled: of so many registrations that came, so many stand there."""

    came: int
    done: int

    @property
    def is_whole(self) -> bool:
        return self.done >= self.came


def settle(*, event: Event, most: int | None = None, by: Actor) -> Progress:
    """Who was not seen was absent, and each registration of which somebody came has its step, once.

    Safe to repeat: what stands already stays, what was put right since is put right here, too. With `most` only so many
    registrations are brought forward now, and `go_on` does the rest.
    Raises DomainError: event_not_over, event_cancelled, event_without_topic.
    """
    with transaction.atomic():
        event = _settled(event, by)
    _bring_forward(event, most, by)
    return progress(event)


def settle_all(*, by: Actor) -> int:
    """`settle` for events that ended a day ago and that nobody settled. Gives how many.

    A day is left for the lists of those who were there online. Where nobody was seen at all, or a list does not say how
    long, somebody has to say so: nothing is settled by itself. One that cannot be settled holds up no other.
    """
    since = clock.now() - dt.timedelta(days=1)
    open_ones = Event.objects.filter(settled_at=None, cancelled_at=None, draft__entry__isnull=False)
    open_ones = presence_reads.without_unread(open_ones)
    seen = open_ones.filter(registrations__seats__presence="attended").select_related("draft__entry").distinct()
    over = [event for event in seen.order_by("pk") if (ends := queries.ends_at(event)) and ends < since]
    return fences.each(over, lambda event: settle(event=event, by=by))


def go_on(*, by: Actor) -> int:
    """Bring to an end what was settled and does not stand in all histories yet. Gives of how many events."""
    begun = Event.objects.filter(settled_at__isnull=False, followed_at=None).order_by("settled_at", "pk")
    return fences.each(begun, lambda event: _bring_forward(event, None, by))


def progress(event: Event) -> Progress:
    came, standing = _came(event), _standing(event)
    return Progress(len(came), sum(standing.get(uuid) == number for uuid, number in came.items()))


def set_presence(*, seat: Seat, presence: str, by: Actor) -> Seat:
    """Put right who came; what followed from it is put right with it."""
    with transaction.atomic():
        row = attendance.set_presence(seat=seat, presence=presence, by=by)
        follow(registration=row.registration, by=by)
    return row


def take_list(*, presence_list: PresenceList, most: int | None = None, by: Actor) -> PresenceList:
    """Take a list of who was there online over; where the attendance was settled already, all that follows from it is
    put right, too. With `most` only so many registrations at once, as `settle` does."""
    with transaction.atomic():
        event = lock_event(presence_list.event)
        found = presence_lists.settle(presence_list=presence_list, by=by)
        again = _settled(event, by) if event.settled_at else None
    if again is not None:
        _bring_forward(again, most, by)
    return found


def drop_list(*, presence_list: PresenceList, most: int | None = None, by: Actor) -> None:
    """It was the wrong file: what was taken over from it goes, and what followed from that with it."""
    with transaction.atomic():
        event = lock_event(presence_list.event)
        presence_lists.drop(presence_list=presence_list, by=by)
        again = _settled(event, by) if event.settled_at else None
    if again is not None:
        _bring_forward(again, most, by)


def follow(*, registration: Registration, by: Actor) -> None:
    """Somebody came or came not after all: where the attendance was settled already, their step says so.

    Whoever calls holds the event's lock.
    """
    row = Registration.objects.select_related("event__draft__entry", "pool", "company").get(pk=registration.pk)
    if row.event.settled_at:
        _put_right(row.event, [row], by)


def _settled(event: Event, by: Actor) -> Event:
    """The attendance written down, where all is there that the histories need of it."""
    event = attendance.settle(event=event, by=by)
    if _outstanding(event):
        _Frame.of(event)
    return event


def _bring_forward(event: Event, most: int | None, by: Actor) -> None:
    """What is outstanding, portion by portion, `most` registrations of it."""
    outstanding = _outstanding(event)
    now = outstanding[:most]
    for start in range(0, len(now), PORTION):
        _portion(event, now[start : start + PORTION], by)
    if len(now) == len(outstanding):
        with transaction.atomic():
            event = lock_event(event)
            if not _outstanding(event):  # nothing changed meanwhile
                attendance.followed(event=event, by=by)


def _portion(event: Event, uuids: Sequence[UUID], by: Actor) -> None:
    """So many registrations, as they are under the event's lock."""
    with transaction.atomic():
        event = lock_event(event)
        rows = Registration.objects.filter(event=event, uuid__in=uuids).select_related("pool", "company")
        _put_right(event, list(rows.order_by("id")), by)


def _outstanding(event: Event) -> list[UUID]:
    """The registrations whose step says something else than who came, whatever became of them, in a fixed order."""
    came, standing = _came(event), _standing(event)
    wrong = [uuid for uuid, number in came.items() if standing.get(uuid) != number]
    return wrong + sorted(uuid for uuid, number in standing.items() if number and uuid not in came)


def _came(event: Event, rows: Iterable[Registration] | None = None) -> dict[UUID, int]:
    """How many came of each registration of which anybody did."""
    seats = Seat.objects.filter(registration__event=event, registration__state=State.CONFIRMED, given_back_at=None)
    if rows is not None:
        seats = seats.filter(registration__in=rows)
    counted = seats.filter(presence=Presence.ATTENDED).order_by("registration_id").values("registration_id")
    return dict(counted.annotate(number=Count("pk")).values_list("registration__uuid", "number"))


def _steps(event: Event) -> Q:
    occasion = Q(occasion_kind=OCCASION, occasion_uuid=event.uuid)
    return occasion & Q(source_kind=SOURCE, source_role=ROLE, reverses=None, reversed_by=None)


def _standing(event: Event) -> dict[UUID, int]:
    """How many the standing step of each registration says came."""
    rows = Step.objects.filter(_steps(event)).order_by().values_list("source_uuid", "measures")
    return {uuid: measures.get("participants", 0) for uuid, measures in rows}


def _put_right(event: Event, rows: Sequence[Registration], by: Actor) -> None:
    """One step for each of which somebody came. A step that says another number of people is taken back."""
    came = _came(event, rows)
    known = Step.objects.filter(_steps(event), source_uuid__in=[row.uuid for row in rows])
    standing = {step.source_uuid: step for step in known}
    missing = []
    for row in rows:
        step, number = standing.get(row.uuid), came.get(row.uuid, 0)
        if step is not None and step.measures.get("participants", 0) != number:
            steps.reverse(step=step, by=by)
            step = None
        if number and step is None:
            missing.append(row)
    if missing:
        frame = _Frame.of(event)
        firms = _firms(missing, by)
        new = [frame.step(row, came[row.uuid], firms.get(row.pk, row.company)) for row in missing]
        steps.record_many(new=new, by=by)


@dataclass(frozen=True)
class _Frame:
    """What all steps of an event have in common."""

    event: UUID
    topic: Topic
    partner: Partner
    starts: dt.datetime | None
    grants: dict[dt.date, str]

    @classmethod
    def of(cls, event: Event) -> "_Frame":
        """Raises DomainError: event_without_topic."""
        entry = event.draft.entry
        first = entry.topic_rows.select_related("topic").first() if entry else None
        topic, partner = first.topic if first else event.draft.topic, event.draft.partner
        if topic is None or partner is None:
            raise DomainError("event_without_topic", "Topic and partner say for whom it counts.")
        return cls(event.uuid, topic, partner, queries.starts_at(event), {})

    def step(self, row: Registration, number: int, company: Company | None) -> steps.New:
        starts = row.pool.starts_at or self.starts
        if starts is None:
            raise DomainError("event_without_topic", "Nobody knows when it was.")
        day = clock.local(starts).date()
        if day not in self.grants:
            self.grants[day] = thread_steps.grant_on(day)
        return steps.New(
            day=day,
            source=steps.Source(SOURCE, row.uuid, ROLE),
            occasion=steps.Occasion(OCCASION, self.event),
            format=Format.INFORM,
            topic=self.topic,
            partner=self.partner,
            company=company,
            contacts_without_firm=0 if company else number,
            grant=self.grants[day],
            measures={"participants": number},
        )


def _firms(rows: Iterable[Registration], by: Actor) -> Mapping[int, Company]:
    """The firms that were named, known or new, by the registration's primary key. Who named none is a person who came.

    They are looked for in the order of their names: two events that are settled at once never wait for each other.
    """
    named = sorted((row for row in rows if row.company_id is None and row.firm), key=lambda row: row.firm.casefold())
    found = {}
    for row in named:
        asked = {"email": row.email, "phone": phones.dialled(row.phone)}
        found[row.pk] = companies.find_or_create(name=row.firm, postcode=row.postcode, asked_from=asked, by=by)
    if found:
        attendance.name_companies(firms=found, by=by)
    return found
