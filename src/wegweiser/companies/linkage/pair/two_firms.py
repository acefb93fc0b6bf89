"""What tells two firms apart that share house, people and half of the name, as people of the field know. Pure."""

import re
from collections.abc import Collection
from itertools import product

from wegweiser.companies.linkage.pair import itself, offices, phone_lines, remarked, sharing, staffed
from wegweiser.companies.linkage.pair.fitting import Fit, Fitted
from wegweiser.companies.linkage.row import names, people, trades, vocabulary
from wegweiser.companies.linkage.row.forms import LASTING
from wegweiser.companies.linkage.row.profiles import Profile
from wegweiser.kernel.sorting import sort_key


def partners_of_their_own(one: Profile, other: Profile) -> bool:
    """Whether one name tells of a second owner who works there, and whom the other does not know: `Abel & Kain GbR`."""
    for side, beside in ((one, other), (other, one)):
        theirs = (side.surnames & set(side.name.words)) - beside.surnames - set(beside.name.words)
        if theirs and side.surnames & (beside.surnames or set(beside.name.words)):
            return True
    return False


def are_partners_of_one(one: Profile, other: Profile) -> bool:
    """Whether both names are those of the people at both, who are not one person: Frau Voß and Herr Brandes of
    `Voß-Brandes`."""
    lasts = one.surnames, other.surnames
    if not (lasts[0] and lasts[1]) or not lasts[0].isdisjoint(lasts[1]):
        return False
    return all(
        last in side.name.words or (len(last) > 3 and last in side.name.joined)  # abelkain
        for side in (one, other)
        for last in lasts[0] | lasts[1]
    )


def is_of_their_letters(one: Profile, other: Profile) -> bool:
    """Whether one has the letters of the partners whom the other names: `A&K Zäune`, `Abel & Kain OHG`."""
    return any(
        "".join(word[0] for word in partners.name.words if not trades.is_trade(word)) in short.name.words
        for short, partners in ((one, other), (other, one))
        if partners.name.form == "partners" and _LETTERS.search(short.known.name)
    )


_LETTERS = re.compile(r"\b[A-ZÄÖÜ]\s?[&+]\s?[A-ZÄÖÜ]\b")


def may_be_in_other_hands(one: Profile, other: Profile) -> bool:
    """Whether two of one name, with other people at each, are called after none of them: `Apotheke am Markt`.

    Who takes over a shop keeps what stands above its door. A company with a register and a club have other people every
    year, and a nursery has no owner.
    """
    if staffed.is_one_house_of_staff(one, other):
        return False
    if not (LASTING | {"club"}).isdisjoint((one.name.form, other.name.form)):
        return False
    return not (sharing.called_after(one, other) or sharing.called_after(other, one))


def is_the_successor(one: Profile, other: Profile, for_it: Collection[str]) -> bool:
    """Whether one is who took over, under that name, and the other the same person with one mail or number, called by
    nothing but their own name: "Zimmerei Kain Nachf. Karl Abel", "Abel Holzbau"; or the shop as it was called before,
    where the new one is there: "Buchhandlung Lesezeichen, Nachf. Kain", "Lesezeichen", Ute Kain.
    """
    if is_the_shop_of_the_next(one, other, for_it) or is_the_shop_of_the_next(other, one, for_it):
        return True
    if "same_person" not in for_it or not {"same_mail", "same_phone"} & set(for_it):
        return False
    if one.name.is_successor == other.name.is_successor:
        return False
    new, beside = (one, other) if one.name.is_successor else (other, one)
    theirs = {part for person in (*one.persons, *other.persons) for part in person}
    before = [word for word in new.name.words if not trades.is_trade(word) and word not in theirs]
    is_called_so = any(last in new.name.words and last in beside.name.words for last in new.surnames)
    return bool(before) and is_called_so and not set(before) & set(beside.name.words)


