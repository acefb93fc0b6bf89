"""Whether two rows are one firm: surely, perhaps, or not, each with what speaks for it and against it.

Pure. Names are compared word by word: spelling, order, compounds, initials and slips do not matter, words that only one
side has matter little, words that both sides have for themselves speak against it. Nothing but a number of a register
makes two rows surely one without a name that fits and a place, number or address that they share.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz.distance import Levenshtein

from wegweiser.companies import names, people
from wegweiser.companies.names import Fit, Fitted
from wegweiser.companies.people import Same
from wegweiser.companies.profiles import Profile
from wegweiser.consortium.outlines import kilometres

SAME_KM, NEXT_KM = 5, 20


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

    shared_words = _without_places(found.shared, one, other)
    own_word = _own_word(shared_words, one, other)
    same_number = _registers(one, other, for_it, against)
    contact = _shared_contact(one, other, for_it)
    address = _addresses(one, other, for_it, against)
    near = _places(one, other, for_it, against)
    if address and not near:
        address = None  # a street without a town proves nothing
    somebody = _people(one, other, for_it, against)
    if not contact and _other_line(one, other):
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
    apart = one.name.form and other.name.form
    if (one.name.form or other.name.form) and _other_line(one, other):
        apart = apart or not {"same_phone", "same_mail"} & set(for_it)
    spun_off = fit == Fit.PART and apart and any(map(names.is_spin_off, found.alone))
    kinds = names.sisters(one.name.words), names.sisters(other.name.words)
    sisters = any(map(names.is_sister, found.alone)) and not (kinds[0] & kinds[1] and "same_mail" in for_it)
    if sisters or spun_off:
        against.append("sister_firm")
    if fit == Fit.CONFLICT:
        against.append("different_words")
    same_trade = _same_trade(one, other, found.shared if fit == Fit.CONFLICT else ())
    if one.persons and other.persons and somebody <= Same.OTHER and _has_an_owner_of_its_own(found, one, other):
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
        called_after=_called_after(one, other) or _called_after(other, one),
        says_no_trade=any(_says_no_trade(side, found.shared) for side in (one, other)),
        only_named=_only_named(one) or _only_named(other),
        word=bool(shared_words),
        own_word=own_word,
        same_family=_same_family(one, other),
        other_line=_other_line(one, other),
        no_phone_of_both=bool(one.phones and other.phones and not one.phones & other.phones),
    )
    verdict = _verdict(found, shared, frozenset(against), tells=_tells(one) and _tells(other))
    return Likeness(verdict, weight, (*for_it, *against))


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
    if not found.shared and not (_called_after(one, other) or _called_after(other, one)):
        return False
    return any(people.same(a, b) > Same.OTHER for a in one.persons + one.named for b in other.persons + other.named)


_SEVERAL = frozenset({"limited", "stock", "coop", "partners", "club"})
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
    if shared.address and (shared.contact or is_named and shared.people):
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


def _same_trade(one: Profile, other: Profile, shared: Collection[str]) -> bool | None:
    """Whether both do the same, by the words beside those that are the name of both; None where that is not known."""
    mine, theirs = (
        side.trade.union(*(found for word, found in side.fields.items() if word not in shared)) for side in (one, other)
    )
    left, right = names.kinds(one.name.words), names.kinds(other.name.words)
    if left and right and not left & right and mine and theirs:
        return False
    if mine & theirs or _says_the_same(one, other, shared):
        return True
    return False if mine and theirs else None


def _says_the_same(one: Profile, other: Profile, shared: Collection[str]) -> bool:
    """Whether the trade of one is called by a word of the other, whatever it means."""
    said, read = (
        [*side.trade_words, *(word for word in side.fields if word not in shared and names.is_special(word))]
        for side in (one, other)
    )
    return any(
        names.covers(left, right) >= 2
        for left in said
        for right in read
        if left in one.trade_words or right in other.trade_words
    )


def _same_family(one: Profile, other: Profile) -> bool:
    """Whether somebody of one name is at both, and nobody of that name with another first name."""
    if not one.persons and not other.persons:
        return False
    mine, theirs = (*one.persons, *one.named), (*other.persons, *other.named)
    found = {people.same(left, right) for left in mine for right in theirs}
    return max(found, default=Same.NOBODY) >= Same.FAMILY and Same.OTHER not in found


def _called_after(one: Profile, other: Profile) -> bool:
    """Whether `one` has the name of somebody who works for `other`."""
    return any(last in one.name.words or last.replace("-", "") in one.name.joined for _, last in other.persons)


def _has_an_owner_of_its_own(found: Fitted, one: Profile, other: Profile) -> bool:
    """Whether one is called after its own people, whom the other does not know: "Praxis Abel" and "Abel & Kain" at Kain."""
    return (
        one.name.form not in _SEVERAL
        and other.name.form not in _SEVERAL
        and any(names.covers(word, last) >= 2 for word in found.alone for last in one.surnames | other.surnames)
    )


def _says_no_trade(one: Profile, shared: Collection[str]) -> bool:
    """Whether nothing is told of what a firm does: "Praxis Abel"."""
    theirs = {part for person in (*one.persons, *one.named) for name in person for part in name.split("-")}
    words = [word for word in one.name.words if word not in shared and word not in theirs]
    return not one.trade and not any(map(names.is_special, [*one.trade_words, *words]))


def _only_named(one: Profile) -> bool:
    """Whether a firm is called by a person's name and nothing else is known of what it does."""
    theirs = {part for person in (*one.persons, *one.named) for name in person for part in name.split("-")}
    return not one.trade_words and set(one.name.words) <= theirs


