"""Finding the place or district somebody names: by postal code or by name, as people write it, also only begun.

A place that nobody wrote is taken where it is nearly sure that it was meant, else it is only offered.
Pure: takes and gives plain values. A centre brings its places as two CSV files (`place_files`).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from wegweiser.consortium import known_towns
from wegweiser.consortium.outlines import kilometres

Point = tuple[float, float]  # latitude, longitude, in degrees

MOST_OTHERS = 5
SHORTEST_BEGINNING = 3
SIMILAR = 72  # rapidfuzz ratio from which a place is offered
# Letters from which a name with one slip, or with two and nothing else near it, is taken as meant.
ONE_SLIP, TWO_SLIPS = 5, 10
BESIDE_KM = 40  # how far a place may lie that is named to tell another (Neustadt bei Coburg)
MARGIN = 5  # degrees around our places in which two numbers are coordinates: somebody may look from afar
COORDINATES = re.compile(r"\s*(-?\d{1,2}(?:\.\d{1,6})?)\s*,\s*(-?\d{1,3}(?:\.\d{1,6})?)\s*")
CODE = re.compile(r"(?<!\d)\d{5}(?!\d)")
WRITTEN_CODE = re.compile(r"(?:\bD\s*-\s*)?\d{5}(?!\d)", re.IGNORECASE)
PARTED_CODE = re.compile(r"(?<!\d)(\d{2}) (\d{3})(?!\d)")
JOINED = re.compile(r"/| bei | an der | am | im ")  # Neustadt bei Coburg
BRACKETS = re.compile(r"[()]")
DISTRICT_WORDS = re.compile(r"\b(landkreis|kreis|lkr|lk)\b")  # as people put them beside a district's name
COUNTRY = frozenset({"deutschland", "germany", "de", "d", "brd"})  # an addition that tells nothing
# What towns are also called on paper, and what sets a name apart from another: nobody types it.
TITLES = re.compile(r"\b(lutherstadt|hansestadt|landeshauptstadt|goethestadt|kreisstadt|stadt|ot|ortsteil)\b")
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e"})


@dataclass(frozen=True)
class Place:
    """A town, village or municipality: `district` is its AGS, `area` what tells it apart where it has none."""

    name: str
    district: str
    area: str
    latitude: float
    longitude: float
    population: int = 0
    postcodes: tuple[str, ...] = ()

    @property
    def point(self) -> Point:
        return self.latitude, self.longitude


@dataclass(frozen=True)
class Answer:
    """The place or the districts (AGS) that were meant, if that is clear, and which places it may have been instead."""

    place: Place | None = None
    others: tuple[Place, ...] = ()
    districts: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.place is not None or bool(self.districts)

    @property
    def all(self) -> tuple[Place, ...]:
        return self.others if self.place is None else (self.place, *self.others)


@dataclass(frozen=True)
class Gazetteer:
    """All places of a centre. Read-only, so threads may share it.

    `regions` are other names for districts, one or several (`Emsland`); `land` is the name of all of them together.
    """

    places: tuple[Place, ...]
    districts: Mapping[str, str] = field(default_factory=dict)  # names by AGS
    regions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # AGS by name
    plates: Mapping[str, str] = field(default_factory=dict)  # AGS by number plate
    land: str = ""

    def __bool__(self) -> bool:
        return bool(self.places)

    def look_up(self, text: str) -> Answer:
        """What `text` names: a postal code, a name (`Neustadt, Holstein` where there are two), or coordinates.

        >>> Gazetteer((Place("Frankfurt (Oder)", "12053", "", 52.34, 14.55),)).look_up("frankfurt").place.name
        'Frankfurt (Oder)'
        """
        if (point := coordinates(text)) and self._is_near(point):
            return Answer(Place("", "", "", *point))
        text = PARTED_CODE.sub(r"\1\2", text)
        if code := CODE.search(text):
            return self._by_code(code[0], WRITTEN_CODE.sub(" ", text))
        if re.fullmatch(r"\s*\d{3,4}\s*", text):
            return Answer(None, self._beginning_with_code(text.strip()))
        name, *additions = (part.strip() for part in re.split(r"[,(]", text))
        return self._by_name(name, [words for part in additions if (words := fold(part))])

    def _by_name(self, name: str, additions: Sequence[str]) -> Answer:
        key = fold(name)
        plain = _without_district(key)
        if not key:
            return Answer()
        exact = self._exact.get(key, ())
        if not exact:  # Frankfurt/Oder, Neustadt bei Coburg
            first, *more = (fold(part) for part in JOINED.split(name.lower()))
            if more and (exact := self._exact.get(first, ())):
                additions = [*filter(None, more), *additions]
        says_district = key != plain or any(not _without_district(addition) for addition in additions)
        if exact and not says_district:
            fitting = [place for place in exact if all(self._is_true(place, addition) for addition in additions)]
            ranked = (*fitting, *(place for place in exact if place not in fitting))
            return Answer(ranked[0], ranked[1 : 1 + MOST_OTHERS]) if fitting else Answer(None, ranked[:MOST_OTHERS])
        if named := self._districts.get(plain) or self._districts.get(plain.removesuffix("kreis")):
            return self._of_districts(named, plain)
        if says_district and plain in self._exact:  # a district that is none of ours, or no longer
            return Answer(None, self._exact[plain][:MOST_OTHERS])
        words = key.split()
        for count in range(len(words) - 1, 0, -1):  # Frankfurt Oder
            first, rest = " ".join(words[:count]), " ".join(words[count:])
            if first in self._exact and not self._begun(key).all:
                return self._by_name(first, [rest, *additions])
        found = self._guess(key, plain)
        if found.place and not all(self._is_true(found.place, addition) for addition in additions):
            return Answer(None, (found.place, *found.others)[:MOST_OTHERS])
        return found

    def _guess(self, key: str, plain: str) -> Answer:
        """What nobody is called, but may be meant: begun, a number plate, written with a slip."""
        begun, similar = self._begun(key), self._similar(key)
        if key in _KNOWN:
            return Answer(None, tuple(dict.fromkeys((*begun.all, *similar.all)))[:MOST_OTHERS])
        if begun.place:
            return begun
        if named := self._begun_districts(plain) or self._plates.get(plain):
            return self._of_districts(named, plain)
        return begun if begun.others else similar

    def _is_true(self, place: Place, addition: str) -> bool:
        """Whether an addition to a name is true of a place: a part of its own, its district or region, a place near."""
        plain = _without_district(addition)
        if not plain or plain in COUNTRY or (place.district and plain == fold(self.land)):
            return True
        if (
            f"{fold(place.name)} {plain}" in self._exact
            or f" {plain}" in f" {fold(BRACKETS.sub(' ', f'{place.name} {self.area(place)}'))}"
        ):
            return True
        if place.district in (self._districts.get(plain) or self._plates.get(plain, ())):
            return True
        return any(kilometres(place.point, row.point) <= BESIDE_KM for row in self._exact.get(plain, ()))

    def _of_districts(self, named: tuple[str, ...], key: str) -> Answer:
        """Districts, and the places that are called like them or begin so."""
        own = [fold(self.districts[ags]) for ags in named if ags in self.districts] if len(named) == 1 else []
        begun = self._begun(key).all
        found = [place for name in (*own, key) for place in self._exact.get(name, ())]
        return Answer(None, tuple(dict.fromkeys((*found, *begun)))[:MOST_OTHERS], named)

    def _begun_districts(self, key: str) -> tuple[str, ...]:
        """The districts of which the larger part of the name was typed, where it can be no others."""
        found = {named for name, named in self._districts.items() if name.startswith(key) and _is_most(key, name)}
        return found.pop() if len(found) == 1 else ()

    def located(self, text: str, *, district: str = "") -> Point | None:
        """Where an address such as `Institut am Hafen, Hafenstraße 22, 26382 Wilhelmshaven` lies, to the place."""
        named = self._addressed(text)
        return next((place.point for place in named if place.district == district), named[0].point if named else None)

    def district_of(self, text: str) -> str:
        """The district (AGS) in which such an address lies; empty where it is none of ours, or may be another one."""
        found = {place.district for place in self._addressed(text)}
        return found.pop() if len(found) == 1 else ""

    def is_ours(self, name: str) -> bool:
        """Whether a name, written whole, is that of a place, a district or a region of ours, or of all together."""
        key = fold(name)
        places = self._exact.get(key, ())
        return any(place.district for place in places) or bool(self._districts.get(_without_district(key)))

    def is_outside(self, name: str) -> bool:
        """The same of a place outside that we or everybody know. False for what may be ours as well."""
        key = fold(name)
        return not self.is_ours(name) and (bool(self._exact.get(key)) or key in _KNOWN)

    def called(self, name: str) -> tuple[Place, ...]:
        """All places with that name, written whole; the largest first."""
        return self._exact.get(fold(name), ())

    def areas(self, text: str) -> tuple[str, ...]:
        """The districts (AGS) that `text` names by their name, a region or a plate, where it is no place."""
        key = fold(text)
        plain = _without_district(key)
        if key == plain and key in self._exact:
            return ()
        return self._districts.get(plain) or self._plates.get(plain, ())

    def around(self, digits: str) -> tuple[Point, ...]:
        """Where the places are whose postal codes begin with `digits`."""
        return tuple(place.point for code, place in self._codes.items() if code.startswith(digits))

    def place_of_code(self, code: str) -> Place | None:
        """The place of a postal code that we know."""
        return self._codes.get(code)

    def _addressed(self, text: str) -> tuple[Place, ...]:
        """The places that an address may mean: the last of its parts that names one."""
        for part in reversed(re.split(r"[,;]", text)):
            if (code := CODE.search(part)) and code[0] in self._codes:
                return (self._codes[code[0]],)
            if named := self._exact.get(fold(CODE.sub(" ", part)), ()):
                return named
        return ()

    def area(self, place: Place) -> str:
        """What tells a place apart from another of its name."""
        return self.districts.get(place.district, "") or place.area

    def written(self, place: Place) -> str:
        """How an address of ours names a place: alone where that is clear, else with its area."""
        named = self._exact.get(fold(place.name), ())
        return place.name if named[:1] == (place,) or not place.name else f"{place.name}, {self.area(place)}"

    @cached_property
    def _exact(self) -> dict[str, tuple[Place, ...]]:
        """By their folded name, the largest first; then those that are called so for short."""
        found: dict[str, tuple[Place, ...]] = {}
        ranked = sorted(self.places, key=lambda row: (-row.population, row.district, row.area))
        for place in ranked:
            found[fold(place.name)] = (*found.get(fold(place.name), ()), place)
        for place in ranked:
            for key in _alone(place.name) - {fold(place.name)}:
                found[key] = (*found.get(key, ()), place)
        return found

    @cached_property
    def _codes(self) -> dict[str, Place]:
        return {code: place for place in self.places for code in place.postcodes}

    @cached_property
    def _districts(self) -> dict[str, tuple[str, ...]]:
        """AGS by the folded names of districts and regions."""
        named: dict[str, tuple[str, ...]] = {
            _without_district(fold(name)): (ags,) for ags, name in self.districts.items()
        }
        named |= {fold(name): tuple(found) for name, found in self.regions.items()}
        if self.land and self.districts:
            named[fold(self.land)] = tuple(self.districts)
        return named

    @cached_property
    def _plates(self) -> dict[str, tuple[str, ...]]:
        return {fold(plate): (ags,) for plate, ags in self.plates.items() if plate}

    @cached_property
    def _box(self) -> tuple[float, float, float, float] | None:
        """South, north, west and east of where somebody may look from, in degrees."""
        if not self.places:
            return None
        latitudes, longitudes = zip(*(place.point for place in self.places), strict=True)
        south, west = min(latitudes) - MARGIN, min(longitudes) - MARGIN
        return south, max(latitudes) + MARGIN, west, max(longitudes) + MARGIN

    def _is_near(self, point: Point) -> bool:
        if self._box is None:
            return False
        south, north, west, east = self._box
        return south <= point[0] <= north and west <= point[1] <= east

    def _by_code(self, code: str, rest: str) -> Answer:
        """The place of a postal code; where nobody knows it, the name beside it."""
        if place := self._codes.get(code):
            return Answer(place)
        if named := self.look_up(rest):
            return named
        offered = dict.fromkeys((*self._beginning_with_code(code[:4]), *named.others))
        return Answer(None, tuple(offered)[:MOST_OTHERS])

    def _beginning_with_code(self, digits: str) -> tuple[Place, ...]:
        for length in range(len(digits), 2, -1):
            found = {place: None for code, place in self._codes.items() if code.startswith(digits[:length])}
            if found:
                return _largest(found)
        return ()

    def _begun(self, key: str) -> Answer:
        """The places of which only a beginning, or one word (`Dürrenberg`), was typed: taken where it is most of it."""
        if len(key) < SHORTEST_BEGINNING:
            return Answer()
        names = [name for name in self._exact if name.startswith(key)]
        names = names or [name for name in self._exact if f" {key}" in name]
        found = _largest(dict.fromkeys(place for name in names for place in self._exact[name]))
        sure = len(found) == 1 or (found and _towers(found))
        if sure and any(found[0] in self._exact[name] and _is_most(key, name) for name in names):
            return Answer(found[0], found[1:])
        return Answer(None, found)

    def _similar(self, key: str) -> Answer:
        """What is written nearly so: taken with one slip, or with two in a long name that resembles no other."""
        names = [*self._exact, *(name for name in self._districts if name not in self._exact)]
        close = process.extract(key, names, scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=MOST_OTHERS)
        slips = {name: OSA.distance(key, name) for name, *_ in close}
        near = [name for name, number in slips.items() if number <= 1]
        if len(key) < ONE_SLIP:
            near = []
        elif not near and len(close) == 1 and len(key) >= TWO_SLIPS:
            near = [name for name, number in slips.items() if number == 2]
        ranked = sorted(close, key=lambda row: (row[0] not in near, -row[1], -self._most(row[0])))
        found = tuple(dict.fromkeys(place for name, *_ in ranked for place in self._exact.get(name, ())[:1]))
        if len(near) != 1:
            return Answer(None, found)
        if near[0] in self._exact:
            return Answer(found[0], found[1:])
        return self._of_districts(self._districts[near[0]], near[0])

    def _most(self, key: str) -> int:
        return max((place.population for place in self._exact.get(key, ())), default=0)


def coordinates(text: str) -> Point | None:
    """Latitude and longitude of `52.61,11.86`, to a hundredth of a degree (about a kilometre), or None."""
    told = COORDINATES.fullmatch(text)
    if not told:
        return None
    latitude, longitude = round(float(told[1]), 2), round(float(told[2]), 2)
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def fold(name: str) -> str:
    """A name as it is compared: without case, umlauts, brackets, titles and signs.

    >>> fold("Hansestadt Rostock"), fold("Frankfurt (Oder)"), fold("Schwerin, Landeshauptstadt")
    ('rostock', 'frankfurt', 'schwerin')
    """
    text = re.sub(r"\(.*?\)", " ", name.lower().translate(UMLAUTS))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", TITLES.sub(" ", text)).split())


def _alone(name: str) -> set[str]:
    """What is also said for a name: the first part of `Friedland/Niederlausitz` or `Neustadt bei Coburg`."""
    first = JOINED.split(name)[0]
    return {fold(first)} - {""} if first != name else set()


def _without_district(key: str) -> str:
    """A folded name without the words that say it is a district."""
    return " ".join(DISTRICT_WORDS.sub(" ", key).split())


def _is_most(key: str, name: str) -> bool:
    return 2 * len(key) >= len(name)


def _largest(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(sorted(places, key=lambda row: (-row.population, row.name))[:MOST_OTHERS])


def _towers(places: Sequence[Place]) -> bool:
    """Whether the first is so much larger than the others that it is meant."""
    return places[0].population >= 10 * max(places[1].population, 1)


_KNOWN = frozenset(map(fold, known_towns.NAMES.split()))
