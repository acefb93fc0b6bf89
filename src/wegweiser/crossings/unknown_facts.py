"""What a report does not know of a firm, said: each fact counts from the first day on that nobody knew it."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from wegweiser.companies import queries as companies
from wegweiser.companies.actions import facts
from wegweiser.companies.locks import lock_firm
from wegweiser.companies.models import Company
from wegweiser.journey import gaps
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


def fill(*, company: Company, chosen: Mapping[str, str], start: dt.date, end: dt.date, grant: str, by: Actor) -> None:
    """`chosen` are values by kind of fact; all are kept or none. What was only just filled in keeps its day.

    Raises DomainError: company_restricted, not_reached, and what `facts.declare` raises.
    """
    with transaction.atomic():
        root, *_ = lock_firm(company)
        if root.restricted_at is not None:
            raise DomainError("company_restricted")
        gap = gaps.gap_of(root, start=start, end=end, grant=grant)
        if gap is None:
            raise DomainError("not_reached")
        for kind, value in chosen.items():
            if value == gap.known.get(kind):
                continue
            since = gap.since.get(kind)
            if since is None:
                known = companies.fact(root, kind, gap.last)
                since = known.valid_from if known else gap.last
            facts.declare(company=root, kind=kind, value=value, valid_from=since, by=by)