def _without_places(words: Iterable[str], one: Profile, other: Profile) -> list[str]:
    """What the names share beside a first name and the place they are in: "Jerichow" tells no firms of Jerichow apart."""
    named = (one.place, other.place, one.part, other.part, one.town, other.town)
    places = {word[:6] for place in named for word in place.split()}
    return [word for word in words if word not in names.FIRST_NAMES and word[:6] not in places]


def _own_word(words: list[str], one: Profile, other: Profile) -> bool:
    """Whether one of the words that the names share is nobody's name, or they share two."""
    persons = (*one.persons, *other.persons)
    theirs = {part for person in (*persons, *one.named, *other.named) for name in person for part in name.split("-")}
    called = [word for word in words if not any(names.covers(word, name) >= 2 for name in theirs if len(name) > 1)]
    told = set(words) - names.EVERYDAY
    return len(told) > 1 or bool(persons and told & set(called) - names.SURNAMES)


def _tells(one: Profile) -> bool:
    """Whether a name tells more than a trade and a family name that many have."""
    return any(not names.is_trade(word) and word not in names.SURNAMES for word in one.name.words)


def _registers(one: Profile, other: Profile, for_it: list[str], against: list[str]) -> bool:
    same = False
    for name, left, right in (
        ("vat_id", one.known.vat_id, other.known.vat_id),
        ("register", one.register, other.register),
    ):
        if left and right:
            same |= left == right
            (for_it if left == right else against).append(f"{'same' if left == right else 'other'}_{name}")
    return same


def _shared_contact(one: Profile, other: Profile, for_it: list[str]) -> int:
    """How many ways of reaching them are the same."""
    found = 0
    if one.phones & other.phones:
        for_it.append("same_phone")
        found += 1
    if one.emails & other.emails:
        for_it.append("same_mail")
        found += 1
    elif one.domains & other.domains:
        for_it.append("same_domain")
        found += 1
    return found


def _other_line(one: Profile, other: Profile) -> bool:
    """Whether they have numbers that tell them apart: not a mobile and a landline, nor a central number and its extension."""
    return any(
        _is_mobile(mine) == _is_mobile(theirs) and not _is_central(mine, theirs)
        for mine in one.phones
        for theirs in other.phones
    )


def _is_mobile(phone: str) -> bool:
    return phone.startswith(("+4915", "+4916", "+4917"))


def _is_central(one: str, other: str) -> bool:
    """`0391 8100-0` and `0391 8100-12`."""
    return any(
        len(central) > 9 and central.endswith("0") and len(central) < len(line) and line.startswith(central.rstrip("0"))
        for central, line in ((one, other), (other, one))
    )


_ON_THE = re.compile(r"^(?:am|an der|ander|im|inder|aufdem|zum|zur|vordem|beider)(?=\w{4})")


