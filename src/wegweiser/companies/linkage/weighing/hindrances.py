"""What keeps the weights from deciding that two rows are one firm: a table, each with an example. Pure.

Nothing may differ, and the names have to have something in common; and of some pairs the weights are too sure, because
what they share is shared by many: a trade, a common family name, a village. Then a rule (`certain`) or a person has to
decide.
"""

from collections.abc import Callable
from dataclasses import dataclass

from wegweiser.companies.linkage.pair.fitting import Fit
from wegweiser.companies.linkage.row import trades
from wegweiser.companies.linkage.weighing.evidence import DIFFERS, Evidence, Shared


@dataclass(frozen=True, slots=True)
class Hindrance:
    name: str
    example: str
    holds: Callable[[Evidence], object]


def holds_of(told: Evidence) -> bool:
    """Whether anything keeps the weights from deciding."""
    return any(hindrance.holds(told) for hindrance in HINDRANCES)


# --- Something speaks against it -----------------------------------------------------------------------------------


def _differs(told: Evidence) -> bool:
    """Whether a street or a line is another one. The street is not, where the list says that one of them moved."""
    found, shared = told.found, told.shared
    is_known = found.distinct or (shared.people and shared.is_reached)
    is_led_on = shared.contact or (shared.people and found.fit >= Fit.PART)
    has_moved = shared.moved and is_led_on and shared.near and is_known
    differs = DIFFERS - {"other_address"} if has_moved else DIFFERS
    return not differs.isdisjoint(told.against)


def _is_vetoed(told: Evidence) -> bool:
    return bool(told.vetoes) and not (told.vetoes == {"different_words"} and _has_two_words_for_one_trade(told))


def _has_two_words_for_one_trade(told: Evidence) -> bool:
    """Whether two words are no difference ("Wachfalke Security", "Sicherheitsdienst Wachfalke"): somebody, a family, or
    a name that is nobody's is at both, or one is called after who is at the other."""
    shared = told.shared
    is_led_there = shared.contact > 1 or shared.same_mail
    work_there = shared.own_word and shared.one_registered and is_led_there  # others do, in a company
    if not shared.same_trade or shared.both_registered or (shared.other_people and not work_there):
        return False
    if shared.people or shared.own_word or shared.same_family:
        return True
    is_named = shared.called_after and not shared.common_name
    return is_named and (not shared.one_registered or _is_of_the_house(told))


def _is_of_the_house(told: Evidence) -> bool:
    """Whether a trader is in the house of a company and has its domain; who sells or lends may be another."""
    is_there = told.shared.address and "same_domain" in told.for_it and not told.shared.other_line
    return bool(is_there) and not trades.kinds(told.found.alone)


# --- Little leads from one to the other ----------------------------------------------------------------------------


def _is_led_there(shared: Shared) -> bool:
    """Whether somebody, a number or a mail, or no other one but a domain, leads from one to the other; or the name of
    who is there, in a small town: "Baumschule Kainsdorf" of Karl Abel is the "Baumschule Abel" of that village."""
    if shared.people or shared.is_reached or (shared.contact and not shared.no_mail_of_both):
        return True
    return shared.called_after and shared.in_a_small_town and shared.is_thin


def _says_a_trade_alone(told: Evidence) -> bool:
    found, shared = told.found, told.shared
    if found.fit < Fit.PART or not shared.only_trade or found.distinct or _is_led_there(shared):
        return False
    # "Café am Markt", Frau Abel, am Markt; the same with Abel and Kain: a street has no two of one name and one family.
    is_one_family = shared.same_address and shared.same_family and not shared.common_name
    return not (is_one_family and found.fit == Fit.SAME)


def _has_no_common_word(told: Evidence) -> bool:
    shared = told.shared
    is_theirs = shared.called_after and shared.same_family and shared.same_trade and not shared.speaks_of_another
    return told.found.fit == Fit.OTHER and not is_theirs


def _is_nowhere(told: Evidence) -> bool:
    shared = told.shared
    return shared.near is None and not shared.contact and not (shared.own_word and shared.same_family)


def _is_elsewhere_in_town(told: Evidence) -> bool:
    shared = told.shared
    is_known_there = shared.same_family and not shared.common_name and told.found.fit >= Fit.NEAR
    return shared.other_code and not (_is_known(shared) or shared.own_word or is_known_there)


def _is_known(shared: Shared) -> bool:
    """Whether anything but a word leads from one to the other."""
    return bool(shared.people or shared.contact or shared.address)


# --- Many are called so --------------------------------------------------------------------------------------------


