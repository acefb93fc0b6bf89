"""Whom one asks today: somebody who is here, in place of who is not."""

from wegweiser.consortium import directory, teams
from wegweiser.consortium.models import Member, Partner


def works_here(member: Member) -> bool:
    return member in directory.today().people()


def looks_after(adviser: Member | None, *, partner: Partner) -> Member | None:
    """Who answers for an enquiry: who took it, or whoever is asked instead when they are not here any more."""
    if adviser is None or works_here(adviser):
        return adviser
    return instead_of(adviser, partner=partner)


def instead_of(left: Member | None, *, partner: Partner | None) -> Member | None:
    """Who is asked when `left` cannot be: who took over from them, else the office of the partner, else of the lead."""
    return (successor(left) if left else None) or directory.today().office(partner) or first_contact()


def successor(left: Member) -> Member | None:
    """Who took over from somebody and can be asked today."""
    heir = teams.successor(left)
    return directory.today().member(heir.pk) if heir else None


def first_contact() -> Member | None:
    """Who answers when nothing else is known: the office of the lead partner."""
    today = directory.today()
    return today.office(today.lead())
