"""The company's plan: what was agreed on as next, in order, and what of it is done."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max

from wegweiser.companies import queries as companies
from wegweiser.companies.locks import lock_firm
from wegweiser.companies.models import Company
from wegweiser.journey import agreed, queries
from wegweiser.journey.events import Event
from wegweiser.journey.models import Doer, PlannedStep, PlanReader, PlanReminder, Step
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

MOST_OPEN = 50  # a plan that nobody can survey is none
ASIDE = 16_000  # above every place, below what the column holds
REMARK_LENGTH = 500
WORDS = ["title", "note", "remark", "dropped_reason"]


def plan(
    *,
    company: Company,
    title: str,
    note: str = "",
    doer: str = Doer.COMPANY,
    entry: UUID | None = None,
    due_on: dt.date | None = None,
    submission: UUID | None = None,
    by: Actor,
) -> PlannedStep:
    """Put something at the end of the company's plan. A form sent twice finds what the first one made.

    Raises DomainError: title_missing, doer_unknown, plan_full.
    """
    title, note = _told(title, note, doer)
    identity = {"uuid": submission} if submission else {}
    with transaction.atomic():
        firm = lock_firm(company)[0]
        rows = PlannedStep.objects.filter(company__in=companies.same_firm(firm))
        if submission and (known := rows.filter(uuid=submission).first()):
            return known
        if rows.filter(done_at=None, dropped_at=None).count() >= MOST_OPEN:
            raise DomainError("plan_full", field="title")
        last = rows.aggregate(last=Max("position"))["last"]
        planned = PlannedStep.objects.create(
            company=firm,
            position=0 if last is None else last + 1,
            title=title,
            note=note,
            doer=doer,
            entry=entry,
            due_on=due_on,
            **identity,
        )
        audit.record(Event.PLAN_ADDED, by=by, subject=planned, references={"company": firm.uuid})
    return planned


def change(
    *,
    planned: PlannedStep,
    title: str,
    note: str,
    doer: str,
    entry: UUID | None,
    due_on: dt.date | None,
    shown: Mapping[str, str] | None = None,
    by: Actor,
) -> PlannedStep:
    """It was agreed otherwise.

    `shown`: what a page showed of it, as `agreed.written` has it; only what differs from that is changed. Raises
    DomainError: title_missing, doer_unknown, plan_closed, and changed_meanwhile where somebody else gave the same field
    another value since.
    """
    title, note = _told(title, note, doer)
    values = {"title": title, "note": note, "doer": doer, "entry": entry, "due_on": due_on}
    with transaction.atomic():
        row = _locked(planned)
        if not row.is_open:
            raise DomainError("plan_closed", "It is done or dropped.")
        changed = [field for field, value in values.items() if getattr(row, field) != value]
        if shown is not None:
            now = agreed.written(row)
            changed = [field for field in changed if shown.get(field) != agreed.as_text(values[field])]
            if overwritten := [field for field in changed if shown.get(field) != now[field]]:
                raise DomainError("changed_meanwhile", "Somebody else changed it, too.", field=overwritten[0])
        if changed:
            for field in changed:
                setattr(row, field, values[field])
            row.save(update_fields=changed)
            audit.record(Event.PLAN_CHANGED, by=by, subject=row, changed=changed)
    return row


def move(*, planned: PlannedStep, later: bool, by: Actor) -> PlannedStep:
    """One place earlier or `later` among what is still open. At either end nothing changes."""
    with transaction.atomic():
        lock_firm(planned.company)
        rows = list(
            PlannedStep.objects.filter(company__in=companies.same_firm(planned.company)).order_by("position", "id")
        )
        places = [index for index, row in enumerate(rows) if row.is_open]
        here = next((number for number, index in enumerate(places) if rows[index].pk == planned.pk), None)
        if here is None:
            raise DomainError("plan_closed", "It is done or dropped.")
        there = here + (1 if later else -1)
        if not 0 <= there < len(places):
            return planned
        one, other = places[here], places[there]
        rows[one], rows[other] = rows[other], rows[one]
        # First out of the way of each other: no two of one firm may share a place, not even for an instant.
        PlannedStep.objects.filter(pk__in=[row.pk for row in rows]).update(position=F("position") + ASIDE)
        for position, row in enumerate(rows):
            row.position = position
        PlannedStep.objects.bulk_update(rows, ["position"])
        audit.record(Event.PLAN_MOVED, by=by, subject=planned, changed=["position"])
    return next(row for row in rows if row.pk == planned.pk)


def drop(*, planned: PlannedStep, reason: str, by: Actor) -> PlannedStep:
    """Both sides let go of it, for `reason`. Raises DomainError: reason_missing, plan_closed."""
    reason = _words(reason, PlannedStep._meta.get_field("dropped_reason").max_length)
    if not reason:
        raise DomainError("reason_missing", field="reason")
    with transaction.atomic():
        row = _locked(planned)
        if row.dropped_at is not None:
            return row
        if row.done_at is not None:
            raise DomainError("plan_closed", "It is done.")
        row.dropped_at, row.dropped_reason = clock.now(), reason
        row.save(update_fields=["dropped_at", "dropped_reason"])
        audit.record(Event.PLAN_DROPPED, by=by, subject=row, changed=["dropped_at", "dropped_reason"])
    return row


def resume(*, planned: PlannedStep, by: Actor) -> PlannedStep:
    """It is worth doing after all."""
    with transaction.atomic():
        row = _locked(planned)
        if row.dropped_at is None:
            return row
        row.dropped_at, row.dropped_reason = None, ""
        row.save(update_fields=["dropped_at", "dropped_reason"])
        audit.record(Event.PLAN_RESUMED, by=by, subject=row, changed=["dropped_at", "dropped_reason"])
    return row


def remark(*, planned: PlannedStep, text: str, by: Actor) -> bool:
    """What the company has to say about it; empty takes it back. Whether anything changed."""
    text = text.replace("\r\n", "\n").replace("\0", "").strip()
    if len(text) > REMARK_LENGTH:
        raise DomainError("remark_too_long", field="remark")
    with transaction.atomic():
        row = _locked(planned)
        if row.remark == text:
            return False
        row.remark = text
        row.save(update_fields=["remark"])
        audit.record(Event.PLAN_REMARKED, by=by, subject=row, changed=["remark"])
    return True


def reminded(*, planned: PlannedStep, reader: PlanReader, by: Actor) -> bool:
    """`reader` was reminded of its due day; False where that was done before, or nothing is due."""
    with transaction.atomic():
        row = _locked(planned)
        if not row.is_open or row.due_on is None:
            return False
        if row.reminders.filter(reader__in=queries.same_reader(reader), due_on=row.due_on).exists():
            return False
        PlanReminder.objects.create(reader=reader, planned=row, due_on=row.due_on)
        row.reminded_for = row.due_on
        row.save(update_fields=["reminded_for"])
        references = {"reader": reader.uuid}
        audit.record(Event.PLAN_REMINDED, by=by, subject=row, changed=["reminded_for"], references=references)
    return True


def tick_off(*, planned: PlannedStep, step: Step | None = None, by: Actor) -> PlannedStep:
    """It is done, by `step` where one proves it. Ticking twice changes nothing, but may add the proof.

    Raises DomainError: step_of_another_firm, plan_dropped.
    """
    with transaction.atomic():
        row = _locked(planned)
        if row.dropped_at is not None:
            raise DomainError("plan_dropped", "Both sides have let go of it.")
        if step is not None and not _may_prove(step, row):
            raise DomainError("step_of_another_firm", field="step")
        if row.done_at is not None and (step is None or row.step_id == step.pk):
            return row
        row.done_by = row.done_by if row.done_at else str(by)
        row.done_at, row.step = row.done_at or clock.now(), step
        row.save(update_fields=["done_at", "done_by", "step"])
        audit.record(Event.PLAN_DONE, by=by, subject=row, references={"step": step.uuid} if step else None)
    return row


def unlink(*, planned: PlannedStep, by: Actor) -> PlannedStep:
    """The step named as its proof was a wrong one. That it was ticked off stays."""
    with transaction.atomic():
        row = _locked(planned)
        step, row.step = row.step, None
        if step is not None:
            row.save(update_fields=["step"])
            audit.record(Event.PLAN_UNLINKED, by=by, subject=row, references={"step": step.uuid})
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


def reopen(*, planned: PlannedStep, by: Actor) -> tuple[PlannedStep, dt.datetime | None]:
    """It was ticked off by mistake. Gives the moment of the tick that is taken back, None where there was none."""
    with transaction.atomic():
        row = _locked(planned)
        ticked_at = row.done_at
        if ticked_at is not None:
            row.done_at, row.done_by, row.step = None, "", None
            row.save(update_fields=["done_at", "done_by", "step"])
            audit.record(Event.PLAN_REOPENED, by=by, subject=row)
    return row, ticked_at


def erase(*, planned: PlannedStep, by: Actor) -> None:
    """Forget what was planned; that something was, and when it was done, stays."""
    with transaction.atomic():
        row = _locked(planned)
        for field in WORDS:
            setattr(row, field, "")
        row.save(update_fields=WORDS)
        audit.record(Event.PLAN_ERASED, by=by, subject=row, changed=WORDS)


def _locked(planned: PlannedStep) -> PlannedStep:
    return PlannedStep.objects.select_for_update(no_key=True, of=("self",)).get(pk=planned.pk)


def _words(text: str, length: int | None) -> str:
    return " ".join(text.replace("\0", "").split())[:length]


def _told(title: str, note: str, doer: str) -> tuple[str, str]:
    """Title and note as they are kept. Raises DomainError: title_missing, doer_unknown."""
    title = _words(title, PlannedStep._meta.get_field("title").max_length)
    note = _words(note, PlannedStep._meta.get_field("note").max_length)
    if not title:
        raise DomainError("title_missing", field="title")
    if doer not in Doer.values:
        raise DomainError("doer_unknown", field="doer")
    return title, note
