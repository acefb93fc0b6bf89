"""One lock for what must not happen twice at once to one firm."""

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
