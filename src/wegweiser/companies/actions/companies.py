"""Companies are found or created on the way; what is known already is never overwritten by that."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from wegweiser.companies import alike, claims, forgotten, keys, phones, uses
from wegweiser.companies.events import Event
from wegweiser.companies.linkage.row.profiles import Known
from wegweiser.companies.models import Company, ContactEntry, Doubt, Fact
from wegweiser.kernel import audit, locks, mail_addresses, visible
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

POSTCODE = 5  # digits
LONGEST_WEBSITE = 200
_is_url = URLValidator(schemes=["http", "https"])


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
    is_sole_trader: bool | None = None,
    is_another: bool = False,
    asked_from: Mapping[str, str] | None = None,
    by: Actor,
) -> Company:
    """The one known firm of this name (and postcode or place, phone, mail where given), or a new one.

    Only what leaves no doubt is found; a new firm that may be a known one waits for a person, and `is_another` says
    that one decided: none of those that are known. Blanks of a found firm are filled, nothing is overwritten. A cover
    name always makes a new company. `asked_from` has the phone and email of whoever asked, and street, postcode and
    place as they wrote them: they help to tell firms of one name apart and are not written down, because they may be
    somebody's own, and nobody has looked. A firm that was restricted because somebody asked for it is found and stays
    as it is: see `erasures.readmit`.
    """
    name = " ".join(name.split())
    if not name:
        raise DomainError("name_missing", field="name")
    given = {
        "street": street.strip(),
        "postcode": postcode.strip(),
        "place": place.strip(),
        "email": mail_addresses.stored(email),
        "phone": phones.e164(phone),
        "website": website.strip(),
    }
    with transaction.atomic():
        locks.hold(f"company {keys.name_key(name)}")
        asked = dict(asked_from or {})
        asked |= {"email": mail_addresses.stored(asked.get("email", "")), "phone": phones.e164(asked.get("phone", ""))}
        company = None if is_cover_name or is_another else _certain(name, given, asked)
        if company is None:
            company = Company.objects.create(
                name=name, is_cover_name=is_cover_name, is_sole_trader=is_sole_trader, **given
            )
            audit.record(Event.COMPANY_CREATED, by=by, subject=company)
            if not (is_cover_name or is_another):
                _ask_about(company, asked)
            return company
        if company.restricted_at is not None and not forgotten.may_come_back(company):
            return company  # its aid counts on; whoever typed the name need not be who asked to be forgotten
        filled = [field for field, value in given.items() if value and not getattr(company, field)]
        for field in filled:
            setattr(company, field, given[field])
        if company.restricted_at is not None:  # it comes back by itself
            company.restricted_at = None
            filled.append("restricted_at")
        if filled:
            company.save(update_fields=filled)
            audit.record(Event.COMPANY_COMPLETED, by=by, subject=company, changed=filled)
    return company


@dataclass(frozen=True, kw_only=True)
class New:
    """A firm that is certainly not known yet, and what is known of it: {kind of fact: value}."""

    name: str
    facts: Mapping[str, str] = field(default_factory=dict)
    phone: str = ""


def create_many(*, new: Sequence[New], valid_from: dt.date, origin: str, by: Actor) -> list[Company]:
    """All of `new` with their facts, without looking for duplicates. One audit row names the first and the last."""
    if not new:
        return []
    for row in new:
        for kind, value in row.facts.items():
            claims.check(kind, value, origin)
    with transaction.atomic():
        made = Company.objects.bulk_create(
            [Company(name=row.name, phone=phones.e164(row.phone)) for row in new], batch_size=500
        )
        Fact.objects.bulk_create(
            [
                Fact(company=company, kind=kind, value=value, valid_from=valid_from, origin=origin, by=str(by))
                for company, row in zip(made, new, strict=True)
                for kind, value in row.facts.items()
            ],
            batch_size=500,
        )
        audit.record(Event.COMPANIES_CREATED, by=by, subject=made[0], references={"last": made[-1].uuid})
    return made


def _ask_about(company: Company, asked: Mapping[str, str]) -> None:
    """Firms that a new one may be wait for a person; nothing happens to either."""
    found = []
    for hit in alike.likely_of(company, asked_from=asked):
        if hit.asks:
            one, other = sorted((company.pk, hit.company.pk))
            found.append(Doubt(one_id=one, other_id=other, evidence=list(hit.evidence), weight=hit.weight))
    Doubt.objects.bulk_create(found, ignore_conflicts=True)


def _certain(name: str, given: Mapping[str, str], asked: Mapping[str, str]) -> Company | None:
    """Compared by what is given of the firm, in its blanks by what is known of who asked."""
    known = Known(
        name=name,
        street=given["street"],
        postcode=given["postcode"],
        place=given["place"],
        phones=(given["phone"],) if given["phone"] else (),
        emails=(given["email"],) if given["email"] else (),
        website=given["website"],
    )
    return alike.certain(alike.with_contact(known, **asked), restricted=True)


def put_right(
    *,
    company: Company,
    name: str,
    street: str = "",
    postcode: str = "",
    place: str = "",
    phone: str = "",
    email: str | None = None,
    website: str | None = None,
    by: Actor,
) -> Company:
    """Name, address and how to reach a firm, as they are. What was there before is kept with who changed it and when.

    Mail and website are left alone where None is given. What is as it was is not checked again.
    Raises DomainError: name_missing, postcode_invalid, invalid_phone, website_invalid, name_covered, and what
    `mail_addresses.kept` raises.
    """
    said = {
        "name": _line(name, 200),
        "street": _line(street, 200),
        "postcode": _line(postcode, 20),
        "place": _line(place, 100),
        "phone": phone.strip(),
    }
    said |= {key: text.strip() for key, text in (("email", email), ("website", website)) if text is not None}
    if not said["name"]:
        raise DomainError("name_missing", field="name")
    with transaction.atomic():
        company.refresh_from_db(from_queryset=Company.objects.select_for_update())
        if company.is_cover_name:
            raise DomainError("name_covered", "It says itself who it is, see cover_names.")
        before = {field: getattr(company, field) for field in said}
        read = {  # all of it before any is set: who is refused sees the firm as it is
            field: text if text == before[field] else _READ.get(field, str)(text) for field, text in said.items()
        }
        changed = [field for field, value in read.items() if value != before[field]]
        if not changed:
            return company
        for field in changed:
            setattr(company, field, read[field])
            ContactEntry.objects.create(
                company=company, kind=field, before=before[field], value=read[field], by=str(by)
            )
        company.save(update_fields=changed)
        audit.record(Event.COMPANY_CHANGED, by=by, subject=company, changed=changed)
    return company


def say_owner(*, company: Company, is_sole_trader: bool | None, by: Actor) -> Company:
    """Whether the firm's name is its owner's, so that it goes with them; None: nobody knows."""
    with transaction.atomic():
        company.refresh_from_db(from_queryset=Company.objects.select_for_update())
        if company.is_sole_trader != is_sole_trader:
            company.is_sole_trader = is_sole_trader
            company.save(update_fields=["is_sole_trader"])
            audit.record(Event.COMPANY_CHANGED, by=by, subject=company, changed=["is_sole_trader"])
    return company


def _postcode(text: str) -> str:
    if text and not (len(text) == POSTCODE and text.isdecimal()):
        raise DomainError("postcode_invalid", field="postcode")
    return text


def _email(text: str) -> str:
    return mail_addresses.kept(text).lower()


def _website(text: str) -> str:
    """As people write it: without a scheme, https is meant."""
    if not text:
        return ""
    address = text if "://" in text else f"https://{text}"
    try:
        _is_url(address)
    except ValidationError as error:
        raise DomainError("website_invalid", field="website") from error
    if len(address) > LONGEST_WEBSITE:
        raise DomainError("website_invalid", field="website")
    return address


_READ: Mapping[str, Callable[[str], str]] = {
    "postcode": _postcode,
    "phone": phones.e164,
    "email": _email,
    "website": _website,
}


def remove(*, company: Company, by: Actor) -> None:
    """Take away a firm that was founded by mistake. Its people stay, without it.

    Raises DomainError("company_in_use") where anything happened with it, or is to happen.
    """
    with transaction.atomic():
        company.refresh_from_db(from_queryset=Company.objects.select_for_update())
        if uses.is_in_use(company):
            raise DomainError("company_in_use")
        audit.record(Event.COMPANY_REMOVED, by=by, subject=company)
        company.positions.all().delete()
        company.delete()


def _line(text: str, length: int) -> str:
    return visible.line(text, length)
