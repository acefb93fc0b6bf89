"""Who looks after a firm: who advises it, else who helped it last, else the partner it asked last, else the lead."""

from collections.abc import Collection, Iterable, Mapping, Sequence

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
    """The same of these firms, by their primary keys, in four queries.

    A firm without a case is missing where nobody leads the consortium today.
    """
    rows = Company.objects.filter(pk__in={firm.pk for firm in firms}).order_by()
    roots = dict(rows.values_list("pk", Coalesce("canonical_id", "pk")))  # as it stands in the database now
    if not roots:
        return {}
    cases = Case.objects.annotate(root=Coalesce("company__canonical_id", "company_id"))
    cases = cases.filter(root__in=set(roots.values()), matter=Matter.ENQUIRY).exclude(outcome=Outcome.DUPLICATE)
    by_root: dict[int, list[Case]] = {}
    for case in cases.select_related("partner", "adviser").order_by("recorded_at", "id"):
        by_root.setdefault(case.root, []).append(case)  # type: ignore[attr-defined]
    staff = _staff({case.partner_id for rows in by_root.values() for case in rows})
    found = {root: chosen for root, rows in by_root.items() if (chosen := _chosen(rows, staff))}
    lead = consortium.lead() if set(roots.values()) - found.keys() else None
    return {
        pk: found.get(root) or (lead, None)  # type: ignore[misc]
        for pk, root in roots.items()
        if root in found or lead
    }


def _staff(partners: Collection[int]) -> dict[int, dict[int, bool]]:
    """Who works at each of these today, and whether they may answer for its enquiries."""
    found: dict[int, dict[int, bool]] = {}
    rows = Membership.objects.filter(Dated.on(clock.today()), partner__in=partners)
    for partner, member, role in rows.values_list("partner_id", "member_id", "role"):
        there = found.setdefault(partner, {})
        there[member] = there.get(member, False) or role in teams.INHERITING
    return found


def _chosen(cases: Sequence[Case], staff: Mapping[int, Mapping[int, bool]]) -> tuple[Partner, Member | None] | None:
    """Of the cases of a firm, the oldest first. Who advises it keeps it, whomever else it asks meanwhile."""
    there = [case for case in cases if any(staff.get(case.partner_id, {}).values())]
    taken = [case for case in there if case.adviser_id in staff[case.partner_id]]
    advised = [case for case in taken if case.state in OPEN]
    helped = [case for case in taken if case.outcome in HELPED]
    case = advised[0] if advised else next(reversed(helped or there), None)
    return (case.partner, case.adviser if case in taken else None) if case else None
