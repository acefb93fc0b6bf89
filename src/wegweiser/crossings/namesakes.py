"""Several people with one mail address, as `info@` of a small firm is: who of them is meant. Reads only."""

from collections.abc import Collection, Iterable

from django.db.models import Q

from wegweiser.companies import sole_traders
from wegweiser.companies.linkage.row import people
from wegweiser.companies.models import Company, Person
from wegweiser.kernel import erasure, mail_addresses
from wegweiser.kernel.sorting import sort_key

# Where somebody is named as a person; elsewhere the name may be anything that stands before an address.
NAMED = (
    *("companies.Person", "companies.AccessRequest", "companies.ConsentRequest"),
    *("enquiries.Case", "events.Registration"),
)


def at(mail: str) -> list[str]:
    """Everybody who is named as a person under this address and not forgotten, each spelling once."""
    names: dict[str, str] = {}
    for form in erasure.spelt([mail]):
        for table in NAMED:
            fate = erasure.fates()[table]
            for row in fate.about(form):
                name = fate.named(row)
                if getattr(row, "restricted_at", None) is None and not _is_a_firm(row, name):
                    names.setdefault(sort_key(name), name)
    return [name for key, name in names.items() if key]


def apart(names: Collection[str]) -> list[str]:
    """One spelling of each person among `names`, the longest."""
    found: list[str] = []
    for name in sorted(names, key=lambda name: (-len(name), name)):
        if not any(is_same(name, other) for other in found):
            found.append(name)
    return found


def others(mail: str, name: str) -> list[str]:
    """Who else has this address."""
    mine = _spellings(name, at(mail))
    return apart([other for other in at(mail) if sort_key(other) not in mine])


def found_by(mail: str, name: str) -> str | erasure.Mailbox:
    """By what the one of this name is found: the address alone, or where it is shared how they are called there.

    Shared it is as well with a firm that bears somebody else's name: whoever writes from its office is not that firm.
    Without a name, it is that of the only one who is known there.
    """
    there = at(mail)
    name = name.strip() or next(iter(apart(there)), "")
    if not name:
        return mail
    mine = _spellings(name, there)
    is_theirs = all(sort_key(other) in mine for other in there)
    if is_theirs and not is_of_another(mail_addresses.same("email", mail), name):
        return mail
    return erasure.Mailbox(mail, frozenset(_spellings(name, [*there, *_elsewhere(mail)])))


def is_of_another(contact: Q, name: str) -> bool:
    """Whether a firm that is reached so would be taken for one owner's, and is called after another than `name`."""
    taken = Company.objects.filter(pk__in=sole_traders.of([], contact)).exclude(is_sole_trader=True)
    return any(not sole_traders.is_named_after(firm.name, name) for firm in taken)


def identities(person: Person) -> list[erasure.Who]:
    """By what everything about a person is found, and nothing of others with the same mailbox."""
    if person.email:
        return [found_by(person.email, person.name)]
    return [erasure.Caller(person.phone, person.name)] if person.phone else []


def is_same(one: str, other: str) -> bool:
    """Whether two names may be one person's: written otherwise, with a title, an initial or without the first name.

    >>> is_same("Frau Dr. Jana Müller", "Müller, Jana"), is_same("J. Müller", "Jana Müller")
    (True, True)
    >>> is_same("Jana Müller", "Kurt Müller"), is_same("Kurt Müller", "Kurt Abel")
    (False, False)
    """
    if sort_key(one) == sort_key(other):
        return True
    pairs = [(mine, theirs) for mine in people.people(one) for theirs in people.people(other)]
    return any(people.same(mine, theirs) >= people.Same.FAMILY for mine, theirs in pairs)


def _spellings(name: str, names: Iterable[str]) -> set[str]:
    """Of `names` those that are `name`, and nobody else's there: "Frau Müller" may be any of two who are called so."""
    told = list(names)
    strangers = [other for other in told if not is_same(other, name)]
    return {sort_key(name)} | {
        sort_key(other)
        for other in told
        if is_same(other, name) and not any(is_same(other, stranger) for stranger in strangers)
    }


def _elsewhere(mail: str) -> set[str]:
    """How else rows call somebody with this address."""
    rows = (
        (fate, row) for fate in erasure.fates().values() for one in erasure.spelt([mail]) for row in fate.about(one)
    )
    return {name for fate, row in rows if (name := fate.named(row))}


def _is_a_firm(row: object, name: str) -> bool:
    """Whether an enquirer gave the name of the firm as their own."""
    called = (getattr(row, "firm", ""), getattr(getattr(row, "company", None), "name", ""))
    return sort_key(name) in {sort_key(text) for text in called if text}
