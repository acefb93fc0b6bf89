"""Who asked to be forgotten is not brought back by the next list. Of the forgotten only marks are kept: see
`kernel.erasure.mark`. Who is restricted still has a name, and is compared by it.
"""

from collections.abc import Collection, Iterable

from wegweiser.companies import entries, keys, queries
from wegweiser.companies.importing.rows import Clean
from wegweiser.companies.linkage.blocking import Index
from wegweiser.companies.linkage.row.profiles import Known, Profile, profile
from wegweiser.companies.linkage.weighing.verdicts import Verdict
from wegweiser.companies.models import Company, Person
from wegweiser.kernel import erased, erasure, mail_addresses
from wegweiser.kernel.models import Erasure
from wegweiser.kernel.sorting import sort_key

COMPANY, PERSON = "companies.Company", "companies.Person"


def marks_of_firm(company: Company) -> list[str]:
    """What a list would find the firm by: name and code, or its mailbox."""
    return _firm(company.name, company.postcode, [company.email])


def marks_of_person(person: Person) -> list[str]:
    """What a list would find the person by: the name with a mailbox, or at a firm that they work for."""
    firms = queries.families(person.positions.values_list("company", flat=True))
    uuids = Company.objects.filter(pk__in=firms).values_list("uuid", flat=True)
    return _person(person.name, person.email, map(str, uuids))


def _firm(name: str, postcode: str, mails: Iterable[str]) -> list[str]:
    found = [f"{keys.name_key(name)}|{postcode}"] if name and postcode else []
    return [*found, *(f"mail|{mail_addresses.key(mail)}" for mail in mails if mail)]


def _person(name: str, mail: str, firms: Iterable[str]) -> list[str]:
    found = [f"{sort_key(name)}|{firm}" for firm in firms]
    return [*found, f"{sort_key(name)}|{mail_addresses.key(mail)}"] if mail else found


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
        found = [told for one in mails or [""] for told in _person(name, one, map(str, uuids))]
        if not _has(self._persons, found):
            return False
        known = Person.objects.filter(sort_key=sort_key(name), restricted_at=None)
        return not known.filter(positions__company__in=firms).exists()


def _has(marks: Collection[str], told: Iterable[str]) -> bool:
    return bool(marks) and any(erasure.mark(one) in marks for one in told)


def may_come_back(company: Company) -> bool:
    """Whether a restricted firm is one again as soon as it is heard of: nobody asked that it be forgotten, it was not
    in contact for long, or its list was taken back."""
    reason = erased.reason(table=Company._meta.label, uuid=company.uuid)
    return reason in {Erasure.Reason.TERM, Erasure.Reason.EARLY}
