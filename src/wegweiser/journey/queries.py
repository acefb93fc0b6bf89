"""Reads of what happened to one firm: its timeline, its plan, its state aid."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from wegweiser.companies import accesses
from wegweiser.companies import queries as companies
from wegweiser.companies.models import Company
from wegweiser.journey import aid, ledger
from wegweiser.journey.models import ContactList, ContactRow, Doer, PlannedStep, PlanReader, Step
from wegweiser.kernel import clock


def timeline(company: Company) -> QuerySet[Step]:
    """What happened to the firm, the newest first, across merges. `taken_back` marks what was reversed."""
    return (
        Step.objects.filter(company__in=companies.same_firm(company), reverses=None)
        .annotate(taken_back=Exists(Step.objects.filter(reverses=OuterRef("pk"))))
        .select_related("topic", "partner", "company", "reversed_by__reversal")
        .prefetch_related("contributions__partner")
        .order_by("-day", "-id")
    )


@dataclass(frozen=True)
class Contacts:
    """How often there was something with a firm, and when last."""

    number: int
    last: dt.date


def contacts(firms: Iterable[Company]) -> dict[int, Contacts]:
    """What stands on the timelines of these firms, across merges, by primary key; in one query."""
    rows = (
        Step.objects.filter(reverses=None, reversed_by=None)
        .annotate(root=Coalesce("company__canonical_id", "company_id"))
        .filter(root__in=[firm.pk for firm in firms])
        .order_by()
        .values("root")
        .annotate(number=Count("pk"), last=Max("day"))
    )
    return {row["root"]: Contacts(row["number"], row["last"]) for row in rows}


def last_of(source_kind: str, uuids: Iterable[UUID]) -> dict[UUID, Step]:
    """The step that each source made last, standing or taken back, with why."""
    rows = Step.objects.filter(source_kind=source_kind, source_uuid__in=list(uuids), reverses=None)
    rows = rows.select_related("partner", "reversed_by__reversal").order_by("source_round", "id")
    return {row.source_uuid: row for row in rows}


def successor(step: Step) -> Step | None:
    """The step recorded for the same source after `step` was taken back, if it stands."""
    source = {"source_kind": step.source_kind, "source_uuid": step.source_uuid, "source_role": step.source_role}
    later = Step.objects.filter(**source, source_round__gt=step.source_round, reverses=None, reversed_by=None)
    return later.select_related("company").last()


def reversing(step: Step) -> Step | None:
    """The step that takes `step` back, if one does."""
    found: Step | None = getattr(step, "reversed_by", None)
    return found


def reason(step: Step) -> str:
    """Why `step` was taken back, as far as anybody said and it is still known."""
    back = reversing(step)
    return back.reversal.reason if back is not None and hasattr(back, "reversal") else ""


def plan(company: Company) -> QuerySet[PlannedStep]:
    """What was agreed on as next, in order, across merges."""
    return (
        PlannedStep.objects.filter(company__in=companies.same_firm(company))
        .select_related("step", "company")
        .order_by("position", "id")
    )


def planned(company: Company, uuid: UUID) -> PlannedStep | None:
    """One thing of the firm's plan, across merges; what is another firm's is not there."""
    return plan(company).filter(uuid=uuid).first()


def readers(company: Company) -> QuerySet[PlanReader]:
    """Who may read the firm's plan by a link of theirs: the firm itself, and who of it may see all.

    `asks`: whether they asked to be reminded, by this row or, of merged firms, by another of theirs.
    """
    who = Coalesce("person_id", 0)
    asking = PlanReader.objects.filter(company__in=companies.same_firm(company)).exclude(reminders_since=None)
    rows = PlanReader.objects.filter(company__in=companies.same_firm(company), company__restricted_at=None)
    rows = rows.annotate(who=who, asks=Exists(asking.annotate(who=who).filter(who=OuterRef("who"))))
    rows = rows.exclude(company__canonical__restricted_at__isnull=False).exclude(of_forgotten_firms())
    rows = rows.filter(Q(person=None) | Q(person__in=accesses.may_see_all(company)))
    return rows.select_related("person", "company__canonical").order_by("id")


def same_reader(reader: PlanReader) -> QuerySet[PlanReader]:
    """Every row that is the same reader as `reader`, itself included: firms that were merged may have had one each."""
    return PlanReader.objects.filter(company__in=companies.same_firm(reader.company), person=reader.person_id)


def asked_to_be_reminded(company: Company) -> list[PlanReader]:
    """Who of the readers asked for it, each once."""
    found: dict[int | None, PlanReader] = {}
    for row in readers(company).exclude(reminders_since=None):
        found.setdefault(row.person_id, row)
    return list(found.values())


def of_forgotten_firms() -> Q:
    """The condition that a reader's firm is forgotten: what was sent before opens nothing any more."""
    gone = companies.forgotten().order_by().values("pk")
    return Q(company__in=gone) | Q(company__canonical__in=gone, company__canonical__isnull=False)


