"""What is known of the firms that are stored, in the shape that they are compared in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from django.db.models import Q

from wegweiser.companies.linkage.row import whereabouts
from wegweiser.companies.linkage.row.profiles import Known
from wegweiser.companies.models import Company, ListRow, Position
from wegweiser.consortium import directory


def known_of(company: Company, *, persons: Sequence[str] = (), more: Mapping[str, Any] | None = None) -> Known:
    """`persons` work there; `more` is what a list knew beside the fields of a company."""
    told = more or {}
    return Known(
        name=company.name,
        street=company.street,
        postcode=company.postcode,
        place=company.place,
        phones=tuple(filter(None, [company.phone, *told.get("phones", ())])),
        emails=tuple(filter(None, [company.email, *told.get("emails", ())])),
        website=company.website,
        vat_id=company.vat_id,
        register=company.register_entry,
        persons=tuple(persons),
        trade=told.get("trade", ""),
        remark=told.get("remark", ""),
    )


def known(companies: Iterable[Company], within: Q) -> dict[int, Known]:
    """All of `companies` by primary key. `within` says of a row that links to one whether it is read."""
    people: dict[int, list[str]] = defaultdict(list)
    for company, name in Position.objects.filter(within, valid_to=None).values_list("company_id", "person__name"):
        people[company].append(name)
    more: dict[int, Mapping[str, Any]] = {}
    for company, told, remark in ListRow.objects.filter(within).values_list("company_id", "more", "remark"):
        more.setdefault(company, {**told, "remark": remark})
    gazetteer = cache(directory.gazetteer)  # asked for once, and only where a row says anything
    return {
        row.pk: whereabouts.located(known_of(row, persons=people.get(row.pk, ()), more=more.get(row.pk)), gazetteer)
        for row in companies
    }
