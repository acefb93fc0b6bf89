"""One lock for what must not happen twice at once to one firm."""

from collections.abc import Sequence

from wegweiser.companies import queries
from wegweiser.companies.models import Company

ATTEMPTS = 5


def lock_firm(company: Company) -> list[Company]:
    """Lock every row that is the same firm as `company` until the transaction ends; the first one is the firm itself.

    On SQLite the transaction holds the write lock already. A merge between reading and locking starts over.
    """
    for _ in range(ATTEMPTS):
        root = Company.objects.values_list("canonical_id", flat=True).get(pk=company.pk) or company.pk
        rows = list(queries.same_firm(Company(pk=root)).select_for_update(no_key=True, of=("self",)).order_by("id"))
        current = next((row for row in rows if row.pk == company.pk), None)
        if current is not None and (current.canonical_id or current.pk) == root:
            return sorted(rows, key=lambda row: row.pk != root)
    raise RuntimeError(f"Company {company.pk} is merged again and again.")


def lock_roots(companies: Sequence[Company]) -> dict[int, int]:
    """Lock these rows and the firms they belong to until the transaction ends, in the order in which merges lock them;
    gives the firm of each by primary key."""
    wanted = {company.pk for company in companies}
    for _ in range(ATTEMPTS):
        roots = {pk: root or pk for pk, root in Company.objects.filter(pk__in=wanted).values_list("pk", "canonical_id")}
        list(Company.objects.select_for_update(no_key=True).filter(pk__in={*roots, *roots.values()}).order_by("id"))
        now = Company.objects.filter(pk__in=wanted).values_list("pk", "canonical_id")
        if {pk: root or pk for pk, root in now} == roots:
            return roots
    raise RuntimeError(f"The companies {sorted(wanted)} are merged again and again.")
