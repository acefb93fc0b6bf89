"""What a remark on one of two rows says of the other: not this one, called so before, moved. Pure."""

import re
from collections.abc import Collection
from itertools import permutations

from wegweiser.companies.linkage.pair import fitting, generations, phone_lines
from wegweiser.companies.linkage.pair.sharing import without_places
from wegweiser.companies.linkage.row import asides, forms, names, people, trades, vocabulary
from wegweiser.companies.linkage.row.blocks import LEAST_OF_A_REMARK, LETTERS_OF_A_SHORT_TOWN
from wegweiser.companies.linkage.row.forms import LASTING
from wegweiser.companies.linkage.row.people import Same
from wegweiser.companies.linkage.row.profiles import Profile
from wegweiser.kernel.sorting import sort_key

MOST_WORDS = 5  # of a remark that is a name and no sentence


def told_apart(one: Profile, other: Profile, *, somebody: Same, for_it: Collection[str]) -> bool:
    """Whether a remark on one says that there is another firm, and that is the other: named, or other people."""
    if (one.aside.has_two or other.aside.has_two) and not {"same_name", "similar_name"} & set(for_it):
        return True
    if any(
        side.aside.left_partners and beside.name.form == "partners" != side.name.form
        for side, beside in ((one, other), (other, one))
    ):
        return True
    if _is_the_other_of_the_family(one, other) and "same_mail" not in for_it:
        return True
    same = "same_mail" in for_it or somebody >= (Same.FAMILY if "same_phone" in for_it else Same.LIKELY)
    if have_one_register_name(one, other) and "same_address" in for_it:
        return False
    are_others = bool(one.persons and other.persons) or "same_mail" not in for_it  # who has it now keeps the mailbox
    if one.aside.in_other_hands != other.aside.in_other_hands and somebody < Same.FAMILY and are_others:
        return True
    if not (one.aside.words or other.aside.words):
        return False
    if any(_names_the_company(side, beside) for side, beside in ((one, other), (other, one))) and not (
        {"same_name", "similar_name", "part_of_name", "shared_word"} & set(for_it)
    ):
        return True
    if _is_the_house_there(one, other, somebody, for_it) or _is_the_company_itself(one, other, somebody, for_it):
        return False
    is_named_alike = not {"same_name", "similar_name"}.isdisjoint(for_it)
    if is_named_alike and {"same_domain", "same_mail"} & set(for_it) and are_partners_of_one(one, other):
        return False
    if any(follows_somebody_there(side, beside, for_it) for side, beside in ((one, other), (other, one))):
        return False
    if any(_follows_a_third(side, beside) for side, beside in ((one, other), (other, one))):
        return False
    if any(_names_another_town(side, one, other) for side in (one, other)):
        return False
    is_reached = not {"same_phone", "same_mail"}.isdisjoint(for_it)
    is_itself = is_reached and not {"same_name", "similar_name"}.isdisjoint(for_it)
    are_two_generations = generations.are_two(one, other) and not is_reached  # of one first name
    return any(
        side.aside.words
        and not (
            (is_itself or (is_reached and _do_the_same(one, other)))
            and _speaks_of_another_trade(side, beside)
            and side.aside.words.isdisjoint(_own_words(beside, side))
        )
        and not (one.name.is_family and other.name.is_family)
        and (not same or are_two_generations or side.aside.words & _own_words(beside, side))
        for side, beside in ((one, other), (other, one))
    )


_FAMILY = frozenset(
    {"vater", "vaters", "mutter", "sohn", "sohnes", "tochter", "bruder", "bruders", "schwester", "onkel"}
)


def _is_the_other_of_the_family(one: Profile, other: Profile) -> bool:
    """Whether a remark speaks of father or son, and the two are called alike but for half of the first name:
    Hans-Karl and Karl."""
    if _FAMILY.isdisjoint(one.aside.words | other.aside.words):
        return False
    return any(
        last == its
        and (set(first.split("-")) < set(theirs.split("-")) or set(first.split("-")) > set(theirs.split("-")))
        for first, last in one.persons
        for theirs, its in other.persons
        if first and theirs
    )


