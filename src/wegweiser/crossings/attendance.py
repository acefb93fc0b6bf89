"""Who came to an event, as steps in the history of their firms."""

import datetime as dt

from django.db import transaction

from wegweiser.companies.actions import companies
from wegweiser.companies.models import Company
from wegweiser.consortium.models import Topic
from wegweiser.crossings import thread_steps
from wegweiser.events import queries
from wegweiser.events.actions import attendance, presence_lists
from wegweiser.events.models import Event, PresenceList, Registration, Seat, State
from wegweiser.journey.actions import steps
from wegweiser.journey.models import Format
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

SOURCE, ROLE, OCCASION = "registration", "attendance", "event"


def settle(*, event: Event, by: Actor) -> int:
    """Who was not seen was absent, and each registration of which somebody came has its step, once.

    Safe to repeat: what stands already stays, what was put right since is put right here, too. Gives how many
    registrations came. Raises DomainError: event_not_over, event_cancelled, event_without_topic.
    """
    with transaction.atomic():
        event = attendance.settle(event=event, by=by)
        rows = Registration.objects.filter(event=event, state=State.CONFIRMED).select_related("pool", "company")
        return sum(_record(event, row, by) for row in rows.order_by("id"))


def settle_all(*, by: Actor) -> int:
    """`settle` for events that ended a day ago and that nobody settled. Gives how many.

    A day is left for the lists of those who were there online. Where nobody was seen at all, somebody has to say so:
    nothing is settled by itself.
    """
    since = clock.now() - dt.timedelta(days=1)
    open_ones = Event.objects.filter(settled_at=None, cancelled_at=None, draft__entry__isnull=False)
    seen = open_ones.filter(registrations__seats__presence="attended").select_related("draft__entry").distinct()
    over = [event for event in seen if (ends := queries.ends_at(event)) and ends < since]
    for event in over:
        settle(event=event, by=by)
    return len(over)


def set_presence(*, seat: Seat, presence: str, by: Actor) -> Seat:
    """Put right who came; what followed from it is put right with it."""
    with transaction.atomic():
        row = attendance.set_presence(seat=seat, presence=presence, by=by)
        event = row.registration.event
        if event.settled_at:
            _record(event, row.registration, by)
    return row


def take_list(*, presence_list: PresenceList, by: Actor) -> PresenceList:
    """Take a list of who was there online over; where the attendance was settled already, all that follows from it is
    put right, too."""
    with transaction.atomic():
        found = presence_lists.settle(presence_list=presence_list, by=by)
        if found.event.settled_at:
            settle(event=found.event, by=by)
    return found


def follow(*, registration: Registration, by: Actor) -> None:
    """Somebody came or came not after all: where the attendance was settled already, their step says so."""
    row = Registration.objects.select_related("event__draft__entry", "pool", "company").get(pk=registration.pk)
    if row.event.settled_at and row.state == State.CONFIRMED:
        _record(row.event, row, by)


def _record(event: Event, row: Registration, by: Actor) -> bool:
    """One step for a registration of which somebody came. A step that says another number of people is taken back."""
    came = queries.came(row)
    source = steps.Source(SOURCE, row.uuid, ROLE)
    standing = steps.standing(source=source)
    if standing is not None and standing.measures.get("participants") != came:
        steps.reverse(step=standing, by=by)
        standing = None
    if not came or standing is not None:
        return bool(came)
    topic, partner, starts = _topic(event), event.draft.partner, row.pool.starts_at or queries.starts_at(event)
    if topic is None or partner is None or starts is None:
        raise DomainError("event_without_topic", "Topic and partner say for whom it counts.")
    day, company = clock.local(starts).date(), _company(row, by)
    steps.record(
        day=day,
        source=source,
        occasion=steps.Occasion(OCCASION, event.uuid),
        format=Format.INFORM,
        topic=topic,
        partner=partner,
        company=company,
        contacts_without_firm=0 if company else came,
        grant=thread_steps.grant_on(day),
        measures={"participants": came},
        by=by,
    )
    return True


def _topic(event: Event) -> Topic | None:
    entry = event.draft.entry
    row = entry.topic_rows.select_related("topic").first() if entry else None
    return row.topic if row else event.draft.topic


def _company(row: Registration, by: Actor) -> Company | None:
    """The firm that was named: known, or new. Who named none is a person who came."""
    if row.company is None and row.firm:
        asked = {"email": row.email, "phone": row.phone}
        company = companies.find_or_create(name=row.firm, postcode=row.postcode, asked_from=asked, by=by)
        attendance.name_company(registration=row, company=company, by=by)
        return company
    return row.company
