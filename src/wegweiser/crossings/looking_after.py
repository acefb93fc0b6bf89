"""Who looks after a firm: who advises it, else who helped it last, else the partner it asked last, else the lead."""

from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from wegweiser.companies.models import Company
from wegweiser.consortium import queries as consortium
from wegweiser.consortium import teams
from wegweiser.consortium.models import Dated, Member, Membership, Partner
from wegweiser.enquiries.models import OPEN, Case, Matter, Outcome
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError

HELPED = frozenset({Outcome.HELPED, Outcome.REFERRED})


def of(company: Company) -> tuple[Partner, Member | None]:
    """The partner that looks after the firm and who does there; only where somebody works today.

    Raises DomainError("no_partner").
    """
    found = of_several([company]).get(company.pk)
    if found is None:
        raise DomainError("no_partner", "Nobody leads the consortium today.", field="partner")
    return found


def of_several(firms: Iterable[Company]) -> dict[int, tuple[Partner, Member | None]]:
    """The same of these firms, by their primary keys, in three queries.

    A firm without a case is missing where nobody leads the consortium today.
    """
    rows = Company.objects.filter(pk__in={firm.pk for firm in firms}).order_by()
    roots = dict(rows.values_list("pk", Coalesce("canonical_id", "pk")))  # as it stands in the database now
    if not roots:
        return {}
    here = Membership.objects.filter(Dated.on(clock.today()), partner=OuterRef("partner"))
    cases = Case.objects.annotate(
        root=Coalesce("company__canonical_id", "company_id"),
        is_staffed=Exists(here.filter(role__in=teams.INHERITING)),
        is_taken=Exists(here.filter(member=OuterRef("adviser"))),
    )
    cases = cases.filter(root__in=set(roots.values()), matter=Matter.ENQUIRY, is_staffed=True)
    by_root: dict[int, list[Case]] = {}
    cases = cases.exclude(outcome=Outcome.DUPLICATE).select_related("partner", "adviser")
    for case in cases.order_by("recorded_at", "id"):
        by_root.setdefault(case.root, []).append(case)  # type: ignore[attr-defined]
    found = {root: _chosen(rows) for root, rows in by_root.items()}
    lead = consortium.lead() if set(roots.values()) - found.keys() else None
    return {
        pk: found.get(root) or (lead, None)  # type: ignore[misc]
        for pk, root in roots.items()
        if root in found or lead
    }


def _chosen(cases: Sequence[Case]) -> tuple[Partner, Member | None]:
    """Of the cases of a firm, the oldest first. Who advises it keeps it, whomever else it asks meanwhile."""
    taken = [case for case in cases if case.is_taken]  # type: ignore[attr-defined]
    advised = [case for case in taken if case.state in OPEN]
    helped = [case for case in taken if case.outcome in HELPED]
    case = advised[0] if advised else (helped or cases)[-1]
    return case.partner, case.adviser if case in taken else None
