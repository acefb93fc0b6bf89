"""Firms and persons are forgotten some months after the last contact, consents some months after their withdrawal.

Rooms above say what else is contact, and which proofs keep a firm's name. A firm of several people is no person: who
asks to be forgotten leaves it as it is. A firm called after its owner goes with them (sole_traders).
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet

from wegweiser.companies import forgotten, list_mentions, queries, sole_traders
from wegweiser.companies.actions import accesses, consents, erasures
from wegweiser.companies.models import (
    AccessRequest,
    Company,
    Consent,
    ConsentRequest,
    ContactEntry,
    ListRow,
    NumberEntry,
    Person,
    Position,
    Share,
    YearFigures,
)
from wegweiser.kernel import clock, erasure, mail_addresses
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.erasure import Rows
from wegweiser.kernel.sorting import sort_key


def _old_firms(since: dt.date) -> QuerySet[Company]:
    tells = Q(is_cover_name=False) | ~Q(street="", email="", phone="", website="")
    tells |= Q(name=erasures.NAMELESS) & ~Q(postcode="", place="")  # erased before these went, too
    old = Q(recorded_at__lt=clock.at(since)) | Q(restricted_at__isnull=False)
    return Company.objects.filter(tells, old)


def _firms_of(mail: str) -> QuerySet[Company]:
    """Firms whose name is that of the owner of this address."""
    same = mail_addresses.same("email", mail)
    return Company.objects.filter(pk__in=sole_traders.of(Person.objects.filter(same), same))


def _erase_firm(company: Company, restricted: bool, by: Actor) -> None:
    erasures.erase_company(company=company, restrict=restricted, by=by)


def _parts_of_firm(company: Company) -> Rows:
    return {
        "companies.ContactEntry": ContactEntry.objects.filter(company=company),
        "companies.NumberEntry": NumberEntry.objects.filter(company=company),
        "companies.Share": Share.objects.filter(company=company, kind=Share.Kind.PERSON),
        "companies.ListRow": ListRow.objects.filter(company=company),
        "companies.YearFigures": YearFigures.objects.filter(company=company),
    }


def _entries_with(kind: str, text: str) -> QuerySet[ContactEntry]:
    """What was put right from or to this, at whichever firm. It may have stood there by mistake: the firm stays."""
    if kind == "email":
        stood = mail_addresses.same("before", text) | mail_addresses.same("value", text)
    else:
        stood = Q(before__iexact=text) | Q(value__iexact=text)
    return ContactEntry.objects.filter(stood, kind=kind)


def _of_others(entry: ContactEntry, who: Sequence[erasure.Who]) -> list[str]:
    """The other half of what was put right is the firm's, and not theirs who stood there."""
    theirs = {one.phone if isinstance(one, erasure.Caller) else mail_addresses.key(_mail(one)) for one in who}
    return [field for field in ("before", "value") if mail_addresses.key(getattr(entry, field)) not in theirs]


def _mail(one: str | erasure.Mailbox) -> str:
    return one if isinstance(one, str) else one.mail


def _erase_entry(entry: ContactEntry, restricted: bool, by: Actor) -> None:
    erasures.erase_entry(entry=entry, by=by)


def _old_persons(since: dt.date) -> QuerySet[Person]:
    return Person.objects.filter(Q(recorded_at__lt=clock.at(since)) | Q(restricted_at__isnull=False))


def _persons_by_phone(phone: str, name: str) -> QuerySet[Person]:
    found = Person.objects.filter(phone=phone)
    return found.filter(sort_key=sort_key(name)) if name else found


def _firms_of_one_of_several(who: erasure.Mailbox) -> QuerySet[Company]:
    """The mailbox is of all of them: only name and people tell whose firm it is."""
    people = erasure.fates()["companies.Person"].about(who)
    return Company.objects.filter(pk__in=sole_traders.of(people, Q(pk=None)))


def _firms_by_phone(phone: str, name: str) -> QuerySet[Company]:
    """Firms whose name is that of the owner of this number; of several owners that of the one with this name."""
    own = Q(phone=phone) & (Q(sort_key__contains=sort_key(name)) if name else Q())
    return Company.objects.filter(pk__in=sole_traders.of(_persons_by_phone(phone, name), own))


def _erase_person(person: Person, restricted: bool, by: Actor) -> None:
    erasures.erase_person(person=person, restrict=restricted, by=by)


def _parts_of_person(person: Person) -> Rows:
    return {
        "companies.Position": person.positions.all(),
        "companies.Consent": person.consents.all(),
        "companies.Access": person.accesses.all(),
        "companies.ListRow": list_mentions.theirs(
            person=person, firms=queries.families(person.positions.values_list("company", flat=True))
        ),
    }


