"""What two rows share, before any theme asks for it: their names, ways to reach them, where they are, and who. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from wegweiser.companies.linkage.pair import (
    called,
    itself,
    left_behind,
    phone_lines,
    remarked,
    sharing,
    streets,
    two_firms,
)
from wegweiser.companies.linkage.pair.fitting import Fit, Fitted
from wegweiser.companies.linkage.pair.somebody import at_both
from wegweiser.companies.linkage.row.forms import LASTING
from wegweiser.companies.linkage.row.people import Same
from wegweiser.companies.linkage.row.profiles import Profile
from wegweiser.companies.linkage.signs import hints

_NAME_CODES = {
    Fit.SAME: "same_name",
    Fit.NEAR: "similar_name",
    Fit.PART: "part_of_name",
    Fit.CONFLICT: "shared_word",
}


@dataclass(frozen=True, slots=True)
class TwoRows:
    """Two rows and what they share; None: not known of both. `for_it` and `against` are the codes for that."""

    one: Profile
    other: Profile
    found: Fitted
    was_renamed: bool  # a company was called otherwise before, by its name
    told_renamed: bool  # the same by a remark
    words: tuple[str, ...]  # of both names, without first names and the place
    own_word: bool
    is_their_page: bool
    contact: int  # how many ways of reaching them are the same
    address: bool | None
    near: bool | None
    same_number: bool  # of a register
    somebody: Same
    for_it: tuple[str, ...]
    against: tuple[str, ...]
    led_by: frozenset[str]  # all of `for_it`, to look one up
    other_line: bool
    called_after: bool
    is_a_person: bool  # one name is that of a person and nothing else
    is_part: bool  # one is no firm of its own but a part of the other, by a remark

    @property
    def fit(self) -> Fit:
        return self.found.fit

    @property
    def sides(self) -> tuple[tuple[Profile, Profile], tuple[Profile, Profile]]:
        """Each row, with the one beside it."""
        return (self.one, self.other), (self.other, self.one)

    @property
    def forms(self) -> frozenset[str]:
        return frozenset({self.one.name.form, self.other.name.form})

    @property
    def are_registered(self) -> bool:
        return self.one.name.form in LASTING and self.other.name.form in LASTING

    @property
    def are_others(self) -> bool:
        """Whether each row names people, owners as far as we know, and none of them is at both."""
        one, other = self.one, self.other
        if not (one.persons and other.persons) or self.somebody > Same.OTHER or one.is_staff or other.is_staff:
            return False
        return not remarked.are_partners_of_one(one, other)


class _Ways(NamedTuple):
    """How one is led from one row to the other, beside the name: a contact, a house, a place, a register."""

    contact: int
    address: bool | None
    near: bool | None
    same_number: bool
    for_it: tuple[str, ...]
    against: tuple[str, ...]


def led_together(one: Profile, other: Profile) -> TwoRows | None:
    """What they share; None where nothing leads from one to the other."""
    found, was_renamed, told_renamed = called.best_fit(one, other)
    if found.fit <= Fit.CONFLICT and not hints.are_there(found, one, other):
        return None
    words = tuple(sharing.without_places(found.shared, one, other))
    is_their_page = found.fit == Fit.CONFLICT and remarked.is_called_as_their_page(one, other)
    ways = _ways(one, other)
    somebody, people_against = at_both(one, other, ways.for_it)
    led_there = (*ways.for_it, *("same_person",) * (somebody >= Same.LIKELY))
    by_name, found = found, _as_they_are_led_to(found, one, other, led_there)
    told_renamed |= found.fit > by_name.fit
    for_it = led_there if told_renamed or found.fit == Fit.OTHER else (_NAME_CODES[found.fit], *led_there)
    other_line = phone_lines.other_line(one, other)
    return TwoRows(
        one=one,
        other=other,
        found=found,
        was_renamed=was_renamed,
        told_renamed=told_renamed,
        words=words,
        own_word=is_their_page or sharing.own_word(words, one, other),
        is_their_page=is_their_page,
        contact=ways.contact,
        address=ways.address,
        near=ways.near,
        same_number=ways.same_number,
        somebody=somebody,
        for_it=for_it,
        against=(
            *_people_against(found, one, other, ways, for_it, people_against),
            *("other_phone",) * (other_line and not ways.contact),
        ),
        led_by=frozenset(for_it),
        other_line=other_line,
        called_after=sharing.called_after(one, other) or sharing.called_after(other, one),
        is_a_person=sharing.is_a_person(one, other) or sharing.is_a_person(other, one),
        is_part=_is_part(one, other, found, ways.contact),
    )


def _as_they_are_led_to(found: Fitted, one: Profile, other: Profile, led_there: Collection[str]) -> Fitted:
    """How the names go together, where a number leads to both: a word for a trade may be the name of both, and one may
    have done before what only the other's name says."""
    if found.fit == Fit.PART and "same_phone" in led_there and two_firms.is_their_own_trade_word(one, other):
        return replace(found, distinct=True)
    if found.fit == Fit.CONFLICT and itself.did_that_before(one, other, led_there, found.alone):
        return replace(found, fit=Fit.NEAR, alone=())
    return found


def _ways(one: Profile, other: Profile) -> _Ways:
    contact = sharing.shared_contact(one, other)
    near, place = sharing.places(one, other)
    address, house = streets.addresses(one, other)
    if house == "same_address" and not near:  # a street without a town proves nothing
        address, house = None, ""
    same_number, register_for, register_against = sharing.registers(one, other, near=near)
    told = [code for code in (house, place) if code]
    return _Ways(
        contact=len(contact),
        address=address,
        near=near,
        same_number=same_number,
        for_it=(*contact, *(code for code in told if code not in _APART), *register_for),
        against=(*(code for code in told if code in _APART), *register_against),
    )


_APART = frozenset({"other_address", "different_place"})


def _people_against(
    found: Fitted,
    one: Profile,
    other: Profile,
    ways: _Ways,
    for_it: tuple[str, ...],
    told: tuple[str, ...],
) -> tuple[str, ...]:
    """All that speaks against it so far, with two first names as far as nothing sets them aside: they may be told by
    the names and by the people (`told`), and each reason sets aside one of the two."""
    by_people = "other_first_name" in told
    count = found.other_first_name + by_people
    for is_set_aside in _first_names_of_one_firm(found, one, other, ways, for_it):
        if not count:
            break
        count -= is_set_aside
    return (
        *("other_first_name",) * (found.other_first_name and count > by_people),
        *ways.against,
        *("other_first_name",) * (by_people and count > 0),
        *(code for code in told if code != "other_first_name"),
    )


def _first_names_of_one_firm(
    found: Fitted, one: Profile, other: Profile, ways: _Ways, for_it: Collection[str]
) -> Iterator[bool]:
    """Why two first names of a family may be those of one firm, one reason after the other."""
    yield bool(ways.address) and remarked.have_one_register_name(one, other)  # two of a family work there
    yield found.fit >= Fit.NEAR and two_firms.is_of_the_family_firm(one, other, for_it)
    yield found.fit == Fit.PART and two_firms.is_at_its_desk(one, other, for_it, found.alone)
    yield two_firms.signs_in_from_there(found, one, other, for_it)
    yield found.fit >= Fit.PART and left_behind.left_that_house(one, other, for_it)


def _is_part(one: Profile, other: Profile, found: Fitted, contact: int) -> bool:
    if not (one.aside.is_part or other.aside.is_part):
        return False
    return bool(contact) or (found.fit >= Fit.NEAR and found.distinct and remarked.is_a_branch_of(one, other))
