"""Whether two rows are one firm: surely, perhaps, or not, each with what speaks for it and against it.

Pure. Names are compared word by word: spelling, order, compounds, initials and slips do not matter, words that only one
side has matter little, words that both sides have for themselves speak against it. Nothing but a number of a register
makes two rows surely one without a name that fits and a place, number or address that they share.
"""

from dataclasses import dataclass
from enum import IntEnum

from wegweiser.companies import names, people, sharing
from wegweiser.companies.names import Fit, Fitted
from wegweiser.companies.people import Same
from wegweiser.companies.profiles import Profile


class Verdict(IntEnum):
    NO, UNSURE, SURE = 0, 1, 2


@dataclass(frozen=True)
class Likeness:
    """The verdict on two rows, how much speaks for it, and the evidence as codes (`web.desk` has the words)."""

    verdict: Verdict
    weight: float
    evidence: tuple[str, ...]


def compare(one: Profile, other: Profile) -> Likeness:
    """Sure, unsure or no, with the evidence."""
    found, was_renamed = _best_fit(one, other)
    fit = found.fit
    if fit <= Fit.CONFLICT and not _hints(found, one, other) and not _reached(one, other):
        return _STRANGERS
    for_it: list[str] = [_NAME_CODES[fit]] if fit in _NAME_CODES else []
    against: list[str] = ["other_first_name"] if found.other_first_name else []
    weight = _NAME_WEIGHTS[fit]

    shared_words = sharing.without_places(found.shared, one, other)
    own_word = sharing.own_word(shared_words, one, other)
    same_number = sharing.registers(one, other, for_it, against)
    contact = sharing.shared_contact(one, other, for_it)
    address = sharing.addresses(one, other, for_it, against)
    near = sharing.places(one, other, for_it, against)
    if address and not near:
        address = None  # a street without a town proves nothing
    somebody = sharing.somebody(one, other, for_it, against)
    if not contact and sharing.other_line(one, other):
        against.append("other_phone")
    if one.name.numbers != other.name.numbers and fit != Fit.SAME:
        against.append("other_number_in_name")
    forms = {one.name.form, other.name.form}
    is_partnership = fit == Fit.PART and forms == {"", "partners"} and not (own_word and contact)
    if forms in _FORMS_APART or is_partnership:
        against.append("other_legal_form")
    if one.name.is_branch != other.name.is_branch or (one.name.is_branch and near is False):
        against.append("branch")
    is_itself = contact >= 2 and "same_person" in for_it  # the successor with and without that word
    if one.name.is_successor != other.name.is_successor and not (is_itself or (was_renamed and address and contact)):
        against.append("successor")
    if _is_sister(found, one, other, frozenset(for_it)):
        against.append("sister_firm")
    if fit == Fit.CONFLICT:
        against.append("different_words")
    same_trade = sharing.same_trade(one, other, found.shared if fit == Fit.CONFLICT else ())
    if one.persons and other.persons and somebody <= Same.OTHER and sharing.has_an_owner_of_its_own(found, one, other):
        against.append("other_owner")
    if same_trade and fit == Fit.CONFLICT:
        for_it.append("same_trade")
    known_there = somebody >= Same.FAMILY
    if same_trade is False and (fit <= Fit.CONFLICT or (fit == Fit.PART and not known_there)):
        against.append("other_trade")
    weight += sum(_WEIGHTS.get(code, 0) for code in for_it) + sum(_WEIGHTS.get(code, 0) for code in against)
    shared = _Shared(
        contact=contact,
        address=address,
        near=near,
        people=somebody >= Same.LIKELY,
        person=somebody == Same.PERSON,
        other_people=bool(one.persons and other.persons and somebody <= Same.OTHER),
        same_number=same_number,
        same_mail_and_phone={"same_mail", "same_phone"} <= set(for_it),
        same_mail="same_mail" in for_it,
        same_phone="same_phone" in for_it,
        same_address="same_address" in for_it,
        both_registered=one.name.form in _LASTING and other.name.form in _LASTING,
        same_trade=same_trade,
        called_after=sharing.called_after(one, other) or sharing.called_after(other, one),
        says_no_trade=any(sharing.says_no_trade(side, found.shared) for side in (one, other)),
        only_named=sharing.only_named(one) or sharing.only_named(other),
        word=bool(shared_words),
        own_word=own_word,
        same_family=sharing.same_family(one, other),
        other_line=sharing.other_line(one, other),
        no_phone_of_both=bool(one.phones and other.phones and not one.phones & other.phones),
    )
    verdict = _verdict(found, shared, frozenset(against), tells=sharing.tells(one) and sharing.tells(other))
    return Likeness(verdict, weight, (*for_it, *against))