def _requests_by_phone(phone: str, name: str) -> QuerySet[AccessRequest]:
    found = AccessRequest.objects.filter(phone=phone)
    return found.filter(name__iexact=name) if name else found


def _erase_request(asked: AccessRequest, restricted: bool, by: Actor) -> None:
    accesses.erase_request(asked=asked, by=by)


def _erase_consent(consent: Consent, restricted: bool, by: Actor) -> None:
    erasures.erase_consent(consent=consent, by=by)


erasure.declare(
    erasure.Fate(
        table="companies.Company",
        purpose="relationship",
        starts="last contact",
        rows=Company,
        due=_old_firms,
        of=_firms_of,
        by_phone=_firms_by_phone,
        by_mailbox=_firms_of_one_of_several,
        erase=_erase_firm,
        covers=(
            "companies.ListRow",
            "companies.NumberEntry",
            "companies.Share",
            "companies.FirmList",
            "companies.YearFigures",
        ),
        parts=_parts_of_firm,
        marks=forgotten.marks_of_firm,
    )
)
erasure.declare(
    erasure.Fate(
        table="companies.ContactEntry",
        purpose="relationship",
        starts="last contact",
        rows=ContactEntry,
        due=lambda since: ContactEntry.objects.none(),  # they go with their firm
        of=lambda mail: _entries_with(ContactEntry.Kind.EMAIL, mail),
        by_phone=lambda phone, name: _entries_with(ContactEntry.Kind.PHONE, phone),
        foreign=_of_others,
        erase=_erase_entry,
    )
)
erasure.declare(
    erasure.Fate(
        table="companies.Person",
        purpose="relationship",
        starts="last contact",
        rows=Person,
        due=_old_persons,
        of=lambda mail: Person.objects.filter(mail_addresses.same("email", mail)),
        by_phone=_persons_by_phone,
        erase=_erase_person,
        covers=("companies.Position", "companies.Access"),
        parts=_parts_of_person,
        marks=forgotten.marks_of_person,
    )
)
erasure.declare(
    erasure.Fate(
        table="companies.Consent",
        purpose="consent",
        starts="withdrawal",
        rows=Consent,
        due=lambda since: Consent.objects.filter(withdrawn_at__lt=clock.at(since)),
        of=lambda mail: Consent.objects.none(),  # they go with their person, when the proof is over
        erase=_erase_consent,
    )
)


def _erase_consent_request(asked: ConsentRequest, restricted: bool, by: Actor) -> None:
    consents.erase_request(asked=asked, by=by)


erasure.declare(
    erasure.Fate(
        table="companies.ConsentRequest",
        purpose="consent",
        starts="withdrawal",
        rows=ConsentRequest,
        due=lambda since: ConsentRequest.objects.filter(
            recorded_at__lt=clock.at(since)
        ),  # a job is earlier, see jobs.py
        of=lambda mail: ConsentRequest.objects.filter(mail_addresses.same("email", mail)),
        erase=_erase_consent_request,
    )
)


erasure.declare(
    erasure.Fate(
        table="companies.AccessRequest",
        purpose="relationship",
        starts="last contact",
        rows=AccessRequest,
        due=lambda since: AccessRequest.objects.filter(
            recorded_at__lt=clock.at(since)
        ),  # a job is earlier, see jobs.py
        of=lambda mail: AccessRequest.objects.filter(mail_addresses.same("email", mail)),
        by_phone=_requests_by_phone,
        erase=_erase_request,
    )
)


@erasure.touches("companies.Company")
def _agreed(since: dt.date) -> Iterable[int]:
    """Firms with somebody who agreed to hear from the centre."""
    agreed = Position.objects.filter(valid_to=None, person__consents__withdrawn_at=None, person__consents__isnull=False)
    return queries.families(agreed.values_list("company_id", flat=True))


@erasure.touches("companies.Person")
def _at_a_firm_in_contact(since: dt.date) -> Iterable[int]:
    """People who work for a firm that is in contact, and those who agreed to hear from the centre."""
    firms = erasure.touched("companies.Company", since)
    firms |= set(Company.objects.filter(recorded_at__gte=clock.at(since)).values_list("pk", flat=True))
    positions = Position.objects.filter(valid_to=None).values_list("person_id", "company_id")
    agreed = Consent.objects.filter(withdrawn_at=None).values_list("person_id", flat=True)
    return {person for person, company in positions if company in firms} | set(agreed)


@erasure.proof("companies.Person", purpose="consent", starts="withdrawal")
def _must_be_proven(since: dt.date) -> Iterable[int]:
    """Who agreed once: that they did has to be provable for a while after they took it back."""
    owed = Consent.objects.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gte=clock.at(since)))
    return owed.values_list("person_id", flat=True)
