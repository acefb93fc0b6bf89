"""Whether two rows that nothing leads from one to the other may be one firm all the same. Pure."""

from wegweiser.companies.linkage.pair import called, left_behind, remarked, sharing
from wegweiser.companies.linkage.pair.fitting import Fitted
from wegweiser.companies.linkage.row import people, written_addresses
from wegweiser.companies.linkage.row.people import Same
from wegweiser.companies.linkage.row.profiles import Profile


def are_there(found: Fitted, one: Profile, other: Profile) -> bool:
    """Whether a number, a mail or a register leads from one to the other, a remark, or what they seem to share."""
    return called.reached(one, other) or _are_told(one, other) or _seem_alike(found, one, other)


def _are_told(one: Profile, other: Profile) -> bool:
    """Whether a remark on one leads to the other."""
    return any(
        is_told_whose(side, beside) or came_from(side, beside)
        for side, beside in ((one, other), (other, one))
        if side.known.remark
    )


def came_from(one: Profile, other: Profile) -> bool:
    """Whether a remark on `one` says that it was where `other` is."""
    return remarked.came_from(one, other) or left_behind.left_that_town(one, other)


def is_told_whose(one: Profile, other: Profile) -> bool:
    """Whether `one` is a person, and a remark says that `other` is theirs."""
    return sharing.is_a_person(one, other) and remarked.names_the_firm(one, other)


def _seem_alike(found: Fitted, one: Profile, other: Profile) -> bool:
    """Whether there is a word or a trade at one house number or in one place, or somebody who may be at both."""
    is_thin = not (one.phones and other.phones) and not (one.emails and other.emails)
    is_house = bool(one.house) and (one.street, one.house) == (other.street, other.house)
    if is_thin and is_house and sharing.same_trade(one, other, ()):
        return True
    if found.distinct and ((one.house and one.house == other.house) or _are_in_one_place(one, other)):
        return True
    is_called_after = sharing.called_after(one, other) or sharing.called_after(other, one)
    if is_called_after and is_thin and _are_in_one_place(one, other) and sharing.same_trade(one, other, ()):
        return True
    if not (found.shared or is_called_after or sharing.only_named(one) or sharing.only_named(other)):
        return False
    return any(
        people.same(a, b) > Same.OTHER
        for a in one.persons + one.named + one.writers
        for b in other.persons + other.named + other.writers
    )


def _are_in_one_place(one: Profile, other: Profile) -> bool:
    if not {one.place or one.town, one.part}.isdisjoint({other.place, other.town, other.part} - {""}):
        return True
    return bool(one.place) and written_addresses.town(one.place) == written_addresses.town(other.place)
