"""When a remark that sounds like another firm speaks of the firm itself. Pure."""

import re
from collections.abc import Collection

from wegweiser.companies.linkage.pair import remarked, two_firms
from wegweiser.companies.linkage.row import asides, names, trades
from wegweiser.companies.linkage.row.forms import LASTING
from wegweiser.companies.linkage.row.people import Same
from wegweiser.companies.linkage.row.profiles import Profile

_OF_ITS_OWN = re.compile(
    r"(?:\b(?:sohn|tochter|bruder|schwester|vater|mutter|neffe|nichte|onkel|tante|schwager|cousin|enkel(?:in)?),? )?"
    r"\b(?:eigen\w*|separat\w*) (?:gmbh|ug|kg|ohg|hr[ab]|gesellschaft|rechtsform|firma|betrieb|laden|geschaeft|praxis"
    r"|werkstatt|buero|gewerbe|studio|salon)\b(?:[- ]?(?:nr|nummer)\b)?"
    r"(?! (?:de[rs]|vo[nm]|seine[rs]|ihre[rs]|einer?|eines)\b)"
    r"|\bhr[ab] (?:separat|eigen)\w*"
)


def is_of_itself(one: Profile, other: Profile, *, somebody: Same, for_it: Collection[str]) -> bool:
    """Whether no remark speaks of the other: the other has the whole name of the firm that is a company of its own, or
    the two people at both are the partners that both are called after."""
    if any(_runs_it(side, beside) for side, beside in ((one, other), (other, one))):
        return bool({"same_phone", "same_mail"} & set(for_it)) and somebody >= Same.LIKELY
    return _is_the_company(one, other, somebody, for_it) or two_firms.are_partners_of_one(one, other)


def _runs_it(one: Profile, other: Profile) -> bool:
    """Whether a remark on `one` names the company that runs it, and `other` has that name and the one above the door:
    "VitaKain Studio", "eigene Firma Abel Sport GmbH"; "Abel Sport GmbH (VitaKain)"."""
    if not one.aside.words or not other.name.form or other.aside.words:
        return False
    above_the_door = {word for word in one.name.words if word in other.name.words and not trades.is_trade(word)}
    company = set(other.name.words) - above_the_door
    remark = names.parse(one.known.remark).words
    return bool(above_the_door) and len(company) > 1 and company <= {*remark} and above_the_door.isdisjoint(remark)


def _is_the_company(one: Profile, other: Profile, somebody: Same, for_it: Collection[str]) -> bool:
    """Whether all that the remarks say is that it is a company of its own, and the other has all of its name and is
    reached or found where it is. The one beside it, of which the remark means to tell it, has another name.
    """
    is_led_there = not {"same_phone", "same_mail"}.isdisjoint(for_it)
    is_led_there |= "same_address" in for_it and not (one.persons and other.persons and somebody < Same.FAMILY)
    is_there = is_led_there and "same_name" in for_it
    is_there |= "similar_name" in for_it and "same_phone" in for_it
    if not is_there or somebody == Same.OTHER or one.generation != other.generation:
        return False
    is_one_house = {"same_phone", "same_address"} <= set(for_it) and remarked.have_one_form(one, other)
    if {one.name.form, other.name.form} <= LASTING and not is_one_house:
        return False  # `row.forms`: lists mix up forms of one kind, but a remark tells that there are two here
    if any(side.aside.in_other_hands or side.aside.has_two or side.aside.left_partners for side in (one, other)):
        return False
    remarks = [side.remark for side in (one, other) if side.aside.words]
    return bool(remarks) and not any(asides.read(_OF_ITS_OWN.sub(" eigen ", remark)).words for remark in remarks)
