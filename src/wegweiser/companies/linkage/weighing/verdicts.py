"""What follows from all that two rows have in common, and from what speaks against it. Pure.

All signs are weighed together (`odds`); where nothing on the list of vetoes speaks against it and nothing differs, the
weights decide. What is certain besides is a rule (`certain`), unless the weights call it unlikely. What is likely
without being sure is shown to a person.
"""

from enum import IntEnum

from wegweiser.companies.linkage.pair.fitting import Fit
from wegweiser.companies.linkage.row import trades
from wegweiser.companies.linkage.weighing import certain, odds
from wegweiser.companies.linkage.weighing.evidence import VETOES, Evidence

__all__ = ["VETOES", "Verdict", "verdict_on"]

# Log odds, chosen on lists that the weights were not learned from: from which the weights decide alone, from which a
# rule may, and from which a person is asked.
SURE_FROM, RULES_FROM, SHOWN_FROM = 1.0, -1.0, -3.0
_DIFFERS = frozenset({"other_address", "other_phone"})


class Verdict(IntEnum):
    NO, UNSURE, SURE = 0, 1, 2


def verdict_on(told: Evidence) -> tuple[Verdict, float]:
    """The verdict, and the log odds that it is one firm."""
    likely = odds.log_odds(told)
    if likely > SURE_FROM and _may_be_weighed(told):
        return Verdict.SURE, likely
    rule = certain.rule_for(told)
    if rule is not None and (likely > RULES_FROM or not rule.despite.isdisjoint(odds.signs(told))):
        return Verdict.SURE, likely
    asks = rule is not None or (likely > SHOWN_FROM and not _are_strangers(told)) or _is_worth_asking(told)
    return (Verdict.UNSURE if asks else Verdict.NO), likely


def _are_strangers(told: Evidence) -> bool:
    """Whether only a name leads to another town, only a number to another name, or a street to no town."""
    found, shared = told.found, told.shared
    if found.fit == Fit.OTHER:
        return not (
            shared.called_after or shared.address or shared.is_told_whose or (shared.named_in_mail and shared.contact)
        )
    if found.fit == Fit.CONFLICT and shared.near is None and not (shared.contact or shared.people):
        return True  # a street of that name is in every town
    if "same_register" in told.for_it and found.fit >= Fit.PART:
        return False  # another court's, or that of a firm that moved
    return shared.near is False and not shared.contact and not (shared.people and found.distinct)


def _is_worth_asking(told: Evidence) -> bool:
    """Whether so much is shared that only a person can say why: father and son, a sister firm, a common office."""
    shared = told.shared
    if shared.people and shared.address and shared.is_reached:
        return True  # whatever they are called: it may be the other firm of the same owner
    if told.found.fit == Fit.SAME and told.vetoes == {"other_owner"} and _DIFFERS.isdisjoint(told.against):
        return True  # the shop, or the next one of that name
    if shared.called_after and shared.person and shared.address and shared.is_reached:
        return True  # somebody's firm beside the one that has their name
    return bool(
        (shared.address or shared.contact)
        and shared.near is not False
        and told.found.fit > Fit.OTHER
        and told.found.distinct
    )


