"""Facts of a company are dated and never overwritten, so a frozen report stays what it was."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from wegweiser.companies import claims, queries
from wegweiser.companies.events import Event
from wegweiser.companies.models import Company, Fact, Size
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor

SIZES = ((9, Size.MICRO), (49, Size.SMALL), (249, Size.MEDIUM))  # headcount up to and including


def _size_class(headcount: int) -> Size:
    """The size class by headcount alone (Recommendation 2003/361/EC)."""
    return next((size for most, size in SIZES if headcount <= most), Size.LARGE)


def declare(
    *,
    company: Company,
    kind: str,
    value: str,
    valid_from: dt.date,
    origin: str = Fact.Origin.ADVISER,
    details: Mapping[str, Any] | None = None,
    by: Actor,
) -> Fact:
    """From `valid_from` on, `value` is known of `company`; an empty value says that it is unknown again.

    Saying again what holds already on that day writes nothing and gives the row that says so.
    """
    claims.check(kind, value, origin)
    details = dict(details or {})
    with transaction.atomic():
        known = queries.fact(company, kind, valid_from)
        if known is not None and (known.value, known.details) == (value, details):
            return known
        fact = Fact.objects.create(
            company=company,
            kind=kind,
            value=value,
            details=details,
            valid_from=valid_from,
            origin=origin,
            by=str(by),
        )
        audit.record(Event.FACT_DECLARED, by=by, subject=fact, changed=[kind], references={"company": company.uuid})
    return fact


def correct(*, fact: Fact, value: str, details: Mapping[str, Any] | None = None, by: Actor) -> Fact:
    """`fact` was wrong from its first day: a new row for the same day takes its place, the old one stays."""
    claims.check(fact.kind, value, fact.origin)
    with transaction.atomic():
        corrected = Fact.objects.create(
            company=fact.company,
            kind=fact.kind,
            value=value,
            details=dict(fact.details if details is None else details),
            valid_from=fact.valid_from,
            origin=fact.origin,
            by=str(by),
        )
        audit.record(
            Event.FACT_CORRECTED, by=by, subject=corrected, changed=[fact.kind], references={"corrects": fact.uuid}
        )
    return corrected