def is_the_shop_of_the_next(new: Profile, beside: Profile, for_it: Collection[str]) -> bool:
    if not new.name.is_successor or beside.name.is_successor or "same_address" not in for_it:
        return False
    more = {word for word in new.name.words if word not in beside.name.words and not trades.is_trade(word)}
    return bool(more & beside.surnames) and more <= {part for person in beside.persons for part in person}


_NEW = frozenset({"neue", "neuer", "neues"})


def is_the_new_company(one: Profile, other: Profile) -> bool:
    """Whether of two companies in a register one is called the new one: "Neue Abel Bau GmbH" took over what "Abel Bau
    GmbH" had before its insolvency."""
    if not {one.name.form, other.name.form} <= LASTING:
        return False
    return any(
        new.name.words[0] in _NEW and new.name.words[1:] == old.name.words for new, old in ((one, other), (other, one))
    )


def is_of_the_family_firm(one: Profile, other: Profile, for_it: Collection[str]) -> bool:
    """Whether one of the family signs in from a company with a register: under its domain, without a firm, a house or a
    line for themselves. Father and son are told by their own first names in the firms' names, by a word or a remark.
    """
    is_one_line = "same_phone" in for_it and not (one.emails and other.emails) and not (one.street and other.street)
    if (
        not ({"same_domain", "same_mail"} & set(for_it) or is_one_line)
        or one.generation
        or other.generation
        or one.named
        or other.named
    ):
        return False
    if one.aside.words or other.aside.words:
        return False
    forms = {one.name.form, other.name.form}
    if len(forms) == 1:
        return remarked.have_one_form(one, other) and "same_address" in for_it
    short = one if not one.name.form else other
    is_at_home = not short.street or "same_address" in for_it or is_one_line
    return "" in forms and bool(forms & LASTING) and is_at_home and not phone_lines.other_line(one, other)


def is_at_its_desk(one: Profile, other: Profile, for_it: Collection[str], alone: Collection[str]) -> bool:
    """Whether one of the family has an extension of the company and a mailbox of their own under its domain, in its
    house, and neither name tells of another trade.

    The son's firm beside it does something else, has a form or a word of its own, or is called after him.
    """
    if not {"same_exchange", "same_domain", "same_address"} <= set(for_it) or one.named or other.named:
        return False
    if one.generation or other.generation or one.aside.words or other.aside.words:
        return False
    forms = {one.name.form, other.name.form}
    is_of_one = remarked.have_one_form(one, other) if len(forms) == 1 else "" in forms and bool(forms & LASTING)
    if not is_of_one or any(trades.is_spin_off(word) or trades.is_sister(word) for word in alone):
        return False
    if not one.trade & other.trade and (len(forms) == 1 or any(map(trades.is_trade, alone))):
        return False
    longest = max(len(phone) for side in (one, other) for phone in side.phones)
    at_desk = [side for side in (one, other) if any(_is_of_a_desk(phone, longest) for phone in side.phones)]
    return any(
        _has_own_mailbox(person, address) for side in at_desk for address in side.emails for person in side.persons
    )


def _is_of_a_desk(phone: str, longest: int) -> bool:
    """Whether it is the longer number of an exchange, or as long as the one in 00 that everybody dials."""
    return len(phone) == longest and not phone.endswith("00")


def signs_in_from_there(found: Fitted, one: Profile, other: Profile, for_it: Collection[str]) -> bool:
    """Whether one of the family has a mailbox of their own under the domain of the firm, and neither house nor line in
    the ground of their own: Ute Abel of "Abel Tiefbau", u.abel@abel-bau.example, beside "Abel Straßen- und Tiefbau".

    The firm's name may say more, not theirs: the daughter's own firm has a word of its own.
    """
    if "same_domain" not in for_it or one.generation or other.generation or one.named or other.named:
        return False
    if one.aside.words or other.aside.words or found.fit < Fit.PART or not one.persons or not other.persons:
        return False
    for side, beside in ((one, other), (other, one)):
        at_home = not side.street and all(map(phone_lines.is_mobile, side.phones))
        has_house = bool(beside.street) and not all(map(phone_lines.is_mobile, beside.phones))
        says_more = any(word in side.name.words for word in found.alone)
        if at_home and has_house and not says_more and not side.name.form:
            if found.alone and not sharing.same_trade(one, other, ()):
                return False
            return any(_has_own_mailbox(person, address) for address in side.emails for person in side.persons)
    return False


