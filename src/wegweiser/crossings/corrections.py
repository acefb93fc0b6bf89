"""Putting right at which firm something happened: the step, and where wanted the enquiry it came from."""

from django.db import transaction

from wegweiser.companies import queries as known
from wegweiser.companies.actions import companies
from wegweiser.companies.models import Company
from wegweiser.crossings import thread_steps
from wegweiser.enquiries.actions import cases
from wegweiser.journey.actions import corrections
from wegweiser.journey.models import Step
from wegweiser.kernel.actor import Actor


def move(
    *,
    step: Step,
    company: Company | None = None,
    firm: str = "",
    reason: str,
    with_case: bool = False,
    by: Actor,
) -> Step:
    """`step` happened at `company`, or at a firm nobody knows yet, named `firm`. Gives the step that stands now.

    `with_case`: the enquiry it came from is this firm's too. What else came from there is put right one by one.
    """
    with transaction.atomic():
        if company is None:
            company = companies.find_or_create(name=firm, is_another=True, by=by)
        moved = corrections.move(step=step, company=company, reason=reason, by=by)
        case = thread_steps.case_of(step) if with_case else None
        if case is not None:
            cases.link(case=case, company=known.root_of(company), by=by)
    return moved
