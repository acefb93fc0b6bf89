"""What two rows have in common beside their names, as rules and weights ask for it. Pure."""

from collections.abc import Callable

from wegweiser.companies.linkage.pair import (
    called,
    half_names,
    itself,
    phone_lines,
    remarked,
    sharing,
    signing_in,
    spelt_otherwise,
)
from wegweiser.companies.linkage.pair.fitting import Fit
from wegweiser.companies.linkage.row import trades, vocabulary, whereabouts
from wegweiser.companies.linkage.row.forms import LASTING
from wegweiser.companies.linkage.row.people import Same
from wegweiser.companies.linkage.row.profiles import Profile
from wegweiser.companies.linkage.signs import hints
from wegweiser.companies.linkage.signs.two_rows import TwoRows
from wegweiser.companies.linkage.weighing.evidence import Shared


def of_both(two: TwoRows, *, same_trade: bool | None, moved: bool) -> Shared:
    return Shared(
        contact=two.contact,
        address=two.address,
        near=two.near,
        same_trade=same_trade,
        says_two_trades=bool(two.one.trade and two.other.trade) and same_trade is not True,
        moved=moved,
        **{name: holds(two) for name, holds in HOLDS.items()},
    )


def _no_phone_of_both(two: TwoRows) -> bool:
    one, other = two.one, two.other
    if not (one.phones and other.phones) or _lead_to_others(two) or "phone" in one.doubted | other.doubted:
        return False
    return not phone_lines.neighbouring_lines(one, other)


def _no_mail_of_both(two: TwoRows) -> bool:
    mails = two.one.emails, two.other.emails
    return bool(mails[0] and mails[1]) and not _lead_to_others(two) and mails[0].isdisjoint(mails[1])


def _lead_to_others(two: TwoRows) -> bool:
    return two.one.is_for_others or two.other.is_for_others


def _says_what_many_say(one: Profile) -> bool:
    return all(word in vocabulary.SURNAMES or trades.fields(word) for word in one.name.words)


def _is_beside_a_company(one: Profile, company: Profile) -> bool:
    """Whether `one` is called after somebody by first name, and the company names nobody."""
    if company.name.form not in LASTING or one.name.form in LASTING or company.persons:
        return False
    return any(first for first, _ in one.named)


def _is_the_village_club(two: TwoRows) -> bool:
    if two.near is not True or not itself.is_the_club_of_the_village(two.one, two.other, two.found):
        return False
    mine, theirs = ({side.known.postcode} - {""} or {*side.known.codes} for side in (two.one, two.other))
    return not (mine and theirs) or not mine.isdisjoint(theirs)  # or they are two villages of one name


def _has_another_code(two: TwoRows) -> bool:
    codes = two.one.known.postcode, two.other.known.postcode
    return bool(codes[0] and codes[1]) and codes[0] != codes[1]


# By the names in `Shared`, which says what they mean.
HOLDS: dict[str, Callable[[TwoRows], bool]] = {
    # who
    "people": lambda two: two.somebody >= Same.LIKELY,
    "person": lambda two: two.somebody == Same.PERSON,
    "other_people": lambda two: two.are_others,
    "same_family": lambda two: sharing.same_family(two.one, two.other),
    "common_name": lambda two: sharing.common_name(two.one, two.other),
    "called_after": lambda two: two.called_after,
    "only_named": lambda two: any(sharing.only_named(side) for side, _ in two.sides),
    "is_a_person": lambda two: two.is_a_person,
    "is_told_whose": lambda two: any(hints.is_told_whose(*sides) for sides in two.sides),
    "is_told_same": lambda two: any(called.is_told_same(*sides) for sides in two.sides),
    # how they are reached
    "same_mail": lambda two: "same_mail" in two.led_by,
    "same_phone": lambda two: "same_phone" in two.led_by,
    "other_line": lambda two: two.other_line,
    "no_phone_of_both": _no_phone_of_both,
    "no_mail_of_both": _no_mail_of_both,
    "named_in_mail": lambda two: any(sharing.named_in_mail(*sides) for sides in two.sides),
    "is_their_page": lambda two: two.is_their_page,
    "has_their_page": lambda two: itself.has_a_page_of_its_words(two.one, two.other),
    "signs_in": lambda two: signing_in.signs_in_under_its_name(two.found, two.one, two.other),
    # where
    "same_address": lambda two: "same_address" in two.led_by,
    "in_a_small_town": lambda two: (
        two.one.generation == two.other.generation and whereabouts.in_a_small_town(two.one, two.other)
    ),
    "moved_from": lambda two: any(hints.came_from(*sides) for sides in two.sides),
    "other_code": _has_another_code,
    "is_the_village_club": _is_the_village_club,
    # of which register, and of which firm
    "same_number": lambda two: two.same_number,
    "both_registered": lambda two: two.are_registered,
    "one_registered": lambda two: (two.one.name.form in LASTING) != (two.other.name.form in LASTING),
    "one_register_name": lambda two: remarked.have_one_register_name(two.one, two.other) and sharing.tells(two.one),
    "is_beside_a_company": lambda two: any(_is_beside_a_company(*sides) for sides in two.sides),
    "is_part": lambda two: two.is_part,
    "is_department": lambda two: two.one.aside.is_department or two.other.aside.is_department,
    "speaks_of_another": lambda two: bool(two.one.aside.words or two.other.aside.words),
    # what their names say
    "word": lambda two: bool(two.words),
    "own_word": lambda two: two.own_word,
    "says_what_many_say": lambda two: any(_says_what_many_say(side) for side, _ in two.sides),
    "may_say_another": lambda two: half_names.may_be_another(two.found, two.one, two.other),
    "is_only_alike": lambda two: (
        Fit.PART <= two.fit <= Fit.NEAR and spelt_otherwise.only_alike(two.one, two.other, two.found.shared)
    ),
    "is_spelt_otherwise": lambda two: spelt_otherwise.only_a_family_name(two.one, two.other, two.words),
    # what they do
    "says_no_trade": lambda two: any(sharing.says_no_trade(side, two.found.shared) for side, _ in two.sides),
    "only_trade": lambda two: any(sharing.only_trade(*sides) for sides in two.sides),
    "says_one_trade": lambda two: not two.one.trade.isdisjoint(two.other.trade),
    "one_says_its_trade": lambda two: sharing.says_its_trade(two.one) != sharing.says_its_trade(two.other),
}
