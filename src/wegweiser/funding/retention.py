"""Firms that were reached under a grant can be named to its funder until the proof of use is beyond audit."""

import datetime as dt
from collections.abc import Iterable

from wegweiser.companies import queries as companies
from wegweiser.funding.models import Grant
from wegweiser.journey.models import Step
from wegweiser.kernel import erasure

PROOF_DUE = dt.timedelta(days=184)  # the last day for the proof of use: six months after the end of the grant


@erasure.proof("companies.Company", purpose="proof", starts="proof of use submitted")
def _reached(since: dt.date) -> Iterable[int]:
    audited = Grant.objects.filter(ends_on__gte=since - PROOF_DUE).values("slug")
    reached = Step.objects.filter(grant__in=audited, company__isnull=False).values_list("company_id", flat=True)
    return companies.families(set(reached))
