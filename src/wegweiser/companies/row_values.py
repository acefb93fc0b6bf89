"""What a clean row of a list gives a company: its fields, its dated facts, and from when they hold."""

import datetime as dt
from typing import Any

from wegweiser.companies.importing.rows import Clean
from wegweiser.companies.models import Company, Fact
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


def details_of(row: Clean, kind: str) -> dict[str, Any]:
    """What the value was made from."""
    if kind == Fact.Kind.SIZE:
        return {"employees_min": row.employees_min, "employees_max": row.employees_max}
    return {"edition": row.wz_edition} if kind == Fact.Kind.WZ else {}


def first_day(row: Clean) -> dt.date:
    """From when on what a list tells of a firm holds."""
    return row.first_contact or clock.today()