_OF_A_GROUP = re.compile(
    r"\b(?:eigen\w+|selb(?:st)?staendig\w*) (?:hr[ab]|gesellschaft|gmbh|firma|unternehmen|rechtsform|betrieb)\b"
)


def _is_the_house_there(one: Profile, other: Profile, somebody: Same, for_it: Collection[str]) -> bool:
    """Whether each name says where, both are there under one domain, and the remark on one that it is a company of its
    own may speak of the houses elsewhere: `Autohaus Kain Burg GmbH`, beside the one in Genthin.
    """
    if somebody == Same.OTHER or "same_domain" not in for_it or not {"same_place", "same_postcode"} & set(for_it):
        return False
    if not ({"same_name", "similar_name"} & set(for_it) or ("part_of_name" in for_it and somebody >= Same.FAMILY)):
        return False
    if not all(_says_no_more(side.remark, _OF_A_GROUP) for side in (one, other) if side.aside.words):
        return False
    where = {*one.place.split(), *other.place.split(), *one.part.split(), *other.part.split(), *_REGIONS}
    return bool(set(one.name.words) & set(other.name.words) & where)


def _says_no_more(remark: str, *phrases: re.Pattern[str]) -> bool:
    """Whether nothing is left of a remark without these."""
    for phrase in phrases:
        remark = phrase.sub(" ", remark)
    return re.search(r"\w{3}", remark) is None


def _is_the_company_itself(one: Profile, other: Profile, somebody: Same, for_it: Collection[str]) -> bool:
    """Whether both have one name, and one number in one house or a page that is made of its words and no others, and a
    remark says no more than that it is a company beside others: the others are not called so."""
    told = set(for_it)
    is_led_there = {"same_phone", "same_address"} <= told and {"same_name", "similar_name"} & told
    if not is_led_there and not ("same_name" in told and is_called_as_their_page(one, other)):
        return False
    if somebody == Same.OTHER or LASTING.isdisjoint((one.name.form, other.name.form)):
        return False
    remarks = (side.remark for side in (one, other) if side.aside.words)
    return all(_says_no_more(remark, _OF_A_GROUP, _IN_A_GROUP) for remark in remarks)


_IN_A_GROUP = re.compile(
    r"\b(?:tochter|schwester|mutter)(?:gesellschaft|firma|unternehmen)?\b|\bandere gesellschaft\b"
    r"|\bhr[ab] (?:ist )?(?:separat|eigen\w*|getrennt)\b|\b(?:separate|getrennte) (?:gmbh|gesellschaft|firma|hr[ab])\b"
    r"|\b(?:neben|nicht) (?:de[mrn]|die|das) \w+"
)


def follows_somebody_there(one: Profile, other: Profile, for_it: Collection[str]) -> bool:
    """Whether a remark on `one` says whose place somebody has taken at a company that both lead to: no firm follows."""
    if not one.aside.words or other.aside.words:
        return False
    plain = _FOLLOWS.sub(" ", one.remark)
    followed = _WHOM_IT_FOLLOWS.search(plain)
    named = {*one.name.words, *other.name.words}
    if followed and followed["whom"] in other.surnames - named:  # "Nachfolger von Kain", who is told there
        plain = _WHOM_IT_FOLLOWS.sub(" ", plain)
    rest = asides.read(plain)
    if rest.words or rest.in_other_hands or LASTING.isdisjoint((one.name.form, other.name.form)):
        return False
    told = set(for_it)
    is_there = {"same_domain", "same_mail"} & told and {
        "same_address",
        "same_exchange",
        "same_phone",
        "same_postcode",
        "same_place",
    } & told
    is_called_so = bool({"same_name", "similar_name", "part_of_name"} & told)
    return bool(is_there and is_called_so) or {"same_mail", "shared_word"} <= told


