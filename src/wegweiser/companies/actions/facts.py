"""Facts of a company are dated and never overwritten, so a frozen report stays what it was."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from wegweiser.companies import activities, claims, queries
from wegweiser.companies.events import Event
from wegweiser.companies.locks import lock_firm
from wegweiser.companies.models import Company, Fact
from wegweiser.companies.row_values import CONTACT, SAID
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


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


def classify(*, company: Company, edition: int, code: str, since: dt.date, by: Actor) -> Fact:
    """From a day on the firm has this code of the classification of economic activities; kept with its edition.

    It has to be in the list of that edition, and a letter has to go with the division.
    Raises DomainError: wz_unknown, day_in_future.
    """
    read = activities.read(code, edition=edition) if edition in activities.EDITIONS else None
    if read is None or read.edition != edition:
        raise DomainError("wz_unknown", field="code")
    if since > clock.today():
        raise DomainError("day_in_future", field="since")
    return declare(
        company=company, kind=Fact.Kind.WZ, value=read.code, details={"edition": edition}, valid_from=since, by=by
    )


def change(*, company: Company, kind: str, value: str, since: dt.date, seen: Fact | None, by: Actor) -> Fact:
    """It was right until now and is `value` since a day. `seen` is what somebody looked at when they said so.

    Raises DomainError: day_in_future, change_before_known, changed_meanwhile.
    """
    if since > clock.today():
        raise DomainError("day_in_future", field="since")
    with transaction.atomic():
        _ensure_still(company, kind, seen)
        if seen is not None and since <= seen.valid_from:
            raise DomainError("change_before_known", field="since")
        return declare(company=company, kind=kind, value=value, valid_from=since, by=by)


def put_right(*, fact: Fact, value: str, by: Actor) -> Fact:
    """As `correct`, of what counts for the firm today; if that is another by now, DomainError("changed_meanwhile")."""
    with transaction.atomic():
        _ensure_still(fact.company, fact.kind, fact)
        if fact.value == value:
            return fact
        return correct(fact=fact, value=value, details={}, by=by)


def _ensure_still(company: Company, kind: str, seen: Fact | None) -> None:
    """Under a lock, because two may look at the same and say different things."""
    lock_firm(company)
    if queries.known(company, kind, clock.today()) != seen:
        raise DomainError("changed_meanwhile")


def reach_back(*, company: Company, day: dt.date, by: Actor) -> None:
    """There was a contact with the firm on `day`: what a list tells of it holds from then on, not from the import on.

    Only where nothing is known of that day, and never what a person said, be it the value or since when a list holds:
    that keeps its day. Rows are added and none is changed, so a frozen report stays what it was.
    """
    first: dict[str, Fact] = {}
    for row in Fact.objects.filter(company__in=queries.same_firm(company)).order_by("valid_from", "id"):
        first.setdefault(row.kind, row)
    for kind, row in first.items():
        if row.valid_from <= day or row.origin != Fact.Origin.IMPORT:
            continue
        told = queries.known(company, kind, row.valid_from)
        if told is None or not told.value or told.details.get("since") == SAID:
            continue
        if told.origin == Fact.Origin.IMPORT:
            declare(
                company=told.company,
                kind=kind,
                value=told.value,
                valid_from=day,
                origin=told.origin,
                details={**told.details, "since": CONTACT},
                by=by,
            )


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
