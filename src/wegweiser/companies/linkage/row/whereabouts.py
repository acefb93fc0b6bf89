"""Where a firm is when only its postal code or only its place is known: the centre's gazetteer knows both. Pure."""

from collections.abc import Callable
from dataclasses import replace

from wegweiser.companies.linkage.row import vocabulary
from wegweiser.companies.linkage.row.profiles import Known, Profile
from wegweiser.companies.linkage.row.written_addresses import place_of_plate
from wegweiser.consortium.gazetteer import Gazetteer, Place, Point, fold
from wegweiser.kernel.sorting import sort_key

CODES_OF_A_SMALL_TOWN = 2
LEAST_WITH_A_TOWN = 3  # words of a name: a trade, whose, and where
LEAST_OF_A_TOWN = 4  # letters of a word that may be one
_found: tuple[Gazetteer, dict[str, tuple[Place, ...]]] = (Gazetteer(()), {})


def located(known: Known, gazetteer: Callable[[], Gazetteer]) -> Known:
    """`known` with the points where it may be, and the town of its postal code, if it says one of the two only.

    `gazetteer` is asked for only then.
    """
    if bool(known.postcode) == bool(known.place):
        return known
    places = _places(known.postcode or place_of_plate(known.place), gazetteer())
    if not places:
        return known
    points: tuple[Point, ...] = tuple(place.point for place in places)
    if known.postcode:
        return replace(known, points=points, town=places[0].name)
    return replace(known, points=points, codes=tuple(code for place in places for code in place.postcodes))


def _places(text: str, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The places of that code, or all that are called so."""
    global _found  # noqa: PLW0603
    if _found[0] is not gazetteer:
        _found = (gazetteer, {})
    held = _found[1]
    if text not in held:
        answer = gazetteer.look_up(text)
        first = answer.place
        alike = [place for place in answer.others if first is not None and fold(place.name) == fold(first.name)]
        held[text] = (first, *alike) if first is not None and first.name else ()
    return held[text]


def is_shortened(one: Profile, other: Profile) -> bool:
    """`Altmärk. Wische` for Altmärkische Wische: words that end in a dot begin those of the other."""
    for short, long in ((one, other), (other, one)):
        told, words = _words_with_dots(short.known.place), long.place.split()
        if any(word.endswith(".") for word in told) and len(told) == len(words) > 1:
            fits = (
                full.startswith(word[:-1]) if word.endswith(".") else full == word
                for word, full in zip(told, words, strict=True)
            )
            if all(fits):
                return True
    return False


def _words_with_dots(place: str) -> list[str]:
    return [f"{sort_key(word)}{'.' * word.endswith('.')}" for word in vocabulary.folded(place).split()]


def says_where(one: Profile, other: Profile) -> bool:
    """Whether nothing is told of where `one` is, but its name ends with the town of `other`: `Optik Abel Burg`."""
    if one.place or one.known.postcode or one.town or not other.place or len(one.name.words) < LEAST_WITH_A_TOWN:
        return False
    town = other.place.split()[0]
    called = {part for side in (one, other) for _, last in (*side.persons, *side.named) for part in last.split("-")}
    return len(town) >= LEAST_OF_A_TOWN and one.name.words[-1] == town and town not in called


def in_a_small_town(one: Profile, other: Profile) -> bool:
    """Whether both have one postal code, or one has it and the other a place that has that code and hardly another."""
    if one.known.postcode and one.known.postcode == other.known.postcode:
        return True
    return any(
        side.known.postcode in beside.known.codes and len(beside.known.codes) <= CODES_OF_A_SMALL_TOWN
        for side, beside in ((one, other), (other, one))
    )
