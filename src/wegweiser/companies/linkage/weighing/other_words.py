"""Rules for two rows of which one has another word for the trade, or another name. Pure; the table is in `certain`."""

from collections.abc import Collection

from wegweiser.companies.linkage.pair.fitting import Fit
from wegweiser.companies.linkage.row import trades
from wegweiser.companies.linkage.weighing.evidence import DIFFERS, Evidence


def _has_two_words(told: Evidence) -> bool:
    return told.found.fit == Fit.CONFLICT and not told.shared.both_registered and not told.shared.same_number


def two_words_here(told: Evidence) -> bool:
    shared = told.shared
    if not (_has_two_words(told) and shared.word and shared.near is not False and shared.address and shared.same_trade):
        return False
    if shared.other_people and not (shared.same_mail or (shared.same_phone and shared.called_after)):
        return False
    is_named = shared.called_after and shared.same_phone and not shared.one_registered
    if shared.one_registered and "other_phone" in told.against:
        return False  # a company beside the firm, with a line of its own
    return shared.people or shared.own_word or is_named or bool(shared.contact and shared.same_family)


def two_words_one_line(told: Evidence) -> bool:
    shared = told.shared
    is_there = shared.near or (shared.near is None and shared.is_reached)
    if not (_has_two_words(told) and shared.word and is_there and shared.same_trade) or shared.other_people:
        return False
    is_told = told.tells or shared.contact > 1 or (shared.same_phone and shared.address)
    if not DIFFERS.isdisjoint(told.against) or not is_told or shared.is_part:
        return False
    if shared.one_registered and not shared.same_mail:
        return False  # the smithy of the father, and the son's company at the same number
    is_led_there = shared.contact or (shared.address and shared.says_one_trade and not shared.one_registered)
    return shared.is_reached or bool(is_led_there and shared.is_thin)


def the_company_at_that_line(told: Evidence) -> bool:
    """What people call a company by the trade and its owner, where one row alone names somebody, and with that name.

    Of two who are named, or that both tell the house, the father may have the smithy and the son the company.
    """
    shared = told.shared
    is_one = _has_two_words(told) and shared.word and shared.same_phone and shared.near and shared.same_trade
    is_alone = shared.called_after and not (shared.people or shared.same_family or shared.other_people)
    is_silent = not (shared.speaks_of_another or shared.is_part or shared.no_mail_of_both or shared.other_line)
    is_theirs = shared.one_registered and is_alone and not shared.common_name and shared.address is None
    return bool(is_one and is_theirs and is_silent and DIFFERS.isdisjoint(told.against))


def staff_at_the_line(told: Evidence) -> bool:
    shared = told.shared
    is_one = _has_two_words(told) and shared.word and shared.same_phone and shared.near and shared.same_trade
    is_theirs = shared.called_after and shared.other_people and not shared.common_name
    return bool(is_one and is_theirs and not shared.speaks_of_another and DIFFERS.isdisjoint(told.against))


def two_words_one_number(told: Evidence) -> bool:
    shared = told.shared
    is_one = _has_two_words(told) and shared.word and shared.same_phone and shared.same_mail and shared.same_family
    return is_one and shared.same_trade is not False and shared.near is not False


def two_words_unknown_trade(told: Evidence) -> bool:
    shared = told.shared
    if not (_has_two_words(told) and shared.word and shared.people and shared.same_trade is None):
        return False
    if _is_the_master_there(told):
        return True
    if shared.address is False or not shared.contact:
        return False
    is_silent = shared.says_no_trade and bool(shared.address)
    is_theirs = shared.called_after and not shared.common_name and _is_one_door(told)
    is_led_there = shared.contact > 1 or (shared.is_their_page and not shared.both_registered)
    return is_silent or is_theirs or bool(shared.near and shared.own_word and is_led_there)


def _is_one_door(told: Evidence) -> bool:
    """Whether one number rings in one house or one mailbox stands there, no mailbox is another, neither is a company
    beside a trader, and no word says that things are sold, built or lent as well."""
    shared = told.shared
    is_there = bool(shared.near and shared.address and (shared.same_phone or shared.same_mail))
    has_its_own = shared.one_registered or shared.both_registered or shared.no_mail_of_both
    says_two_things = trades.kinds(told.found.alone) or _have_one_beginning(told.found.alone)
    return is_there and not (has_its_own or shared.speaks_of_another or says_two_things)


LEAST_OF_A_BEGINNING = 4  # letters


def _have_one_beginning(alone: Collection[str]) -> bool:
    """Whether two words go on differently: whoever says Kinderheim and Kinderzirkus says two things."""
    begun = [word[:LEAST_OF_A_BEGINNING] for word in alone if len(word) > LEAST_OF_A_BEGINNING]
    return len(set(begun)) < len(begun)


