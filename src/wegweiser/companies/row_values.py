"""What a clean row of a list gives a company: its fields, its dated facts, and from when they hold."""

import datetime as dt
from typing import Any

from wegweiser.companies.importing.remarks import DELETION
from wegweiser.companies.importing.rows import Clean
from wegweiser.companies.models import Channel, Company, Fact
from wegweiser.kernel import clock

COMPARED = ("email", "phone", "website", "vat_id")
FIELDS = ("street", "postcode", "place", "email", "phone", "website", "vat_id", "register_entry")


def values_of(company: Company) -> dict[str, str]:
    return {name: getattr(company, name) for name in FIELDS}


def values_of_row(row: Clean) -> dict[str, str]:
    return {
        "street": row.street,
        "postcode": row.postcode,
        "place": row.place,
        "email": next(iter(row.emails), "")[:254],
        "phone": next(iter(row.phones), ""),
        "website": row.website,
        "vat_id": row.vat_id,
        "register_entry": row.register,
    }


def facts_of(row: Clean) -> dict[str, str]:
    found = {
        Fact.Kind.SIZE: row.size,
        Fact.Kind.SECTOR: row.sector,
        Fact.Kind.DISTRICT: row.district,
        Fact.Kind.WZ: row.wz,
        Fact.Kind.CRAFT: {True: "yes", False: "no", None: ""}[row.craft],
    }
    return {str(kind): value for kind, value in found.items() if value}


SAID, CONTACT = "said", "contact"  # why a fact holds from an earlier day: somebody said so, or there was a contact


def details_of(row: Clean, kind: str, *, since: dt.date | None = None) -> dict[str, Any]:
    """What the value was made from; and that somebody said `since` when it holds, where that counts."""
    found: dict[str, Any] = {"since": SAID} if since and not row.first_contact else {}
    if kind == Fact.Kind.SIZE:
        found |= {"employees_min": row.employees_min, "employees_max": row.employees_max}
    elif kind == Fact.Kind.WZ:
        found |= {"edition": row.wz_edition}
    return found


def first_day(row: Clean, since: dt.date | None = None) -> dt.date:
    """From when on what a list tells of a firm holds: from the day in the row, else from the one said of the list."""
    return row.first_contact or since or clock.today()


def wished_channel(wish: str, *, has_phone: bool, has_street: bool) -> str:
    """Who asked for no mail gets none; who asked to be deleted is left alone until somebody has looked."""
    if wish == DELETION:
        return Channel.NONE
    return Channel.PHONE if has_phone else Channel.LETTER if has_street else Channel.NONE


def more_of(row: Clean) -> dict[str, object]:
    """What a company has no field for: further numbers and addresses, and words that no list of ours knows."""
    told: dict[str, object] = {
        "phones": list(row.phones[1:]),
        "emails": list(row.emails[1:]),
        "fax": row.fax,
        "asides": row.asides,
        "founded": row.founded,
        "trade": " ".join(row.raw.get("sector", "").split())[:200],
        "employees": [] if row.size else [row.employees_min, row.employees_max],
    }
    return {key: value for key, value in told.items() if value and value != [None, None]}
