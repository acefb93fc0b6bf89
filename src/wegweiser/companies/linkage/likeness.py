"""Whether two rows are one firm: surely, perhaps, or not, each with what speaks for it and against it.

Pure. Names are compared word by word: spelling, order, compounds, initials and slips do not matter, words that only one
side has matter little, words that both sides have for themselves speak against it. Nothing but a number of a register
makes two rows surely one without a name that fits and a place, number or address that they share.
"""

from dataclasses import dataclass, replace
from itertools import combinations

from wegweiser.companies.linkage.pair import (
    called,
    doers,
    fitting,
    guilds,
    half_names,
    itself,
    left_behind,
    own_remarks,
    phone_lines,
    remarked,
    sharing,
    signing_in,
    slogans,
    spelt_otherwise,
    streets,
    two_firms,
    villages,
)
from wegweiser.companies.linkage.pair.fitting import Fit, Fitted
from wegweiser.companies.linkage.pair.somebody import at_both
from wegweiser.companies.linkage.row import forms as forms_of_law
from wegweiser.companies.linkage.row import people, trades, vocabulary, whereabouts, written_addresses
from wegweiser.companies.linkage.row.people import Same
from wegweiser.companies.linkage.row.profiles import Profile
from wegweiser.companies.linkage.weighing.evidence import Evidence, Shared
from wegweiser.companies.linkage.weighing.verdicts import Verdict, verdict_on


@dataclass(frozen=True)
class Likeness:
    """The verdict on two rows, how much speaks for it, and the evidence as codes (`web.desk` has the words)."""

    verdict: Verdict
    weight: float
    evidence: tuple[str, ...]


def compare(one: Profile, other: Profile) -> Likeness:
    """Sure, unsure or no, with the evidence."""
    told = evidence(one, other)
    if told is None:
        return STRANGERS
    verdict, odds = verdict_on(told)
    named = ("called_after",) if told.shared.called_after and told.found.fit == Fit.OTHER else ()
    return Likeness(verdict, odds, (*told.for_it, *named, *told.against))