def _has_own_mailbox(person: people.Person, address: str) -> bool:
    """`u.abel@`, `ute.abel@`, `ute@` of Ute Abel."""
    first, last = person
    front, _, back = people.mailbox(address).partition(".")
    is_first = len(first) > 2 and names.first_name(front) == names.first_name(first)  # Lotte is read as Charlotte
    return bool(first) and (is_first or (names.is_initial(front[:1], first) and back == last))


LEAST_OF_A_WORD = 7


def is_their_own_trade_word(one: Profile, other: Profile) -> bool:
    """Whether both are called by a word that sounds like a trade and is none that we know, and their domain begins with
    it: `Volksbau`, volksbau-burg.example; somebody of one family is at both, and no word is for something else."""
    mine, theirs = ({n for w in side.name.words for n in side.fields.get(w, ())} for side in (one, other))
    if (mine - theirs - other.trade and other.trade) or (theirs - mine - one.trade and one.trade):
        return False
    words = {word for word in {*one.name.words} & {*other.name.words} if not trades.fields(word)}
    pages = one.domains & other.domains
    is_called = any(page.startswith(word) for word in words if len(word) >= LEAST_OF_A_WORD for page in pages)
    return is_called and sharing.same_family(one, other)


def does_it_too(one: Profile, other: Profile, for_it: Collection[str], alone: Collection[str]) -> bool:
    """Whether number and house lead to two companies of one form and one family, and the one without the word for a
    firm beside it does that by its trade: "Abel & Söhne GmbH" (Großhandel), "Abel & Söhne Holzhandel GmbH"."""
    if not {"same_address", "same_phone"} <= set(for_it) or not remarked.have_one_form(one, other):
        return False
    if not sharing.same_family(one, other) or one.aside.words or other.aside.words:
        return False
    least = min(len(one.name.words), len(other.name.words))
    spun_off = [word for word in alone if trades.is_spin_off(word)]
    return any(
        bool(does := trades.kinds(sort_key(vocabulary.folded(short.known.trade)).split()))
        and all(word not in short.name.words and trades.kinds([word]) & does for word in spun_off)
        for short in (one, other)
        if len(short.name.words) == least
    )


def is_of_the_brothers(one: Profile, other: Profile, for_it: Collection[str]) -> bool:
    """Whether a number, a mail, a page or a house leads from one to "Gebr. Abel", and nothing says that they do another
    thing or have a line of their own: "Abel Bau OHG" is what the brothers do."""
    if not (one.name.is_family or other.name.is_family):
        return False
    is_led_there = not {"same_mail", "same_domain", "same_phone"}.isdisjoint(for_it)
    is_led_there |= "same_address" in for_it and not phone_lines.other_line(one, other)
    return is_led_there and sharing.same_trade(one, other, ()) is not False


_YEAR = re.compile(r"1[1-9]\d\d|20[0-2]\d")  # guilds of archers are from the Middle Ages


def says_since_when(one: Profile, other: Profile) -> bool:
    """Whether one of them, and only one, has the year of its beginning in its name: `Heimstatt 1924 eG`."""
    mine, theirs = one.name.numbers - other.name.numbers, other.name.numbers - one.name.numbers
    return not (mine and theirs) and all(map(_YEAR.fullmatch, mine | theirs))


_A_CLUB = re.compile(r"(verein|verband|gilde|club|klub|gemeinschaft|freunde)$")


