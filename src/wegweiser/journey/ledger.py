"""The state-aid ledger of one undertaking, read from what is stored. The undertaking is for now the firm itself:
every company with the same canonical id."""

import datetime as dt
from collections.abc import Collection
from decimal import Decimal

from django.db.models import Q

from wegweiser.companies import sizes
from wegweiser.companies.locks import lock_firm
from wegweiser.companies.models import Company
from wegweiser.journey import aid
from wegweiser.journey.models import AidReservation, DeclaredAid, Step
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError


def awards(companies: Collection[int]) -> list[aid.Award]:
    """All aid these companies got, the oldest first: our own steps that stand, and what they got elsewhere."""
    own = Step.objects.filter(company__in=companies, aid__gt=0, reverses=None, reversed_by=None)
    elsewhere = DeclaredAid.objects.filter(company__in=companies)
    rows = [aid.Award(step.day, step.aid, step.aid_basis, "own", str(step.uuid)) for step in own.order_by("day", "id")]
    rows += [
        aid.Award(row.granted_on, row.amount, row.rule, row.source, str(row.uuid), row.granting_body)
        for row in elsewhere.order_by("granted_on", "id")
    ]
    return sorted(rows, key=lambda award: award.day)


def promises(companies: Collection[int], *, on: dt.date) -> list[aid.Promise]:
    """What is reserved for these companies on the day `on`."""
    rows = AidReservation.objects.filter(company__in=companies, expires_on__gte=on)
    if on >= clock.today():
        rows = rows.filter(released_at=None)
    else:  # a look back: as it stood in the evening of that day
        evening = clock.at(on + dt.timedelta(days=1))
        rows = rows.filter(recorded_at__lt=evening).filter(Q(released_at=None) | Q(released_at__gte=evening))
    return [aid.Promise(row.amount, row.rule, row.expires_on) for row in rows.order_by("id")]


def lock(company: Company) -> list[Company]:
    """Lock the undertaking of `company`; its rows, the firm itself first. Read the ledger only after this."""
    return lock_firm(company)


def ensure_fits(company: Company, *, amount: Decimal, rule: str, day: dt.date) -> None:
    """Lock the undertaking and check that the whole amount fits. To be called in the transaction that writes.

    Raises DomainError("aid_exceeds_ceiling"): aid is given whole or not at all (Article 3(7)).
    """
    in_force = aid.rule(rule, day=day)
    companies = [row.pk for row in lock(company)]
    today = clock.today()
    free = aid.grantable(awards(companies), promises(companies, on=today), rule=in_force, day=day, today=today)
    if amount > free:
        raise DomainError("aid_exceeds_ceiling", f"EUR {free} of {in_force.ceiling} are left.", field="aid")


def ensure_size(company: Company, *, rule: str, day: dt.date) -> None:
    """Until aid is granted the firm's own word suffices; then its size by the definition of the EU counts.

    Raises DomainError: aid_needs_eu_size, aid_for_smes_only.
    """
    size = sizes.by_definition(company, on=day)
    if size is None:
        raise DomainError("aid_needs_eu_size", f"No size by {sizes.RULE} holds on {day}.", field="company")
    if aid.rule(rule, day=day).sme_only and not size.details["sme"]:
        raise DomainError("aid_for_smes_only", field="company")
