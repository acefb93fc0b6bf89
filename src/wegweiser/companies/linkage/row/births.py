"""The family name that somebody was born with: "Ute Abel geb. Kain". Pure."""

import re
from collections.abc import Iterable

from wegweiser.companies.linkage.row import people, vocabulary
from wegweiser.kernel.sorting import sort_key

_BIRTH = re.compile(r"\bgeb(?:\.|orene)\s*(?P<name>[^\W\d_][^\W\d_-]+(?:-[^\W\d_]+)*)\b", re.IGNORECASE)
# "Geb." is short for a building as well.
_IN_A_HOUSE = vocabulary.DIRECTIONS | frozenset(
    {"am", "hinten", "hinterhaus", "hinterhof", "hof", "im", "links", "mitte", "nord", "oben", "ost", "rechts", "sued"}
    | {"unten", "vorderhaus", "vorn", "vorne", "west"}
)


def with_births(cells: Iterable[str], texts: Iterable[str]) -> tuple[people.Person, ...]:
    """Who is named in `cells`, with the family name of now and of birth. Other `texts`, the name of the firm and the
    remark, tell of whose birth they speak where one person is named.

    >>> with_births(["Karl und Ute Abel geb. Kain"], []), with_births(["Ute Abel"], ["geb. Kain"])
    ((('karl', 'abel'), ('ute', 'abel-kain')), (('ute', 'abel-kain'),))
    """
    found: dict[people.Person, str] = {}
    for cell in cells:
        born = of_a_cell(cell)
        found |= {person: born.get(person, "") for person in people.people(cell)}
    if len(found) == 1:
        (person,) = found
        told = (found[person], *(told_of(text, person) for text in texts))
        found[person] = next(filter(None, told), "")
    both = ((first, f"{last}-{born}" if first and born else last) for (first, last), born in found.items())
    return tuple(dict.fromkeys(both))


def of_a_cell(cell: str) -> dict[people.Person, str]:
    """The family names that people of a cell were born with: of whoever is named right before it.

    >>> of_a_cell("Karl und Ute Abel geb. Kain"), of_a_cell("Abel, Geb. hinten")
    ({('ute', 'abel'): 'kain'}, {})
    """
    found = {}
    for told in _BIRTH.finditer(cell):
        born = vocabulary.folded(told["name"])
        before = people.people(cell[: told.start()].rstrip(" ,("))
        if before and born not in _IN_A_HOUSE:
            found[before[-1]] = born
    return found


def told_of(remark: str, person: people.Person) -> str:
    """The family name that a remark on `person` says they were born with; empty where it says none.

    >>> told_of("geb. Kain", ("ute", "abel")), told_of("Frau Abel geb. Kain", ("ute", "abel"))
    ('kain', 'kain')
    >>> told_of("Geb. hinten", ("ute", "abel")), told_of("neues Geb. Nord", ("ute", "abel"))
    ('', '')
    """
    for told in _BIRTH.finditer(remark):
        born = vocabulary.folded(told["name"])
        words = sort_key(remark[: told.start()]).split()
        begins = not words or remark[: told.start()].rstrip()[-1] in ",;.(–-"
        ends = re.match(r"\s*(?:$|[,;.)(–-])", remark[told.end() :])
        if ends and born not in _IN_A_HOUSE and (begins or words[-1] in person):
            return born
    return ""
