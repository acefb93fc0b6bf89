"""What follows from all that two rows have in common, and from what speaks against it. Pure."""

from dataclasses import dataclass
from enum import IntEnum

from wegweiser.companies.fitting import Fit, Fitted


class Verdict(IntEnum):
    NO, UNSURE, SURE = 0, 1, 2


# With one of these nobody but a person says that two rows are one firm.
VETOES = frozenset(
    {
        *(
            "other_vat_id",
            "other_register",
            "different_place",
            "other_first_name",
            "other_owner",
            "other_number_in_name",
        ),
        *("other_legal_form", "branch", "successor", "sister_firm", "told_apart", "different_words", "other_trade"),
    }
)


@dataclass(frozen=True, slots=True)
class Shared:
    """What the two have in common beside the name; None: not known of both."""

    contact: int
    address: bool | None
    near: bool | None
    people: bool
    person: bool
    other_people: bool
    same_number: bool
    same_mail_and_phone: bool
    same_mail: bool = False
    same_phone: bool = False
    same_address: bool = False
    both_registered: bool = False
    word: bool = False
    own_word: bool = False
    same_family: bool = False
    other_line: bool = False
    no_phone_of_both: bool = False
    no_mail_of_both: bool = False
    same_trade: bool | None = None
    called_after: bool = False
    only_named: bool = False
    says_no_trade: bool = False
    moved: bool = False
    is_part: bool = False
    common_name: bool = False

    @property
    def is_thin(self) -> bool:
        """Whether no number and no mail of one differs from the other's."""
        return not self.no_phone_of_both and not self.no_mail_of_both


def verdict_on(found: Fitted, shared: Shared, against: frozenset[str], *, tells: bool) -> Verdict:
    if shared.same_number:
        told = against & VETOES - {"different_place"}
        return Verdict.SURE if found.fit >= Fit.PART and not told else Verdict.UNSURE
    if found.fit == Fit.OTHER:
        return _under_no_common_word(shared, against)
    if found.fit == Fit.CONFLICT:
        if shared.near is False and _moved(found, shared, against):
            return Verdict.SURE
        if _is_one_under_two_words(found, shared, against):
            return Verdict.SURE
        alike = shared.address and (shared.contact or found.distinct)
        alike = alike or (shared.contact and (found.distinct or shared.near) and shared.near is not False)
        alike = alike or (shared.word and shared.same_family and shared.near and shared.same_trade is not False)
        return Verdict.UNSURE if alike else Verdict.NO
    reached = bool(shared.address or shared.contact)
    if against & {"other_vat_id", "other_register"}:
        return Verdict.UNSURE if reached else Verdict.NO
    if shared.near is False and _moved(found, shared, against):
        return Verdict.SURE
    if shared.near is False:
        return Verdict.UNSURE if shared.contact or (shared.people and found.distinct) else Verdict.NO
    knows = (
        found.fit == Fit.SAME or (shared.people and found.distinct) or (found.fit == Fit.NEAR and shared.same_family)
    )
    by_name_alone = shared.near is None and tells and knows
    maybe = Verdict.UNSURE if shared.near or reached or by_name_alone else Verdict.NO
    if against & VETOES:
        return maybe
    if _is_sure(found, shared, against, tells=tells):
        return Verdict.SURE
    return maybe if found.fit > Fit.PART or found.distinct or reached or shared.person else Verdict.NO


def _under_no_common_word(shared: Shared, against: frozenset[str]) -> Verdict:
    """Names that have nothing in common: "Kräuterwald" is "Heilpraktikerin Abel", where she is named and reached."""
    is_named = shared.called_after and not shared.both_registered and shared.same_trade is not False
    reached = shared.same_mail or shared.same_phone
    is_sure = shared.people and shared.near is not False and bool(shared.same_trade or shared.only_named)
    if shared.called_after and shared.address and shared.person and shared.same_trade and not shared.both_registered:
        return Verdict.UNSURE if against & VETOES else Verdict.SURE
    is_sure = is_sure or (shared.same_family and bool(shared.same_trade and shared.near))
    if is_named and reached and is_sure and not against & VETOES:
        return Verdict.SURE
    if shared.address and (shared.contact or (is_named and shared.people)):
        return Verdict.UNSURE
    if shared.contact and (shared.people or (shared.near and shared.same_family)):
        return Verdict.UNSURE
    return Verdict.UNSURE if is_named and shared.people and shared.near else Verdict.NO


