"""Who looks after a firm: whoever answered for its latest case, else the centre's lead."""

from collections.abc import Iterable

from django.db.models.functions import Coalesce

from wegweiser.companies.models import Company
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Dated, Member, Membership, Partner
from wegweiser.enquiries.models import Case
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError


def of(company: Company) -> tuple[Partner, Member | None]:
    """The partner of the firm's latest case and who took it, as long as they work there.

    Raises DomainError("no_partner").
    """
    found = of_several([company]).get(company.pk)
    if found is None:
        raise DomainError("no_partner", "Nobody leads the consortium today.", field="partner")
    return found


def of_several(firms: Iterable[Company]) -> dict[int, tuple[Partner, Member | None]]:
    """The same of these firms, by their primary keys, in four queries.

    A firm without a case is missing where nobody leads the consortium today.
    """
    rows = Company.objects.filter(pk__in={firm.pk for firm in firms}).order_by()
    roots = dict(rows.values_list("pk", Coalesce("canonical_id", "pk")))  # as it stands in the database now
    if not roots:
        return {}
    cases = Case.objects.annotate(root=Coalesce("company__canonical_id", "company_id"))
    cases = cases.filter(root__in=set(roots.values())).select_related("partner", "adviser")
    latest = {case.root: case for case in cases.order_by("recorded_at", "id")}  # type: ignore[attr-defined]
    advisers = {case.adviser_id for case in latest.values()}
    memberships = Membership.objects.filter(Dated.on(clock.today()), member__in=advisers)
    there = set(memberships.values_list("member_id", "partner_id"))
    found: dict[int, tuple[Partner, Member | None]] = {
        root: (case.partner, case.adviser if (case.adviser_id, case.partner_id) in there else None)
        for root, case in latest.items()
    }
    lead = consortium.lead() if set(roots.values()) - latest.keys() else None
    return {
        pk: found.get(root) or (lead, None)  # type: ignore[misc]
        for pk, root in roots.items()
        if root in found or lead
    }