_FOLLOWS = re.compile(
    r"\b(?:nachfolger(?:in)?|nachfolge|nachf\.)(?: von| fuer)? (?:frau|fr\.?|herrn?|hr\.?)(?: dr\.?)? [\w-]+"
    r"|\b(?:uebernahm|uebernimmt|uebernommen)(?: die| den| das)? (?:aufgaben?|stelle|position|posten|bereich)\b"
)


def _follows_a_third(one: Profile, other: Profile) -> bool:
    """Whether a remark on `one` names whom it took over from, and `other` is called by who has it now and has nothing
    of that name: "Nachfolger Kain" of "Autohaus Ute Abel", and "AH Abel"."""
    if not one.aside.words or other.aside.words:
        return False
    plain = one.remark
    before = {word for told in _WHOM_IT_FOLLOWS.finditer(plain) for word in sort_key(told["whom"]).split()}
    if not before or asides.read(_WHOM_IT_FOLLOWS.sub(" ", plain)).words:
        return False
    theirs = {*other.name.words, *other.surnames, *(other.name.former.words if other.name.former else ())}
    is_called_so = bool(one.surnames & set(one.name.words) & set(other.name.words))
    return is_called_so and before.isdisjoint(theirs | set(one.name.words) | one.surnames)


_WHOM_IT_FOLLOWS = re.compile(
    r"\b(?:nachfolger(?:in)?|nachfolge|nachf\.?)(?: (?:von|v\.|fuer|der|des|fa\.|firma|herrn?|frau|hr\.|fr\.|dr\.))*"
    r" (?P<whom>[a-z][a-z-]{3,})(?=\s*(?:$|[,;.()]|seit\b|ab\b|in \d|\d))"
)


def _names_the_company(one: Profile, other: Profile) -> bool:
    """Whether a remark on `one` that speaks of another firm has the whole name of `other`, a company: "hat eigene Firma
    Abel Bau GmbH"."""
    if not one.aside.words or other.name.form not in LASTING or len(other.name.words) == 1:
        return False
    return set(other.name.words) <= set(names.parse(one.known.remark).words)


_REGIONS = frozenset(
    {"sachsen", "anhalt", "altmark", "harz", "boerde", "thueringen", "brandenburg", *vocabulary.DIRECTIONS}
)


def have_one_register_name(one: Profile, other: Profile) -> bool:
    """Whether both are companies of exactly one name and form: no register takes a second one in its district."""
    return (
        have_one_form(one, other)
        and sorted(one.name.words) == sorted(other.name.words)
        and not (one.name.former or other.name.former)
    )


def have_one_form(one: Profile, other: Profile) -> bool:
    """Whether both are companies of one form: a GmbH and a UG are two, and both of one kind (`row.forms`)."""
    if one.name.form not in LASTING or one.name.form != other.name.form:
        return False
    mine, theirs = (forms.registered_as(vocabulary.folded(side.known.name)) for side in (one, other))
    return mine == theirs


_NOT_THE_ONE = re.compile(r"\bnichts (?:zu tun|gemein)|verwechsl|verwechseln|\bnamensgleich|\bidentisch|\bverwandt")
_IN_A_TOWN = re.compile(r"\b(?:in|aus) ([a-z]{4,})\b(?! \w+strasse)")


def _names_another_town(told: Profile, one: Profile, other: Profile) -> bool:
    """Whether a remark says where the other firm is that it speaks of, and both rows are in one town that is not that:
    "hat mit Kain in Genthin nichts zu tun"."""
    if not told.aside.words or told.aside.has_two:
        return False
    remark = told.remark
    there = {
        where for text in (one.place, one.part, one.town, other.place, other.part, other.town) for where in text.split()
    }
    named = _IN_A_TOWN.findall(remark) if _NOT_THE_ONE.search(remark) else []
    return bool(named and one.place and other.place) and not any(word in there for word in named)


def _do_the_same(one: Profile, other: Profile) -> bool:
    """Whether each says what it does, and it is one trade, and nobody is at both who is called otherwise."""
    mine, theirs = (side.trade.union(*side.fields.values()) for side in (one, other))
    named = one.persons or one.named, other.persons or other.named
    known = [people.same(left, right) for left in named[0] for right in named[1]]
    return bool(mine & theirs) and max(known, default=Same.FAMILY) >= Same.FAMILY


