"""What two rows have in common beside the name: ways to reach them, where, who and what. Pure."""

import re
from collections.abc import Collection, Iterable

from rapidfuzz.distance import Levenshtein

from wegweiser.companies.linkage.pair import fitting, left_behind, neighbours, phone_lines, streets, villages
from wegweiser.companies.linkage.pair.fitting import Fitted
from wegweiser.companies.linkage.row import names, people, trades, vocabulary, whereabouts
from wegweiser.companies.linkage.row import registers as registers_of
from wegweiser.companies.linkage.row.forms import LASTING
from wegweiser.companies.linkage.row.people import Same
from wegweiser.companies.linkage.row.profiles import Profile
from wegweiser.consortium.outlines import kilometres

SAME_KM, NEXT_KM = 5, 20
LEAST_OF_A_NAME = 6  # letters by which a name is found in an address
_SEVERAL = LASTING | {"partners", "club"}


def same_trade(one: Profile, other: Profile, shared: Collection[str]) -> bool | None:
    """Whether both do the same, by the words beside those that are the name of both.

    None where that is not known, or where one firm often does both.
    """
    mine, theirs = (
        side.trade.union(*(found for word, found in side.fields.items() if word not in {*shared, *beside.surnames}))
        for side, beside in ((one, other), (other, one))
    )
    left, right = trades.kinds(one.name.words), trades.kinds(other.name.words)
    if left and right and not left & right and ((mine and theirs) or left | right == {"handel", "bau"}):
        return False
    teaches = [any(map(trades.is_school, side.name.words)) for side in (one, other)]
    sells = [any(map(trades.is_shop, side.name.words)) for side in (one, other)]
    if teaches[0] != teaches[1] and sells[teaches[0]] and not sells[teaches[1]]:
        return False  # the music school beside the music shop
    if mine & theirs or _says_the_same(one, other, shared):
        return True
    return False if mine and theirs and not trades.are_related(mine, theirs) else None


def says_its_trade(one: Profile) -> bool:
    """Whether we know what is done there, by its name or its trade."""
    return bool(one.trade or any(one.fields.values()))


def says_another_trade(one: Profile, other: Profile) -> bool:
    """Whether two that say what they do say two things: one builds, one sells, or they have nothing to do with it."""
    if not one.trade or not other.trade:
        return False
    left, right = (trades.kinds([*side.name.words, *side.trade_words]) for side in (one, other))
    if left and right and not left & right:
        return True
    for side, beside in ((one, other), (other, one)):
        if not set(side.trade_words).isdisjoint(beside.name.words):
            return False  # "Kain GmbH" does "Fördertechnik", and so "Kain GmbH Fördertechnik" is called
    return not one.trade & other.trade and not trades.are_related(one.trade, other.trade)


def _says_the_same(one: Profile, other: Profile, shared: Collection[str]) -> bool:
    """Whether the trade of one is called by a word of the other, whatever it means."""
    said, read = (
        [*side.trade_words, *(word for word in side.fields if word not in shared and trades.is_special(word))]
        for side in (one, other)
    )
    return any(
        fitting.covers(left, right) >= 2
        for left in said
        for right in read
        if left in one.trade_words or right in other.trade_words
    )


def same_family(one: Profile, other: Profile) -> bool:
    """Whether somebody may be at both, or a family is that has nobody there with another first name."""
    if not one.persons and not other.persons:
        return False
    mine, theirs = ((*side.persons, *people.but_initials_of(side.named, side.persons)) for side in (one, other))
    found = {people.same(left, right) for left in mine for right in theirs}
    best = max(found, default=Same.NOBODY)
    return best >= Same.LIKELY or (best == Same.FAMILY and Same.OTHER not in found)


def common_name(one: Profile, other: Profile) -> bool:
    """Whether the family name of anybody at either is one that many have. One of two names counts where it is all that
    the other row or a name has: of "Müller-Abel" that is Müller."""
    called = {*one.name.words, *other.name.words}
    for side, beside in ((one, other), (other, one)):
        theirs = {last for _, last in beside.persons}
        for _, last in side.persons:
            parts = {last}
            if "-" in last:
                parts = set() if last in theirs else {*last.split("-")} & (called | beside.surnames)
            common = parts & vocabulary.SURNAMES
            if common and (not side.is_staff or common & called):  # whose firm it is, not who works there
                return True
    return False


def called_after(one: Profile, other: Profile) -> bool:
    """Whether `one` has the name of somebody who works for `other`."""
    return any(_is_called(one.name.words, last) for _, last in other.persons if len(last) > 2)


