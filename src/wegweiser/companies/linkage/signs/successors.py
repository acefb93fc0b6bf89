"""Whether one of two rows is who came after the other: took over, or was founded after its end. Pure."""

from wegweiser.companies.linkage.pair import called, remarked, sharing, two_firms
from wegweiser.companies.linkage.pair.fitting import Fit
from wegweiser.companies.linkage.row.people import Same
from wegweiser.companies.linkage.row.profiles import Profile
from wegweiser.companies.linkage.signs.two_rows import TwoRows


def against(two: TwoRows) -> tuple[str, ...]:
    """`successor`."""
    is_next = _took_over(two) or _comes_after_its_end(two) or two_firms.is_the_new_company(two.one, two.other)
    return ("successor",) if is_next else ()


def _took_over(two: TwoRows) -> bool:
    """Whether only one is called a successor, and it is not the very same one without that word."""
    if two.one.name.is_successor == two.other.name.is_successor:
        return False
    return not (_is_itself(two) or (two.was_renamed and two.address and two.contact))


def _is_itself(two: TwoRows) -> bool:
    """Whether it is the successor with and without that word, reached twice or at the mailbox of whoever it is."""
    is_theirs = two.contact >= 2 or (two.somebody == Same.PERSON and "same_mail" in two.led_by)
    if "same_person" in two.led_by and is_theirs:
        return True
    if any(_bears_both_names(side, two.somebody) for side in (two.one, two.other)):
        return True
    if two.was_renamed and any(
        new.name.former is not None and sharing.called_after(new, old) for new, old in two.sides
    ):
        return True
    if two.fit >= Fit.PART and any(called.bears_the_new_name(new, old) for new, old in two.sides):
        return True
    return two_firms.is_the_successor(two.one, two.other, two.led_by)


def _bears_both_names(one: Profile, somebody: Same) -> bool:
    """Whether who is there has the name from before as well, and did not get it by a marriage alone."""
    if not one.name.former or one.surnames.isdisjoint(one.name.former.words):
        return False
    return one.born not in one.surnames or somebody >= Same.LIKELY


def _comes_after_its_end(two: TwoRows) -> bool:
    """Whether only one is insolvent, and the other is another company or has nobody of it."""
    one, other = two.one, two.other
    if one.name.is_insolvent == other.name.is_insolvent:
        return False
    if "same_address" in two.led_by and remarked.is_insolvent_itself(one, other, is_reached=two.contact > 0):
        return False
    if two.are_registered and not remarked.have_one_register_name(one, other):
        return True
    return not (two.fit >= Fit.NEAR and two.somebody >= Same.LIKELY)
