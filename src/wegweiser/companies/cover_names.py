"""Which firm stands under a cover name that can still be lifted: not one whose name was erased."""

import re

from wegweiser.companies.models import Company
from wegweiser.kernel.errors import DomainError

PREFIX = "Betrieb A-"  # a stored value, told by `is_cover_name`
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 4
_FORM = re.compile(rf"\s*Betrieb\s+A\s*[-–]?\s*([{ALPHABET}]{{{LENGTH}}})\s*", re.IGNORECASE)


def is_covered(company: Company) -> bool:
    return company.is_cover_name and company.canonical_id is None and company.name.startswith(PREFIX)


def is_one(name: str) -> bool:
    """Whether somebody wrote a cover name, however they wrote it."""
    return _FORM.fullmatch(name) is not None


def named(name: str) -> Company | None:
    """The firm under the cover name that somebody wrote; None where it is none.

    Raises DomainError("cover_unknown"): nobody has that one.
    """
    if (told := _FORM.fullmatch(name)) is None:
        return None
    found = Company.objects.filter(is_cover_name=True, name=PREFIX + told[1].upper()).order_by("id").first()
    if found is None:
        raise DomainError("cover_unknown", "A slip, or of another centre.", field="firm")
    return found
