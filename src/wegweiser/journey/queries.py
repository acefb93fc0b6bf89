"""Reads of what happened to one firm: its timeline, its plan, its state aid."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from wegweiser.companies import queries as companies
from wegweiser.companies.models import Company
from wegweiser.journey import aid, ledger
from wegweiser.journey.models import PlannedStep, Step
from wegweiser.kernel import clock


def timeline(company: Company) -> QuerySet[Step]:
    """What happened to the firm, the newest first, across merges. `taken_back` marks what was reversed."""
    return (
        Step.objects.filter(company__in=companies.same_firm(company), reverses=None)
        .annotate(taken_back=Exists(Step.objects.filter(reverses=OuterRef("pk"))))
        .select_related("topic", "partner", "company")
        .prefetch_related("contributions__partner")
        .order_by("-day", "-id")
    )


@dataclass(frozen=True)
class Met:
    """How often something happened with a firm, and when last."""

    last: dt.date
    count: int


def met(firms: Iterable[Company]) -> dict[int, Met]:
    """By the id of each firm that stands for itself, across merges and without what was taken back. Two queries."""
    wanted = {firm.pk for firm in firms}
    rows = Company.objects.filter(Q(pk__in=wanted) | Q(canonical__in=wanted)).order_by()
    roots = {pk: canonical or pk for pk, canonical in rows.values_list("pk", "canonical_id")}
    steps = Step.objects.filter(company__in=list(roots), reverses=None, reversed_by=None).order_by()
    found: dict[int, Met] = {}
    for company, last, count in steps.values_list("company").annotate(last=Max("day"), count=Count("id")):
        before = found.get(roots[company], Met(last, 0))
        found[roots[company]] = Met(max(last, before.last), before.count + count)
    return found


def plan(company: Company) -> QuerySet[PlannedStep]:
    """What was agreed on as next, in order, across merges."""
    return (
        PlannedStep.objects.filter(company__in=companies.same_firm(company))
        .select_related("step")
        .order_by("position", "id")
    )


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