def _is_sister(found: Fitted, one: Profile, other: Profile, for_it: frozenset[str]) -> bool:
    """Whether one may be a company beside the other: its property, its holding, its lorries."""
    if any(map(names.is_sister, found.alone)):
        kinds = names.sisters(one.name.words) & names.sisters(other.name.words)
        return not (kinds and "same_mail" in for_it)
    if found.fit != Fit.PART or not any(map(names.is_spin_off, found.alone)):
        return False
    if one.name.form and other.name.form:
        return True
    own_line = sharing.other_line(one, other) and not {"same_phone", "same_mail"} & for_it
    return bool((one.name.form or other.name.form) and own_line)


def _best_fit(one: Profile, other: Profile) -> tuple[Fitted, bool]:
    """How the names go together, and whether that is because a company with a register was called otherwise before.

    A trader's "vormals" names whom he took over from; a company keeps its rights and duties whatever it is called.
    """
    first_names = [*one.first_names, *other.first_names]
    full_names = one.full_names, other.full_names
    surnames = one.surnames | other.surnames
    explained = (_explained(one, other), _explained(other, one))
    found = names.fitted(
        one.name, other.name, first_names=first_names, people=full_names, explained=explained, surnames=surnames
    )
    renamed = False
    for new, old in ((one.name, other.name), (other.name, one.name)):
        if new.former is None or new.form not in _LASTING or old.form not in {"", *_LASTING}:
            continue
        before = names.fitted(new.former, old, first_names=first_names)
        renamed |= max(found.fit, before.fit) >= Fit.PART
        if before.fit > found.fit:
            found = before
    return found, renamed


def _explained(one: Profile, other: Profile) -> frozenset[str]:
    """Names of people that may stand in the name of `one`, because `other` says who they are."""
    if one.persons and not any(
        people.same(mine, theirs) > Same.OTHER for mine in one.persons for theirs in other.persons
    ):
        return _town_of_both(one, other)
    return _town_of_both(one, other) | frozenset(
        part for person in (*other.persons, *one.persons) for name in person for part in name.split("-") if part
    )


def _town_of_both(one: Profile, other: Profile) -> frozenset[str]:
    """The town in the name of a firm says nothing where both are in it."""
    mine, theirs = one.place or one.town, other.place or other.town
    return frozenset(word for word in mine.split() if len(word) > 3) if mine == theirs else frozenset()


def _hints(found: Fitted, one: Profile, other: Profile) -> bool:
    """Whether two that nothing leads to may be one: a word at one house number, or somebody who is at both."""
    town = one.place or one.town
    if found.distinct and (one.house == other.house or (town and town in {other.place, other.town})):
        return True
    if not found.shared and not (sharing.called_after(one, other) or sharing.called_after(other, one)):
        return False
    return any(people.same(a, b) > Same.OTHER for a in one.persons + one.named for b in other.persons + other.named)


_LASTING = frozenset({"limited", "stock", "coop"})
_STRANGERS = Likeness(Verdict.NO, -5.0, ("different_words",))


def _reached(one: Profile, other: Profile) -> bool:
    """Whether anything that leads to both is the same. Most pairs end here, so it is quick."""
    return bool(
        one.phones & other.phones
        or one.emails & other.emails
        or one.domains & other.domains
        or (one.known.vat_id and one.known.vat_id == other.known.vat_id)
        or (one.register and one.register == other.register)
    )


