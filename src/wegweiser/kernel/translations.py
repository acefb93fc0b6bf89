"""When an English text is older than its German one. Pure: names of fields and their two sides in, names out."""

from collections.abc import Collection, Iterable
from typing import Any

Side = tuple[str, Any, Any]


def outdated(
    before: Iterable[Side], after: Iterable[Side], *, marked: Collection[str], confirmed: Collection[str] = ()
) -> list[str]:
    """The fields whose English has to be looked at, in the order of `after`.

    A mark comes when the German changes and the English stays; it goes when the English changes, is emptied, or when
    somebody confirms that it still says the same.
    """
    known = {name: (german, english) for name, german, english in before}
    found = []
    for name, german, english in after:
        old_german, old_english = known.get(name, (german, english))
        if not english or english != old_english:
            continue
        if name in confirmed:
            continue
        if german != old_german or name in marked:
            found.append(name)
    return found


def missing(sides: Iterable[Side]) -> list[str]:
    """The fields that are told in German and not yet in English."""
    return [name for name, german, english in sides if german and not english]