def _is_the_master_there(told: Evidence) -> bool:
    """Whether somebody with a rare name works under it in one house of a small town, and of one row alone we know what
    is done: registers of crafts write "Karl Abel Holzkunst" for the "Drechslerei Abel"."""
    shared = told.shared
    is_theirs = shared.person and shared.called_after and not shared.common_name and not shared.one_registered
    is_here = shared.address and shared.in_a_small_town and shared.is_thin
    return bool(is_theirs and is_here and shared.one_says_its_trade and not shared.speaks_of_another)


def no_word_here(told: Evidence) -> bool:
    shared = told.shared
    is_there = _has_two_words(told) and not shared.word and shared.same_trade and shared.address and shared.people
    is_known = (shared.person and shared.is_reached) or shared.is_thin
    return bool(is_there and not shared.common_name and is_known)


def person_of_the_firm(told: Evidence) -> bool:
    shared = told.shared
    is_there = shared.is_a_person and shared.person and shared.near and shared.address is not False
    is_led_there = shared.contact or shared.address
    is_silent = told.found.fit == Fit.OTHER and shared.same_trade is not False and not shared.common_name
    return bool(is_there and is_silent and is_led_there and "other_phone" not in told.against)


def the_one_of_the_trade(told: Evidence) -> bool:
    """Who is called by nothing but the trade and the street, and who by the trade and the name of who works there."""
    shared = told.shared
    is_there = shared.near and shared.in_a_small_town and shared.is_thin and shared.address is not False
    is_theirs = shared.called_after and shared.only_trade and not shared.common_name and not shared.other_people
    return bool(is_there and is_theirs and shared.same_trade and not shared.speaks_of_another)


def called_so_in_a_small_town(told: Evidence) -> bool:
    """Who has a name that many have, one trade and in a small town the same initial, and no second line, house or mail:
    a mobile beside a line in the ground is none."""
    shared = told.shared
    is_there = shared.people and shared.near and shared.in_a_small_town and told.found.fit >= Fit.NEAR
    differs = shared.other_line or shared.no_mail_of_both or shared.address is False
    is_one = shared.common_name and shared.same_trade and not shared.both_registered and not shared.one_registered
    return bool(
        is_there and is_one and not differs and not shared.speaks_of_another and DIFFERS.isdisjoint(told.against)
    )


def person_with_its_mail(told: Evidence) -> bool:
    """Who signed in with their own name and nothing else but the very mail that the firm gives for the same person."""
    shared = told.shared
    is_theirs = shared.is_a_person and shared.same_mail and shared.same_family
    is_there = shared.near is True or (shared.near is None and not shared.common_name)
    return bool(is_theirs and is_there and told.found.fit == Fit.OTHER and shared.is_thin)


def named_in_its_mail(told: Evidence) -> bool:
    shared = told.shared
    if told.found.fit > Fit.CONFLICT or not shared.named_in_mail or not shared.near or shared.both_registered:
        return False
    if shared.other_people or shared.address is False or "other_phone" in told.against or shared.same_trade is False:
        return False
    is_led_there = shared.same_trade and (shared.same_family or shared.is_reached)
    return bool((shared.address or shared.contact) and (shared.people or is_led_there))


def mail_of_the_firm(told: Evidence) -> bool:
    shared = told.shared
    is_silent = shared.is_a_person and not shared.says_two_trades and shared.same_trade is not False
    is_theirs = shared.named_in_mail and shared.contact and shared.near is not False and shared.address is not False
    return bool(told.found.fit == Fit.OTHER and is_silent and is_theirs)


def own_name_and_mail(told: Evidence) -> bool:
    shared = told.shared
    if not (_has_two_words(told) and shared.own_word and shared.near and shared.same_mail and shared.people):
        return False
    if shared.same_trade is False or shared.one_registered:
        return False  # a number alone leads to the sister firm as well
    return DIFFERS.isdisjoint(told.against) and told.tells


def _signed_in(told: Evidence) -> bool:
    shared = told.shared
    return shared.is_a_person and not shared.common_name and DIFFERS.isdisjoint(told.against)


def named_after_who_is_there(told: Evidence) -> bool:
    shared = told.shared
    has_no_name = told.found.fit == Fit.OTHER or (told.found.fit == Fit.CONFLICT and not shared.word)
    if not has_no_name or not shared.called_after or shared.both_registered or shared.same_number:
        return False
    if shared.same_trade and shared.person and (shared.address or (shared.near and _signed_in(told))):
        return True
    if shared.same_trade is False or not shared.is_reached:
        return False
    if shared.is_a_person and shared.person and shared.address and shared.contact > 1:
        return True
    if shared.same_trade and shared.near and not shared.other_people and not shared.common_name:
        return True
    if shared.people and shared.near and shared.same_phone and DIFFERS.isdisjoint(told.against):
        return not shared.common_name
    is_person = shared.people and shared.near is not False and (shared.same_trade or shared.only_named)
    return bool(is_person or (shared.same_family and shared.same_trade and shared.near))
