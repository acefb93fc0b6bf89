"""What happened is recorded once per source and never changed; a mistake is taken back by a reversing step."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from wegweiser.companies.models import Company
from wegweiser.consortium.models import Partner, Topic
from wegweiser.journey import ledger
from wegweiser.journey.events import Event
from wegweiser.journey.models import Contribution, Step
from wegweiser.journey.served import Hours as Hours
from wegweiser.journey.served import check
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.money import euros

ATTEMPTS = 5


@dataclass(frozen=True)
class Occasion:
    """On what occasion: a talk, a visit, an event … Several steps may share one."""

    kind: str
    uuid: UUID


@dataclass(frozen=True)
class Source:
    """The record that proves the step, and which of its sides: recording the same source twice changes nothing."""

    kind: str
    uuid: UUID
    role: str


def record(
    *,
    day: dt.date,
    source: Source,
    occasion: Occasion,
    format: str,  # noqa: A002  (the column's name)
    topic: Topic,
    partner: Partner,
    company: Company | None = None,
    other_recipient: str = "",
    contacts_without_firm: int = 0,
    grant: str = "",
    contributions: Iterable[Hours] = (),
    aid: Decimal | int = 0,
    aid_basis: str = "",
    measures: Mapping[str, float] | None = None,
    by: Actor,
) -> Step:
    """The step for `source`: a new one, or the one that stands already, unchanged.

    `grant` is a slug, `aid` EUR by the dated price list under the rule `aid_basis`; it must fit into the ledger of
    the company as a whole, whose size by the definition of the EU must hold on `day`.
    Raises DomainError: nobody_served, two_recipients, measure_unknown, aid_without_company, aid_rule_unknown,
    aid_rule_not_in_force, aid_exceeds_ceiling, aid_needs_eu_size, aid_for_smes_only, negative.
    """
    contributions = tuple(contributions)
    amount = euros(aid)
    measures = dict(measures or {})
    check(company, other_recipient, contacts_without_firm, format, contributions, amount, measures)
    columns = {
        "day": day,
        "company": company,
        "other_recipient": other_recipient,
        "occasion_kind": occasion.kind,
        "occasion_uuid": occasion.uuid,
        "contacts_without_firm": contacts_without_firm,
        "format": format,
        "topic": topic,
        "partner": partner,
        "grant": grant,
        "aid": amount,
        "aid_basis": aid_basis if amount else "",
        "measures": measures,
    }
    for _ in range(ATTEMPTS):
        with transaction.atomic():
            if amount and company is not None:
                ledger.lock(company)
            last = _last(source)
            if last is not None and not _is_reversed(last):
                return last
            if amount and company is not None:
                ledger.ensure_fits(company, amount=amount, rule=aid_basis, day=day)
                ledger.ensure_size(company, rule=aid_basis, day=day)
            again = 0 if last is None else last.source_round + 1
            try:
                with transaction.atomic():
                    step = Step.objects.create(**columns, **_columns(source), source_round=again)
            except IntegrityError:
                faster = _last(source)
                if faster is None or faster.source_round < again:
                    raise
                continue  # somebody else was faster with the same source: look again
            Contribution.objects.bulk_create(
                Contribution(step=step, partner=row.partner, staff_number=row.staff_number, hours=row.hours)
                for row in contributions
            )
            audit.record(Event.STEP_RECORDED, by=by, subject=step, references={"source": source.uuid})
            return step
    raise DomainError("source_contended")


@dataclass(frozen=True, kw_only=True)
class New:
    """A step out of many of one occasion: as `record` takes it, without hours and without aid."""

    day: dt.date
    source: Source
    occasion: Occasion
    format: str
    topic: Topic
    partner: Partner
    company: Company | None = None
    contacts_without_firm: int = 0
    grant: str = ""
    measures: Mapping[str, float]


def record_many(*, new: Sequence[New], by: Actor) -> list[Step]:
    """`record` for many at once, in a few statements. All have one kind and role of source, and none of these stands:
    whoever calls holds the lock of what they come from. Raises DomainError: what `record` raises of these.
    """
    if not new:
        return []
    for row in new:
        check(row.company, "", row.contacts_without_firm, row.format, (), Decimal(0), row.measures)
    kinds = {(row.source.kind, row.source.role) for row in new}
    if len(kinds) > 1:
        raise ValueError("All sources are of one kind.")
    ((kind, role),) = kinds
    with transaction.atomic():
        before = Step.objects.filter(source_kind=kind, source_role=role, reverses=None)
        before = before.filter(source_uuid__in=[row.source.uuid for row in new])
        rounds = dict(before.order_by("source_round").values_list("source_uuid", "source_round"))
        made = Step.objects.bulk_create(
            Step(
                day=row.day,
                company=row.company,
                occasion_kind=row.occasion.kind,
                occasion_uuid=row.occasion.uuid,
                contacts_without_firm=row.contacts_without_firm,
                format=row.format,
                topic=row.topic,
                partner=row.partner,
                grant=row.grant,
                measures=dict(row.measures),
                **_columns(row.source),
                source_round=rounds.get(row.source.uuid, -1) + 1,
            )
            for row in new
        )
        audit.record_many(Event.STEP_RECORDED, by=by, subjects=[(step, {"source": step.source_uuid}) for step in made])
    return made


def reverse(*, step: Step, by: Actor) -> Step:
    """Take `step` back, once. The reversing step repeats it and counts as minus one; both then figure nowhere.

    After that the same source may be recorded anew. Raises DomainError: step_is_reversal, reversed_already.
    """
    with transaction.atomic():
        taken = Step.objects.select_for_update(no_key=True).get(pk=step.pk)
        if taken.reverses_id is not None:
            raise DomainError("step_is_reversal")
        if _is_reversed(taken):
            raise DomainError("reversed_already")
        reversing = copy(taken)
        reversing.pk, reversing.uuid, reversing.recorded_at, reversing.reverses = None, uuid4(), clock.now(), taken
        reversing.save(force_insert=True)
        audit.record(Event.STEP_REVERSED, by=by, subject=reversing, references={"reverses": taken.uuid})
    return reversing


def blank_staff(*, staff_number: UUID, by: Actor) -> int:
    """Forget who gave these hours; the partner's hours stay. Gives the number of rows."""
    with transaction.atomic():
        rows = Contribution.objects.filter(staff_number=staff_number)
        steps = list(Step.objects.filter(contributions__in=rows).distinct())
        count = rows.update(staff_number=None)
        for step in steps:
            audit.record(Event.STAFF_BLANKED, by=by, subject=step, changed=["staff_number"])
    return count


def standing(*, source: Source) -> Step | None:
    """The step recorded for `source`, unless it was taken back."""
    last = _last(source)
    return None if last is None or _is_reversed(last) else last


def _columns(source: Source) -> dict[str, object]:
    return {"source_kind": source.kind, "source_uuid": source.uuid, "source_role": source.role}


def _last(source: Source) -> Step | None:
    return Step.objects.filter(**_columns(source), reverses=None).order_by("-source_round").first()


def _is_reversed(step: Step) -> bool:
    return Step.objects.filter(reverses=step).exists()
