"""Two firms side by side: how each and its people are reached, and from which fair it came. A few queries for all."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.db.models.functions import Coalesce

from wegweiser.companies.models import Company, Person, Position
from wegweiser.enquiries.models import Card
from wegweiser.kernel import mail_addresses


@dataclass
class Reached:
    """One of the two: the firm, who works there, the occasions of its business cards."""

    company: Company
    people: list[Person] = field(default_factory=list)
    fairs: list[str] = field(default_factory=list)

    @property
    def phones(self) -> set[str]:
        return {phone for phone in (self.company.phone, *(person.phone for person in self.people)) if phone}

    @property
    def emails(self) -> set[str]:
        mails = (self.company.email, *(person.email for person in self.people))
        return {mail_addresses.key(mail) for mail in mails if mail}


def reached(companies: Iterable[Company]) -> dict[int, Reached]:
    """Of each of these firms, by its primary key, across the rows that were merged into it."""
    found = {company.pk: Reached(company) for company in companies}
    theirs = Q(company__in=found) | Q(company__canonical__in=found)
    rows = Position.objects.filter(theirs, valid_to=None, person__restricted_at=None).annotate(root=_ROOT)
    for position in rows.select_related("person").order_by("id"):
        people = found[position.root].people  # type: ignore[attr-defined]
        if position.person not in people:
            people.append(position.person)
    told: dict[int, dict[str, None]] = defaultdict(dict)
    cards = Card.objects.filter(theirs).annotate(root=_ROOT).order_by("id")
    for root, title in cards.values_list("root", "fair__title"):
        told[root][title] = None
    for root, titles in told.items():
        found[root].fairs = list(titles)
    return found


def in_common(one: Reached, other: Reached) -> list[str]:
    """What both are reached by, as codes of evidence: whoever compares them sees it, so it is among the reasons."""
    shared: Sequence[tuple[str, set[str]]] = (
        ("same_phone", one.phones & other.phones),
        ("same_mail", one.emails & other.emails),
    )
    return [code for code, both in shared if both]


_ROOT = Coalesce("company__canonical_id", "company_id")