def _is_called(words: Collection[str], last: str) -> bool:
    """Whether a family name is a word of its own, or with a trade: `Abelbau`, not `Kabelbau` and not `Abeling`."""
    if all(part in words for part in last.split("-")):
        return True
    bare = last.replace("-", "")
    rests = [word.removeprefix(bare) if word.startswith(bare) else word.removesuffix(bare) for word in words]
    return len(bare) > 3 and any(
        rest != word and (rest in {"", "s"} or trades.is_trade(rest)) for rest, word in zip(rests, words, strict=True)
    )


def named_in_mail(one: Profile, other: Profile) -> bool:
    """Whether a mail or page of `one` is called by the name of `other`, and that is no family name: `glanz@`."""
    if not one.mail_words:
        return False
    lasts = {part for side in (one, other) for _, last in (*side.persons, *side.named) for part in last.split("-")}
    may_be_its_own = (
        word
        for word in other.name.words
        if not trades.is_trade(word)
        and word not in vocabulary.EVERYDAY
        and word not in vocabulary.SURNAMES
        and word not in lasts
        and word not in one.name.joined
    )
    own = without_places(may_be_its_own, one, other)
    told = {word for word in own if len(word) >= LEAST_OF_A_NAME} | ({"".join(own)} if len(own) > 1 else set())
    return any(len(word) >= LEAST_OF_A_NAME and word in text for word in told for text in one.mail_words)


def has_an_owner_of_its_own(found: Fitted, one: Profile, other: Profile) -> bool:
    """Whether one is called after its own people, whom the other does not know: not where it is called after both."""
    both_have = {*one.name.words} & {*other.name.words} - one.surnames - other.surnames
    has_own_word = any(not trades.fields(word) and not trades.is_bare(word) for word in both_have)  # no shared rooms
    if has_own_word and any(_is_beside_a_partner(side, beside) for side, beside in ((one, other), (other, one))):
        return False
    return (
        one.name.form not in _SEVERAL
        and other.name.form not in _SEVERAL
        and any(fitting.covers(word, last) >= 2 for word in found.alone for last in one.surnames | other.surnames)
    )


def _is_beside_a_partner(one: Profile, other: Profile) -> bool:
    """Whether `other` is called after who is at `one` and somebody of its own: Ute Abel, "Architekten Abel + Kain"."""
    named = set(other.name.words)
    return bool(one.surnames & named - other.surnames and other.surnames & named - one.surnames)


def says_no_trade(one: Profile, shared: Collection[str]) -> bool:
    """Whether nothing is told of what a firm does: "Praxis Abel"."""
    theirs = {part for person in (*one.persons, *one.named) for name in person for part in name.split("-")}
    words = [word for word in one.name.words if word not in shared and word not in theirs]
    return not one.trade and not any(map(trades.is_special, [*one.trade_words, *words]))


def is_a_person(one: Profile, other: Profile) -> bool:
    """Whether `one` is called by a person's name and nothing else; `other` may say who that is."""
    known = (person for person in other.persons if len(person[0]) > 1)
    theirs = {part for person in (*one.named, *known) for name in person for part in name.split("-")}
    if len(one.name.words) == 1 and _GREETED.match(one.known.name):
        return not one.name.form and one.name.words[0] not in vocabulary.EVERYDAY
    return len(one.name.words) > 1 and not one.name.form and set(one.name.words) <= theirs


_GREETED = re.compile(r"(?i)\s*(herrn?|hr\.?|frau|fr\.?)\s")


def only_named(one: Profile) -> bool:
    """Whether a firm is called by a person's name and nothing else is known of what it does."""
    theirs = {part for person in (*one.persons, *one.named) for name in person for part in name.split("-")}
    return not one.trade_words and set(one.name.words) <= theirs


def without_places(words: Iterable[str], one: Profile, other: Profile) -> list[str]:
    """What the names share beside a first name and the place they are in, which tells nobody apart there."""
    named = (one.place, other.place, one.part, other.part, one.town, other.town)
    places = {word for place in named for word in place.split()}
    called = (word for word in words if len(word) > 2 and word not in vocabulary.FIRST_NAMES)
    return [word for word in called if not any(_is_of_place(word, place) for place in places)]


def _is_of_place(word: str, place: str) -> bool:
    """`bamberger` is of Bamberg; `lahnblick` is not Lahnstein."""
    return word[:6] == place[:6] and (len(place) < 8 or word[: len(place) - 2] == place[: len(word)][: len(place) - 2])


