"""Whether two rows have two owners. Pure."""

from wegweiser.companies.linkage.pair import sharing, two_firms
from wegweiser.companies.linkage.pair.fitting import Fit
from wegweiser.companies.linkage.signs.two_rows import TwoRows


def against(two: TwoRows) -> tuple[str, ...]:
    """`other_owner`: a firm called after people whom the other does not know, or the next one under that name."""
    if not two.are_others:
        return ()
    has_its_own = sharing.has_an_owner_of_its_own(two.found, two.one, two.other)
    is_another = has_its_own or (_may_be_the_next(two) and two_firms.may_be_in_other_hands(two.one, two.other))
    return ("other_owner",) if is_another else ()


def _may_be_the_next(two: TwoRows) -> bool:
    """Whether nothing leads to both that whoever takes over does not have as well."""
    if two.fit == Fit.OTHER or two.near is False:
        return False
    return not (two.contact if two.fit >= Fit.PART else {"same_mail", "same_domain"} & two.led_by)
