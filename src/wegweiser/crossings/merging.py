"""Putting two firms together and taking them apart again, with what rooms above keep of both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from wegweiser.companies import newcomers, queries
from wegweiser.companies.actions import cover_names, merges
from wegweiser.companies.actions import newcomers as acting
from wegweiser.companies.models import Channel, Company, Merge
from wegweiser.companies.newcomers import Newcomer
from wegweiser.crossings import channels, entrances, thread_steps
from wegweiser.crossings import plans as crossing
from wegweiser.enquiries.actions import askers
from wegweiser.enquiries.models import Case, FollowUp
from wegweiser.events.actions import invitations
from wegweiser.journey.actions import plans
from wegweiser.journey.models import PlannedStep, Step
from wegweiser.kernel import locks, mail_addresses
from wegweiser.kernel.actor import Actor


def merge(*, loser: Company, survivor: Company, by: Actor) -> Merge:
    """Both are one firm; where the stricter channel of the two is no mail, what waits for either is held."""
    with transaction.atomic():
        locks.hold(invitations.LOCK)  # as in `channels.choose`
        made = merges.merge(loser=loser, survivor=survivor, by=by)
        _hold(survivor, by)
    return made


def reveal(
    *, company: Company, survivor: Company | None = None, name: str = "", postcode: str = "", place: str = "", by: Actor
) -> Merge:
    """The firm behind a cover name said who it is; where that one wants no mail, what waits for either is held."""
    with transaction.atomic():
        locks.hold(invitations.LOCK)
        made = cover_names.reveal(company=company, survivor=survivor, name=name, postcode=postcode, place=place, by=by)
        _hold(made.survivor, by)
    return made


def _hold(survivor: Company, by: Actor) -> None:
    firm = queries.root_of(survivor)
    firm.refresh_from_db(fields=["channel"])
    if firm.channel != Channel.MAIL:
        channels.hold(party=firm, channel=firm.channel, by=by)


@dataclass(frozen=True)
class Since:
    """What came while both were one, at what stays with the survivor when they are taken apart."""

    people: Sequence[Newcomer]
    cases: Sequence[Case]
    steps: Sequence[Step]
    planned: Sequence[PlannedStep]
    follow_ups: Sequence[FollowUp]

    def __bool__(self) -> bool:
        return bool(self.people or self.cases or self.steps or self.planned or self.follow_ups)


def since(merge: Merge) -> Since:
    """What somebody should look at before the two are taken apart; the newest first."""
    kept = newcomers.rows_of_survivor(merge)
    of_then = Q(company__in=kept, recorded_at__gte=merge.recorded_at)
    steps = Step.objects.filter(of_then, reverses=None, reversed_by=None).select_related("topic")
    return Since(
        people=newcomers.of(merge),
        cases=list(Case.objects.filter(of_then).order_by("-id")),
        steps=list(steps.order_by("-day", "-id")),
        planned=list(PlannedStep.objects.filter(of_then).order_by("-id")),
        follow_ups=list(FollowUp.objects.filter(of_then, case=None, done_at=None).order_by("due_on", "id")),
    )


def undo(*, merge: Merge, sides: Mapping[UUID, str] | None = None, by: Actor) -> Merge:
    """Each firm has its own life back; what its plan named of the other as done is linked no more.

    `sides` says of people who came since, by UUID, whether they are the loser's or the survivor's. Of whom neither that
    nor a position from before tells, every access ends: nobody shall read what is of the other firm. What else came
    since stays with the survivor. Links to the plan of the one that went to a mailbox of the other end.
    """
    with transaction.atomic():
        shared = _firm(merge.survivor_id).email
        came = newcomers.of(merge) if merge.undone_at is None else []
        undone = merges.undo(merge=merge, by=by)
        for row in (undone.loser, undone.survivor):
            plans.unlink_foreign(company=row, by=by)
            firm = _firm(row.pk)
            if shared and not mail_addresses.equal(shared, firm.email):
                crossing.end_links_sent_to(company=firm, mail=shared, by=by)
        for newcomer in came:
            _settle(newcomer, (sides or {}).get(newcomer.person.uuid) or newcomer.side, undone, by)
    return undone


def _settle(newcomer: Newcomer, side: str, undone: Merge, by: Actor) -> None:
    if side == newcomers.SURVIVOR:
        return
    for access in newcomer.accesses:
        if side != newcomers.LOSER:
            entrances.end(access=access, by=by, may_be_last=True)
    if side == newcomers.LOSER:
        firm = _firm(undone.loser_id)
        acting.take_along(newcomer=newcomer, company=firm, by=by)
        _move_what_they_asked(newcomer, undone, firm, by)
    crossing.end_links_of(person=newcomer.person, by=by)


def _move_what_they_asked(newcomer: Newcomer, undone: Merge, firm: Company, by: Actor) -> None:
    """Where nothing counts yet. What does stays until somebody has put it right, and nobody else there reads it."""
    there = queries.same_firm(_firm(undone.survivor_id))
    asked = Case.objects.filter(person=newcomer.person, company__in=there, recorded_at__gte=undone.recorded_at)
    for case in asked.order_by("id"):
        if not thread_steps.is_counted(case.thread.all()):
            askers.move(case=case, company=firm, by=by)


def _firm(row: int) -> Company:
    """The firm that a row is part of, as it stands now."""
    return queries.root_of(Company.objects.select_related("canonical").get(pk=row))
