"""Mistakes on a timeline: a step is taken back with a reason, or stands at another firm from now on.

The wrong step stays where it was, marked as taken back; figures leave it out.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction

from wegweiser.companies import queries as companies
from wegweiser.companies.models import Company
from wegweiser.consortium.models import Topic
from wegweiser.journey import reasons
from wegweiser.journey.actions import plans, steps
from wegweiser.journey.events import Event
from wegweiser.journey.models import AidReservation, Format, Reversal, Step
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

LONGEST_REASON = reasons.LONGEST
LONGEST_TALK = 16 * 60  # minutes


def take_back(*, step: Step, reason: str, by: Actor) -> Step:
    """`step` counts no more and is shown as taken back, with `reason`. Gives the reversing step.

    Raises DomainError: reason_missing, reason_too_long, step_is_reversal, reversed_already.
    """
    reason = reasons.checked(reason)
    with transaction.atomic():
        reversing = steps.reverse(step=step, by=by)
        Reversal.objects.create(step=reversing, reason=reason)
    return reversing


def move(*, step: Step, company: Company, reason: str, by: Actor) -> Step:
    """`step` belongs to `company`: taken back where it was, recorded there as it was. Gives the new step.

    What it proved goes along: the promise of aid that it kept names the new step, and so does a plan of `company`
    that it ticked off. The plan of any other firm loses its proof.
    Raises DomainError: same_company_already, what `take_back` raises, and what `steps.record` raises about aid.
    """
    with transaction.atomic():
        take_back(step=step, reason=reason, by=by)
        company = Company.objects.select_related("canonical").get(pk=company.pk)
        if step.company_id and companies.same_firm(company).filter(pk=step.company_id).exists():
            raise DomainError("same_company_already", field="company")
        return _record_again(
            step,
            by=by,
            company=companies.root_of(company),
            # Who had no firm until now was this one.
            contacts_without_firm=step.contacts_without_firm
            if step.company_id
            else max(0, step.contacts_without_firm - 1),
        )


def put_right(
    *,
    step: Step,
    day: dt.date,
    minutes: int,
    topic: Topic,
    format: str,  # noqa: A002
    grant: str,
    reason: str,
    by: Actor,
) -> Step:
    """`step` was entered wrongly: taken back, and recorded as it was. Hours go with the minutes. Gives the new step.

    Raises DomainError: day_in_future, minutes_out_of_range, format_unknown, nothing_changed, and as `move`.
    """
    if day > clock.today():
        raise DomainError("day_in_future", field="day")
    if not 0 < minutes <= LONGEST_TALK:
        raise DomainError("minutes_out_of_range", field="minutes")
    if format not in Format.values:
        raise DomainError("format_unknown", field="format")
    before = step.measures.get("minutes")
    if (day, minutes, topic.pk, format) == (step.day, before, step.topic_id, step.format):
        raise DomainError("nothing_changed")
    share = Decimal(minutes) / Decimal(str(before)) if before else Decimal(1)
    with transaction.atomic():
        take_back(step=step, reason=reason, by=by)
        measures = {**step.measures, "minutes": minutes}
        return _record_again(
            step, by=by, share=share, day=day, topic=topic, format=format, grant=grant, measures=measures
        )


def follow_occasion(*, step: Step, day: dt.date, topic: Topic, grant: str, reason: str, by: Actor) -> Step:
    """The occasion of `step` was on another day, or about something else: taken back, and recorded as it was.

    Raises DomainError: day_in_future, and as `move`.
    """
    if day > clock.today():
        raise DomainError("day_in_future", field="day")
    with transaction.atomic():
        take_back(step=step, reason=reason, by=by)
        return _record_again(step, by=by, day=day, topic=topic, grant=grant)


def _record_again(step: Step, *, by: Actor, share: Decimal = Decimal(1), **changed: Any) -> Step:
    """A new round of the same source, with what is `changed` and this share of the hours."""
    hours = [
        steps.Hours(row.partner, (row.hours * share).quantize(Decimal("0.01")), row.staff_number)
        for row in step.contributions.select_related("partner")
    ]
    given = {
        "day": step.day,
        "format": step.format,
        "topic": step.topic,
        "company": step.company,
        "other_recipient": step.other_recipient,
        "contacts_without_firm": step.contacts_without_firm,
        "grant": step.grant,
        "measures": step.measures,
        **changed,
    }
    if "company" in changed:
        given["other_recipient"] = ""
    recorded = steps.record(
        **given,
        source=steps.Source(step.source_kind, step.source_uuid, step.source_role),
        occasion=steps.Occasion(step.occasion_kind, step.occasion_uuid),
        partner=step.partner,
        contributions=hours,
        aid=step.aid,
        aid_basis=step.aid_basis,
        by=by,
    )
    AidReservation.objects.filter(step=step).update(step=recorded)
    plans.follow(step=step, moved=recorded, by=by)
    return recorded


def blank_reason(*, reversal: Reversal, by: Actor) -> None:
    """Forget why a step was taken back; that it was stays."""
    with transaction.atomic():
        reversal.reason = ""
        reversal.save(update_fields=["reason"])
        audit.record(Event.REASON_BLANKED, by=by, subject=reversal, changed=["reason"])
