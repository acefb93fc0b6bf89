"""Whether two names are one person's: written with a title, the other way round, or with an initial. Reads nothing."""

from collections.abc import Sequence

from wegweiser.companies.linkage.row import people
from wegweiser.companies.models import Person


def is_surely(one: str, other: str, *, mail: str, initials: bool) -> bool:
    """Whether two names under one mail address are one person's. A mailbox may be a family's: the first name is told.

    With `initials` an initial will do where the address is somebody's own, as `jana@` is and `info@` is not.

    >>> is_surely("Frau Dr. Jana Müller", "Müller, Jana", mail="info@b.example", initials=False)
    True
    >>> is_surely("Frau Müller", "Jana Müller", mail="jana@b.example", initials=True)
    False
    >>> [is_surely("J. Müller", "Jana Müller", mail=f"{box}@b.example", initials=True) for box in ("jana", "info")]
    [True, False]
    >>> is_surely("Karl Abel sen.", "Karl Abel jun.", mail="abel@b.example", initials=True)
    False
    """
    mine, theirs = people.people(one), people.people(other)
    if len(mine) != 1 or len(theirs) != 1 or people.generation(one) != people.generation(other):
        return False
    found = people.same(mine[0], theirs[0])
    if not (mine[0][0] and theirs[0][0]) or found < people.Same.LIKELY:
        return False
    return found == people.Same.PERSON or (initials and people.of_a_mail(mail) is not None)


def perhaps_one(those: Sequence[Person]) -> dict[int, list[Person]]:
    """Of each, by its key, who of the others may be the same person: somebody has to say so."""
    read = {row.pk: (people.people(row.name), people.generation(row.name)) for row in those}

    def alike(one: Person, other: Person) -> bool:
        (mine, older), (theirs, younger) = read[one.pk], read[other.pk]
        if older and younger and older != younger:
            return False
        return any(people.same(a, b) >= people.Same.FAMILY for a in mine for b in theirs)

    found = {one.pk: [other for other in those if other.pk != one.pk and alike(one, other)] for one in those}
    return {pk: others for pk, others in found.items() if others}