def are_both_clubs(one: Profile, other: Profile) -> bool:
    """Whether each is a club by its form or by a word of its name: `Elternverein` beside `e.V.`"""
    return all(side.name.form == "club" or any(map(_A_CLUB.search, side.name.words)) for side in (one, other))


_UTILITIES = re.compile(r"^(stadt|gemeinde|kreis)werke?$|^sw\w?$|^energie$|energieversorg|strom$|gas$")
_OF_A_UTILITY = re.compile(
    r"^(strom|gas|energie|verteil|fern)?netze?$|netz(gesellschaft|betrieb)|^(fern)?waerme$|^baeder|verkehr"
)


def is_of_the_utility(one: Profile, other: Profile) -> bool:
    """Whether one is a grid, a bath or the buses beside the works of a town: the law parts grid and supply."""
    if any(side.aside.is_part or side.aside.belongs for side in (one, other)):
        return False
    for side, beside in ((one, other), (other, one)):
        more = [word for word in side.name.words if _OF_A_UTILITY.search(word)]
        if more and not any(map(_OF_A_UTILITY.search, (*beside.name.words, *beside.trade_words))):
            return any(map(_UTILITIES.search, beside.name.words))
    return False


def is_beside_a_park(one: Profile, other: Profile) -> bool:
    """Whether one is the company that a wind farm belongs to, and the other does something there."""
    for side, beside in ((one, other), (other, one)):
        parks = [_is_a_park(told) for told in (side, beside)]
        if parks == [True, False] and any(map(trades.is_trade, beside.name.words)):
            return True
    return _has_a_company_of_its_own(one, other)


_BIOGAS = re.compile(r"^biogas")
_OPERATES = re.compile(r"\wbetriebs$|betriebsgesellschaft$")


def _has_a_company_of_its_own(one: Profile, other: Profile) -> bool:
    """Whether one of two companies runs a biogas plant beside the farm, or what belongs to the other, and nobody is at
    both: "Hotel Abel GmbH", "Abel Hotelbetriebs GmbH"."""
    if not {one.name.form, other.name.form} <= LASTING or one.name.words == other.name.words:
        return False
    kinds = (_BIOGAS,) if sharing.same_family(one, other) else (_BIOGAS, _OPERATES)
    told = [(*side.name.words, *side.trade_words) for side in (one, other)]
    return any(any(map(kind.search, told[0])) != any(map(kind.search, told[1])) for kind in kinds)


_SERVES = re.compile(r"(service|wartung|technik|planung|management|betriebsfuehrung|montage|bau)(s?gesellschaft)?$")


def _is_a_park(one: Profile) -> bool:
    """Whether it is called a park, and not what is done there: `Windpark Service Ehle`."""
    return any(map(trades.is_park, one.name.words)) and not any(map(_SERVES.search, one.name.words))


def has_each_its_own(one: Profile, other: Profile) -> bool:
    """Whether two companies of one house each have a name, a trade, a telephone and a mailbox for themselves."""
    told = one.trade and other.trade and not one.trade & other.trade and one.name.words != other.name.words
    reached = one.phones and other.phones and one.emails and other.emails
    return bool(told and reached and not one.phones & other.phones and not one.emails & other.emails)


def is_a_form_mistaken(one: Profile, other: Profile, fit: Fit, for_it: Collection[str]) -> bool:
    """Whether a trader ("e.K.") and a company of the very same name have one person, line and house: nobody runs the
    same twice under one name, and who typed one of the rows was wrong, or it was converted since."""
    is_one = fit == Fit.SAME and {"same_person", "same_phone", "same_address"} <= set(for_it)
    tells_of_it = any(_TELLS_A_FORM.search(side.remark) for side in (one, other))  # "GmbH ist tot"
    return is_one and not tells_of_it and {one.name.form, other.name.form} == {"sole", "limited"}


_TELLS_A_FORM = re.compile(r"\b(gmbh|e\. ?k|einzelunternehmen)\b(?!\W*\?)")


