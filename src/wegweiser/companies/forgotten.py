"""Who asked to be forgotten is not brought back by the next list. Of the forgotten only marks are kept: see
`kernel.erasure.mark`. Who is restricted still has a name, and is compared by it.
"""

from collections.abc import Collection, Iterable, Iterator

from wegweiser.companies import entries, keys, queries
from wegweiser.companies.importing.rows import Clean
from wegweiser.companies.linkage.blocking import Index
from wegweiser.companies.linkage.row import people
from wegweiser.companies.linkage.row.profiles import Known, Profile, profile
from wegweiser.companies.linkage.weighing.verdicts import Verdict
from wegweiser.companies.models import Company, Person
from wegweiser.kernel import erased, erasure, mail_addresses
from wegweiser.kernel.models import Erasure
from wegweiser.kernel.sorting import sort_key

COMPANY, PERSON = "companies.Company", "companies.Person"


def marks_of_firm(company: Company) -> list[str]:
    """What a list would find the firm by: name and code, or its mailbox with one of them.

    A mailbox alone may be that of an agency or a tax office, which other firms have as well.
    """
    return _firm(company.name, company.postcode, [company.email])


def marks_of_person(person: Person) -> list[str]:
    """What a list would find the person by: the name with a mailbox, or at a firm that they work for."""
    firms = queries.families(person.positions.values_list("company", flat=True))
    uuids = Company.objects.filter(pk__in=firms).values_list("uuid", flat=True)
    return _person([sort_key(person.name), *_written(person.name)], person.email, map(str, uuids))


def _firm(name: str, postcode: str, mails: Iterable[str]) -> list[str]:
    key = keys.name_key(name) if name else ""
    found = [f"{key}|{postcode}"] if key and postcode else []
    boxes = [mail_addresses.key(mail) for mail in mails if mail]
    return [*found, *(f"mail|{box}|{beside}" for box in boxes for beside in (key, postcode) if beside)]


def _person(names: Iterable[str], mail: str, firms: Iterable[str]) -> list[str]:
    places = [*firms, *([mail_addresses.key(mail)] if mail else [])]
    return [f"{name}|{place}" for name in dict.fromkeys(names) for place in places]


def _written(name: str) -> Iterator[str]:
    """How lists may write whoever is called `name`, each with what it leaves open: initial and surname alone."""
    for first, family in people.people(name):
        yield f"{first} {family}"
        if len(first) > 1:
            yield f"{first[0]}. {family}"
        yield f"- {family}"


def _meant(name: str) -> Iterator[str]:
    """Under which of these a row is looked for that calls somebody `name`: who is known by an initial may be theirs."""
    for first, family in people.people(name):
        yield f"{first or '-'} {family}"
        if len(first) == 1:
            yield f"{first}. {family}"
        elif first:
            yield f"{first[0]} {family}"


class Forgotten:
    """All firms and persons that asked to be forgotten, as a list may bring them."""

    def __init__(self) -> None:
        self._firms = erased.marks(COMPANY)
        self._persons = erased.marks(PERSON)
        self._restricted = Index()
        rows = list(Company.objects.filter(restricted_at__isnull=False, is_cover_name=False))
        for row in rows:
            self._restricted.add(profile(row.pk, entries.known_of(row)))

    def is_restricted(self, one: Profile) -> bool:
        """Whether a row is surely a firm that is kept for a proof only."""
        return any(likeness.verdict == Verdict.SURE for _, likeness in self._restricted.alike(one))

    def is_firm(self, row: Clean | Known) -> bool:
        """Whether a row tells of a firm that asked to be forgotten."""
        return _has(self._firms, _firm(row.name, row.postcode, row.emails))

    def is_person(self, row: Clean, firms: Iterable[int]) -> bool:
        """Whether whom a row names asked to be forgotten, there or with this mailbox, and is nobody we know since.

        `firms`: primary keys of the firm's rows.
        """
        if row.contact is None or not self._persons:
            return False
        uuids = Company.objects.filter(pk__in=firms).values_list("uuid", flat=True)
        name, mail = row.contact.name, row.contact.email
        mails = [mail] if mail else list(row.emails)
        meant = list(dict.fromkeys([sort_key(name), *_meant(name)]))
        found = [told for one in mails or [""] for told in _person(meant, one, map(str, uuids))]
        if not _has(self._persons, found):
            return False
        known = Person.objects.filter(positions__company__in=firms, restricted_at=None).values_list("name", flat=True)
        return not any(_may_be(name, other) for other in known)


def _may_be(name: str, known: str) -> bool:
    return sort_key(name) == sort_key(known) or any(word in set(_written(known)) for word in _meant(name))


def _has(marks: Collection[str], told: Iterable[str]) -> bool:
    return bool(marks) and any(erasure.mark(one) in marks for one in told)


def may_come_back(company: Company) -> bool:
    """Whether a restricted firm is one again as soon as it is heard of: nobody asked that it be forgotten, it was not
    in contact for long, or its list was taken back."""
    reason = erased.reason(table=Company._meta.label, uuid=company.uuid)
    return reason in {Erasure.Reason.TERM, Erasure.Reason.EARLY}
