"""Which steps of a list are of the same firm, told to outsiders without telling them which firm it is."""

import datetime as dt

from django.utils.crypto import salted_hmac

from wegweiser.companies import queries as companies
from wegweiser.funding.models import Grant
from wegweiser.journey.models import Step

LENGTH = 10  # hexadecimal digits: two of a hundred thousand firms have the same once in two hundred grants


class Codes:
    """A code for each firm, another under each grant, the same for all rows that were one firm at a moment."""

    def __init__(self, grant: Grant, *, recorded_by: dt.datetime | None) -> None:
        self._grant = grant
        self._roots = companies.roots(recorded_by=recorded_by)

    def of(self, step: Step) -> str | None:
        """None where a step belongs to no firm."""
        if step.company_id is None:
            return None
        firm = self._roots.get(step.company_id, step.company_id)
        return salted_hmac("wegweiser.funding.evidence", f"{self._grant.slug}/{firm}").hexdigest()[:LENGTH]