def has_spun_off(one: Profile, other: Profile, shared: Collection[str]) -> bool:
    """Whether one has a word longer by "service" or "handel", and that is all there is to go by: both are companies, or
    the words that they share are a region and a trade, and nobody is known to be at both: `Elbaue Solar`.
    """
    mine, theirs = set(one.name.words) - set(other.name.words), set(other.name.words) - set(one.name.words)
    if not any(trades.has_spun_off(*pair) or trades.has_spun_off(*pair[::-1]) for pair in product(mine, theirs)):
        return False
    if one.name.form in LASTING and other.name.form in LASTING:
        return True
    is_led_there = one.domains & other.domains or sharing.same_family(one, other)
    return not is_led_there and vocabulary.EVERYDAY.issuperset(shared)


_JOINT = frozenset({"arge", "arbeitsgemeinschaft", "bietergemeinschaft", "bauherrengemeinschaft"})


def is_a_joint_venture(one: Profile, other: Profile) -> bool:
    """Whether one is what several firms founded for one building site, and the other may be one of them."""
    joint = [not _JOINT.isdisjoint(side.name.words) and side.name.form != "club" for side in (one, other)]
    return joint[0] != joint[1]


def is_the_club_there(one: Profile, other: Profile) -> bool:
    """Whether one is a club and the other the business where it meets: riding club and riding stable."""
    for side, beside in ((one, other), (other, one)):
        if beside.name.form == "club" or any("verein" in word for word in beside.name.words):
            continue
        is_club = any(word.endswith("verein") for word in side.name.words)
        own = (word for word in beside.name.words if trades.is_trade(word))
        if is_club and any(not any(word in its for its in side.name.words) for word in own):
            return True
    return False


# What a town or a district says of itself: nobody else there is called so.
_OF_A_TOWN = re.compile(
    r"(?:(?:stadt|gemeinde|kreis|amts)verwaltung|stadt|gemeinde|(?:land)?kreis|rathaus|vg|verwaltungs(?:gemeinschaft|amt))"
)


def is_sister(found: Fitted, one: Profile, other: Profile, for_it: frozenset[str]) -> bool:
    """Whether one may be a company beside the other: its property, its holding, its lorries."""
    if any(map(trades.is_sister, found.alone)):
        if itself.is_called_so_in_its_mail(one, other, for_it, found.alone):
            return False
        if found.fit >= Fit.PART and all(map(_OF_A_TOWN.fullmatch, found.alone)):
            return False
        if found.fit >= Fit.PART and offices.is_its_office(one, other, found, for_it):
            return False
        kinds = trades.sisters(one.name.words) & trades.sisters(other.name.words)
        return not (kinds and "same_mail" in for_it)
    if found.fit == Fit.OTHER:
        return any(map(trades.is_sister, (*one.name.words, *other.name.words)))
    if found.fit != Fit.PART or not any(map(trades.is_spin_off, found.alone)):
        return False
    if does_it_too(one, other, for_it, found.alone):
        return False
    if trades.is_other_business(found.alone) and one.name.form in LASTING and other.name.form in LASTING:
        return True
    if one.name.form and other.name.form:
        return True
    if {"same_phone", "same_mail"} & for_it:
        return False
    is_desk = phone_lines.is_extension_of_one(one, other) and not _says_it_in_other_words(found, one, other)
    own_line = (is_desk or "same_exchange" not in for_it) and phone_lines.two_of_one_kind(one, other)
    return bool((one.name.form or other.name.form) and own_line)


def _says_it_in_other_words(found: Fitted, one: Profile, other: Profile) -> bool:
    """Whether what looks like a firm beside another is what both do anyway: `Spedition Abel Transporte`."""
    spun_off = [word for word in found.alone if trades.is_spin_off(word)]
    return any(
        trades.fields(word) & done
        for side in (one, other)
        for word in spun_off
        if word not in side.name.words
        for done in side.fields.values()
    )
