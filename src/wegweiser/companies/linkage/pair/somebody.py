"""Who is at both of two rows: one person, perhaps one, two of a family, or others. Pure."""

from wegweiser.companies.linkage.pair import fitting, phone_lines, sharing
from wegweiser.companies.linkage.row import people, vocabulary
from wegweiser.companies.linkage.row.people import Same
from wegweiser.companies.linkage.row.profiles import Profile


def _bears(one: Profile, person: people.Person) -> bool:
    """Whether the first and the last name of `person` stand in the name of the firm, whatever they are to us."""
    first, last = person
    if len(first) < 3 or len(last) < 3 or one.persons:
        return False
    return first in one.first_words and any(
        people.same((first, last), (first, word)) == Same.PERSON for word in one.name.words
    )


def _is_by_first_name(one: Profile, other: Profile) -> bool:
    """Whether `one` names only the first name of who is at `other`, and is called by the last: `Elektro Abel, Karl`."""
    told = [(first or last) for first, last in (*one.persons, *one.writers) if not (first and last)]
    called = [name for name in told if len(name) > 2 and name in vocabulary.FIRST_NAMES]
    return bool(called) and any(
        people.one_first_name(first, theirs) and people.same((theirs, its), (theirs, word)) == Same.PERSON
        for first in called
        for theirs, its in (*other.persons, *other.named)
        if len(theirs) > 2 and its
        for word in one.name.words
    )


def _is_misheard(one: people.Person, other: people.Person) -> bool:
    """Whether two first names of one family are one but for a vowel inside, or a consonant at the end: Gerald, Gerold;
    Jörg, Jörn. At one number in one house somebody wrote down what they heard."""
    (first, last), (theirs, its) = one, other
    if last != its or len(first) != len(theirs) or len(first) < LEAST_OF_A_FIRST_NAME or first == theirs:
        return False
    differ = [pair for pair in zip(first[1:-1], theirs[1:-1], strict=True) if pair[0] != pair[1]]
    is_inside = first[0] == theirs[0] and first[-1] == theirs[-1] and len(differ) == 1
    are_swapped = len(differ) == 2 and differ[0] == differ[1][::-1]  # Greogr
    if first[:-1] == theirs[:-1] and {first[-1], theirs[-1]}.isdisjoint("aeiouy"):  # and no Maria and Mario
        return True
    return (is_inside and set(differ[0]) <= set("aeiouy")) or are_swapped


LEAST_OF_A_FIRST_NAME = 5


def at_both(one: Profile, other: Profile, for_it: list[str], against: list[str]) -> Same:
    """Whether somebody works for both; two first names of one family, or two owners, speak against it.

    An initial in a name or a mail is nobody more where its own row tells somebody in full whom it may be.
    """
    found = {people.same(mine, theirs) for mine in one.persons for theirs in other.persons}
    named = [people.but_initials_of(side.named, side.persons) for side in (one, other)]
    writes_for_both = [who for address in one.emails & other.emails if (who := people.of_a_mail(address))]
    writers = [
        (*people.but_initials_of(side.writers, (*side.persons, *side.named)), *writes_for_both) for side in (one, other)
    ]
    found |= {
        people.same(mine, theirs)
        for called, others in ((named[0], other.persons or named[1]), (named[1], one.persons or named[0]))
        for mine in called
        for theirs in others
        if one.persons or other.persons or min(len(mine[0]), len(theirs[0])) > 2 or "same_phone" in for_it
    }
    found |= {
        told
        for mail, others in (
            (writers[0], (*other.persons, *named[1], *writers[1])),
            (writers[1], (*one.persons, *named[0], *writers[0])),
        )
        for mine in mail
        for theirs in others
        if mine[1] and theirs[1]
        if (told := people.same(mine, theirs)) >= Same.LIKELY
    }
    if any(_bears(one, person) for person in other.persons) or any(_bears(other, person) for person in one.persons):
        found.add(Same.PERSON)
    if any(_is_by_first_name(side, beside) for side, beside in ((one, other), (other, one))):
        found.add(Same.PERSON)
    is_one_door = {"same_phone", "same_address"} <= set(for_it) or "same_mail" in for_it
    if is_one_door and any(_is_misheard(mine, its) for mine in one.persons for its in other.persons):
        found = {Same.LIKELY}
    best = max(found, default=Same.NOBODY)
    is_the_next = one.aside.continues or other.aside.continues
    if best == Same.OTHER and is_the_next and not (one.aside.words or other.aside.words):
        return Same.FAMILY
    generations = {one.generation, other.generation}
    reached = {"same_phone", "same_mail"} & set(for_it)
    are_companies = one.name.form in sharing.LASTING and other.name.form in sharing.LASTING
    is_company = not sharing.LASTING.isdisjoint((one.name.form, other.name.form))
    has_own_line = not reached and phone_lines.other_line(one, other)  # the son is called as his father is
    is_known = (best == Same.PERSON and not has_own_line) or bool(reached) or are_companies
    is_known |= best == Same.LIKELY and is_company and bool({"same_exchange", "same_domain"} & set(for_it))
    if len(generations) == 2 and ("" not in generations or not is_known):
        against.append("other_first_name")  # father and son
        return Same.OTHER
    if best >= Same.LIKELY:
        for_it.append("same_person")
        return best
    is_family = one.name.is_family and other.name.is_family
    is_family |= (one.name.is_family or other.name.is_family) and bool(set(for_it) & sharing.LEADS_THERE)
    if {"same_exchange", "same_domain"} <= set(for_it):
        reached |= {"same_exchange"}
    if "same_exchange" in for_it and is_company and "same_address" in for_it:
        reached |= {"same_exchange"}
    is_staff = bool(reached or "same_domain" in for_it) and (one.is_staff or other.is_staff)
    if Same.OTHER in found and not is_family and not is_staff:
        against.append("other_first_name")
    if one.name.owner and other.name.owner and not fitting.covers(one.name.owner, other.name.owner):
        against.append("other_owner")
    return best