def _speaks_of_another_trade(one: Profile, beside: Profile) -> bool:
    """Whether a remark on `one` speaks of a trade that `beside` has nothing to do with: "Ehemann der Tierärztin"."""
    told = frozenset[int]().union(*map(trades.fields, one.aside.words))
    theirs = beside.trade.union(*beside.fields.values())
    return bool(told and theirs and not told & theirs and not trades.are_related(told, theirs))


def _own_words(one: Profile, beside: Profile) -> set[str]:
    """The names that `one` has and the other has not."""
    mine, theirs = ({*side.name.words, *(part for person in side.persons for part in person)} for side in (one, beside))
    return {
        word
        for word in without_places(mine - theirs, one, beside)
        if len(word) > 3 and not trades.is_trade(word) and not trades.is_sister(word)
    }


def is_of_both(one: Profile, other: Profile) -> bool:
    """Whether somebody of one family is at both."""
    return any(people.same(mine, its) >= Same.FAMILY for mine in one.persons for its in other.persons)


def keeps_its_name(told: Profile, side: Profile) -> bool:
    """Whether `told` still has the family name of what it may have been called, and house and number lead to `side`."""
    if not told.aside.before:
        return False
    before = names.parse(told.aside.before).words
    is_kept = any(not trades.is_trade(word) and word in told.name.words for word in before)
    is_house = bool(told.house) and (told.street, told.house) == (side.street, side.house)
    return is_kept and is_house and bool(told.phones & side.phones or told.emails & side.emails)


def is_a_branch_of(one: Profile, other: Profile) -> bool:
    """Whether one is a branch by its name and by a remark that names the town of the other: `gehört zu Abel, Burg`."""
    for side, beside in ((one, other), (other, one)):
        told = set(sort_key(side.remark).split())
        there = {*beside.place.split(), *beside.part.split()} - {""}
        if side.aside.is_part and side.name.is_branch and not beside.name.is_branch and there & told:
            return True
    return False


_LASTING_BRANCH = re.compile(r"\b(?:(?:zweig)?niederlassung|nl)(?: in)? ([\w-]{4,})\W*$")  # a shop has several in town


def is_the_branch_there(one: Profile, other: Profile) -> bool:
    """Whether the branch has the town that both are in by its name, and is the only house there: `Abel, NL Burg`."""
    for side, beside in ((one, other), (other, one)):
        told = _LASTING_BRANCH.search(vocabulary.folded(side.known.name))
        there = {*beside.place.split()[:1], *beside.part.split()} & {*side.place.split()[:1], *side.part.split()}
        if told and not beside.name.is_branch and sort_key(told[1]) in there:
            return True
    return False


def is_insolvent_itself(one: Profile, other: Profile, *, is_reached: bool) -> bool:
    """Whether one is the company that the other was before: one name and form, and no remark on a next one; a number
    or mail leads to both, or a remark says of the other as well that it came to an end."""
    still = other if one.name.is_insolvent else one
    if not have_one_register_name(one, other):
        return False
    if _HAS_ENDED.fullmatch(still.remark):
        return True
    return is_reached and not still.aside.words and not still.aside.in_other_hands


_ENDED = r"(?:insolven\w+|geloescht|erloschen|(?:in )?liquidation|abgewickelt|aufgeloest|i\. ?l\.)"
_HAS_ENDED = re.compile(rf"\W*{_ENDED}(?:\W+(?:seit|im|am|im handelsregister|\d\d(?:\d\d)?|{_ENDED}))*\W*")


# Of many firms: whoever notes one is a tenant there.
_SITE = re.compile(
    r"\b(coworking|gruender(zentrum|haus|hof)|technologie\w*|innovations\w*|gewerbe(park|hof|zentrum)|\w*campus|tgz)\b"
)