def _is_one_street(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if one == other or Levenshtein.distance(one, other) <= (2 if len(long) > 7 else 1 if len(long) > 4 else 0):
        return True
    return (
        (len(short) > 5 and short in long) or _ON_THE.sub("", one) == _ON_THE.sub("", other) or _abbreviated(one, other)
    )


def _next_door(one: Profile, other: Profile) -> bool:
    """3a and 3b are two doors; so are 3 and 3a, if each has a telephone of its own."""
    if not one.door or not other.door or one.door == other.door:
        return False
    lettered = one.door[-1].isalpha() and other.door[-1].isalpha()
    return lettered or bool(one.phones and other.phones and not one.phones & other.phones)


def _has_place_in_front(one: Profile, other: Profile) -> bool:
    """`Wörpener Dorfstr.` in Wörpen is the `Dorfstr.` there."""
    short, long = sorted((one.street, other.street), key=len)
    begin = long.removesuffix(short)
    places = {name for name in (one.place, other.place, one.part, other.part) if len(name) > 3}
    return begin != long and any(begin.startswith(name[:5]) for name in places)


def _addresses(one: Profile, other: Profile, for_it: list[str], against: list[str]) -> bool | None:
    if not one.street or not other.street:
        return None
    alike = _is_one_street(one.street, other.street) or _has_place_in_front(one, other)
    same = alike and (one.house == other.house or not one.house or not other.house)
    if same and _next_door(one, other):
        return None
    where = (
        one.known.postcode == other.known.postcode
        or (one.place and one.place == other.place)
        or not one.known.postcode
        or not other.known.postcode
    )
    if same and where:
        for_it.append("same_address")
        return bool(one.house and other.house) or None
    if same:
        return None
    against.append("other_address")
    return False


def _abbreviated(one: str, other: str) -> bool:
    """`ethaelmann` for `ernstthaelmann`."""
    short, long = sorted((one, other), key=len)
    return len(short) > 6 and short[0] == long[0] and long.endswith(short[-6:]) and names.is_subsequence(short, long)


def _places(one: Profile, other: Profile, for_it: list[str], against: list[str]) -> bool | None:
    if one.known.postcode and one.known.postcode == other.known.postcode:
        for_it.append("same_postcode")
        return True
    if one.place and other.place:
        short, long = sorted((one.place, other.place), key=len)
        if short == long or (len(short) > 3 and (long.startswith(short) or short in long.split())):
            for_it.append("same_place")
            return True
        if len(short) > 4 and Levenshtein.distance(short, long) <= 1:
            for_it.append("same_place")
            return True
    if (one.part and one.part in {other.part, other.place}) or (other.part and other.part == one.place):
        for_it.append("same_place")
        return True
    near = _near(one, other)
    if near:
        for_it.append("same_place")
        return True
    if near is False or (one.place and other.place) or (one.known.postcode and other.known.postcode):
        against.append("different_place")
        return False
    return None


def _near(one: Profile, other: Profile) -> bool | None:
    """Of a postal code and the name of a place: whether they are one. A village may have the code of the next town."""
    told = {one.place or one.town, other.place or other.town} - {""}
    if len(told) == 2 and one.town != other.town:
        short, long = sorted(told, key=len)
        if len(short) > 3 and long.startswith(short):
            return True
    if not one.known.points or not other.known.points or bool(one.known.postcode) == bool(other.known.postcode):
        return None
    least = min(kilometres(here, there) for here in one.known.points for there in other.known.points)
    return True if least <= SAME_KM else None if least <= NEXT_KM else False


def _people(one: Profile, other: Profile, for_it: list[str], against: list[str]) -> Same:
    """Whether somebody works for both; two first names of one family, or two owners, speak against it."""
    found = {people.same(mine, theirs) for mine in one.persons for theirs in other.persons}
    found |= {
        people.same(mine, theirs)
        for called, others in ((one.named, other.persons or other.named), (other.named, one.persons or one.named))
        for mine in called
        for theirs in others
        if one.persons or other.persons or min(len(mine[0]), len(theirs[0])) > 2
    }
    best = max(found, default=Same.NOBODY)
    generations = {one.generation, other.generation}
    reached = {"same_phone", "same_mail"} & set(for_it)
    if len(generations) == 2 and ("" not in generations or not (best == Same.PERSON or reached)):
        against.append("other_first_name")  # father and son
        return Same.OTHER
    if best >= Same.LIKELY:
        for_it.append("same_person")
        return best
    if Same.OTHER in found and not (one.name.is_family and other.name.is_family):
        against.append("other_first_name")
    if one.name.owner and other.name.owner and not names.covers(one.name.owner, other.name.owner):
        against.append("other_owner")
    return best
