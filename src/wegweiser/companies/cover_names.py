"""Which firm stands under a cover name that can still be lifted: not one whose name was erased."""

from wegweiser.companies.models import Company

PREFIX = "Betrieb A-"  # a stored value, told by `is_cover_name`


def is_covered(company: Company) -> bool:
    return company.is_cover_name and company.canonical_id is None and company.name.startswith(PREFIX)