def is_a_name(told: Profile, side: Profile) -> bool:
    """Whether a remark is nothing but the name of the other: `Hofkäserei Kain`."""
    if not 1 < len(told.known.remark.split()) < MOST_WORDS:
        return False
    remark = names.parse(told.known.remark)
    words = remark.words
    if remark.is_successor or told.aside.before or told.aside.words or _SITE.search(" ".join(words)):
        return False
    return len(words) > 1 and all(any(fitting.covers(word, its) > 1 for its in side.name.words) for word in words)


def came_from(one: Profile, other: Profile) -> bool:
    """Whether a remark on `one` says that it moved from the place of `other`, where it is no more."""
    told = one.aside.moved_from[:LETTERS_OF_A_SHORT_TOWN]
    theirs, mine = ({word for place in (side.place, side.part) for word in place.split()} for side in (other, one))
    return (
        bool(told) and any(word.startswith(told) for word in theirs) and not any(word.startswith(told) for word in mine)
    )


# Who was there once, or only has to do with it: "Kunde von", "früher bei".
_IS_NOT_THERE = re.compile(
    r"\b(?:fr(?:ü|ue)her\w*|ehem\w*|ex-?\w*|vorher|zuvor|bis \d{4}|gelernt|ausgebildet|selbst(?:st)?(?:ä|ae)ndig"
    r"|kund\w*|lieferant\w*|\w*partner(?:in)? von|nachbar\w*|vermieter\w*|mieter\w*|empfohlen|empfehlung|(?:ü|ue)ber"
    r"|bewerb\w*|nicht (?:mehr|bei|von|zu)|konkurren\w*)\b",
    re.IGNORECASE,
)


def names_the_firm(one: Profile, other: Profile) -> bool:
    """Whether a remark on `one` says whose it is: "Inhaberin Café Abendstern"."""
    called = without_places(other.name.words, one, other)
    own = {word for word in called if not trades.is_trade(word) and len(word) > LEAST_OF_A_REMARK}
    own -= vocabulary.EVERYDAY | vocabulary.SURNAMES
    is_plain = not one.aside.words and not one.aside.before and not one.aside.former
    is_plain = is_plain and not _IS_NOT_THERE.search(one.known.remark)
    return bool(own) and is_plain and own <= words_of(one.remark)


def words_of(remark: str) -> frozenset[str]:
    """The words of a folded remark, as those of a name are."""
    return frozenset(sort_key(remark.replace("ph", "f")).split())


def told_to_have_moved(one: Profile, other: Profile) -> bool:
    """Whether a remark says that one of them moved, in so many words or by the place where it is now. A new shop with
    a line of its own stands beside the old one, unless the remark says where it was before."""
    places = {word for side in (one, other) for word in (*side.place.split(), *side.part.split(), side.street) if word}
    may_be_second = phone_lines.other_line(one, other)
    return any(
        (side.aside.moved and not (may_be_second and side.aside.has_new_place))
        or (side.aside.moved_to and any(word.startswith(side.aside.moved_to[:6]) for word in places if len(word) > 2))
        for side in (one, other)
    )


def are_partners_of_one(one: Profile, other: Profile) -> bool:
    """Whether both names are those of the people at both, who are not one person: Frau Voß and Herr Brandes of
    `Voß-Brandes`."""
    lasts = one.surnames, other.surnames
    named = set(one.name.words) & set(other.name.words)
    return bool(lasts[0] and lasts[1]) and lasts[0].isdisjoint(lasts[1]) and lasts[0] | lasts[1] <= named


def is_called_as_their_page(one: Profile, other: Profile) -> bool:
    """Whether the domain of both has all words of one name and no other: `galvanik-abel.example`."""
    pages = {domain.rpartition(".")[0].replace("-", "") for domain in one.domains & other.domains}
    return bool(pages) and any(
        "".join(words) in pages
        for side in (one, other)
        if 1 < len(side.name.words) <= MOST_OF_A_PAGE
        for words in permutations(side.name.words)
    )


MOST_OF_A_PAGE = 3  # words of a name that a domain is made of
