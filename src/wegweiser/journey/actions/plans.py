"""The company's plan: what was agreed on as next, in order, and what of it is done."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from wegweiser.companies import queries as companies
from wegweiser.companies.locks import lock_firm
from wegweiser.companies.models import Company
from wegweiser.journey.events import Event
from wegweiser.journey.models import PlannedStep, Step
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


def plan(
    *, company: Company, title: str, entry: UUID | None = None, due_on: dt.date | None = None, by: Actor
) -> PlannedStep:
    """Put something at the end of the company's plan."""
    title = title.strip()
    if not title:
        raise DomainError("title_missing", field="title")
    with transaction.atomic():
        firm = lock_firm(company)[0]
        last = PlannedStep.objects.filter(company=firm).aggregate(last=Max("position"))["last"]
        planned = PlannedStep.objects.create(
            company=firm, position=0 if last is None else last + 1, title=title, entry=entry, due_on=due_on
        )
        audit.record(Event.PLAN_ADDED, by=by, subject=planned, references={"company": firm.uuid})
    return planned


def tick_off(*, planned: PlannedStep, step: Step | None = None, by: Actor) -> PlannedStep:
    """It is done, by `step` where one proves it. Ticking twice changes nothing, but may add the proof.

    Raises DomainError: step_of_another_firm.
    """
    with transaction.atomic():
        row = PlannedStep.objects.select_for_update(no_key=True, of=("self",)).get(pk=planned.pk)
        if step is not None and not _may_prove(step, row):
            raise DomainError("step_of_another_firm", field="step")
        if row.done_at is not None and (step is None or row.step_id == step.pk):
            return row
        row.done_at, row.step = row.done_at or clock.now(), step
        row.save(update_fields=["done_at", "step"])
        audit.record(Event.PLAN_DONE, by=by, subject=row, references={"step": step.uuid} if step else None)
    return row


def follow(*, step: Step, moved: Step, by: Actor) -> None:
    """`step` stands elsewhere from now on, as `moved`: the plan of the firm it belongs to names it there.

    The plan of any other firm names no step any more; that it was ticked off stays, for people to judge.
    """
    with transaction.atomic():
        for row in PlannedStep.objects.select_for_update(no_key=True, of=("self",)).filter(step=step):
            row.step = moved if _may_prove(moved, row) else None
            row.save(update_fields=["step"])
            if row.step:
                audit.record(Event.PLAN_DONE, by=by, subject=row, references={"step": moved.uuid})
            else:
                audit.record(Event.PLAN_UNLINKED, by=by, subject=row, references={"step": step.uuid})


def unlink_foreign(*, company: Company, by: Actor) -> int:
    """The plan of `company` names no step of another firm, as one may be after a merge is undone. Gives the number.

    That it was ticked off stays, for people to judge.
    """
    count = 0
    with transaction.atomic():
        firm = companies.same_firm(company)
        rows = PlannedStep.objects.filter(company__in=firm, step__company__isnull=False)
        for row in rows.exclude(step__company__in=firm).select_related("step"):
            step, row.step = row.step, None
            row.save(update_fields=["step"])
            audit.record(Event.PLAN_UNLINKED, by=by, subject=row, references={"step": step.uuid} if step else None)
            count += 1
    return count


def _may_prove(step: Step, planned: PlannedStep) -> bool:
    """Whether `step` belongs to the firm of the plan, or to no firm yet."""
    return step.company_id is None or companies.same_firm(planned.company).filter(pk=step.company_id).exists()


def reopen(*, planned: PlannedStep, by: Actor) -> PlannedStep:
    """It was ticked off by mistake."""
    with transaction.atomic():
        row = PlannedStep.objects.select_for_update(no_key=True, of=("self",)).get(pk=planned.pk)
        if row.done_at is None:
            return row
        row.done_at = row.step = None
        row.save(update_fields=["done_at", "step"])
        audit.record(Event.PLAN_REOPENED, by=by, subject=row)
    return row


def erase(*, planned: PlannedStep, by: Actor) -> None:
    """Forget what was planned; that something was, and when it was done, stays."""
    with transaction.atomic():
        row = PlannedStep.objects.select_for_update(no_key=True, of=("self",)).get(pk=planned.pk)
        row.title = ""
        row.save(update_fields=["title"])
        audit.record(Event.PLAN_ERASED, by=by, subject=row, changed=["title"])
