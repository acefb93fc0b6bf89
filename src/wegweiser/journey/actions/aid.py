"""State aid: reserved when it is promised, granted as a step, never beyond the ceiling, whole or not at all.

One protocol: lock the undertaking, then read its ledger, then write, in one transaction.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db import transaction

from wegweiser.companies.models import Company
from wegweiser.consortium.models import Partner, Topic
from wegweiser.journey import aid as rules
from wegweiser.journey import ledger
from wegweiser.journey.actions import steps
from wegweiser.journey.actions.steps import Hours, Occasion, Source
from wegweiser.journey.events import Event
from wegweiser.journey.models import AidReservation, DeclaredAid, Step
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.money import euros


def reserve(
    *, company: Company, amount: Decimal | int, expires_on: dt.date, rule: str | None = None, by: Actor
) -> AidReservation:
    """Hold `amount` EUR of the headroom until `expires_on`, by default of the de-minimis rule in force today.

    Raises DomainError: aid_not_positive, reservation_in_the_past, aid_rule_not_in_force, aid_exceeds_ceiling.
    """
    amount, today = euros(amount), clock.today()
    if amount <= 0:
        raise DomainError("aid_not_positive", field="amount")
    if expires_on < today:
        raise DomainError("reservation_in_the_past", field="expires_on")
    key = rule or rules.de_minimis(today).key
    with transaction.atomic():
        ledger.ensure_fits(company, amount=amount, rule=key, day=today)
        reservation = AidReservation.objects.create(company=company, amount=amount, rule=key, expires_on=expires_on)
        audit.record(Event.AID_RESERVED, by=by, subject=reservation, references={"company": company.uuid})
    return reservation


def release(*, reservation: AidReservation, by: Actor) -> AidReservation:
    """Drop the promise. Dropping it twice changes nothing."""
    with transaction.atomic():
        row = _locked(reservation)
        if row.released_at is None:
            row.released_at = clock.now()
            row.save(update_fields=["released_at"])
            audit.record(Event.AID_RELEASED, by=by, subject=row)
    return row


def grant(
    *,
    reservation: AidReservation,
    day: dt.date,
    source: Source,
    occasion: Occasion,
    format: str,  # noqa: A002  (the column's name)
    topic: Topic,
    partner: Partner,
    grant: str = "",
    contributions: Iterable[Hours] = (),
    measures: Mapping[str, float] | None = None,
    by: Actor,
) -> Step:
    """Keep the promise: the reserved amount becomes the aid of a step on `day`, the day the right to it arises.

    Granting twice gives the first step. Raises DomainError: reservation_released, reservation_expired,
    source_recorded_already, and those of `steps.record`.
    """
    with transaction.atomic():
        row = _locked(reservation)
        if row.step is not None:
            return row.step
        if row.released_at is not None:
            raise DomainError("reservation_released")
        if row.expires_on < clock.today():
            raise DomainError("reservation_expired")
        if steps.standing(source=source) is not None:
            raise DomainError("source_recorded_already", field="source")
        row.released_at = clock.now()  # before the step is checked, so that the promise does not count against itself
        row.save(update_fields=["released_at"])
        step = steps.record(
            day=day,
            source=source,
            occasion=occasion,
            format=format,
            topic=topic,
            partner=partner,
            company=row.company,
            grant=grant,
            contributions=contributions,
            aid=row.amount,
            aid_basis=row.rule,
            measures=measures,
            by=by,
        )
        row.step = step
        row.save(update_fields=["step"])
        audit.record(Event.AID_GRANTED, by=by, subject=row, references={"step": step.uuid})
    return step


def declare(
    *,
    company: Company,
    granted_on: dt.date,
    amount: Decimal | int,
    rule: str,
    granting_body: str = "",
    source: str = "declared",
    by: Actor,
) -> DeclaredAid:
    """Aid the company got elsewhere. It is a fact, so it is written down even where it goes beyond the ceiling."""
    amount = euros(amount)
    if amount <= 0:
        raise DomainError("aid_not_positive", field="amount")
    with transaction.atomic():
        ledger.lock(company)
        declared = DeclaredAid.objects.create(
            company=company,
            granted_on=granted_on,
            amount=amount,
            rule=rule,
            source=source,
            granting_body=granting_body,
        )
        audit.record(Event.AID_DECLARED, by=by, subject=declared, references={"company": company.uuid})
    return declared


def _locked(reservation: AidReservation) -> AidReservation:
    """The reservation as it stands, after its undertaking is locked."""
    ledger.lock(reservation.company)
    return AidReservation.objects.select_related("company", "step").get(pk=reservation.pk)
