"""Guilds, chambers and the owners of a house: whoever runs the office of one often runs another, or a firm. Pure."""

import re

from wegweiser.companies.linkage.pair import fitting
from wegweiser.companies.linkage.pair.fitting import Fit
from wegweiser.companies.linkage.row.profiles import Profile


def are_two_guilds(one: Profile, other: Profile) -> bool:
    """Whether two guilds are of two crafts: they share house, people and half the name, and are told by the craft."""
    if not all(any(map(_A_GUILD.search, side.name.words)) for side in (one, other)):
        return False
    mine, theirs = (frozenset[int]().union(*side.fields.values()) for side in (one, other))
    if mine and theirs:
        return not mine & theirs
    if any(all(map(_OF_ALL_GUILDS.fullmatch, side.name.words)) for side in (one, other)) and (mine or theirs):
        return True  # the office of several
    left, right = ([_GUILD.sub("", word) for word in side.name.words] for side in (one, other))
    return all(
        any(word and not any(fitting.covers(word, its) for its in beside if its) for word in crafts)
        for crafts, beside in ((left, right), (right, left))
    )


_GUILD = re.compile(r"^(kreis|landes)?(handwerks)?innung$|innung$")
_OF_ALL_GUILDS = re.compile(r"(kreis|landes)?(handwerks)?innung(en|s\w*)?")
# No Kiesgewinnung, Besinnung or Gesinnung, no Kältekammer, and no Kammerjäger.
_A_GUILD = re.compile(r"(?<!gew)(?<!bes)(?<!ges)innung")
_A_CHAMBER = re.compile(
    r"(?:handwerks|industrie|handels|steuerberater|anwalts|aerzte|apotheker|notar|landwirtschafts|architekten|ingenieur"
    r"|therapeuten|wirtschafts|auslands|^)kammer$"
)
_GUILDS = re.compile(
    rf"{_A_GUILD.pattern}$|handwerkerschaft|^(kreis|landes|dach|fach|berufs|bauern|wirtschafts)?verband$"
    rf"|{_A_CHAMBER.pattern}"
)
# "KH Mittelelbe", as its own mail calls it.
_KINDS_OF_GUILD = (_A_GUILD, re.compile("handwerkerschaft|^kh$"), _A_CHAMBER)


def is_the_guild_of(one: Profile, other: Profile, fit: Fit) -> bool:
    """Whether one is a guild or an association, and the other a firm whose owner may be its head, or the office of
    several guilds. Of one name neither is: its trade tells then of what it is a member of."""
    kinds = [
        {kind for kind in _KINDS_OF_GUILD for word in side.name.words if kind.search(word)} for side in (one, other)
    ]
    if len(kinds[0]) == len(kinds[1]) == 1 and kinds[0] != kinds[1]:
        return True  # who runs the office of the guilds runs all of them
    guilds = [
        any(map(_GUILDS.search, (*side.name.words, *(side.trade_words if fit < Fit.NEAR else ()))))
        for side in (one, other)
    ]
    firm = other if guilds[0] else one
    has_a_form = firm.name.form not in {"", "club"}  # an association is a club itself
    return guilds[0] != guilds[1] and bool(firm.trade or any(firm.fields.values()) or has_a_form)


_OWNERS = re.compile("eigentuemergem")
_A_STREET = re.compile(r"(?:str|strasse|allee|platz|gasse|ring|damm|ufer|weg|hof|markt|chaussee|promenade)$")


def _are_owners(one: Profile) -> bool:
    """Whether it is the owners of a house: "WEG Lindenallee 4", and no "Weg in die Zukunft"."""
    first, *rest = one.name.words
    if _OWNERS.search(first) or first != "weg":
        return _OWNERS.search(first) is not None
    is_in_capitals = one.known.name.lstrip().startswith("WEG") and not one.known.name.isupper()
    has_a_house = bool(one.name.numbers) or any(map(_A_STREET.search, rest))
    return (is_in_capitals or has_a_house) and one.name.form != "club"


def is_the_house(one: Profile, other: Profile) -> bool:
    """Whether one is the owners of a house and the other somebody else: whoever manages it, say."""
    return _are_owners(one) != _are_owners(other)


def are_two_houses(one: Profile, other: Profile) -> bool:
    """Whether two are the owners of two houses: whoever manages both houses answers for both."""
    if not (_are_owners(one) and _are_owners(other)):
        return False
    mine, theirs = ({*side.name.words[1:]} for side in (one, other))
    return bool(mine - theirs and theirs - mine)