def own_word(words: Collection[str], one: Profile, other: Profile) -> bool:
    """Whether one of the words that the names share is nobody's name, or they share the names of two."""
    told = set(words) - vocabulary.EVERYDAY
    persons = (*one.persons, *other.persons)
    called: set[str] = set()
    for word in told:
        whose = [last for _, last in (*persons, *one.named, *other.named) if _is_of(word, last)]
        first = any(_is_of(word, its) for first, _ in persons for its in {first, names.first_name(first)})
        # The longest: of "Abel" and "Abel-Kain" it is one family, whoever of them is asked about first.
        called.add("" if first and not whose else max(whose, key=lambda last: (len(last), last)) if whose else word)
    called.discard("")
    return len(called) > 1 or bool(persons and called & told - vocabulary.SURNAMES - {last for _, last in persons})


def _is_of(word: str, name: str) -> bool:
    return any(fitting.covers(word, part) >= 2 for part in name.split("-") if len(part) > 1)


def tells(one: Profile) -> bool:
    """Whether a name tells more than a trade and a family name that many have."""
    return any(not trades.is_trade(word) and word not in vocabulary.SURNAMES for word in one.name.words)


def only_trade(one: Profile, other: Profile) -> bool:
    """Whether the name of `one` says what is done and where, and nothing else."""
    more = [word for word in one.name.words if not (trades.is_trade(word) and trades.fields(word))]
    return not without_places(more, one, other)


def registers(one: Profile, other: Profile, *, near: bool | None) -> tuple[bool, tuple[str, ...], tuple[str, ...]]:
    """Whether a register has given one number to both, and the codes for and against. An entry that may be two courts'
    is told as the same, and no more."""
    is_one_vat_id = one.known.vat_id == other.known.vat_id if one.known.vat_id and other.known.vat_id else None
    is_one_entry: bool | None = None
    may_be_two_courts = False
    if one.register and other.register:
        entries = registers_of.read(one.known.register), registers_of.read(other.known.register)
        is_one_entry = registers_of.are_one(*entries, near=near)
        may_be_two_courts = is_one_entry is None
    told = (("vat_id", is_one_vat_id), ("register", is_one_entry))
    return (
        bool(is_one_vat_id or is_one_entry),
        (*("same_register",) * may_be_two_courts, *(f"same_{name}" for name, is_one in told if is_one)),
        tuple(f"other_{name}" for name, is_one in told if is_one is False),
    )


def shared_contact(one: Profile, other: Profile) -> tuple[str, ...]:
    """The ways of reaching them that are the same, as codes: a number or an exchange, a mail or a domain."""
    found = []
    if one.phones & other.phones or _ends_like(one, other) or _ends_like(other, one):
        found.append("same_phone")
    elif any(phone_lines.is_central(mine, theirs) for mine in one.phones for theirs in other.phones) or (
        one.domains & other.domains
        and not {one.name.form, other.name.form} <= LASTING
        and phone_lines.is_extension_of_one(one, other)
    ):
        found.append("same_exchange")
    if one.emails & other.emails:
        found.append("same_mail")
    elif one.domains & other.domains:
        found.append("same_domain")
    return tuple(found)


def _ends_like(one: Profile, other: Profile) -> bool:
    """Whether a number of `one` without the code of the town is that of `other` there."""
    is_there = (one.place and one.place == other.place) or (
        one.known.postcode and one.known.postcode == other.known.postcode
    )
    return bool(is_there) and any(phone.endswith(tail) for tail in one.known.tails for phone in other.phones)


def another_trade_besides(one: Profile, other: Profile, alone: Collection[str]) -> bool:
    """Whether the words that only one name has are for something that the other does not do at all."""
    for side, beside in ((one, other), (other, one)):
        more = frozenset[int]().union(
            *(side.fields.get(word, frozenset()) for word in alone if word in side.name.words)
        )
        told = beside.trade.union(*beside.fields.values())
        if more and told and not more & told:
            return True
    return False


LEADS_THERE = frozenset({"same_phone", "same_mail", "same_domain"})


