"""Mistakes on a timeline: a step is taken back with a reason, or stands at another firm from now on.

The wrong step stays where it was, marked as taken back; figures leave it out.
"""

from django.db import transaction

from wegweiser.companies import queries as companies
from wegweiser.companies.models import Company
from wegweiser.journey.actions import plans, steps
from wegweiser.journey.events import Event
from wegweiser.journey.models import AidReservation, Reversal, Step
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

LONGEST_REASON = 300  # characters


def take_back(*, step: Step, reason: str, by: Actor) -> Step:
    """`step` counts no more and is shown as taken back, with `reason`. Gives the reversing step.

    Raises DomainError: reason_missing, reason_too_long, step_is_reversal, reversed_already.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise DomainError("reason_missing", field="reason")
    if len(reason) > LONGEST_REASON:
        raise DomainError("reason_too_long", field="reason")
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
        moved = steps.record(
            day=step.day,
            source=steps.Source(step.source_kind, step.source_uuid, step.source_role),
            occasion=steps.Occasion(step.occasion_kind, step.occasion_uuid),
            format=step.format,
            topic=step.topic,
            partner=step.partner,
            company=companies.root_of(company),
            # Who had no firm until now was this one.
            contacts_without_firm=step.contacts_without_firm
            if step.company_id
            else max(0, step.contacts_without_firm - 1),
            grant=step.grant,
            contributions=[
                steps.Hours(row.partner, row.hours, row.staff_number)
                for row in step.contributions.select_related("partner")
            ],
            aid=step.aid,
            aid_basis=step.aid_basis,
            measures=step.measures,
            by=by,
        )
        AidReservation.objects.filter(step=step).update(step=moved)
        plans.follow(step=step, moved=moved, by=by)
    return moved


def blank_reason(*, reversal: Reversal, by: Actor) -> None:
    """Forget why a step was taken back; that it was stays."""
    with transaction.atomic():
        reversal.reason = ""
        reversal.save(update_fields=["reason"])
        audit.record(Event.REASON_BLANKED, by=by, subject=reversal, changed=["reason"])