def evidence(one: Profile, other: Profile) -> Evidence | None:
    """What there is to judge two rows by; None where nothing leads from one to the other."""
    found, was_renamed, told_renamed = called.best_fit(one, other)
    fit = found.fit
    if fit <= Fit.CONFLICT and not (_hints(found, one, other) or called.reached(one, other) or _is_told(one, other)):
        return None
    for_it: list[str] = [_NAME_CODES[fit]] if fit in _NAME_CODES and not told_renamed else []
    against: list[str] = ["other_first_name"] if found.other_first_name else []

    shared_words = sharing.without_places(found.shared, one, other)
    own_word = sharing.own_word(shared_words, one, other)
    is_their_page = fit == Fit.CONFLICT and remarked.is_called_as_their_page(one, other)
    own_word = own_word or is_their_page
    contact = sharing.shared_contact(one, other, for_it)
    if fit == Fit.PART and "same_phone" in for_it and two_firms.is_their_own_trade_word(one, other):
        found = replace(found, distinct=True)
    address = streets.addresses(one, other, for_it, against)
    near = sharing.places(one, other, for_it, against)
    same_number = sharing.registers(one, other, near=near, for_it=for_it, against=against)
    if "same_address" in for_it and not near:  # a street without a town proves nothing
        address = None
        for_it.remove("same_address")
    somebody = at_both(one, other, for_it, against)
    if fit == Fit.CONFLICT and itself.did_that_before(one, other, for_it, found.alone):
        found, fit, told_renamed = replace(found, fit=Fit.NEAR, alone=()), Fit.NEAR, True
        for_it.remove("shared_word")
    if address and "other_first_name" in against and remarked.have_one_register_name(one, other):
        against.remove("other_first_name")  # two of a family work there
    if "other_first_name" in against and fit >= Fit.NEAR and two_firms.is_of_the_family_firm(one, other, for_it):
        against.remove("other_first_name")
    if "other_first_name" in against and fit == Fit.PART and two_firms.is_at_its_desk(one, other, for_it, found.alone):
        against.remove("other_first_name")
    if "other_first_name" in against and two_firms.signs_in_from_there(found, one, other, for_it):
        against.remove("other_first_name")
    if "other_first_name" in against and fit >= Fit.PART and left_behind.left_that_house(one, other, for_it):
        against.remove("other_first_name")
    if not contact and phone_lines.other_line(one, other):
        against.append("other_phone")
    forms = {one.name.form, other.name.form}
    registered = one.name.form in sharing.LASTING and other.name.form in sharing.LASTING
    more_names = any(
        not trades.is_trade(word) and word not in vocabulary.BROTHERS
        for word in sharing.without_places(found.alone, one, other)
    )
    is_partnership = (
        fit == Fit.PART and forms == {"", "partners"} and not (own_word and (contact or somebody >= Same.LIKELY))
    )
    more_names = more_names and somebody != Same.PERSON
    is_partnership = is_partnership and not two_firms.is_of_the_brothers(one, other, for_it)
    is_partnership = is_partnership and not two_firms.is_of_their_letters(one, other)
    is_partnership = is_partnership and not itself.names_the_partners(one, other, for_it)
    is_partnership = is_partnership and (more_names or not sharing.same_trade(one, other, ()))
    asides = one.aside, other.aside
    stays = somebody >= Same.FAMILY or (contact > 1 and bool(address))
    converted = any(aside.is_converted or (aside.has_other_form and stays) for aside in asides)
    converted = converted and contact > 0
    # Who signed in with nothing but their own name is no firm of another form.
    converted |= (
        contact > 0 and somebody == Same.PERSON and (sharing.is_a_person(one, other) or sharing.is_a_person(other, one))
    )
    converted |= two_firms.is_a_form_mistaken(one, other, fit, for_it)
    converted |= bool({"same_mail", "same_phone"} & set(for_it)) and spelt_otherwise.says_only_whose(one, other)
    is_partnership |= forms == {"", "partners"} and not contact and two_firms.partners_of_their_own(one, other)
    # The trader beside the brothers' firm, where each has a word and a line for itself.
    is_partnership |= forms == {"", "partners"} and fit == Fit.CONFLICT and "other_phone" in against
    # The dancing school, and the club that meets there.
    is_a_club = forms == {"club", ""} and fit == Fit.CONFLICT and not two_firms.are_both_clubs(one, other)
    is_form_known = not (contact and "form" in one.doubted | other.doubted)
    if (is_a_club or forms in _FORMS_APART or is_partnership) and is_form_known and not converted:
        against.append("other_legal_form")
    is_part = (one.aside.is_part or other.aside.is_part) and (
        bool(contact) or (fit >= Fit.NEAR and found.distinct and remarked.is_a_branch_of(one, other))
    )
    sides = ["".join(filter(vocabulary.DIRECTIONS.__contains__, side.name.words)) for side in (one, other)]
    only_one_has = (one.name.numbers - set(other.name.words)) | (other.name.numbers - set(one.name.words))
    only_one_has = frozenset(number for number in only_one_has if not phone_lines.is_dialled(number, one, other))
    other_number = bool(only_one_has) or (all(sides) and sides[0] != sides[1])
    is_known = bool(contact) or ("club" in forms and somebody >= Same.LIKELY)
    other_number = other_number and not (is_known and not all(sides) and two_firms.says_since_when(one, other))
    if other_number and contact and (sharing.is_a_person(one, other) or sharing.is_a_person(other, one)):
        other_number = False  # who signed in with nothing but their own name has no number
    other_number = other_number and not slogans.says_a_slogan(one, other, for_it)
    if other_number and fit != Fit.SAME and not is_part and (fit >= Fit.PART or found.distinct or all(sides)):
        against.append("other_number_in_name")
    is_this_branch = bool(near and address and "same_phone" in for_it)
    is_this_branch |= (
        bool(near and contact)
        and address is not False
        and somebody >= Same.LIKELY
        and (remarked.is_the_branch_there(one, other))
    )
    are_two = (one.name.is_branch != other.name.is_branch and not is_this_branch) or (
        one.name.is_branch and other.name.is_branch and near is False
    )
    if not is_part and are_two:
        against.append("branch")
    # The successor with and without that word, reached twice or at the mailbox of whoever it is.
    is_itself = "same_person" in for_it and (contact >= 2 or (somebody == Same.PERSON and "same_mail" in for_it))
    is_itself |= any(
        side.name.former
        and (side.surnames & set(side.name.former.words))
        and (side.born not in side.surnames or somebody >= Same.LIKELY)
        for side in (one, other)
    )
    is_itself |= was_renamed and any(
        new.name.former is not None and sharing.called_after(new, old) for new, old in ((one, other), (other, one))
    )
    is_itself |= fit >= Fit.PART and (called.bears_the_new_name(one, other) or called.bears_the_new_name(other, one))
    is_itself |= two_firms.is_the_successor(one, other, for_it)
    if one.name.is_successor != other.name.is_successor and not (is_itself or (was_renamed and address and contact)):
        against.append("successor")
    is_insolvent = one.name.is_insolvent != other.name.is_insolvent and not (
        "same_address" in for_it and remarked.is_insolvent_itself(one, other, is_reached=contact > 0)
    )
    are_two_companies = registered and not remarked.have_one_register_name(one, other)
    is_next = is_insolvent and (are_two_companies or not (fit >= Fit.NEAR and somebody >= Same.LIKELY))
    if is_next or two_firms.is_the_new_company(one, other):
        against.append("successor")
    if (
        (two_firms.is_sister(found, one, other, frozenset(for_it)) and not converted)
        or (registered and fit < Fit.NEAR and two_firms.has_each_its_own(one, other))
        or guilds.are_two_guilds(one, other)
        or guilds.are_two_houses(one, other)
        or guilds.is_the_house(one, other)
        or guilds.is_the_guild_of(one, other, fit)
        or two_firms.is_of_the_utility(one, other)
        or two_firms.is_beside_a_park(one, other)
        or two_firms.is_a_joint_venture(one, other)
        or two_firms.is_the_club_there(one, other)
        or (not {"same_phone", "same_mail"} & set(for_it) and two_firms.has_spun_off(one, other, shared_words))
    ):
        against.append("sister_firm")
    elif fit == Fit.PART and sharing.another_trade_besides(one, other, found.alone):
        own_line = phone_lines.other_line(one, other) and not {"same_phone", "same_mail"} & set(for_it)
        if own_line or (registered and not contact >= 2):
            against.append("sister_firm")
    is_told_apart = remarked.told_apart(one, other, somebody=somebody, for_it=for_it)
    if is_told_apart and not own_remarks.is_of_itself(one, other, somebody=somebody, for_it=for_it):
        against.append("told_apart")
    if fit == Fit.CONFLICT:
        against.append("different_words")
    same_trade = sharing.same_trade(one, other, found.shared if fit == Fit.CONFLICT else ())
    if same_trade is None and fit == Fit.CONFLICT and somebody >= Same.LIKELY and contact and near:
        lasts = one.surnames | other.surnames
        same_trade = fitting.one_stem(one.name.words, other.name.words, lasts) or _say_who_does_it(one, other) or None
    is_staff = one.is_staff or other.is_staff
    are_others = bool(one.persons and other.persons) and somebody <= Same.OTHER and not is_staff
    are_others = are_others and not remarked.are_partners_of_one(one, other)
    led_there = contact if fit >= Fit.PART else {"same_mail", "same_domain"} & set(for_it)
    may_be_the_next = fit > Fit.OTHER and near is not False and not led_there
    if are_others and (
        sharing.has_an_owner_of_its_own(found, one, other)
        or (may_be_the_next and two_firms.may_be_in_other_hands(one, other))
    ):
        against.append("other_owner")
    if same_trade and fit == Fit.CONFLICT:
        for_it.append("same_trade")
    known_there = somebody >= Same.FAMILY
    is_company = registered and fit < Fit.SAME and "same_mail" not in for_it
    if is_company and sharing.says_another_trade(one, other):
        same_trade = False
        against.append("other_trade")
    elif same_trade is False and (
        fit <= Fit.CONFLICT
        or (fit == Fit.PART and not known_there)
        or (somebody < Same.LIKELY and not contact and "other_owner" not in against)  # dentist and vet: a couple
    ):
        against.append("other_trade")
    moved = remarked.told_to_have_moved(one, other) and (address is False or near is False)
    for_it += [
        code
        for code, is_told in (("told_moved", moved), ("told_part", is_part), ("told_renamed", told_renamed))
        if is_told
    ]
    are_two_villages = villages.places_that_part(one, other) or villages.are_of_two_villages(one, other)
    if fit > Fit.OTHER and not moved and not is_part and are_two_villages:
        against.append("other_place_in_name")
    outside = one.is_for_others or other.is_for_others
    is_doubted = "phone" in one.doubted | other.doubted
    codes = [{side.known.postcode} - {""} or {*side.known.codes} for side in (one, other)]
    has_two_codes = bool(codes[0] and codes[1]) and codes[0].isdisjoint(codes[1])  # two villages of one name
    shared = Shared(
        contact=contact,
        address=address,
        near=near,
        people=somebody >= Same.LIKELY,
        person=somebody == Same.PERSON,
        other_people=are_others,
        same_number=same_number,
        same_mail="same_mail" in for_it,
        same_phone="same_phone" in for_it,
        same_address="same_address" in for_it,
        both_registered=registered,
        one_registered=(one.name.form in sharing.LASTING) != (other.name.form in sharing.LASTING),
        same_trade=same_trade,
        called_after=sharing.called_after(one, other) or sharing.called_after(other, one),
        says_no_trade=any(sharing.says_no_trade(side, found.shared) for side in (one, other)),
        only_named=sharing.only_named(one) or sharing.only_named(other),
        is_a_person=sharing.is_a_person(one, other) or sharing.is_a_person(other, one),
        word=bool(shared_words),
        own_word=own_word,
        same_family=sharing.same_family(one, other),
        other_line=phone_lines.other_line(one, other),
        no_phone_of_both=bool(one.phones and other.phones)
        and not outside
        and not is_doubted
        and not phone_lines.neighbouring_lines(one, other),
        no_mail_of_both=bool(one.emails and other.emails and not outside and not one.emails & other.emails),
        moved=moved,
        in_a_small_town=whereabouts.in_a_small_town(one, other) and one.generation == other.generation,
        is_part=is_part,
        says_one_trade=bool(one.trade & other.trade),
        says_two_trades=bool(one.trade and other.trade) and same_trade is not True,
        only_trade=sharing.only_trade(one, other) or sharing.only_trade(other, one),
        speaks_of_another=bool(one.aside.words or other.aside.words),
        common_name=sharing.common_name(one, other),
        says_what_many_say=any(
            all(word in vocabulary.SURNAMES or trades.fields(word) for word in side.name.words) for side in (one, other)
        ),
        is_beside_a_company=any(
            side.name.form in sharing.LASTING
            and beside.name.form not in sharing.LASTING
            and not side.persons
            and any(first for first, _ in beside.named)
            for side, beside in ((one, other), (other, one))
        ),
        is_told_whose=_is_told_whose(one, other) or _is_told_whose(other, one),
        is_their_page=is_their_page,
        has_their_page=itself.has_a_page_of_its_words(one, other),
        is_the_village_club=near is True and not has_two_codes and itself.is_the_club_of_the_village(one, other, found),
        is_department=one.aside.is_department or other.aside.is_department,
        moved_from=_came_from(one, other) or _came_from(other, one),
        signs_in=signing_in.signs_in_under_its_name(found, one, other),
        named_in_mail=sharing.named_in_mail(one, other) or sharing.named_in_mail(other, one),
        one_says_its_trade=sharing.says_its_trade(one) != sharing.says_its_trade(other),
        may_say_another=half_names.may_be_another(found, one, other),
        is_only_alike=Fit.PART <= fit <= Fit.NEAR and spelt_otherwise.only_alike(one, other, found.shared),
        is_spelt_otherwise=spelt_otherwise.only_a_family_name(one, other, shared_words),
        other_code=bool(one.known.postcode and other.known.postcode and one.known.postcode != other.known.postcode),
    )
    tells = sharing.tells(one) and sharing.tells(other)
    return Evidence(found, shared, tuple(dict.fromkeys(for_it)), tuple(dict.fromkeys(against)), tells)


