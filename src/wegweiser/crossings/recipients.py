"""How an enquirer may be reached: the channel that person or firm chose, and the address of a letter."""

from collections.abc import Collection, Iterable

from django.db.models import Q
from django.db.models.functions import Coalesce

from wegweiser.companies import queries as companies
from wegweiser.companies.models import STRICTEST, Channel, Company, Person
from wegweiser.enquiries import correspondence, openings, reply_addresses
from wegweiser.enquiries.models import Case
from wegweiser.kernel import mail_addresses


def channel(case: Case) -> str:
    """How the enquirer may be reached: the strictest of what person and firm chose, and whoever has their address.

    An address may be all that is known of them: who typed it, or wrote from there, is linked to nobody yet.
    """
    there = mail(case)
    wishes = wishes_at([there]).get(mail_addresses.key(there), set()) if there else set()
    return strictest({channel_of(case.person, case.company), *wishes})


def channel_of(person: Person | None, company: Company | None) -> str:
    """The stricter of what a person and their firm chose; a merged firm has the strictest of its rows by itself."""
    return strictest({party.channel for party in (person, companies.root_of(company) if company else None) if party})


def strictest(chosen: Collection[str]) -> Channel:
    """The one of several wishes that binds; who wished for nothing gets mails."""
    return next((channel for channel in STRICTEST if channel in chosen), Channel.MAIL)


def wishes_at(mails: Iterable[str]) -> dict[str, set[str]]:
    """What everybody known with one of these addresses chose, be it a firm, by the key of the address."""
    there = Q(pk__in=())
    for mail in mails:
        there |= mail_addresses.same("email", mail)
    found: dict[str, set[str]] = {}
    owners = Person.objects.filter(there, restricted_at=None).values_list("email", "channel")
    firms = Company.objects.filter(there, restricted_at=None)
    bound = firms.values_list("email", Coalesce("canonical__channel", "channel"))
    for mail, channel in owners.order_by().union(bound.order_by(), all=True):
        found.setdefault(mail_addresses.key(mail), set()).add(channel)
    return found


def ways_to(*, people: Iterable[Person], company: Company) -> dict[int, Channel]:
    """How each of `people` of a firm may be told something that they did not ask for, by their keys.

    The strictest of what they chose, their firm, and whoever else is known with their address, be it a firm.
    """
    people = list(people)
    wishes = wishes_at(person.email for person in people)
    return {
        person.pk: strictest({channel_of(person, company), *wishes.get(mail_addresses.key(person.email), ())})
        for person in people
    }


def writable(case: Case, chosen: str = "") -> bool:
    """Whether an answer in writing has somewhere to go; who chose the telephone is called. `chosen` spares a read."""
    chosen = chosen or channel(case)
    if chosen == Channel.LETTER:
        return bool(address(case))
    return chosen == Channel.MAIL and bool(mail(case))


def mail(case: Case) -> str:
    """The mail address of the enquirer: of the case, else of the person it belongs to; empty where there is none.

    Where we opened the case at a firm and it names nobody, that is the firm itself. Whoever asked and stayed unnamed is
    not written to where others of the firm read it.
    """
    known = correspondence.address_known(case)
    if known or case.person or case.name or not case.company or not openings.by_us(case):
        return known
    return companies.root_of(case.company).email


def answer_to(case: Case, otherwise: str, chosen: str = "") -> str:
    """Where an answer to a letter of ours goes: by mail to the address of the case, on paper `otherwise`."""
    on_paper = (chosen or channel(case)) == Channel.LETTER
    return otherwise if on_paper else reply_addresses.of(case) or otherwise


def address(case: Case) -> list[str]:
    """The lines of the address field of a paper letter; none where the address is not complete."""
    return address_of(case.name, case.company)


def address_of(name: str, company: Company | None) -> list[str]:
    """The lines for somebody of this name at a firm; none where the address is not complete."""
    company = companies.root_of(company) if company else None
    if company is None or not (company.place and company.postcode):
        return []
    called = "" if company.is_cover_name else company.name
    lines = [called, name if name != called else "", company.street]
    return [line for line in (*lines, f"{company.postcode} {company.place}") if line]
