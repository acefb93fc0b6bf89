"""Who is at both of two rows: one person, perhaps one, two of a family, or others. Pure."""

from collections.abc import Collection, Sequence

from wegweiser.companies.linkage.pair import fitting, phone_lines, sharing
from wegweiser.companies.linkage.row import names, people, vocabulary
from wegweiser.companies.linkage.row.forms import LASTING
from wegweiser.companies.linkage.row.people import Same
from wegweiser.companies.linkage.row.profiles import Profile


def _bears(one: Profile, person: people.Person) -> bool:
    """Whether the first and the last name of `person` stand in the name of the firm, whatever they are to us."""
    first, last = person
    if len(first) < 3 or len(last) < 3 or one.persons:
        return False
    return names.first_name(first) in one.first_words and any(
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


def at_both(one: Profile, other: Profile, led_by: Collection[str]) -> tuple[Same, tuple[str, ...]]:
    """Whether somebody works for both, and what speaks against it: two first names of one family, or two owners.

    `led_by` are the codes of what leads from one to the other.
    """
    found = _met(one, other, led_by)
    best = max(found, default=Same.NOBODY)
    is_the_next = one.aside.continues or other.aside.continues
    if best == Same.OTHER and is_the_next and not (one.aside.words or other.aside.words):
        return Same.FAMILY, ()
    if _are_father_and_son(one, other, best, led_by):
        return Same.OTHER, ("other_first_name",)
    if best >= Same.LIKELY:
        return best, ()
    is_other = Same.OTHER in found and not (
        _is_of_the_family(one, other, led_by) or _is_of_the_staff(one, other, led_by)
    )
    owners = one.name.owner, other.name.owner
    are_two_owners = bool(owners[0] and owners[1]) and not fitting.covers(*owners)
    return best, (*("other_first_name",) * is_other, *("other_owner",) * are_two_owners)


def _met(one: Profile, other: Profile, led_by: Collection[str]) -> set[Same]:
    """What everybody of one is to everybody of the other.

    An initial in a name or a mail is nobody more where its own row tells somebody in full whom it may be.
    """
    if ({"same_phone", "same_address"} <= set(led_by) or "same_mail" in led_by) and any(
        _is_misheard(mine, its) for mine in one.persons for its in other.persons
    ):
        return {Same.LIKELY}
    found = {people.same(mine, theirs) for mine in one.persons for theirs in other.persons}
    named = [people.but_initials_of(side.named, side.persons) for side in (one, other)]
    found |= {
        people.same(mine, theirs)
        for called, others in ((named[0], other.persons or named[1]), (named[1], one.persons or named[0]))
        for mine in called
        for theirs in others
        if one.persons or other.persons or min(len(mine[0]), len(theirs[0])) > 2 or "same_phone" in led_by
    }
    found |= _who_write(one, other, named)
    if any(_bears(one, person) for person in other.persons) or any(_bears(other, person) for person in one.persons):
        found.add(Same.PERSON)
    if any(_is_by_first_name(side, beside) for side, beside in ((one, other), (other, one))):
        found.add(Same.PERSON)
    return found


def _who_write(one: Profile, other: Profile, named: Sequence[Sequence[people.Person]]) -> set[Same]:
    """What whoever has a mailbox at one is to everybody of the other, where it may be the same."""
    writes_for_both = [who for address in one.emails & other.emails if (who := people.of_a_mail(address))]
    writers = [
        (*people.but_initials_of(side.writers, (*side.persons, *side.named)), *writes_for_both) for side in (one, other)
    ]
    return {
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


def _are_father_and_son(one: Profile, other: Profile, best: Same, led_by: Collection[str]) -> bool:
    """Whether they are of two generations by "jun." or "sen.", and neither a line nor a company says that it is one
    firm all the same. Of one name alone the son is called as his father is."""
    if one.generation == other.generation:
        return False
    if one.generation and other.generation:
        return True
    if not {"same_phone", "same_mail"}.isdisjoint(led_by) or (one.name.form in LASTING and other.name.form in LASTING):
        return False
    if best == Same.PERSON and not phone_lines.other_line(one, other):
        return False
    is_at_a_desk = not {"same_exchange", "same_domain"}.isdisjoint(led_by)
    return not (best == Same.LIKELY and _is_a_company(one, other) and is_at_a_desk)


def _is_a_company(one: Profile, other: Profile) -> bool:
    return one.name.form in LASTING or other.name.form in LASTING


def _is_of_the_family(one: Profile, other: Profile, led_by: Collection[str]) -> bool:
    """Whether both are firms of a family by name, or one is that a way of reaching leads to: "Gebr. Abel"."""
    if one.name.is_family and other.name.is_family:
        return True
    return (one.name.is_family or other.name.is_family) and not sharing.LEADS_THERE.isdisjoint(led_by)


def _is_of_the_staff(one: Profile, other: Profile, led_by: Collection[str]) -> bool:
    """Whether who is named at one works there and owns nothing, and a way of reaching leads to both."""
    is_at_a_desk = {"same_exchange", "same_address"} <= set(led_by) and _is_a_company(one, other)
    return (one.is_staff or other.is_staff) and (is_at_a_desk or not sharing.LEADS_THERE.isdisjoint(led_by))
