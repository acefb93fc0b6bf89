"""What follows from all that two rows have in common, and from what speaks against it. Pure.

All signs are weighed together (`odds`); where nothing hinders it (`hindrances`), the weights decide. What is certain
besides is a rule (`certain`), unless the weights call it unlikely. What is likely without being sure is shown to a
person.
"""

from enum import IntEnum

from wegweiser.companies.linkage.pair.fitting import Fit
from wegweiser.companies.linkage.weighing import certain, hindrances, odds
from wegweiser.companies.linkage.weighing.evidence import DIFFERS, VETOES, Evidence

__all__ = ["VETOES", "Verdict", "verdict_on"]

# Log odds, chosen on lists that the weights were not learned from: from which the weights decide alone, from which a
# rule may, and from which a person is asked.
SURE_FROM, RULES_FROM, SHOWN_FROM = 1.0, -1.0, -3.0


class Verdict(IntEnum):
    NO, UNSURE, SURE = 0, 1, 2


def verdict_on(told: Evidence) -> tuple[Verdict, float]:
    """The verdict, and the log odds that it is one firm."""
    likely = odds.log_odds(told)
    if likely > SURE_FROM and not hindrances.holds_of(told):
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
    if told.found.fit == Fit.SAME and told.vetoes == {"other_owner"} and DIFFERS.isdisjoint(told.against):
        return True  # the shop, or the next one of that name
    if shared.called_after and shared.person and shared.address and shared.is_reached:
        return True  # somebody's firm beside the one that has their name
    return bool(
        (shared.address or shared.contact)
        and shared.near is not False
        and told.found.fit > Fit.OTHER
        and told.found.distinct
    )
