"""Whether one of two rows is another firm of the same people beside the other. Pure."""

from wegweiser.companies.linkage.pair import general_partners, guilds, sharing, two_firms
from wegweiser.companies.linkage.pair.fitting import Fit
from wegweiser.companies.linkage.signs import forms
from wegweiser.companies.linkage.signs.two_rows import TwoRows


def against(two: TwoRows) -> tuple[str, ...]:
    """`sister_firm`."""
    is_sister = _is_founded_beside(two) or _is_of_a_kind_apart(two) or _does_something_else_there(two)
    return ("sister_firm",) if is_sister else ()


def _is_founded_beside(two: TwoRows) -> bool:
    """Whether it is a company beside the other: its property, its holding, its service."""
    if two_firms.is_sister(two.found, two.one, two.other, two.led_by) and not forms.is_converted(two):
        return True
    if two.are_registered and two.fit < Fit.NEAR and two_firms.has_each_its_own(two.one, two.other):
        return True
    return not _is_reached(two) and two_firms.has_spun_off(two.one, two.other, two.words)


def _is_of_a_kind_apart(two: TwoRows) -> bool:
    """Whether one is a guild, the owners of a house, a grid, a wind farm, a joint venture, a club or the general
    partner, and the other is not, or another one: these are run by the people of other firms."""
    one, other = two.one, two.other
    return (
        guilds.are_two_guilds(one, other)
        or guilds.are_two_houses(one, other)
        or guilds.is_the_house(one, other)
        or guilds.is_the_guild_of(one, other, two.fit)
        or two_firms.is_of_the_utility(one, other)
        or two_firms.is_beside_a_park(one, other)
        or two_firms.is_a_joint_venture(one, other)
        or two_firms.is_the_club_there(one, other)
        or general_partners.is_general_partner(one, other)
    )


def _does_something_else_there(two: TwoRows) -> bool:
    """Whether the words that only one has are for what the other does not do, on a line of its own or in a company."""
    has_own_line = two.other_line and not _is_reached(two)
    if two.fit != Fit.PART or not (has_own_line or (two.are_registered and two.contact < 2)):
        return False
    return sharing.another_trade_besides(two.one, two.other, two.found.alone)


def _is_reached(two: TwoRows) -> bool:
    return not {"same_phone", "same_mail"}.isdisjoint(two.led_by)