def _is_one_under_two_words(found: Fitted, shared: Shared, against: frozenset[str]) -> bool:
    """The same name with another word for the trade: "Wachfalke Security" is "Sicherheitsdienst Wachfalke".

    Who shares a number or a mail, the address and a person besides is one firm, if it is not two companies.
    """
    if against & VETOES != {"different_words"} or shared.both_registered:
        return False
    if not shared.word:
        is_there = shared.same_trade and shared.address and shared.people and not shared.common_name
        reached = shared.person and (shared.same_phone or shared.same_mail)
        return bool(is_there and (reached or shared.is_thin))
    if shared.same_phone and shared.same_mail and shared.same_family and shared.same_trade is not False:
        return shared.near is not False  # within the town it may have moved
    if shared.address is False or shared.near is False:
        return False
    if shared.other_people and not (shared.address and (shared.same_phone or shared.same_mail)):
        return False
    if shared.same_trade and shared.address:
        return bool(shared.people or shared.own_word or (shared.contact and shared.same_family))
    if shared.same_trade is None:  # a word for the trade that we do not know may stand for another
        if shared.says_no_trade and shared.address and shared.people:
            return bool(shared.contact)
        return bool(shared.near and shared.people and shared.own_word and shared.contact >= 2)
    if shared.contact and (shared.near or shared.people) and (shared.same_family or shared.own_word):
        return True
    return _is_known_there(found, shared)


def _is_known_there(found: Fitted, shared: Shared) -> bool:
    """Where nothing leads to both: the same person in the same trade and town, or a name of its own and the family."""
    if not shared.near or shared.other_line or shared.address is False:
        return False
    if shared.word and (shared.person or (shared.people and shared.own_word)):
        return shared.own_word or bool(shared.same_trade)
    is_there = shared.people or (shared.same_family and found.fit >= Fit.NEAR)
    if shared.is_thin and is_there and shared.word and not shared.common_name:
        return bool(shared.same_trade)  # an initial will do where nothing differs
    if shared.person and shared.called_after and not shared.common_name:
        return bool(shared.same_trade and not shared.no_mail_of_both and found.fit >= Fit.PART)
    return shared.own_word and shared.same_family and bool(shared.same_trade)


def _moved(found: Fitted, shared: Shared, against: frozenset[str]) -> bool:
    """The same name that tells something, the same number and the same mail: a firm that has moved.

    Where a remark says so, somebody who is at both and one way to reach them are enough.
    """
    if found.fit == Fit.SAME and found.distinct and shared.same_mail_and_phone and against & VETOES == _ELSEWHERE:
        return True
    reached = shared.same_mail or shared.same_phone
    if shared.is_part and found.fit >= Fit.NEAR and reached and shared.people:
        return against & VETOES == _ELSEWHERE
    if not (shared.moved and shared.word and reached and shared.people):
        return False
    told = against & VETOES - {"different_words"} if shared.same_trade else against & VETOES
    return told == _ELSEWHERE and not (found.fit == Fit.CONFLICT and shared.both_registered)


_ELSEWHERE = frozenset({"different_place"})


def _is_sure(found: Fitted, shared: Shared, against: frozenset[str], *, tells: bool) -> bool:
    """Where nothing speaks against it."""
    if shared.contact and not (shared.same_mail or shared.same_phone) and shared.address is False and shared.other_line:
        return False  # two shops of one page
    if (
        found.fit == Fit.PART
        and not found.distinct
        and not shared.people
        and (shared.other_people or shared.both_registered)
    ):
        return False  # nothing but a trade, or the town
    at_home = shared.address and "other_phone" not in against
    at_home = at_home and (not shared.no_phone_of_both or shared.people or shared.own_word)
    if found.fit == Fit.SAME:
        alone = shared.near and tells and shared.address is None and not shared.no_phone_of_both
        alone = alone and not shared.other_people and shared.same_trade is not False
        is_there = shared.near and (shared.person if shared.other_line else shared.people)
        is_there = is_there and not (shared.other_line and shared.common_name)
        return bool(shared.contact or shared.address or is_there or alone)
    if _is_known_there(found, shared):
        return True
    if found.fit == Fit.NEAR and (shared.contact or at_home):
        return True
    is_thin = shared.is_thin and shared.address is None
    if found.fit == Fit.NEAR and is_thin and shared.near and tells and found.distinct and not shared.other_people:
        return shared.same_trade is not False and not shared.common_name
    if shared.near and shared.address is not False and shared.same_family and shared.contact:
        return True
    if shared.near and shared.people and shared.same_address and (shared.word or not shared.both_registered):
        return True
    is_own = shared.own_word and shared.same_family and shared.same_trade is not False
    if is_own and shared.near and shared.address is not False and not shared.other_line:
        return True
    if shared.contact >= 2:  # only one side has more words
        return True
    has_moved = shared.people and shared.near and found.distinct  # within the town
    if has_moved and (shared.same_mail or shared.same_phone or (shared.contact and shared.address is not False)):
        return True
    if shared.contact and (shared.address or (found.distinct and shared.address is None)):
        return True
    return bool(found.fit == Fit.PART and at_home and found.distinct and len(found.alone) <= 2)
