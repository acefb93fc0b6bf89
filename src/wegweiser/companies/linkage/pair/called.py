"""How two names go together, by what the rows tell of people, of the town and of names from before. Pure."""

from dataclasses import replace

from wegweiser.companies.linkage.pair import fitting, remarked, villages
from wegweiser.companies.linkage.pair.fitting import Fit, Fitted
from wegweiser.companies.linkage.row import names, people, trades, vocabulary
from wegweiser.companies.linkage.row.forms import LASTING
from wegweiser.companies.linkage.row.people import Same
from wegweiser.companies.linkage.row.profiles import Profile


def best_fit(one: Profile, other: Profile) -> tuple[Fitted, bool, bool]:
    """How the names go together, and whether that is because a company with a register was called otherwise before,
    or because a remark says that it was.

    A trader's "vormals" names whom he took over from; a company keeps its rights and duties whatever it is called.
    """
    first_names = [*one.first_names, *other.first_names]
    full_names = one.full_names, other.full_names
    surnames = one.surnames | other.surnames
    town = _town_of_both(one, other)
    explained = (_explained(one, other, town), _explained(other, one, town))
    found = fitting.fitted(
        one.name, other.name, first_names=first_names, people=full_names, explained=explained, surnames=surnames
    )
    if found.fit == Fit.NEAR and _but_for_the_town(one, other, town):
        found = replace(found, fit=Fit.SAME)
    renamed = told_renamed = False
    for told, side in ((one, other), (other, one)):
        former = told.aside.former or (
            told.aside.before if remarked.is_of_both(one, other) or remarked.keeps_its_name(told, side) else ""
        )
        former = former or (told.known.remark if remarked.is_a_name(told, side) else "")
        if former:
            before = fitting.fitted(names.parse(former), side.name, first_names=first_names)
            if before.fit > max(found.fit, Fit.CONFLICT) and (before.distinct or before.fit == Fit.SAME):
                found, told_renamed = before, True
        elif told.same_as and is_told_same(told, side):
            before = fitting.fitted(told.same_as, side.name, first_names=first_names)
            if before.fit > max(found.fit, Fit.CONFLICT):
                found, told_renamed = before, True
    known = [people.same(mine, its) for mine in one.persons for its in other.persons]
    are_others = bool(known) and max(known) < Same.FAMILY and not (one.is_staff or other.is_staff)
    for new, old in ((one.name, other.name), (other.name, one.name)):
        if new.former is None or new.form not in LASTING or old.form not in {"", *LASTING}:
            continue
        if LASTING.isdisjoint((new.former.form, old.form)) and are_others:
            continue  # whom the company took over from
        before = fitting.fitted(new.former, old, first_names=first_names)
        renamed |= max(found.fit, before.fit) >= Fit.PART
        if before.fit > found.fit:
            found = before
    return found, renamed, told_renamed


def is_told_same(one: Profile, other: Profile) -> bool:
    """Whether a remark on `one` says that it is the other: each word that it names is in the other's name, and all that
    is the other's own is named. A trade and a name that many have say nobody."""
    if one.same_as is None or one.aside.words or {one.name.form, other.name.form} <= LASTING:
        return False  # each company has a register entry of its own
    named = one.same_as.words
    theirs = {*other.name.words, *other.surnames}
    own = {word for word in other.name.words if not trades.is_trade(word) and word not in vocabulary.FIRST_NAMES}
    rare = {word for word in named if word in theirs and len(word) > LEAST and not trades.is_trade(word)}
    rare -= vocabulary.EVERYDAY | vocabulary.SURNAMES | vocabulary.FIRST_NAMES
    is_from_above = bool(one.known.same_as)  # then it is a row that one knows, and not only a name
    if not (rare or is_from_above) or not own <= {*named}:
        return False
    return all(any(fitting.covers(word, its) > 1 for its in theirs) for word in named)


LEAST = 4  # letters of a word that is somebody's own


def _explained(one: Profile, other: Profile, town: frozenset[str]) -> frozenset[str]:
    """Names of people that may stand in the name of `one`, because `other` says who they are, and of the town."""
    theirs = other.persons or other.named
    if (
        one.persons
        and theirs
        and not any(people.same(mine, its) > Same.OTHER for mine in one.persons for its in theirs)
    ):
        return town
    return town | frozenset(
        part for person in (*other.persons, *one.persons) for name in person for part in name.split("-") if part
    )


def _but_for_the_town(one: Profile, other: Profile, town: frozenset[str]) -> bool:
    """Whether two names have the same words, and one besides where both are, in full or short: `Taxi Abel, Mer.`"""
    mine, theirs = {*one.name.words}, {*other.name.words}
    more = (mine - theirs) | (theirs - mine)
    return not (mine - theirs and theirs - mine) and all(
        word in town or (len(word) > 2 and any(name.startswith(word) for name in town)) for word in more
    )


def _town_of_both(one: Profile, other: Profile) -> frozenset[str]:
    """The town in the name of a firm says nothing where both are in it."""
    mine, theirs = ({*(side.place or side.town).split(), *side.part.split()} for side in (one, other))
    is_one_code = one.known.postcode and one.known.postcode == other.known.postcode
    if mine and theirs and not mine & theirs and not is_one_code:
        # One row says a village, the other only a code; its name says the village.
        return frozenset(
            word
            for side, beside in ((one, other), (other, one))
            if side.place and not beside.place and reached(one, other)
            for word in side.place.split()
            if len(word) > 3 and word in beside.name.words and word not in beside.surnames
        )
    told = {word for place in mine | theirs for word in place.split() if len(word) > 3}
    told -= villages.places_that_part(one, other) | villages.place_for_another_word(one, other)
    return frozenset(told).union(*(vocabulary.PLATES_OF.get(word, ()) for word in told))  # Optik Abel MD


def reached(one: Profile, other: Profile) -> bool:
    """Whether anything that leads to both is the same. Most pairs end here, so it is quick."""
    return bool(
        one.phones & other.phones
        or one.emails & other.emails
        or one.domains & other.domains
        or (one.known.vat_id and one.known.vat_id == other.known.vat_id)
        or (one.register and one.register == other.register)
    )


def bears_the_new_name(new: Profile, other: Profile) -> bool:
    """Whether `other` is called as whoever took over `new`, and by no word of whom they took over from."""
    if new.name.former is None or other.name.is_successor or new.name.form in LASTING:
        return False
    told = {word for word in new.name.former.words if not trades.is_trade(word)}
    theirs = {*other.name.words, *other.surnames}
    return bool(told) and not told & theirs and bool(new.surnames & set(new.name.words) & theirs)
