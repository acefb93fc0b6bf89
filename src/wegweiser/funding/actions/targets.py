"""Targets of the work plan, one for an indicator over the whole grant."""

from decimal import Decimal

from django.db import transaction

from wegweiser.funding.events import Event
from wegweiser.funding.models import Grant, Target
from wegweiser.journey.counting import counting
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


def promise(*, grant: Grant, indicator: str, value: Decimal | int, by: Actor) -> Target:
    """The work plan promises `value`. The same again changes nothing. Raises indicator_unknown, target_negative."""
    if indicator not in counting().indicators:
        raise DomainError("indicator_unknown", field="indicator")
    if value < 0:
        raise DomainError("target_negative", field="value")
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
