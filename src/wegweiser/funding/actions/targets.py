"""Targets of the work plan, one for an indicator over the whole grant."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from wegweiser.funding.events import Event
from wegweiser.funding.models import Grant, Target
from wegweiser.journey.counting import counting
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

MOST = 1_000_000_000


def promise(*, grant: Grant, indicator: str, value: Decimal | int, by: Actor) -> Target:
    """The work plan promises `value`. The same again changes nothing.

    Raises indicator_unknown, target_negative, target_too_large.
    """
    if indicator not in counting().indicators:
        raise DomainError("indicator_unknown", field="indicator")
    if value < 0:
        raise DomainError("target_negative", field="value")
    if value > MOST:
        raise DomainError("target_too_large", field="value")
    with transaction.atomic():
        target, created = Target.objects.select_for_update(no_key=True).get_or_create(
            grant=grant, indicator=indicator, defaults={"value": value}
        )
        if created or target.value != value:
            target.value = Decimal(value)
            target.save(update_fields=["value"])
            audit.record(Event.TARGET_SET, by=by, subject=target, changed=[indicator], references={"grant": grant.uuid})
    return target


def drop(*, target: Target, by: Actor) -> Grant:
    """The work plan no longer promises it."""
    with transaction.atomic():
        audit.record(
            Event.TARGET_DROPPED,
            by=by,
            subject=target,
            changed=[target.indicator],
            references={"grant": target.grant.uuid},
        )
        target.delete()
    return target.grant


def plan(*, grant: Grant, values: Mapping[str, Decimal | int | None], by: Actor) -> Grant:
    """All of them at once, or none: None drops a target, what is not named stays. The field of an error is its key."""
    with transaction.atomic():
        known = {target.indicator: target for target in Target.objects.filter(grant=grant)}
        for indicator, value in values.items():
            if value is None:
                if indicator in known:
                    drop(target=known[indicator], by=by)
                continue
            try:
                promise(grant=grant, indicator=indicator, value=value, by=by)
            except DomainError as error:
                raise DomainError(error.code, field=indicator) from error
    return grant