def _says_what_many_say(told: Evidence) -> bool:
    shared = told.shared
    is_here = bool(shared.contact) or not {"same_address", "same_postcode"}.isdisjoint(told.for_it)
    is_known = is_here or shared.people or shared.same_family or told.found.fit == Fit.SAME
    return shared.says_what_many_say and not is_known


def _is_called_as_many(told: Evidence) -> bool:
    shared = told.shared
    is_led_there = shared.contact or shared.address or shared.own_word
    return shared.common_name and not is_led_there and not _is_the_one_there(told)


def _is_the_one_there(told: Evidence) -> bool:
    """Whether a small town has one of that name: "Ute Müller (Kosmetikstudio)", "Kosmetik & Fußpflege Ute Müller", of
    one trade and with no line that differs but a mobile; "Gasthof Zur Linde", Ute Abel, and "Gasthof zur Linde", Frau
    Abel."""
    found, shared = told.found, told.shared
    if not shared.in_a_small_town:
        return False
    fits = found.fit >= Fit.NEAR or shared.same_trade
    if shared.person and fits and not shared.other_line and not shared.no_mail_of_both:
        return True
    is_named_alike = found.fit == Fit.SAME and shared.same_family and not shared.says_what_many_say
    return is_named_alike and shared.is_thin


HINDRANCES = (
    Hindrance("differs", "Abel Guss, Ring 2; Abel Guss, Markt 1", _differs),
    Hindrance(
        "others_there",
        "Seefalkenbräu GmbH, Karl Abel, beer; Seefalken-Bräustübl, Ute Kain, restaurant: the innkeeper rents the house",
        lambda told: told.shared.are_others_there,
    ),
    Hindrance("chain", "Optik Abel Nord; Optik Abel: one domain", lambda told: told.are_of_a_chain),
    Hindrance("vetoed", "Abel Bau GmbH; Abel Bau e.K.: one number", _is_vetoed),
    Hindrance(
        "two_companies",
        "AG Metallbau GmbH; Metallbau Abel Gardelegen GmbH: one domain",
        lambda told: (
            told.shared.both_registered
            and told.found.fit == Fit.PART
            and not told.found.distinct
            and not told.shared.is_reached
        ),
    ),
    Hindrance(
        "may_say_another",
        "Abel Logistik GmbH; Abel Logistik Nord GmbH. SV Abelau e.V. and its chess players",
        lambda told: (
            told.shared.may_say_another and not (told.shared.contact or told.shared.people or told.shared.same_family)
        ),
    ),
    Hindrance(
        "trade_alone",
        "Bäckerei; Bäckerei Kain: in one house, in one guild, or anywhere in one town",
        _says_a_trade_alone,
    ),
    Hindrance("no_common_word", "Kräuterwald, Ute Abel; Heilpraktikerin Abel: one house", _has_no_common_word),
    Hindrance("nowhere", "Kräuterwald Tee; Teehaus Kräuterwald, Burg: nobody knows where the one is", _is_nowhere),
    Hindrance(
        "only_alike",
        "Gasthof Linde; Gasthof Lindenhof",
        lambda told: told.shared.is_only_alike and not told.shared.contact,
    ),
    Hindrance(
        "spelt_otherwise",
        "Winzer Böhm; Weingut Böhme: two families in the hills, or a slip",
        lambda told: told.shared.is_spelt_otherwise and not _is_known(told.shared),
    ),
    Hindrance(
        "other_people",
        "Agrargenossenschaft Abelau eG; Abelauer Agrar: a trade and the village, and other people",
        lambda told: told.shared.other_people and not (told.shared.word or _is_known(told.shared)),
    ),
    Hindrance("other_code", "Uhren Abel; Abel Uhren: two codes of a large town", _is_elsewhere_in_town),
    Hindrance(
        "what_many_say",
        "Müller Dachdeckerei; Dachdecker Müller GmbH: somewhere in one town",
        _says_what_many_say,
    ),
    Hindrance(
        "many_and_no_trade",
        "Familie Weber; Weber Bau: in one code",
        lambda told: (
            told.shared.says_what_many_say
            and told.shared.says_no_trade
            and told.found.fit == Fit.PART
            and not _is_led_there(told.shared)
        ),
    ),
    Hindrance(
        "beside_a_company",
        "Elektro Abel GmbH; J. Abel, Elektromeister: somewhere in one town",
        lambda told: told.shared.is_beside_a_company and not (_is_known(told.shared) or told.shared.own_word),
    ),
    Hindrance("common_name", "Uhren-Schulz; Schulz Uhren, Ute Schulz: one code of a large town", _is_called_as_many),
)
