"""What a remark on one of two rows says for or against their being one. Pure."""

from wegweiser.companies.linkage.pair import own_remarks, remarked
from wegweiser.companies.linkage.signs.two_rows import TwoRows


def have_moved(two: TwoRows) -> bool:
    """Whether a remark says that one of them moved, and they are in two places or houses."""
    is_elsewhere = two.address is False or two.near is False
    return is_elsewhere and remarked.told_to_have_moved(two.one, two.other)


def for_it(two: TwoRows, *, moved: bool) -> tuple[str, ...]:
    """`told_moved`, `told_part`, `told_renamed`."""
    told = (("told_moved", moved), ("told_part", two.is_part), ("told_renamed", two.told_renamed))
    return tuple(code for code, is_told in told if is_told)


def against(two: TwoRows) -> tuple[str, ...]:
    """`told_apart`: the remark speaks of another firm, which is the other."""
    one, other, somebody = two.one, two.other, two.somebody
    if not remarked.told_apart(one, other, somebody=somebody, for_it=two.led_by):
        return ()
    return () if own_remarks.is_of_itself(one, other, somebody=somebody, for_it=two.led_by) else ("told_apart",)