def _say_who_does_it(one: Profile, other: Profile) -> bool:
    own = one.surnames | other.surnames
    said = [[word for word in (*side.name.words, *side.trade_words) if word not in own] for side in (one, other)]
    return doers.do_the_same(*said)


def _is_told(one: Profile, other: Profile) -> bool:
    """Whether a remark on one leads to the other."""
    return any(
        _is_told_whose(side, beside) or _came_from(side, beside)
        for side, beside in ((one, other), (other, one))
        if side.known.remark
    )


def _came_from(one: Profile, other: Profile) -> bool:
    return remarked.came_from(one, other) or left_behind.left_that_town(one, other)


def _is_told_whose(one: Profile, other: Profile) -> bool:
    return sharing.is_a_person(one, other) and remarked.names_the_firm(one, other)


def _hints(found: Fitted, one: Profile, other: Profile) -> bool:
    """Whether two that nothing leads to may be one: a word at one house number, or somebody who is at both."""
    is_one_place = bool({one.place or one.town, one.part} & {other.place, other.town, other.part} - {""})
    is_one_place |= bool(one.place) and written_addresses.town(one.place) == written_addresses.town(other.place)
    is_thin = not (one.phones and other.phones) and not (one.emails and other.emails)
    is_house = bool(one.house) and (one.street, one.house) == (other.street, other.house)
    if is_thin and is_house and sharing.same_trade(one, other, ()):
        return True
    if found.distinct and ((one.house and one.house == other.house) or is_one_place):
        return True
    named = sharing.only_named(one) or sharing.only_named(other)
    is_called_after = sharing.called_after(one, other) or sharing.called_after(other, one)
    if is_called_after and is_thin and is_one_place and sharing.same_trade(one, other, ()):
        return True
    if not found.shared and not named and not is_called_after:
        return False
    return any(
        people.same(a, b) > Same.OTHER
        for a in one.persons + one.named + one.writers
        for b in other.persons + other.named + other.writers
    )


STRANGERS = Likeness(Verdict.NO, -5.0, ("different_words",))


_NAME_CODES = {
    Fit.SAME: "same_name",
    Fit.NEAR: "similar_name",
    Fit.PART: "part_of_name",
    Fit.CONFLICT: "shared_word",
}
# No firm is of two kinds, whichever they are.
_FORMS_APART = [{*pair} for pair in combinations(forms_of_law.KINDS, 2)]
