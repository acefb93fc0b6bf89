"""Finding the place somebody names: by postal code or by name, as people write it, with a slip or only begun.

Pure: takes and gives plain values. A centre brings its places as two CSV files (docs/operation.md).
"""

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from rapidfuzz import fuzz, process

from wegweiser.kernel.errors import DomainError

Point = tuple[float, float]  # latitude, longitude, in degrees

PLACE_COLUMNS = ("name", "district", "area", "latitude", "longitude", "population")
CODE_COLUMNS = ("postcode", "place", "district")
MOST_OTHERS = 5
SHORTEST_BEGINNING = 3
SIMILAR, MEANT = 72, 82  # rapidfuzz ratio from which a place is offered, and from which the best is taken
COORDINATES = re.compile(r"\s*(-?\d{1,2}(?:\.\d{1,6})?)\s*,\s*(-?\d{1,3}(?:\.\d{1,6})?)\s*")
CODE = re.compile(r"(?<!\d)\d{5}(?!\d)")
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
    """The place that was meant, if that is clear, and which others it may have been."""

    place: Place | None = None
    others: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Gazetteer:
    """All places of a centre. Read-only, so threads may share it."""

    places: tuple[Place, ...]
    districts: Mapping[str, str] = field(default_factory=dict)  # names by AGS

    def __bool__(self) -> bool:
        return bool(self.places)

    def look_up(self, text: str) -> Answer:
        """What `text` names: a postal code, a name (`Walbeck, Börde` where there are two), or coordinates.

        >>> Gazetteer((Place("Halle (Saale)", "15002", "", 51.48, 11.97),)).look_up("halle").place.name
        'Halle (Saale)'
        """
        if point := coordinates(text):
            return Answer(Place("", "", "", *point))
        if code := CODE.search(text):
            return self._by_code(code[0])
        name, _, qualifier = text.partition(",")
        if re.fullmatch(r"\s*\d{3,4}\s*", name):
            return Answer(None, self._beginning_with_code(name.strip()))
        key = fold(name)
        if not key:
            return Answer()
        exact = self._exact.get(key) or self._exact.get(fold(name.partition("/")[0]), ())
        wanted = fold(qualifier)
        told = [place for place in exact if wanted and fold(self.area(place)).startswith(wanted)]
        if exact:
            ranked = [*told, *(place for place in exact if place not in told)]
            return Answer(ranked[0], tuple(ranked[1 : 1 + MOST_OTHERS]))
        return self._begun(key) or self._similar(key)

    def located(self, text: str, *, district: str = "") -> Point | None:
        """Where an address such as `Fraunhofer IFF, Sandtorstraße 22, 39106 Magdeburg` lies, to the place."""
        for part in reversed(re.split(r"[,;]", text)):
            code = CODE.search(part)
            found = self._by_code(code[0]).place if code else None
            if not found:
                named = self._exact.get(fold(CODE.sub(" ", part)), ())
                found = next((place for place in named if place.district == district), next(iter(named), None))
            if found:
                return found.point
        return None

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

    def _by_code(self, code: str) -> Answer:
        place = self._codes.get(code)
        return Answer(place) if place else Answer(None, self._beginning_with_code(code[:4]))

    def _beginning_with_code(self, digits: str) -> tuple[Place, ...]:
        for length in range(len(digits), 2, -1):
            found = {place: None for code, place in self._codes.items() if code.startswith(digits[:length])}
            if found:
                return _largest(found)
        return ()

    def _begun(self, key: str) -> Answer | None:
        """The places of which only a beginning, or one word (`Dürrenberg`), was typed."""
        if len(key) < SHORTEST_BEGINNING:
            return None
        keys = [name for name in self._exact if name.startswith(key)]
        keys = keys or [name for name in self._exact if f" {key}" in name]
        found = _largest(dict.fromkeys(place for name in keys for place in self._exact[name]))
        if not found:
            return None
        return Answer(found[0], found[1:]) if len(found) == 1 or _towers(found) else Answer(None, found)

    def _similar(self, key: str) -> Answer:
        close = process.extract(key, list(self._exact), scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=MOST_OTHERS)
        ranked = sorted(close, key=lambda row: (-row[1], -self._exact[row[0]][0].population))
        found = tuple(self._exact[name][0] for name, *_ in ranked)
        return Answer(found[0], found[1:]) if ranked and ranked[0][1] >= MEANT else Answer(None, found)


