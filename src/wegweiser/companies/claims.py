"""What may be said of a company: kinds of facts, where they come from, and values that exist."""

import re

from wegweiser.companies.models import Fact, Size
from wegweiser.consortium.models import Sector
from wegweiser.kernel.errors import DomainError

_AGS = re.compile(r"\d{5}")


def check(kind: str, value: str, origin: str) -> None:
    """Raises DomainError: fact_unknown, origin_unknown, size_unknown, sector_unknown, district_unknown."""
    if kind not in Fact.Kind.values:
        raise DomainError("fact_unknown", field="kind")
    if origin not in Fact.Origin.values:
        raise DomainError("origin_unknown", field="origin")
    if not value:
        return
    if kind == Fact.Kind.SIZE and value not in Size.values:
        raise DomainError("size_unknown", field="value")
    if kind == Fact.Kind.DISTRICT and not _AGS.fullmatch(value):
        raise DomainError("district_unknown", field="value")
    if kind == Fact.Kind.SECTOR and not Sector.objects.filter(pk=value).exists():
        raise DomainError("sector_unknown", field="value")
