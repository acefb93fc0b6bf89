"""Companies are found or created on the way; what is known already is never overwritten by that."""

from django.db import transaction

from wegweiser.companies import duplicates, phones, queries
from wegweiser.companies.events import Event
from wegweiser.companies.models import Company
from wegweiser.kernel import audit, locks
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


def find_or_create(
    *,
    name: str,
    street: str = "",
    postcode: str = "",
    place: str = "",
    email: str = "",
    phone: str = "",
    website: str = "",
    is_cover_name: bool = False,
    is_sole_trader: bool = False,
    by: Actor,
) -> Company:
    """The one known firm of this name (and postcode or place, phone, mail where given), or a new one.

    Only what leaves no doubt is found; likely duplicates are for a person to decide. Blanks of a found firm are
    filled, nothing is overwritten. A cover name always makes a new company.
    """
    name = " ".join(name.split())
    if not name:
        raise DomainError("name_missing", field="name")
    given = {
        "street": street.strip(),
        "postcode": postcode.strip(),
        "place": place.strip(),
        "email": email.strip().lower(),
        "phone": phones.e164(phone),
        "website": website.strip(),
    }
    with transaction.atomic():
        locks.hold(f"company {duplicates.name_key(name)}")
        company = None if is_cover_name else _certain(name, given)
        if company is None:
            company = Company.objects.create(
                name=name, is_cover_name=is_cover_name, is_sole_trader=is_sole_trader, **given
            )
            audit.record(Event.COMPANY_CREATED, by=by, subject=company)
            return company
        filled = [field for field, value in given.items() if value and not getattr(company, field)]
        for field in filled:
            setattr(company, field, given[field])
        if company.restricted_at is not None:  # it comes back by itself, and its aid counts on
            company.restricted_at = None
            filled.append("restricted_at")
        if filled:
            company.save(update_fields=filled)
            audit.record(Event.COMPANY_COMPLETED, by=by, subject=company, changed=filled)
    return company


def _certain(name: str, given: dict[str, str]) -> Company | None:
    new = duplicates.Sketch(
        name=name, postcode=given["postcode"], place=given["place"], phone=given["phone"], email=given["email"]
    )
    candidates = [
        likely
        for likely in queries.likely_duplicates(new, limit=50)
        if "same_name" in likely.evidence and "different_place" not in likely.evidence
    ]
    backed = [likely for likely in candidates if len(likely.evidence) > 1]
    certain = backed or candidates
    return certain[0].company if len(certain) == 1 else None
