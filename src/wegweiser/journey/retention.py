"""Hours stay with the partner; who gave them is forgotten, and why a step was taken back.

What happened to a firm keeps it; aid must be provable.
"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from wegweiser.companies import queries as companies
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Member
from wegweiser.journey import queries
from wegweiser.journey.actions import corrections, histories, plans, readers, steps
from wegweiser.journey.models import (
    AidReservation,
    ContactRow,
    Contribution,
    DeclaredAid,
    PlannedStep,
    PlanReader,
    Reversal,
    Step,
)
from wegweiser.kernel import clock, erasure, mail_addresses
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.erasure import Rows


def _due(since: dt.date) -> QuerySet[Member]:
    counted = Contribution.objects.exclude(staff_number=None).values("staff_number")
    return consortium.left_before(since).filter(staff_number__in=counted)


def _erase(member: Member, restricted: bool, by: Actor) -> None:
    steps.blank_staff(staff_number=member.staff_number, by=by)


def _parts(member: Member) -> Rows:
    return {"journey.Contribution": Contribution.objects.filter(staff_number=member.staff_number)}


erasure.declare(
    erasure.Fate(
        table="journey.Contribution",
        purpose="staff",
        starts="end of membership",
        rows=Member,
        due=_due,
        of=consortium.members_of,
        erase=_erase,
        parts=_parts,
    )
)


def _old_reasons(since: dt.date) -> QuerySet[Reversal]:
    return Reversal.objects.filter(recorded_at__lt=clock.at(since)).exclude(reason="")


def _reasons_of(who: erasure.Who) -> QuerySet[Reversal]:
    """Why something was taken back at a sole trader's firm."""
    firms = erasure.fates()["companies.Company"].about(who)
    return Reversal.objects.filter(step__company__in=firms)


def _forget_reason(reversal: Reversal, restricted: bool, by: Actor) -> None:
    corrections.blank_reason(reversal=reversal, by=by)


def _plans_done(since: dt.date) -> QuerySet[PlannedStep]:
    over = Q(done_at__lt=clock.at(since)) | Q(dropped_at__lt=clock.at(since))
    return PlannedStep.objects.filter(over).exclude(title="")


def _plans_of(who: erasure.Who) -> QuerySet[PlannedStep]:
    """What was planned with the firm of a sole trader."""
    firms = erasure.fates()["companies.Company"].about(who)
    return PlannedStep.objects.filter(company__in=firms).exclude(title="")


def _erase_plan(planned: PlannedStep, restricted: bool, by: Actor) -> None:
    plans.erase(planned=planned, by=by)


erasure.declare(
    erasure.Fate(
        table="journey.Reversal",
        purpose="relationship",
        starts="last contact",
        rows=Reversal,
        due=_old_reasons,
        of=_reasons_of,
        by_phone=lambda phone, name: _reasons_of(erasure.Caller(phone, name)),
        by_mailbox=_reasons_of,
        erase=_forget_reason,
    )
)


erasure.declare(
    erasure.Fate(
        table="journey.PlannedStep",
        purpose="relationship",
        starts="last contact",
        rows=PlannedStep,
        due=_plans_done,
        of=_plans_of,
        by_phone=lambda phone, name: _plans_of(erasure.Caller(phone, name)),
        by_mailbox=_plans_of,
        erase=_erase_plan,
    )
)


def _held_rows(since: dt.date) -> QuerySet[ContactRow]:
    return ContactRow.objects.filter(recorded_at__lt=clock.at(since)).exclude(said="")


def _erase_held(row: ContactRow, restricted: bool, by: Actor) -> None:
    histories.erase(row=row, by=by)


# Rows that wait for somebody to say which firm they are of name firms and people; what they say is found as text.
erasure.declare(
    erasure.Fate(
        table="journey.ContactRow",
        purpose="relationship",
        starts="last contact",
        rows=ContactRow,
        due=_held_rows,
        of=lambda mail: ContactRow.objects.filter(said__icontains=mail),
        by_phone=lambda phone, name: (
            ContactRow.objects.filter(said__icontains=name) if name else ContactRow.objects.none()
        ),
        erase=_erase_held,
        covers=("journey.ContactList",),
    )
)


def _readers_of(who: erasure.Who) -> QuerySet[PlanReader]:
    """Theirs, and a firm's own where its mailbox is theirs: it is forgotten with them, and the link went there."""
    people = erasure.fates()["companies.Person"].about(who)
    theirs = Q(person__in=people)
    if isinstance(who, str):
        firms = companies.families(people.exclude(positions=None).values_list("positions__company", flat=True))
        mailbox = mail_addresses.same("company__email", who) | mail_addresses.same("company__canonical__email", who)
        theirs |= Q(person=None, company__in=firms) & mailbox
    return PlanReader.objects.filter(theirs)


def _erase_reader(reader: PlanReader, restricted: bool, by: Actor) -> None:
    readers.erase(reader=reader, by=by)


# Mostly it goes with its person; who is only kept for a proof reads no plan any more, and nobody that of a firm that
# is forgotten. Until the next run takes it, `queries.readers` leaves it out.
erasure.declare(
    erasure.Fate(
        table="journey.PlanReader",
        purpose="relationship",
        starts="last contact",
        rows=PlanReader,
        due=lambda since: PlanReader.objects.filter(
            Q(person__restricted_at__isnull=False) | queries.of_forgotten_firms()
        ),
        of=_readers_of,
        by_phone=lambda phone, name: _readers_of(erasure.Caller(phone, name)),
        by_mailbox=_readers_of,
        erase=_erase_reader,
    )
)


@erasure.touches("companies.Company")
def _in_contact(since: dt.date) -> Iterable[int]:
    """Firms with something that happened since, is planned, or is promised."""
    happened = Step.objects.filter(company__isnull=False, day__gte=since).values_list("company_id", flat=True)
    planned = PlannedStep.objects.filter(done_at=None, dropped_at=None).values_list("company_id", flat=True)
    promised = AidReservation.objects.filter(released_at=None).values_list("company_id", flat=True)
    return companies.families({*happened, *planned, *promised})


@erasure.proof("companies.Company", purpose="aid", starts="last aid")
def _with_aid(since: dt.date) -> Iterable[int]:
    granted = Step.objects.filter(company__isnull=False, aid__gt=0, day__gte=since)
    declared = DeclaredAid.objects.filter(granted_on__gte=since).values_list("company_id", flat=True)
    promised = AidReservation.objects.filter(released_at=None).values_list("company_id", flat=True)
    return companies.families({*granted.values_list("company_id", flat=True), *declared, *promised})
