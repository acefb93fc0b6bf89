"""Where a firm is when only its postal code or only its place is known: the centre's gazetteer knows both. Pure."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from wegweiser.companies.linkage.row import dialled, vocabulary
from wegweiser.companies.linkage.row.profiles import WHERE, Known, Profile
from wegweiser.companies.linkage.row.written_addresses import folded_place, part_of_town, place_of_plate
from wegweiser.consortium.gazetteer import Answer, Gazetteer, Place, fold
from wegweiser.kernel.sorting import sort_key

CODES_OF_A_SMALL_TOWN = 2
LEAST_WITH_A_TOWN = 3  # words of a name: a trade, whose, and where
LEAST_OF_A_TOWN = 4  # letters of a word that may be one
DIGITS_OF_A_REGION = 3  # of a postal code: what begins so lies together
_found: tuple[Gazetteer, dict[tuple[str, str], Known]] = (Gazetteer(()), {})
_NOWHERE = Known(name="")
_TOLD = WHERE[1:-1]  # beside the postal code and the line


def located(known: Known, gazetteer: Callable[[], Gazetteer]) -> Known:
    """`known` with the points where it may be and their districts, the town of its postal code and the codes of its
    place where it says one of the two only. A district is no place: "Landkreis Harz" says where a firm may be.

    `gazetteer` is asked for where a row says anything.
    """
    if not known.postcode and not known.place:
        return _where_it_is_dialled(known, gazetteer)
    global _found  # noqa: PLW0603
    places = gazetteer()
    if _found[0] is not places:
        _found = (places, {})
    held, asked = _found[1], (known.postcode, known.place)
    if asked not in held:
        held[asked] = _told(*asked, places)
    return replace(known, **{name: getattr(held[asked], name) for name in _TOLD})


def _where_it_is_dialled(known: Known, gazetteer: Callable[[], Gazetteer]) -> Known:
    town = dialled.town_of(known.phones)
    here = gazetteer().called(town) if town else ()
    return replace(known, line_town=town, points=tuple(place.point for place in here)) if here else known


def _told(postcode: str, place: str, gazetteer: Gazetteer) -> Known:
    """What a postal code and a place say together; of a place beside a code only where it is, if written whole."""
    town = place_of_plate(place)
    areas = gazetteer.areas(place) if town in {"", place} else ()
    told = replace(_NOWHERE, place="" if areas else place, districts=areas)
    if postcode and told.place:
        here = dict.fromkeys(spot for name in _names_of(place) for spot in gazetteer.called(name))
        return replace(_at(told, here), is_whole=bool(here))
    found = _places(postcode or ("" if areas else town), gazetteer)
    if not found:
        return told
    told = replace(_at(told, found), districts=areas or _districts(found))
    if postcode:
        region = gazetteer.around(postcode[:DIGITS_OF_A_REGION])
        return replace(told, town=found[0].name, region=region, is_village=False)
    codes = tuple(code for spot in found for code in spot.postcodes)
    return replace(told, codes=codes, is_whole=bool(gazetteer.called(town)))


def _names_of(place: str) -> tuple[str, ...]:
    """The town and the part of it that a cell names."""
    return tuple(dict.fromkeys(filter(None, (place, folded_place(place), part_of_town(place)))))


def _at(told: Known, places: Collection[Place]) -> Known:
    is_village = any(not place.postcodes for place in places)
    points = tuple(place.point for place in places)
    return replace(told, points=points, districts=_districts(places), is_village=is_village)


def _districts(places: Iterable[Place]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.district for place in places if place.district))


def _places(text: str, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The places of that code, or all that are called so."""
    answer = gazetteer.look_up(text) if text else Answer()
    first = answer.place
    alike = [place for place in answer.others if first is not None and fold(place.name) == fold(first.name)]
    return (first, *alike) if first is not None and first.name else gazetteer.called(text)  # Freyburg (Unstrut)


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
    has_code = bool(one.known.postcode or other.known.postcode)
    if has_code and one.place == other.place and any(map(_is_a_small_town, (one.known, other.known))):
        return True
    return any(
        side.known.postcode in beside.known.codes and len(beside.known.codes) <= CODES_OF_A_SMALL_TOWN
        for side, beside in ((one, other), (other, one))
    )


def _is_a_small_town(known: Known) -> bool:
    """Whether a place alone is told, there is one of that name, and it has hardly a code of its own."""
    return (
        bool(known.place)
        and not known.postcode
        and len(known.points) == 1
        and len(known.codes) <= CODES_OF_A_SMALL_TOWN
    )
