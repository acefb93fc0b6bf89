"""Putting right at which firm something happened: the step, and where wanted the enquiry it came from."""

import datetime as dt

from django.db import transaction

from wegweiser.companies import queries as known
from wegweiser.companies.actions import companies
from wegweiser.companies.models import Company
from wegweiser.consortium.models import Topic
from wegweiser.crossings import askers, talks, thread_steps
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

    `with_case`: the enquiry it came from is this firm's too, and so is who asked, unless anything else says that they
    are of the other firm. What else came from there is put right one by one.
    """
    with transaction.atomic():
        if company is None:
            company = companies.find_or_create(name=firm, is_another=True, by=by)
        moved = corrections.move(step=step, company=company, reason=reason, by=by)
        case = thread_steps.case_of(step) if with_case else None
        if case is not None:
            before = case.company
            cases.link(case=case, company=known.root_of(company), by=by)
            if case.person is not None and before is not None:
                askers.take_along(case.person, case=case, instead_of=before, company=known.root_of(company), by=by)
    return moved


def put_right(
    *,
    step: Step,
    day: dt.date,
    minutes: int,
    topic: Topic,
    format: str,  # noqa: A002
    reason: str,
    by: Actor,
) -> Step | None:
    """The talk or visit was of that day and that long, on that topic. Gives the step that stands now.

    None where it was too short to count: then it only stands in the thread, as such a talk always does.
    """
    with transaction.atomic():
        if not talks.counts(step.occasion_kind, day, minutes):
            corrections.take_back(step=step, reason=reason, by=by)
            return None
        grant = step.grant if day == step.day else thread_steps.grant_on(day)
        return corrections.put_right(
            step=step, day=day, minutes=minutes, topic=topic, format=format, grant=grant, reason=reason, by=by
        )