def to_remind_of(day: dt.date, *, ahead: dt.timedelta) -> QuerySet[PlannedStep]:
    """What falls due from `day` until `ahead` of it, and is not the centre's turn alone."""
    rows = PlannedStep.objects.filter(done_at=None, dropped_at=None, due_on__gte=day, due_on__lte=day + ahead)
    rows = rows.exclude(doer=Doer.CENTRE)
    return rows.select_related("company__canonical").order_by("due_on", "position", "id")


def centre_s_turn(day: dt.date, *, ahead: dt.timedelta) -> QuerySet[PlannedStep]:
    """What the centre, alone or with the firm, agreed to do by `ahead` of `day`, overdue ones first."""
    rows = PlannedStep.objects.filter(done_at=None, dropped_at=None, due_on__lte=day + ahead).exclude(title="")
    rows = rows.exclude(doer=Doer.COMPANY).exclude(company__restricted_at__isnull=False)
    rows = rows.exclude(company__canonical__restricted_at__isnull=False)
    return rows.select_related("company__canonical").order_by("due_on", "position", "id")


def held_contacts() -> QuerySet[ContactRow]:
    """Rows of lists of past contacts that become an entry only once somebody decided on them."""
    rows = ContactRow.objects.exclude(held="").filter(settled_at=None, undone_at=None)
    return rows.select_related("source").defer("source__content")


def firms_gone_with(source: ContactList) -> int:
    """How many firms that a list founded are found by nobody any more since it was taken back."""
    rows = source.rows.filter(is_founder=True, undone_at__lte=F("company__restricted_at"))
    return rows.order_by().values("company").distinct().count()


def aid_statement(company: Company, on: dt.date | None = None) -> dict[str, Any]:
    """What the firm got, what is reserved and what is left on a day, under the de-minimis rule of that day."""
    on = on or clock.today()
    rule = aid.de_minimis(on)
    rows = list(companies.same_firm(company).order_by("id"))
    ids = [row.pk for row in rows]
    awards, promises = ledger.awards(ids), ledger.promises(ids, on=on)
    limit = rule.limits[0]
    counted = [award for award in awards if award.rule in limit.counts and rule.holds(award.day, day=on)]
    return {
        "on": on.isoformat(),
        "undertaking": [str(row.uuid) for row in rows],
        "rule": rule.key,
        "ceiling": _number(rule.ceiling),
        "used": _number(aid.used(awards, rule=rule, limit=limit, day=on)),
        "reserved": _number(aid.reserved(promises, limit=limit)),
        "headroom": _number(aid.headroom(awards, promises, rule=rule, day=on)),
        "awards": [
            {
                "day": award.day.isoformat(),
                "amount": _number(award.amount),
                "rule": award.rule,
                "source": award.source,
                "granting_body": award.granting_body or None,
                "uuid": award.uuid,
            }
            for award in counted
        ],
    }


def headroom(company: Company, on: dt.date | None = None) -> Decimal:
    """EUR the firm may still get on a day under the de-minimis rule of that day, seen from that day."""
    on = on or clock.today()
    ids = list(companies.same_firm(company).values_list("pk", flat=True))
    return aid.headroom(ledger.awards(ids), ledger.promises(ids, on=on), rule=aid.de_minimis(on), day=on)


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == int(amount) else float(amount)
