"""Many steps in one go, for a history that is complete when it comes: a few statements instead of thousands."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction

from wegweiser.companies.models import Company
from wegweiser.consortium.models import Partner, Topic
from wegweiser.journey.actions.steps import Occasion, Source
from wegweiser.journey.events import Event
from wegweiser.journey.models import Contribution, Step
from wegweiser.journey.served import Hours, check
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One step to come, as `steps.record` takes it; aid is not granted in bulk."""

    day: dt.date
    source: Source
    occasion: Occasion
    format: str
    topic: Topic
    partner: Partner
    company: Company | None = None
    other_recipient: str = ""
    contacts_without_firm: int = 0
    grant: str = ""
    contributions: tuple[Hours, ...] = ()
    measures: Mapping[str, float] = field(default_factory=dict)


def record_many(*, happened: Iterable[Happened], by: Actor) -> int:
    """All of `happened` or nothing; each source has to be new. One audit row names the first step and the number.

    Raises DomainError as `steps.record` does.
    """
    rows = []
    for one in happened:
        nothing = Decimal(0)
        given = (one.company, one.other_recipient, one.contacts_without_firm, one.format, one.contributions)
        check(*given, nothing, one.measures)
        rows.append((_step(one), one.contributions))
    if not rows:
        return 0
    with transaction.atomic():
        Step.objects.bulk_create([step for step, _ in rows], batch_size=500)
        Contribution.objects.bulk_create(
            [
                Contribution(step=step, partner=row.partner, staff_number=row.staff_number, hours=row.hours)
                for step, hours in rows
                for row in hours
            ],
            batch_size=500,
        )
        audit.record(Event.STEPS_RECORDED, by=by, subject=rows[0][0])
    return len(rows)


def _step(one: Happened) -> Step:
    return Step(
        day=one.day,
        company=one.company,
        other_recipient=one.other_recipient,
        occasion_kind=one.occasion.kind,
        occasion_uuid=one.occasion.uuid,
        contacts_without_firm=one.contacts_without_firm,
        format=one.format,
        topic=one.topic,
        partner=one.partner,
        grant=one.grant,
        measures=dict(one.measures),
        source_kind=one.source.kind,
        source_uuid=one.source.uuid,
        source_role=one.source.role,
    )
