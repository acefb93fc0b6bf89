"""The office of a firm, told behind its name: "Abel Guss eG, Verwaltung". Pure."""

import re
from collections.abc import Collection

from wegweiser.companies.linkage.pair.fitting import Fitted
from wegweiser.companies.linkage.row import trades
from wegweiser.companies.linkage.row.profiles import Profile

_OFFICE = "verwaltung"
_AT_THE_END = re.compile(rf"[\s,;(–-]{_OFFICE}\W*$")


def is_its_office(one: Profile, other: Profile, found: Fitted, for_it: Collection[str]) -> bool:
    """Whether the bare word stands at the end of one of two names that fit, and a way of reaching them or the house is
    one. A company that manages what another has is called "Abel Verwaltungs GmbH"."""
    if [word for word in found.alone if trades.is_sister(word)] != [_OFFICE]:
        return False
    is_told = any(
        side.name.words[-1] == _OFFICE and _AT_THE_END.search(side.known.name.casefold()) for side in (one, other)
    )
    return is_told and not {"same_phone", "same_mail", "same_address"}.isdisjoint(for_it)
