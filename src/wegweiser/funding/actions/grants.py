"""Grants as their notices define them."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from wegweiser.funding.actions import targets as promises
from wegweiser.funding.events import Event
from wegweiser.funding.models import Grant
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.money import euros


def define(
    *,
    slug: str,
    title: Mapping[str, str],
    funder: Mapping[str, str],
    amount: Decimal | int,
    starts_on: dt.date,
    ends_on: dt.date,
    logo_line: Mapping[str, str] | None = None,
    note: str = "",
    targets: Mapping[str, Decimal | int] | None = None,
    by: Actor,
) -> Grant:
    """The grant `slug`, made or brought to what is given; the same again changes nothing.

    `targets` (indicator → value over the whole grant) are set where given; those not named stay.
    """
    if ends_on < starts_on:
        raise DomainError("ends_before_start", field="ends_on")
    columns = {
        "title": dict(title),
        "funder": dict(funder),
        "amount": euros(amount),
        "starts_on": starts_on,
        "ends_on": ends_on,
        "logo_line": dict(logo_line or {}),
        "note": note,
    }
    with transaction.atomic():
        grant, created = Grant.objects.select_for_update(no_key=True).get_or_create(slug=slug, defaults=columns)
        changed = [name for name, value in columns.items() if getattr(grant, name) != value]
        if created:
            audit.record(Event.GRANT_DEFINED, by=by, subject=grant)
        elif changed:
            for name in changed:
                setattr(grant, name, columns[name])
            grant.save(update_fields=changed)
            audit.record(Event.GRANT_CHANGED, by=by, subject=grant, changed=changed)
        for indicator, value in (targets or {}).items():
            promises.promise(grant=grant, indicator=indicator, value=value, by=by)
    return grant
