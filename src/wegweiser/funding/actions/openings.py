"""Opening balances: what was reached before the steps begin, as a figure apart from everything that is proven."""

import datetime as dt

from django.db import transaction

from wegweiser.funding.events import Event
from wegweiser.funding.models import Grant, OpeningBalance
from wegweiser.journey import reasons
from wegweiser.journey.counting import counting
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

MOST = 1_000_000


def set(  # noqa: A001
    *, grant: Grant, indicator: str, value: int, day: dt.date, reason: str, by: Actor
) -> OpeningBalance:
    """Up to `day` so much was reached that no step proves; `reason` says how that is known. Nought takes it away.

    What was said before stays written down. Raises DomainError: indicator_unknown, opening_out_of_range,
    day_in_future, day_outside_grant, reason_missing, reason_too_long.
    """
    if indicator not in counting().indicators:
        raise DomainError("indicator_unknown", field="indicator")
    if not 0 <= value <= MOST:
        raise DomainError("opening_out_of_range", field="value")
    if day > clock.today():
        raise DomainError("day_in_future", field="day")
    if not grant.starts_on <= day <= grant.ends_on:
        raise DomainError("day_outside_grant", field="day")
    reason = reasons.checked(reason)
    with transaction.atomic():
        balance = OpeningBalance.objects.create(
            grant=grant, indicator=indicator, value=value, day=day, reason=reason, by=str(by)
        )
        audit.record(Event.OPENING_SET, by=by, subject=balance, changed=[indicator], references={"grant": grant.uuid})
    return balance
