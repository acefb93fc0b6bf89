"""What is known of the firms that are stored, in the shape that they are compared in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db.models import Q

from wegweiser.companies.linkage.row import whereabouts
from wegweiser.companies.linkage.row.profiles import Known
from wegweiser.companies.models import Company, ListRow, Position
from wegweiser.consortium import directory


@dataclass
class People:
    """Who works at a firm: names, and the numbers and mails by which they, and so the firm, are reached."""

    names: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)


def known_of(company: Company, *, people: People | None = None, more: Mapping[str, Any] | None = None) -> Known:
    """`people` work there; `more` is what a list knew beside the fields of a company."""
    told, people = more or {}, people or People()
    return Known(
        name=company.name,
        street=company.street,
        postcode=company.postcode,
        place=company.place,
        phones=_once(company.phone, *told.get("phones", ()), *people.phones),
        emails=_once(company.email, *told.get("emails", ()), *people.emails),
        website=company.website,
        vat_id=company.vat_id,
        register=company.register_entry,
        persons=tuple(people.names),
        trade=told.get("trade", ""),
        remark=told.get("remark", ""),
    )


def known(companies: Iterable[Company], within: Q) -> dict[int, Known]:
    """All of `companies` by primary key. `within` says of a row that links to one whether it is read."""
    people: dict[int, People] = defaultdict(People)
    columns = ("company_id", "person__name", "person__phone", "person__email", "person__restricted_at")
    for company, name, phone, email, restricted in Position.objects.filter(within, valid_to=None).values_list(*columns):
        there = people[company]
        there.names.append(name)
        if restricted is None:  # else they are kept for a proof only, and found by nobody
            there.phones += [phone] if phone.startswith("+") else []
            there.emails += [email] if email else []
    more: dict[int, Mapping[str, Any]] = {}
    for company, told, remark in ListRow.objects.filter(within).values_list("company_id", "more", "remark"):
        more.setdefault(company, {**told, "remark": remark})
    gazetteer = cache(directory.gazetteer)  # asked for once, and only where a row says anything
    return {
        row.pk: whereabouts.located(known_of(row, people=people.get(row.pk), more=more.get(row.pk)), gazetteer)
        for row in companies
    }


def _once(*values: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, values)))
