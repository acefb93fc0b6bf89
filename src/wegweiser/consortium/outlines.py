"""Outlines of districts for maps: from a GeoJSON file in degrees to small paths on one grid.

Neighbours share their border points, and a point falls on the same place of the grid for both, so borders stay closed.
Distances and areas are true enough for one Land: an equirectangular projection around its middle latitude.
"""

import json
import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from wegweiser.kernel.errors import DomainError

LONGER_SIDE = 1000  # units of the grid
SOURCE, SOURCE_URL = _("© GeoBasis-DE / BKG 2021 (Daten verändert)"), "https://www.bkg.bund.de"
EARTH_KM = 6371.0

Point = tuple[float, float]  # longitude, latitude, in degrees
Place = tuple[int, int]  # on the grid, from the upper left


@dataclass(frozen=True)
class Outline:
    """One district: its path, where its name may stand (grid), and its middle in degrees."""

    ags: str
    path: str
    x: int
    y: int
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Map:
    """All outlines on one grid of `width` times `height`."""

    width: int
    height: int
    outlines: tuple[Outline, ...]


def read(path: Path, wanted: Collection[str]) -> Map | None:
    """The districts `wanted` (AGS) of a GeoJSON file; None when it holds none. Raises DomainError("map_invalid")."""
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        shapes = {
            str(feature["properties"]["ags"]): _rings(feature["geometry"])
            for feature in features
            if str(feature["properties"]["ags"]) in wanted
        }
        return draw(shapes)
    except OSError as error:
        raise DomainError("centre_file_missing", f"{path}: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise DomainError("map_invalid", f"{path} is no map of districts: {error!r}.") from error


def draw(shapes: dict[str, list[list[Point]]]) -> Map | None:
    """Rings in degrees as paths on one grid; None when there are none."""
    points = [point for rings in shapes.values() for ring in rings for point in ring]
    if not points:
        return None
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    stretch = math.cos(math.radians((south + north) / 2))
    scale = LONGER_SIDE / max((east - west) * stretch, north - south, 1e-9)

    def place(point: Point) -> Place:
        return round((point[0] - west) * stretch * scale), round((north - point[1]) * scale)

    outlines = []
    for ags, rings in sorted(shapes.items()):
        placed = [thin([place(point) for point in ring]) for ring in rings]
        largest = max(rings, key=lambda ring: abs(_area(ring)))
        longitude, latitude = centroid(largest)
        x, y = place((longitude, latitude))
        path = "".join(_path(ring) for ring in placed if len(ring) > 2)
        outlines.append(Outline(ags, path, x, y, round(latitude, 5), round(longitude, 5)))
    return Map(round((east - west) * stretch * scale), round((north - south) * scale), tuple(outlines))


def thin(ring: Sequence[Place]) -> list[Place]:
    """A ring without points that fell on the place before them, and without its closing point."""
    kept = [point for before, point in zip([None, *ring], ring, strict=False) if point != before]
    return kept[:-1] if len(kept) > 1 and kept[0] == kept[-1] else kept


def centroid(ring: Sequence[Point]) -> Point:
    """The middle of the area of a closed ring (shoelace formula); of its points where it has no area."""
    area = _area(ring)
    if abs(area) < 1e-12:
        return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
    x = y = 0.0
    for (x1, y1), (x2, y2) in _sides(ring):
        cross = x1 * y2 - x2 * y1
        x += (x1 + x2) * cross
        y += (y1 + y2) * cross
    return x / (6 * area), y / (6 * area)


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The way as the crow flies between two (latitude, longitude) in degrees.

    >>> round(kilometres((52.12, 11.63), (51.48, 11.97)))  # two towns
    75
    """
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(half))


def _rings(geometry: dict) -> list[list[Point]]:
    polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}[geometry["type"]]
    return [[(float(x), float(y)) for x, y, *_ in ring] for polygon in polygons for ring in polygon]


def _sides(ring: Sequence[Point]) -> Iterable[tuple[Point, Point]]:
    return zip(ring, [*ring[1:], ring[0]], strict=True)


def _area(ring: Sequence[Point]) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in _sides(ring)) / 2


def _path(ring: Sequence[Place]) -> str:
    """SVG path data: the first point, then steps."""
    steps = [(x - x0, y - y0) for (x0, y0), (x, y) in pairwise(ring)]
    line = "".join(_step(dx, dy) for dx, dy in steps)
    return f"M{ring[0][0]} {ring[0][1]}l{line.lstrip()}z"


def _step(dx: int, dy: int) -> str:
    """Two numbers with as few blanks as SVG allows: a minus sign parts them too."""
    return f"{'' if dx < 0 else ' '}{dx}{'' if dy < 0 else ' '}{dy}"
