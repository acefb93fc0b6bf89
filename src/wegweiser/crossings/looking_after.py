"""Who looks after a firm: whoever answered for its latest case, else the centre's lead."""

from wegweiser.companies import queries as companies
from wegweiser.companies.models import Company
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Dated, Member, Partner
from wegweiser.enquiries.models import Case
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError


def of(company: Company) -> tuple[Partner, Member | None]:
    """The partner of the firm's latest case and who took it, as long as they work there.

    Raises DomainError("no_partner").
    """
    cases = Case.objects.filter(company__in=companies.same_firm(company)).select_related("partner", "adviser")
    case = cases.order_by("-recorded_at", "-id").first()
    if case is None:
        lead = consortium.lead()
        if lead is None:
            raise DomainError("no_partner", "Nobody leads the consortium today.", field="partner")
        return lead, None
    member = case.adviser
    works = member and member.memberships.filter(Dated.on(clock.today()), partner=case.partner).exists()
    return case.partner, member if works else None
