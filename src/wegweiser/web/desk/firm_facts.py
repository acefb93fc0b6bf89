"""What is known of a firm, in words, and putting it right: wrong from the start, or changed on a day."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wegweiser.companies import queries
from wegweiser.companies.models import Company, Fact, Size
from wegweiser.consortium.models import District, Sector
from wegweiser.kernel import clock

KINDS: dict[str, str | Promise] = {
    Fact.Kind.SIZE: gettext_lazy("Beschäftigte"),
    Fact.Kind.SECTOR: gettext_lazy("Branche"),
    Fact.Kind.DISTRICT: gettext_lazy("Landkreis"),
}


@dataclass(frozen=True)
class Known:
    """One thing that is known, or not."""

    kind: str
    label: str | Promise
    value: str
    words: object
    since: dt.date | None
    fact: UUID | None


def choices(kind: str) -> Mapping[str, object]:
    """Every value there is, with its words."""
    match kind:
        case Fact.Kind.SECTOR:
            return {row.key: row.label for row in Sector.objects.all()}
        case Fact.Kind.DISTRICT:
            return {row.ags: row.name for row in District.objects.all()}
    return dict(Size.choices)


def known(company: Company) -> list[Known]:
    """Size, sector and district as they count today."""
    return [known_of(company, kind) for kind in KINDS]


def known_of(company: Company, kind: str) -> Known:
    fact = queries.known(company, kind, clock.today())
    if fact is None or not fact.value:
        return Known(kind, KINDS[kind], "", _("nicht bekannt"), None, None)
    words = choices(kind).get(fact.value, fact.value)
    return Known(kind, KINDS[kind], fact.value, words, fact.valid_from, fact.uuid)
