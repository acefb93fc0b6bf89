"""What makes two rows surely one firm without weighing: rules, each with its reason and an example. Pure.

A rule is asked in the order of the table. Unless it says what it sets aside, none holds where anything on the list of
vetoes speaks against it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from wegweiser.companies.linkage.pair.fitting import Fit
from wegweiser.companies.linkage.weighing import other_words
from wegweiser.companies.linkage.weighing.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Rule:
    """`despite` is what may speak against it all the same: vetoes, and signs that weigh it down where they hold."""

    name: str
    reason: str
    example: str
    holds: Callable[[Evidence], bool]
    despite: frozenset[str] = frozenset()


def rule_for(told: Evidence) -> Rule | None:
    """The first rule by which the two are one firm."""
    vetoes = told.vetoes
    return next((rule for rule in RULES if vetoes <= rule.despite and rule.holds(told)), None)


def _same_number(told: Evidence) -> bool:
    return told.shared.same_number and told.found.fit >= Fit.PART


# --- Names that fit ------------------------------------------------------------------------------------------------


def _fits(told: Evidence, least: Fit = Fit.PART) -> bool:
    """Whether the names fit, and the rows are neither two shops of one page nor have only a trade or the town in
    common."""
    found, shared = told.found, told.shared
    if found.fit < least or shared.near is False or shared.same_number or shared.are_others_there:
        return False
    if told.are_of_a_chain:
        return False
    says_little = found.fit == Fit.PART and not found.distinct and not shared.people
    return not (says_little and (shared.other_people or shared.both_registered))


def _name_and_address(told: Evidence) -> bool:
    shared = told.shared
    if not shared.address or not _fits(told, Fit.NEAR):
        return False
    if shared.is_only_alike and not shared.contact:
        return False  # Krüger and Kröger
    own_line = "other_phone" in told.against or (shared.no_phone_of_both and not shared.people and not shared.own_word)
    return told.found.fit == Fit.SAME or not own_line


def _name_and_contact(told: Evidence) -> bool:
    return bool(told.shared.contact) and _fits(told, Fit.NEAR)


def _name_and_person(told: Evidence) -> bool:
    shared = told.shared
    is_known = shared.person if shared.other_line else shared.people
    may_be_two = shared.common_name and (shared.other_line or shared.one_registered)
    return bool(shared.near) and is_known and _fits(told, Fit.SAME) and not may_be_two


def _part_and_contact(told: Evidence) -> bool:
    shared = told.shared
    is_there = shared.address or (told.found.distinct and shared.address is None)
    return bool(_fits(told) and shared.contact and (is_there or shared.contact > 1))


def _part_and_address(told: Evidence) -> bool:
    shared = told.shared
    return bool(_fits(told) and shared.near and shared.people and shared.same_address) and (
        shared.word or not shared.both_registered
    )


def _moved_in_town(told: Evidence) -> bool:
    shared = told.shared
    is_named = told.found.distinct or (shared.called_after and shared.same_trade)
    return bool(_fits(told) and shared.people and shared.near and is_named and shared.is_reached)


# --- Another place -------------------------------------------------------------------------------------------------


def _moved(told: Evidence) -> bool:
    found, shared = told.found, told.shared
    is_named = found.fit == Fit.SAME and found.distinct and shared.same_mail and shared.same_phone
    is_part = shared.is_part and found.fit >= Fit.NEAR and shared.is_reached and shared.people
    is_led_there = shared.is_reached or (shared.contact and not shared.other_people)  # two shops of one page may move
    has_own_name = found.fit >= Fit.PART and found.distinct and shared.moved and bool(is_led_there)
    is_told = has_own_name or (found.fit >= Fit.PART and _is_told_to_have_moved(told))
    return shared.near is False and (is_named or is_part or is_told)


def _told_part(told: Evidence) -> bool:
    found, shared = told.found, told.shared
    has_words = found.fit == Fit.PART or (found.fit == Fit.CONFLICT and shared.same_trade and shared.word)
    return shared.is_part and found.distinct and bool(found.fit >= Fit.NEAR or (has_words and shared.contact))


def _department(told: Evidence) -> bool:
    shared = told.shared
    return bool(shared.is_department and told.found.distinct and shared.word and shared.contact and not shared.people)


def _moved_from(told: Evidence) -> bool:
    found, shared = told.found, told.shared
    is_called = found.fit >= Fit.PART or (found.fit == Fit.CONFLICT and shared.same_trade)
    is_somebody = shared.people or shared.called_after or shared.own_word
    is_known = is_somebody and not (shared.common_name and not shared.person)
    return bool(shared.moved_from and is_called and shared.word and is_known)


def _moved_under_two_words(told: Evidence) -> bool:
    shared = told.shared
    is_one = told.found.fit == Fit.CONFLICT and shared.same_trade and not shared.both_registered
    is_elsewhere = shared.near is False or (shared.near and shared.address is False)
    return bool(is_elsewhere and is_one and _is_told_to_have_moved(told))


def _is_told_to_have_moved(told: Evidence) -> bool:
    shared = told.shared
    return shared.moved and shared.word and shared.is_reached and shared.people


_ELSEWHERE = frozenset({"different_place"})
_WORDS = frozenset({"different_words"})

RULES = (
    Rule(
        "same_number",
        "A register gives a number once.",
        "VAT number DE123456789 on both; the place may differ",
        _same_number,
        despite=_ELSEWHERE,
    ),
    Rule(
        "one_register_name",
        "No register takes a second company of one name in one town (§ 30 HGB); one may have two houses and two lines.",
        "Kainguss GmbH, Ring 2, Burg; Kainguss GmbH, Markt 1, Burg",
        lambda told: bool(told.shared.one_register_name and told.shared.near and not told.are_of_a_chain),
        despite=frozenset(
            {"other_first_name", "other_address", "other_phone", "other_people", "no_phone_of_both", "no_mail_of_both"}
        ),
    ),
    Rule(
        "village_club",
        "A village has one club of a name, and every few years somebody else is asked for it.",
        "Heimatverein Abeldorf e.V., Karl Abel; Heimatverein Abeldorf, Ute Kain",
        lambda told: told.shared.is_the_village_club,
        despite=frozenset({"other_owner", "other_people"}),
    ),
    Rule(
        "name_and_address",
        "Two firms of one name are hardly in one house, unless each has a line of its own.",
        "Moedebeck Kuehlgeraete GmbH, Mödebeck Kühlgeräte: Lindenallee 4",
        _name_and_address,
    ),
    Rule(
        "name_and_contact",
        "A number, a mail or a domain of its own leads to one firm.",
        "Autohaus Abel, AH Abel: 03491 5550",
        _name_and_contact,
    ),
    Rule(
        "name_and_person",
        "The same name and the same person in one town.",
        "Tischlerei Kain, K. Abel; Kain Tischlerei, Karl Abel",
        _name_and_person,
    ),
    Rule(
        "part_and_contact",
        "Half a name is enough where the same number or mail leads to the same house, or both lead to one.",
        "Abel Guss GmbH, Abel Guss und Modellbau: info@abel.example",
        _part_and_contact,
    ),
    Rule(
        "part_and_address",
        "Half a name, at one address, with the same person.",
        "Haarstudio Kain, Friseur Haarstudio Kain Inh. Ute Abel: U. Abel, Markt 1",
        _part_and_address,
    ),
    Rule(
        "moved_in_town",
        "A firm moves within the town and takes its number and its people along.",
        "Lingua, Ring 2, 0345 5550; Sprachschule Lingua, Markt 1, 0345 5550: Ute Abel",
        _moved_in_town,
    ),
    Rule(
        "moved",
        "The same number and mail in another place; or the list says that it moved and somebody is at both.",
        "Umzug 2022",
        _moved,
        despite=_ELSEWHERE,
    ),
    Rule(
        "told_part",
        "A remark says that it is no firm of its own, and it has the firm's name.",
        "Abel Guss GmbH; Abel Guss Filiale Burg: Rechnung an Zentrale",
        _told_part,
        despite=_ELSEWHERE | _WORDS,
    ),
    Rule(
        "department",
        "A remark says that it is a department, and it has the name and the domain of the firm.",
        "Abel Werkstätten gGmbH; Abel gGmbH Wäscherei: Abteilung",
        _department,
        despite=_WORDS | frozenset({"other_trade"}),
    ),
    Rule(
        "moved_from",
        "The list says that it came from there, and it is called as it was there.",
        "Abel Hydraulik, Staßfurt: umgezogen aus Löderburg; Hydraulikservice Abel, Löderburg",
        _moved_from,
        despite=_ELSEWHERE | _WORDS,
    ),
    Rule(
        "moved_under_two_words",
        "The same where the name has another word for the trade.",
        "Abel Heizung, Haustechnik Abel: umgezogen",
        _moved_under_two_words,
        despite=_ELSEWHERE | _WORDS,
    ),
    Rule(
        "two_words_here",
        "Two words for one trade at one address, with the same person or a name that is nobody's.",
        "Wachfalke Security, Sicherheitsdienst Wachfalke",
        other_words.two_words_here,
        despite=_WORDS,
    ),
    Rule(
        "two_words_one_number",
        "Two words for the trade, but one number, one mail and one family.",
        "Abel Agrarservice, Lohnbetrieb Abel: 0170 5550, abel@web.de",
        other_words.two_words_one_number,
        despite=_WORDS,
    ),
    Rule(
        "two_words_one_line",
        "Two words for one trade, one name and one number or mail, and nothing that differs.",
        "Zimmerei Abel, Holzbau Abel: 03491 5550",
        other_words.two_words_one_line,
        despite=_WORDS,
    ),
    Rule(
        "the_company_at_that_line",
        "A rare family name, one trade and one number: so people call the company, and one row alone names the owner.",
        "Sanitär Kain; Kain Haustechnik GmbH, Ute Kain: 03491 5550",
        other_words.the_company_at_that_line,
        despite=_WORDS,
    ),
    Rule(
        "staff_at_the_line",
        "Who answers the telephone of a firm that is called after somebody else works for them.",
        "Spedition Abel, Herr Kain; Abel Spezialtransporte GmbH, Ute Abel: 03491 5550",
        other_words.staff_at_the_line,
        despite=_WORDS,
    ),
    Rule(
        "two_words_unknown_trade",
        "A word that we do not know may stand for another trade: the person has to be the same as well.",
        "Praxis Abel, Abel Rolfing: Ute Abel, Markt 1, 0345 5550",
        other_words.two_words_unknown_trade,
        despite=_WORDS,
    ),
    Rule(
        "own_name_and_mail",
        "A name that is nobody's, one mail and one person: the farm and its shop, where nothing differs.",
        "Obsthof Sternapfel, Sternapfel Hofladen: Ute Abel, hof@sternapfel.example",
        other_words.own_name_and_mail,
        despite=_WORDS,
    ),
    Rule(
        "no_word_here",
        "No word of its own in common, but trade, address and person.",
        "Bäckerei am Markt, Bäckerei Goldkruste: Karl Abel, Markt 1, 0345 5550",
        other_words.no_word_here,
        despite=_WORDS,
    ),
    Rule(
        "person_of_the_firm",
        "Who signed in with their own name works at the firm whose mail or page they have.",
        "Tattoo Nadelwald, Ute Abel; Ute Abel: nadelwald.example",
        other_words.person_of_the_firm,
    ),
    Rule(
        "called_by_its_page",
        "Whoever is called as the page of both, and answers there, is the firm that has the page.",
        "Gebäudereinigung Abel GmbH, info@abel-sauber.example; abel-sauber.example with the same number",
        lambda told: (
            told.shared.is_their_page
            and told.shared.is_reached
            and told.shared.near is not False
            and not told.shared.both_registered
        ),
        despite=frozenset({"different_words"}),
    ),
    Rule(
        "page_of_its_words",
        "Who has a mailbox under the firm's words works there, where somebody of that very name does.",
        "Karl Abel, karl@abel-glas.example; Autoglas Abel, Karl Abel",
        lambda told: told.shared.has_their_page and told.shared.near is not False and not told.shared.other_line,
    ),
    Rule(
        "the_one_of_the_trade",
        "A small town has one practice that is called by nothing but the trade, and one by who works there.",
        "Physiotherapie am Markt, Karl Kain; Physiopraxis Kain",
        other_words.the_one_of_the_trade,
    ),
    Rule(
        "called_so_in_a_small_town",
        "A small town has one joiner of a common name and one initial, where nothing differs.",
        "Tischlermeister W. Beck; Tischlerei Beck, Wolfgang Beck: Burg",
        other_words.called_so_in_a_small_town,
    ),
    Rule(
        "person_with_its_mail",
        "Who told nothing but their own name and a mail has the firm whose mail that is, where they are named.",
        "Ute Abel, u.abel@glanzrose.example; Kosmetik Glanzrose, Frau Abel: u.abel@glanzrose.example",
        other_words.person_with_its_mail,
    ),
    Rule(
        "named_after_who_is_there",
        "A firm that is called by a person, where that person works and is reached.",
        "Kräuterwald, Heilpraktikerin Abel: Ute Abel, 0345 5550",
        other_words.named_after_who_is_there,
        despite=_WORDS,
    ),
    Rule(
        "named_in_its_mail",
        "Who is reached under the other's own name, in one house or at one number, and is the same person.",
        "Wäscherei Abel, glanzrose@mail.example; Textilpflege Glanzrose, Ute Abel: Markt 1",
        other_words.named_in_its_mail,
        despite=_WORDS,
    ),
    Rule(
        "mail_of_the_firm",
        "Who signed in with nothing but their own name, under a domain that is called like the firm.",
        "Ute Abel, u.abel@kainguss.example; Kainguss GmbH, info@kainguss.example",
        other_words.mail_of_the_firm,
    ),
    Rule(
        "signs_in_under_its_name",
        "A mailbox under the page that both are called by is one of the company, whatever word stands beside it.",
        "Sternquell Brunnen, ute@sternquell.example; Mineralwasser Sternquell GmbH: sternquell.example",
        lambda told: bool(told.shared.signs_in and told.shared.near and told.shared.address is not False),
        despite=_WORDS | frozenset({"other_first_name"}),
    ),
    Rule(
        "told_whose",
        "Who signed in with their own name, and the remark says of which firm in that town.",
        "Ute Abel, Burg: Inhaberin Glanzrose; Kosmetik Glanzrose, Burg",
        lambda told: bool(told.shared.is_told_whose and told.shared.near and told.shared.address is not False),
    ),
    Rule(
        "told_same",
        "The list says that it is the firm of the other row, and nothing says that it is somewhere else.",
        "Abel Möbel: siehe Zeile oben; Tischlerei Abel, Burg",
        lambda told: bool(
            told.shared.is_told_same and told.shared.near is not False and not told.shared.both_registered
        ),
        despite=_WORDS | frozenset({"other_owner", "other_trade", "other_first_name"}),
    ),
)
