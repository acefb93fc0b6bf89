"""Whether one of two rows is a branch, and the other the firm or another branch. Pure."""

from wegweiser.companies.linkage.pair import remarked
from wegweiser.companies.linkage.row.people import Same
from wegweiser.companies.linkage.signs.two_rows import TwoRows


def against(two: TwoRows) -> tuple[str, ...]:
    """`branch`, unless a remark says that it is no firm of its own."""
    if two.is_part or not (two.one.name.is_branch or two.other.name.is_branch):
        return ()
    if two.one.name.is_branch and two.other.name.is_branch:
        return ("branch",) if two.near is False else ()
    return () if _is_this_branch(two) else ("branch",)


def _is_this_branch(two: TwoRows) -> bool:
    """Whether both rows lead to the branch: one calls it so, the other does not."""
    if not two.near or two.address is False or not two.contact:
        return False
    if two.address and "same_phone" in two.led_by:
        return True
    return two.somebody >= Same.LIKELY and remarked.is_the_branch_there(two.one, two.other)