_NAME_CODES = {
    Fit.SAME: "same_name",
    Fit.NEAR: "similar_name",
    Fit.PART: "part_of_name",
    Fit.CONFLICT: "shared_word",
}
_NAME_WEIGHTS = {Fit.SAME: 4.0, Fit.NEAR: 3.0, Fit.PART: 2.0, Fit.CONFLICT: 0.5, Fit.OTHER: -2.0}
_FORMS_APART = [
    *({"club", other} for other in ("limited", "stock", "coop", "partners")),
    *({"coop", other} for other in ("limited", "stock")),
    *({"partners", other} for other in ("limited", "stock", "sole")),
    {"sole", "limited"},
    {"stock", "limited"},
]
_WEIGHTS = {
    "same_vat_id": 8,
    "same_register": 6,
    "same_mail": 4,
    "same_phone": 3,
    "same_domain": 3,
    "same_address": 3,
    "same_person": 2,
    "same_trade": 1,
    "same_postcode": 1,
    "same_place": 1,
    "other_vat_id": -6,
    "other_register": -5,
    "different_place": -4,
    "other_number_in_name": -4,
    "branch": -3,
    "other_first_name": -3,
    "other_owner": -3,
    "successor": -3,
    "sister_firm": -3,
    "other_address": -2,
    "other_legal_form": -2,
    "different_words": -2,
    "other_trade": -2,
    "other_phone": -1,
}
# With one of these nobody but a person says that two rows are one firm.
VETOES = frozenset(
    {
        *(
            "other_vat_id",
            "other_register",
            "different_place",
            "other_first_name",
            "other_owner",
            "other_number_in_name",
        ),
        *("other_legal_form", "branch", "successor", "sister_firm", "different_words", "other_trade"),
    }
)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the two have in common beside the name; None: not known of both."""

    contact: int
    address: bool | None
    near: bool | None
    people: bool
    person: bool
    other_people: bool
    same_number: bool
    same_mail_and_phone: bool
    same_mail: bool = False
    same_phone: bool = False
    same_address: bool = False
    both_registered: bool = False
    word: bool = False
    own_word: bool = False
    same_family: bool = False
    other_line: bool = False
    no_phone_of_both: bool = False
    same_trade: bool | None = None
    called_after: bool = False
    only_named: bool = False
    says_no_trade: bool = False


def _verdict(found: Fitted, shared: _Shared, against: frozenset[str], *, tells: bool) -> Verdict:
    if shared.same_number:
        told = against & VETOES - {"different_place"}
        return Verdict.SURE if found.fit >= Fit.PART and not told else Verdict.UNSURE
    if found.fit == Fit.OTHER:
        return _under_no_common_word(shared, against)
    if found.fit == Fit.CONFLICT:
        if _is_one_under_two_words(found, shared, against):
            return Verdict.SURE
        alike = shared.address and (shared.contact or found.distinct)
        alike = alike or (shared.contact and (found.distinct or shared.near) and shared.near is not False)
        alike = alike or (shared.word and shared.same_family and shared.near and shared.same_trade is not False)
        return Verdict.UNSURE if alike else Verdict.NO
    reached = bool(shared.address or shared.contact)
    if against & {"other_vat_id", "other_register"}:
        return Verdict.UNSURE if reached else Verdict.NO
    if shared.near is False and _moved(found, shared, against):
        return Verdict.SURE
    if shared.near is False:
        return Verdict.UNSURE if shared.contact or (shared.people and found.distinct) else Verdict.NO
    knows = (
        found.fit == Fit.SAME or (shared.people and found.distinct) or (found.fit == Fit.NEAR and shared.same_family)
    )
    by_name_alone = shared.near is None and tells and knows
    maybe = Verdict.UNSURE if shared.near or reached or by_name_alone else Verdict.NO
    if against & VETOES:
        return maybe
    if _is_sure(found, shared, against, tells=tells):
        return Verdict.SURE
    return maybe if found.fit > Fit.PART or found.distinct or reached else Verdict.NO


def _under_no_common_word(shared: _Shared, against: frozenset[str]) -> Verdict:
    """Names that have nothing in common: "Kräuterwald" is "Heilpraktikerin Abel", where she is named and reached."""
    is_named = shared.called_after and not shared.both_registered and shared.same_trade is not False
    reached = shared.same_mail or shared.same_phone
    is_sure = shared.people and shared.near is not False and bool(shared.same_trade or shared.only_named)
    is_sure = is_sure or (shared.same_family and bool(shared.same_trade and shared.near))
    if is_named and reached and is_sure and not against & VETOES:
        return Verdict.SURE
    if shared.address and (shared.contact or (is_named and shared.people)):
        return Verdict.UNSURE
    if shared.contact and (shared.people or (shared.near and shared.same_family)):
        return Verdict.UNSURE
    return Verdict.UNSURE if is_named and shared.people and shared.near else Verdict.NO


def _is_one_under_two_words(found: Fitted, shared: _Shared, against: frozenset[str]) -> bool:
    """The same name with another word for the trade: "Wachfalke Security" is "Sicherheitsdienst Wachfalke".

    Who shares a number or a mail, the address and a person besides is one firm, if it is not two companies.
    """
    if against & VETOES != {"different_words"} or shared.both_registered or not shared.word:
        return False
    if shared.address is False or shared.near is False:
        return False
    if shared.other_people and not (shared.address and (shared.same_phone or shared.same_mail)):
        return False
    if shared.same_trade and shared.address:
        return bool(shared.people or shared.own_word or (shared.contact and shared.same_family))
    if shared.same_trade is None:  # a word for the trade that we do not know may stand for another
        if shared.says_no_trade and shared.address and shared.people:
            return bool(shared.contact)
        return bool(shared.near and shared.people and shared.own_word and shared.contact >= 2)
    if shared.contact and (shared.near or shared.people) and (shared.same_family or shared.own_word):
        return True
    return _is_known_there(shared)


def _is_known_there(shared: _Shared) -> bool:
    """Where nothing leads to both: the same person in the same trade and town, or a name of its own and the family."""
    if not shared.near or shared.other_line or shared.address is False:
        return False
    if shared.person or (shared.people and shared.own_word):
        return shared.word and (shared.own_word or bool(shared.same_trade))
    return shared.own_word and shared.same_family and bool(shared.same_trade)


def _moved(found: Fitted, shared: _Shared, against: frozenset[str]) -> bool:
    """The same name that tells something, the same number and the same mail: a firm that has moved."""
    return (
        found.fit == Fit.SAME
        and found.distinct
        and shared.same_mail_and_phone
        and against & VETOES == {"different_place"}
    )


def _is_sure(found: Fitted, shared: _Shared, against: frozenset[str], *, tells: bool) -> bool:
    """Where nothing speaks against it."""
    if shared.contact and not (shared.same_mail or shared.same_phone) and shared.address is False and shared.other_line:
        return False  # two shops of one page
    at_home = shared.address and "other_phone" not in against
    at_home = at_home and (not shared.no_phone_of_both or shared.people or shared.own_word)
    if found.fit == Fit.SAME:
        alone = shared.near and tells and shared.address is None and not shared.no_phone_of_both
        alone = alone and not shared.other_people and shared.same_trade is not False
        return bool(shared.contact or shared.address or (shared.people and shared.near) or alone)
    if _is_known_there(shared):
        return True
    if found.fit == Fit.NEAR and (shared.contact or at_home):
        return True
    if shared.near and shared.address is not False and shared.same_family and shared.contact:
        return True
    if shared.near and shared.people and shared.same_address and shared.word:
        return True
    is_own = shared.own_word and shared.same_family and shared.same_trade is not False
    if is_own and shared.near and shared.address is not False and not shared.other_line:
        return True
    if shared.contact >= 2:  # only one side has more words
        return True
    has_moved = shared.people and shared.near and found.distinct  # within the town
    if has_moved and (shared.same_mail or shared.same_phone or (shared.contact and shared.address is not False)):
        return True
    if shared.contact and (shared.address or (found.distinct and shared.address is None)):
        return True
    return bool(found.fit == Fit.PART and at_home and found.distinct and len(found.alone) <= 2)