def places(one: Profile, other: Profile) -> tuple[bool | None, str]:
    """Whether both are in one place, None where that is not known; and the code for it, empty where there is none."""
    if one.known.postcode and one.known.postcode == other.known.postcode:
        if not villages.are_two_villages(one, other):
            return True, "same_postcode"
        is_one = neighbours.may_be_one_place(one, other) and neighbours.are_called_as_nobody_else(one, other)
        return True if is_one else None, "same_postcode"
    if neighbours.are_in_two_areas(one, other):
        return False, "different_place"
    if villages.are_two_towns(one, other):
        return False, "different_place"
    if _are_called_alike(one, other):
        return True, "same_place"
    near = _near(one, other)
    if near or _is_one_house(one, other):
        return True, "same_place"
    if near is None and (whereabouts.says_where(one, other) or whereabouts.says_where(other, one)):
        return True, "same_place"
    if near is None and _is_one_number(one, other) and not neighbours.is_called_by_its_own_town(one, other):
        return None, ""  # a village, and the municipality that it is in
    if left_behind.says_its_town(one, other) and _is_named_in_full(one, other):
        return True, ""  # somebody moved, and is the one in both towns
    if bool(one.known.line_town) != bool(other.known.line_town):
        near = neighbours.is_dialled_there(one, other)
        return near, "different_place" if near is False else ""
    if neighbours.may_be_one_place(one, other):
        return True if neighbours.are_called_as_nobody_else(one, other) else None, ""
    if near is False or (one.place and other.place) or (one.known.postcode and other.known.postcode):
        return False, "different_place"
    return None, ""


def _are_called_alike(one: Profile, other: Profile) -> bool:
    """Whether the place or the part that one names is that of the other: in full, short, or with a slip."""
    if one.place and other.place:
        short, long = sorted((one.place, other.place), key=len)
        # Wernig., but Burgst. is not Burg
        is_short = any(side.place == short and side.known.place.rstrip().endswith(".") for side in (one, other))
        if short == long or (len(short) > 3 and (short in long.split() or (is_short and long.startswith(short)))):
            return True
        if whereabouts.is_shortened(one, other):
            return True
        is_slip = len(short) > 4 and Levenshtein.distance(short, long) <= 1
        if is_slip and villages.have_near_codes(one, other):
            return True
        if any(_is_one_village(side.part, beside.place) for side, beside in ((one, other), (other, one))):
            return True
    return bool((one.part and one.part in {other.part, other.place}) or (other.part and other.part == one.place))


LEAST_OF_A_VILLAGE = 7  # letters of a name that one slip does not make another


def _is_one_village(part: str, place: str) -> bool:
    """Whether the part of a town that one names is the place of the other, with a slip: Schulpforte, Schulpforta."""
    return len(part) >= LEAST_OF_A_VILLAGE and Levenshtein.distance(part, place, score_cutoff=1) <= 1


def _is_one_number(one: Profile, other: Profile) -> bool:
    """Whether one line in the ground leads to both, and no street says that they are two houses."""
    if one.emails & other.emails and not (one.street and other.street):
        return True
    is_one_house = not (one.street and other.street) and not (one.phones and other.phones)
    if one.domains & other.domains and is_one_house and _is_named_in_full(one, other):
        return True
    lines = {phone for phone in one.phones & other.phones if not phone_lines.is_mobile(phone)}
    return bool(lines) and not (one.street and other.street and not streets.is_one_street(one.street, other.street))


def _is_named_in_full(one: Profile, other: Profile) -> bool:
    return any(people.same(mine, its) == Same.PERSON for mine in one.persons for its in other.persons)


def _is_one_house(one: Profile, other: Profile) -> bool:
    """Whether the same street and number stand in two codes that follow each other, and one way leads to both."""
    is_next = one.known.postcode[:4] == other.known.postcode[:4] != ""
    is_house = bool(one.house) and one.house == other.house and streets.is_one_street(one.street, other.street)
    return is_next and is_house and bool(one.phones & other.phones or one.emails & other.emails)


def _near(one: Profile, other: Profile) -> bool | None:
    """Of a postal code and the name of a place: whether they are one. A village may have the code of the next town."""
    told = {one.place or one.town, other.place or other.town} - {""}
    if len(told) == 2 and one.town != other.town:
        short, long = sorted(told, key=len)
        if len(short) > 3 and short in long.split():
            return True
    codes = one.known.postcode in other.known.codes or other.known.postcode in one.known.codes
    if codes and (one.known.postcode or other.known.postcode):
        return True
    if one.known.line_town or other.known.line_town:
        return None
    if (
        not one.known.points
        or not other.known.points
        or (one.known.place and other.known.place)
        or bool(one.known.postcode) == bool(other.known.postcode)
    ):
        return None
    least = min(kilometres(here, there) for here in one.known.points for there in other.known.points)
    return True if least <= SAME_KM else None if least <= NEXT_KM else False
