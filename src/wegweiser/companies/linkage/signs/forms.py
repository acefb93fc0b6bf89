"""Whether two rows are of two forms of law, and no firm has two. Pure."""

from wegweiser.companies.linkage.pair import itself, sharing, spelt_otherwise, two_firms
from wegweiser.companies.linkage.pair.fitting import Fit
from wegweiser.companies.linkage.row import trades, vocabulary
from wegweiser.companies.linkage.row.asides import Aside
from wegweiser.companies.linkage.row.people import Same
from wegweiser.companies.linkage.signs.two_rows import TwoRows


def against(two: TwoRows) -> tuple[str, ...]:
    """`other_legal_form`, where neither was converted and no remark doubts the form."""
    if len(two.forms) == 1 or not (_is_a_partnership(two) or _is_a_club(two) or "" not in two.forms):
        return ()
    is_doubted = two.contact and "form" in two.one.doubted | two.other.doubted
    return () if is_doubted or is_converted(two) else ("other_legal_form",)


def is_converted(two: TwoRows) -> bool:
    """Whether one firm may have had both forms: a remark says so, or somebody signed in or wrote that never had one."""
    one, other = two.one, two.other
    if two.contact and (
        any(_has_changed(side.aside, two) for side in (one, other))
        or (two.somebody == Same.PERSON and two.is_a_person)  # who signed in with nothing but their own name
    ):
        return True
    if two_firms.is_a_form_mistaken(one, other, two.fit, two.led_by):
        return True
    return not {"same_mail", "same_phone"}.isdisjoint(two.led_by) and spelt_otherwise.says_only_whose(one, other)


def _has_changed(aside: Aside, two: TwoRows) -> bool:
    """Whether a remark says of another form, and it is no other firm that has it: the son's beside the father's."""
    if aside.is_converted:
        return True
    return aside.has_other_form and (two.somebody >= Same.FAMILY or (two.contact > 1 and bool(two.address)))


def _is_a_club(two: TwoRows) -> bool:
    """The dancing school, and the club that meets there."""
    return two.fit == Fit.CONFLICT and two.forms == {"club", ""} and not two_firms.are_both_clubs(two.one, two.other)


def _is_a_partnership(two: TwoRows) -> bool:
    """Whether one is a partnership, and the other may be the trader beside it."""
    if two.forms != {"", "partners"}:
        return False
    if not two.contact and two_firms.partners_of_their_own(two.one, two.other):
        return True
    if two.fit == Fit.CONFLICT and "other_phone" in two.against:
        return True  # where each has a word and a line for itself
    is_known = two.own_word and (two.contact or two.somebody >= Same.LIKELY)
    return two.fit == Fit.PART and not is_known and not _is_the_partnership(two) and _may_do_something_else(two)


def _is_the_partnership(two: TwoRows) -> bool:
    """Whether half the name is that of the partnership itself."""
    return (
        two_firms.is_of_the_brothers(two.one, two.other, two.led_by)
        or two_firms.is_of_their_letters(two.one, two.other)
        or itself.names_the_partners(two.one, two.other, two.led_by)
    )


def _may_do_something_else(two: TwoRows) -> bool:
    """Whether a name is told that only one has and that is of nobody who is at both, or no trade is the same."""
    alone = sharing.without_places(two.found.alone, two.one, two.other)
    has_more_names = any(not trades.is_trade(word) and word not in vocabulary.BROTHERS for word in alone)
    return (has_more_names and two.somebody != Same.PERSON) or not sharing.same_trade(two.one, two.other, ())