def coordinates(text: str) -> Point | None:
    """Latitude and longitude of `52.61,11.86`, to a hundredth of a degree (about a kilometre), or None."""
    told = COORDINATES.fullmatch(text)
    if not told:
        return None
    latitude, longitude = round(float(told[1]), 2), round(float(told[2]), 2)
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def fold(name: str) -> str:
    """A name as it is compared: without case, umlauts, brackets, titles and signs.

    >>> fold("Lutherstadt Wittenberg"), fold("Halle (Saale)"), fold("Magdeburg, Landeshauptstadt")
    ('wittenberg', 'halle', 'magdeburg')
    """
    text = re.sub(r"\(.*?\)", " ", name.lower().translate(UMLAUTS))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", TITLES.sub(" ", text)).split())


def read(places: Path, postcodes: Path | None, *, districts: Collection[str]) -> list[Place]:
    """The places of a centre's files. Raises DomainError("places_invalid") with file, line and mistake.

    `districts` are the AGS that may be named.
    """
    codes: dict[tuple[str, str], list[str]] = {}
    known: dict[tuple[str, str], Place] = {}
    for line, row in _rows(places, PLACE_COLUMNS):
        if row["district"] and row["district"] not in districts:
            raise _mistake(places, line, f"the district {row['district']!r} is not in the catalogue")
        try:
            latitude, longitude = float(row["latitude"]), float(row["longitude"])
            population = int(row["population"] or 0)
        except ValueError as error:
            raise _mistake(places, line, str(error)) from error
        if not row["name"] or len(row["name"]) > 80:
            raise _mistake(places, line, "a place needs a name of at most 80 characters")
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180 and population >= 0):
            raise _mistake(places, line, "latitude, longitude or population is out of range")
        known[row["name"], row["district"]] = Place(
            row["name"], row["district"], row["area"][:80], latitude, longitude, population
        )
    for line, row in _rows(postcodes, CODE_COLUMNS) if postcodes else ():
        if not re.fullmatch(r"\d{5}", row["postcode"]):
            raise _mistake(postcodes, line, f"{row['postcode']!r} is no postal code of five digits")
        key = row["place"], row["district"]
        if key not in known:
            raise _mistake(postcodes, line, f"there is no place {row['place']!r} in {row['district']!r}")
        codes.setdefault(key, []).append(row["postcode"])
    return [
        Place(row.name, row.district, row.area, *row.point, row.population, tuple(codes.get(key, ())))
        for key, row in known.items()
    ]


def _rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with its line. Raises DomainError where the file cannot be read or has other columns."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise DomainError("centre_file_missing", f"{path}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise DomainError("places_invalid", f"{path} is not UTF-8.") from error
    reader = csv.DictReader(lines)
    if tuple(reader.fieldnames or ()) != tuple(columns):
        raise DomainError("places_invalid", f"{path}: the first line must be {','.join(columns)}.")
    for row in reader:
        if None in row or None in row.values():
            raise _mistake(path, reader.line_num, f"there must be {len(columns)} columns")
        yield reader.line_num, {name: value.strip() for name, value in row.items()}


def _mistake(path: Path | None, line: int, text: str) -> DomainError:
    return DomainError("places_invalid", f"{path}, line {line}: {text}.")


def _alone(name: str) -> set[str]:
    """What is also said for a name: the first part of `Falkenstein/Harz` or `Burg bei Magdeburg`."""
    first = re.split(r"/| bei | an der | am | im ", name)[0]
    return {fold(first)} - {""} if first != name else set()


def _largest(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(sorted(places, key=lambda row: (-row.population, row.name))[:MOST_OTHERS])


def _towers(places: Sequence[Place]) -> bool:
    """Whether the first is so much larger than the others that it is meant."""
    return places[0].population >= 10 * max(places[1].population, 1)