def _may_be_weighed(told: Evidence) -> bool:
    """Whether nothing differs, and the names have something in common: then the weights may decide.

    Two words for one trade ("Wachfalke Security", "Sicherheitsdienst Wachfalke") are no difference where somebody or a
    name that is nobody's is at both.
    """
    found, shared, vetoes = told.found, told.shared, told.vetoes
    is_known = found.distinct or (shared.people and shared.is_reached)
    is_led_on = shared.contact or (shared.people and found.fit >= Fit.PART)
    has_moved = shared.moved and is_led_on and shared.near and is_known  # its other address is told
    differs = _DIFFERS - {"other_address"} if has_moved else _DIFFERS
    if not differs.isdisjoint(told.against) or shared.are_others_there or told.are_of_a_chain:
        return False
    if shared.both_registered and found.fit == Fit.PART and not found.distinct and not shared.is_reached:
        return False  # "AG Guss GmbH" and "Abel Guss Schleiferei GmbH" of one domain
    if shared.may_say_another and not (shared.contact or shared.people or shared.same_family):
        return False  # "Abel Logistik GmbH" and "Abel Logistik Nord GmbH", "SV Abelau e.V." and its chess players
    says_little = found.fit >= Fit.PART and shared.only_trade and not found.distinct
    is_led_there = shared.people or shared.is_reached or bool(shared.contact and not shared.no_mail_of_both)
    # "Baumschule Kainsdorf" of Karl Abel, and "Baumschule Abel" there: a village has one.
    is_led_there |= shared.called_after and shared.in_a_small_town and shared.is_thin
    # "Café am Markt", Frau Abel, am Markt; the same with Abel and Kain: a street has no two of one name and one family.
    is_one_family = shared.same_address and shared.same_family and not shared.common_name and found.fit == Fit.SAME
    if says_little and not is_led_there and not is_one_family:
        return False  # "Bäckerei" and "Bäckerei Kain" in one house, in one guild, or anywhere in one town
    if told.found.fit == Fit.OTHER and not (
        shared.called_after and shared.same_family and shared.same_trade and not shared.speaks_of_another
    ):
        return False
    if shared.near is None and not shared.contact and not (shared.own_word and shared.same_family):
        return False  # a name alone, and nobody knows where
    if shared.is_only_alike and not shared.contact:
        return False  # "Gasthof Linde", "Gasthof Lindenhof"
    if shared.is_spelt_otherwise and not (shared.people or shared.contact or shared.address):
        return False  # "Winzer Böhm", "Weingut Böhme": two families in the hills, or a slip
    if shared.other_people and not (shared.word or shared.contact or shared.address or shared.people):
        return False  # "AG Abelau eG", "Abelauer Agrar": a trade and the village, and other people
    is_known_there = shared.same_family and not shared.common_name and found.fit >= Fit.NEAR
    if shared.other_code and not (
        shared.people or shared.contact or shared.address or shared.own_word or is_known_there
    ):
        return False  # in a large town
    is_here = bool(shared.contact) or not {"same_address", "same_postcode"}.isdisjoint(told.for_it)
    if shared.says_what_many_say and not (is_here or shared.people or shared.same_family or found.fit == Fit.SAME):
        return False  # "Müller Dachdeckerei" and "Dachdecker Müller GmbH" somewhere in one town
    if shared.says_what_many_say and shared.says_no_trade and found.fit == Fit.PART and not is_led_there:
        return False  # "Familie Weber", "Weber Bau" in one code
    if shared.is_beside_a_company and not (shared.people or shared.contact or shared.address or shared.own_word):
        return False  # "Elektro Abel GmbH", and somewhere in town "J. Abel, Elektromeister"
    # "Ute Müller (Kosmetikstudio)", "Kosmetik & Fußpflege Ute Müller": one trade, and who is called so in one code.
    fits = found.fit >= Fit.NEAR or shared.same_trade
    no_line_differs = not shared.other_line and not shared.no_mail_of_both  # a mobile beside a line in the ground
    is_the_one_there = shared.person and shared.in_a_small_town and bool(fits) and no_line_differs
    # "Gasthof Zur Linde", Ute Abel, and "Gasthof zur Linde", Frau Abel
    is_named_alike = found.fit == Fit.SAME and shared.same_family and not shared.says_what_many_say
    is_the_one_there |= is_named_alike and shared.in_a_small_town and shared.is_thin
    if shared.common_name and not (shared.contact or shared.address or shared.own_word or is_the_one_there):
        return False
    is_led_there = shared.contact > 1 or shared.same_mail
    work_there = shared.own_word and shared.one_registered and is_led_there  # others do, in a company
    is_theirs = not shared.other_people or work_there
    if vetoes == {"different_words"} and shared.same_trade and not shared.both_registered and is_theirs:
        is_of_the_house = shared.address and "same_domain" in told.for_it and not shared.other_line
        is_of_the_house = is_of_the_house and not trades.kinds(found.alone)  # who sells or lends may be another
        is_named = shared.called_after and not shared.common_name and bool(not shared.one_registered or is_of_the_house)
        return shared.people or shared.own_word or shared.same_family or is_named
    return not vetoes
