"""Whether two rows do the same. Pure."""

from typing import NamedTuple

from wegweiser.companies.linkage.pair import doers, fitting, sharing
from wegweiser.companies.linkage.pair.fitting import Fit
from wegweiser.companies.linkage.row.people import Same
from wegweiser.companies.linkage.signs.two_rows import TwoRows


class Trades(NamedTuple):
    """`same`: None where it is not known, or where one firm often does both."""

    same: bool | None
    for_it: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


def of_both(two: TwoRows, *, other_owner: bool) -> Trades:
    """Whether they do the same, with `same_trade` where the names have two words for it, and `other_trade`."""
    same = _do_the_same(two)
    for_it = ("same_trade",) if same and two.fit == Fit.CONFLICT else ()
    is_company = two.are_registered and two.fit < Fit.SAME and "same_mail" not in two.led_by
    if is_company and sharing.says_another_trade(two.one, two.other):
        return Trades(False, for_it, ("other_trade",))
    is_another = same is False and _may_be_two(two, other_owner=other_owner)
    return Trades(same, for_it, ("other_trade",) if is_another else ())


def _do_the_same(two: TwoRows) -> bool | None:
    is_conflict = two.fit == Fit.CONFLICT
    same = sharing.same_trade(two.one, two.other, two.found.shared if is_conflict else ())
    if same is None and is_conflict and two.somebody >= Same.LIKELY and two.contact and two.near:
        return _are_two_words_for_one(two) or None
    return same


def _are_two_words_for_one(two: TwoRows) -> bool:
    """Whether words that we do not know have one stem, or one says who does what the other says."""
    lasts = two.one.surnames | two.other.surnames
    if fitting.one_stem(two.one.name.words, two.other.name.words, lasts):
        return True
    mine, theirs = (
        [word for word in (*side.name.words, *side.trade_words) if word not in lasts] for side in (two.one, two.other)
    )
    return doers.do_the_same(mine, theirs)


def _may_be_two(two: TwoRows, *, other_owner: bool) -> bool:
    """Whether two trades are those of two firms: names that do not fit, or nobody at both and no way that leads to
    both. Dentist and vet are a couple, where two owners have not been told anyway."""
    if two.fit <= Fit.CONFLICT or (two.fit == Fit.PART and two.somebody < Same.FAMILY):
        return True
    return two.somebody < Same.LIKELY and not two.contact and not other_owner
