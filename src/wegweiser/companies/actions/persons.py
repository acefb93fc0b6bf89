"""Persons are found or created on the way; one person may hold positions at several companies."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from wegweiser.companies import phones, queries
from wegweiser.companies.events import Event
from wegweiser.companies.models import Channel, Company, Person, Position
from wegweiser.kernel import audit, clock, locks, mail_addresses
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.sorting import sort_key


def find_or_create(
    *,
    name: str,
    email: str = "",
    phone: str = "",
    company: Company | None = None,
    function: str = "",
    language: str = "de",
    channel: str = Channel.MAIL,
    since: dt.date | None = None,
    by: Actor,
) -> Person:
    """The person of this name with this mail or phone, or at this company; or a new one.

    A shared mail or phone alone does not make two names one person. Blanks are filled, nothing is overwritten.
    """
    name, email, number = " ".join(name.split()), mail_addresses.stored(email), phones.e164(phone)
    if not name:
        raise DomainError("name_missing", field="name")
    with transaction.atomic():
        locks.hold(f"person {sort_key(name)}")
        person = _known(name, email, number, company)
        if person is None:
            person = Person.objects.create(name=name, email=email, phone=number, language=language, channel=channel)
            audit.record(Event.PERSON_CREATED, by=by, subject=person)
        else:
            given = {"email": email, "phone": number}
            filled = [field for field, value in given.items() if value and not getattr(person, field)]
            if filled:
                for field in filled:
                    setattr(person, field, given[field])
                person.save(update_fields=filled)
                audit.record(Event.PERSON_COMPLETED, by=by, subject=person, changed=filled)
        if company is not None:
            _ensure_position(person, company, function=function, since=since or clock.today(), by=by)
    return person


def put_right(*, person: Person, name: str, email: str = "", phone: str = "", by: Actor) -> Person:
    """Name, mail address and telephone number as they are; what was there before is overwritten.

    Raises DomainError: name_missing, invalid_phone, and what `mail_addresses.kept` raises.
    """
    said = {"name": " ".join(name.split())[:160], "email": "", "phone": phones.e164(phone)}
    if not said["name"]:
        raise DomainError("name_missing", field="name")
    said["email"] = mail_addresses.kept(email).lower()
    with transaction.atomic():
        person.refresh_from_db(from_queryset=Person.objects.select_for_update())
        changed = [field for field, value in said.items() if getattr(person, field) != value]
        if changed:
            for field in changed:
                setattr(person, field, said[field])
            person.save(update_fields=[*changed, "sort_key"])
            audit.record(Event.PERSON_CHANGED, by=by, subject=person, changed=changed)
    return person


def move(*, person: Person, company: Company, instead_of: Company, by: Actor) -> Person:
    """They never were at `instead_of`, that was a mistake: they work at `company`, since when it was said."""
    with transaction.atomic():
        wrong = person.positions.select_for_update().filter(company__in=queries.same_firm(instead_of)).order_by("id")
        rows = list(wrong)
        if not rows or queries.same_firm(company).filter(pk=instead_of.pk).exists():
            return person
        function, since = rows[0].function, rows[0].valid_from
        for row in rows:
            row.delete()
        _ensure_position(person, company, function=function, since=since, by=by)
        references = {"from": instead_of.uuid, "to": company.uuid}
        audit.record(Event.POSITION_MOVED, by=by, subject=person, references=references)
    return person


def _known(name: str, email: str, phone: str, company: Company | None) -> Person | None:
    same = Q()
    if email:
        same |= mail_addresses.same("email", email)
    if phone:
        same |= Q(phone=phone)
    if company is not None:
        same |= Q(positions__company__in=queries.same_firm(company))
    if not same:
        return None
    rows = Person.objects.filter(same, sort_key=sort_key(name), restricted_at=None).distinct().order_by("id")
    matching = [row for row in rows if not (email and row.email) or mail_addresses.equal(email, row.email)]
    return matching[0] if matching else None


def _ensure_position(person: Person, company: Company, *, function: str, since: dt.date, by: Actor) -> None:
    open_now = person.positions.filter(company__in=queries.same_firm(company), valid_to=None)
    if open_now.exists():
        return
    position = Position.objects.create(
        person=person, company=queries.root_of(company), function=function, valid_from=since
    )
    audit.record(
        Event.POSITION_ADDED, by=by, subject=position, references={"person": person.uuid, "company": company.uuid}
    )
