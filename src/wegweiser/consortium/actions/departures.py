"""The plan that somebody leaves. `crossings.leaving` composes it with the work that goes to the heirs."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q

from wegweiser.consortium import teams
from wegweiser.consortium.actions import members
from wegweiser.consortium.events import Event
from wegweiser.consortium.models import Departure, Member, Membership, Role, Topic
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


def plan(
    *, member: Member, last_day: dt.date, heir: Member | None, heirs: Mapping[str, Member], by: Actor
) -> Departure:
    """`member` works here up to and including `last_day`: every role ends then. A plan from before is replaced."""
    with transaction.atomic():
        teams.lock()
        if teams.open_departure(member):
            call_back(member=member, by=by)
        running = Membership.objects.filter(Q(valid_to=None) | Q(valid_to__gt=last_day), member=member)
        rows = list(running.select_for_update())
        if any(row.valid_from > last_day for row in rows):
            raise DomainError("role_later", "A role begins after that day.", field="last_day")
        if any(row.role == Role.ADMINISTRATOR for row in rows):
            members.require_administrator(without=member, after=last_day, by=by)
        _refuse_circles(member, last_day, {*heirs.values(), *([heir] if heir else [])})
        ends = {str(row.uuid): row.valid_to.isoformat() if row.valid_to else None for row in rows}
        for row in rows:
            row.valid_to = last_day
            row.save(update_fields=["valid_to"])
        departure = Departure.objects.create(
            member=member,
            last_day=last_day,
            heir=heir,
            heirs={group: str(row.uuid) for group, row in heirs.items()},
            ends=ends,
        )
        audit.record(Event.DEPARTURE_PLANNED, by=by, subject=member, references={"departure": departure.uuid})
    return departure


def call_back(*, member: Member, by: Actor) -> None:
    """`member` stays: the roles end when they would have ended before. Raises DomainError("departure_over")."""
    with transaction.atomic():
        teams.lock()
        departure = teams.open_departure(member)
        if departure is None:
            raise DomainError("departure_over", "Nothing is planned any more.")
        for row in Membership.objects.select_for_update().filter(uuid__in=departure.ends):
            before = departure.ends[str(row.uuid)]
            row.valid_to = dt.date.fromisoformat(before) if before else None
            row.save(update_fields=["valid_to"])
        departure.delete()
        audit.record(Event.DEPARTURE_CALLED_BACK, by=by, subject=member)


def done(*, departure: Departure, by: Actor) -> None:
    """Everything went to the heirs; the topics do so here."""
    with transaction.atomic():
        if departure.heir:
            departure.heir.topics.add(*Topic.objects.filter(members=departure.member))
            departure.member.topics.clear()
        departure.done_at, departure.failure = clock.now(), ""
        departure.save(update_fields=["done_at", "failure"])
        audit.record(Event.DEPARTURE_DONE, by=by, subject=departure.member, references={"departure": departure.uuid})


def failed(*, departure: Departure, code: str, by: Actor) -> None:
    """It could not be carried out, and the page says why. The same reason again is no news."""
    with transaction.atomic():
        if departure.failure != code:
            departure.failure = code
            departure.save(update_fields=["failure"])
            audit.record(Event.DEPARTURE_FAILED, by=by, subject=departure.member, references={"code": code})


def _refuse_circles(member: Member, last_day: dt.date, heirs: set[Member]) -> None:
    """Who leaves cannot be the heir of somebody who leaves to them, nor go before somebody who counts on them."""
    if member in heirs:
        raise DomainError("heir_self", "Nobody inherits from themselves.", field="heir")
    for row in teams.bequeathed_to(member):
        if row.member in heirs:
            raise DomainError("heirs_of_each_other", "The two would leave to each other.", field="heir")
        if row.last_day >= last_day:
            raise DomainError("heir_elsewhere", "Somebody who leaves later named them as heir.")
