"""How likely two rows are one firm by all signs together: each adds to the odds or takes from them. Pure.

The weights stand in `odds.toml`. They were learned from the lists of `benchmarks/companies` that were read
(`python -m benchmarks.companies.learning`).
"""

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

from wegweiser.companies.linkage.pair.fitting import Fit
from wegweiser.companies.linkage.weighing.evidence import Evidence

_TABLE = tomllib.loads((Path(__file__).parent / "odds.toml").read_text(encoding="utf-8"))
BASE: float = _TABLE["base"]
# No list had a number of a register, and nothing weighs more: on top of the pairs or at their end.
PROOFS = {"same_vat_id": 6.0, "same_register": 6.0, "other_vat_id": -6.0, "other_register": -6.0}
WEIGHTS: dict[str, float] = {**PROOFS, **_TABLE["for"], **_TABLE["either"], **_TABLE["against"]}


def log_odds(told: Evidence) -> float:
    """The logarithm of how many pairs with these signs are one firm to how many are two."""
    return BASE + sum(WEIGHTS.get(sign, 0.0) for sign in signs(told))


def signs(told: Evidence) -> Iterator[str]:
    """What holds of the two, by the names in `odds.toml`. Of two words for one trade `same_trade` is told twice, by its
    code and by what is shared; it counts twice there."""
    shared, found = told.shared, told.found
    yield _NAMES[found.fit]
    yield from told.for_it
    yield from told.against
    yield from (sign for sign in _SHARED if getattr(shared, sign) is True)
    yield from (sign for sign, holds in _TOGETHER.items() if holds(told))


_NAMES = {
    Fit.SAME: "names_same",
    Fit.NEAR: "names_near",
    Fit.PART: "names_part",
    Fit.CONFLICT: "names_conflict",
    Fit.OTHER: "names_other",
}
_SHARED = (
    "near",
    "people",
    "person",
    "other_people",
    "both_registered",
    "word",
    "own_word",
    "same_family",
    "other_line",
    "no_phone_of_both",
    "no_mail_of_both",
    "same_trade",
    "called_after",
    "only_named",
    "says_no_trade",
    "common_name",
    "other_code",
    "named_in_mail",
)
_TOGETHER: dict[str, Callable[[Evidence], object]] = {
    "address": lambda told: told.shared.near and told.shared.address,
    "place_unknown": lambda told: told.shared.near is None,
    "no_common_trade": lambda told: told.shared.same_trade is False,
    "telling_word": lambda told: told.found.distinct,
    "both_names_tell": lambda told: told.tells,
    "more_words_alone": lambda told: len(told.found.alone) > 1,
    "reached_twice": lambda told: told.shared.contact > 1,
    "word_and_trade_here": lambda told: told.shared.word and told.shared.near and told.shared.same_trade,
    "word_and_contact": lambda told: told.shared.word and told.shared.contact,
    "word_and_person": lambda told: told.shared.word and told.shared.people,
    "own_word_here": lambda told: told.shared.own_word and told.shared.near,
    "person_here": lambda told: told.shared.person and told.shared.near,
}
# The codes that one of the signs above says as well.
TOLD_OTHERWISE = frozenset({"same_name", "similar_name", "part_of_name", "shared_word", "same_person"})
_AGAINST = frozenset(
    {
        "names_conflict",
        "names_other",
        "both_registered",
        "no_phone_of_both",
        "no_mail_of_both",
        "common_name",
        "no_common_trade",
        "more_words_alone",
        "branch",
        "successor",
        "sister_firm",
        "told_apart",
        "different_words",
        "different_place",
    }
)


def direction(sign: str) -> int:
    """1 where a sign can only speak for one firm, -1 where only against it, 0 where it may do either.

    >>> direction("same_phone"), direction("other_phone"), direction("place_unknown")
    (1, -1, 0)
    """
    if sign == "place_unknown":
        return 0
    return -1 if sign in _AGAINST or sign.startswith("other_") else 1
