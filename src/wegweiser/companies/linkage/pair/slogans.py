"""Numbers in a name that count nothing: a second beginning, day and night, all around. Pure."""

import re
from collections.abc import Collection

from wegweiser.companies.linkage.row.profiles import Profile

_SLOGAN = re.compile(r"(?<![\w.,/])(?:[2-5]\.0|24 ?/ ?7|24 ?h|24|360(?: ?°| grad)?|365)(?![\w.,/])")


def says_a_slogan(one: Profile, other: Profile, for_it: Collection[str]) -> bool:
    """Whether all numbers that only one name has are those of a slogan, and somebody is at both where one number or
    mail leads: "Abel Maschinenbau 2.0 GmbH", "Abel Maschinenbau".

    The company that it comes after has other people or another line.
    """
    if "same_person" not in for_it or not {"same_phone", "same_mail"} & set(for_it):
        return False
    mine, theirs = one.name.numbers - {*other.name.words}, other.name.numbers - {*one.name.words}
    if bool(mine) == bool(theirs):
        return False
    side, numbers = (one, mine) if mine else (other, theirs)
    told = {digits for slogan in _SLOGAN.findall(side.known.name) for digits in re.findall(r"\d+", slogan)}
    return numbers <= told
