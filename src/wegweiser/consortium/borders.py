"""The outlines of the centre's districts, drawn from a GeoJSON file of all districts: small, flat, borders closed.

Neighbours share their border point by point in the file, and still do after the simplification: a border is cut into
pieces where three areas meet, and each piece is simplified once, in the same direction, whoever asks for it. That is
all a map of some districts needs; topology libraries (shapely, topojson) would bring GEOS along for these few lines.
"""

import hashlib
import json
import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

from wegweiser.kernel.errors import DomainError

Point = tuple[float, float]
Ring = list[Point]  # closed: the first point is the last

VERSION = 1  # counts up when the drawing of the same file changes
SIZE = 1000  # units of the longer side of the drawing
TOLERANCE = 2.0  # units a border may move: less than a pixel on a phone
BKG = "https://www.bkg.bund.de"


def fingerprint(path: Path, wanted: Collection[str]) -> str:
    """Of everything a drawing depends on: the file, the districts, and how this module draws."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DomainError("centre_file_missing", f"{path}: {error.strerror}.") from error
    return hashlib.sha256(f"{VERSION} {SIZE} {TOLERANCE} {sorted(wanted)}".encode() + content).hexdigest()


def read(path: Path, wanted: Collection[str]) -> dict[str, Any]:
    """The drawing of the districts `wanted` (AGS): width, height, source, and for each its path and the place of its
    number. Raises DomainError("centre_file_invalid") where the file does not hold them."""
    try:
        document = json.loads(path.read_bytes())
    except OSError as error:
        raise DomainError("centre_file_missing", f"{path}: {error.strerror}.") from error
    except ValueError as error:
        raise DomainError("centre_file_invalid", f"{path}: {error}") from error
    try:
        districts = {
            row["properties"]["ags"]: _rings(row["geometry"])
            for row in document["features"]
            if row["properties"]["ags"] in wanted
        }
    except (KeyError, TypeError, ValueError) as error:
        raise DomainError("centre_file_invalid", f"{path}: no GeoJSON of districts with `ags`.") from error
    if missing := sorted(set(wanted) - set(districts)):
        raise DomainError("centre_file_invalid", f"{path}: no outline of {', '.join(missing)}.")
    source = str(document.get("source", ""))
    drawing = draw(districts)
    drawing["source"] = re.sub(r"\(Daten verändert:[^)]*\)", "(Daten verändert)", source)
    drawing["source_url"] = str(document.get("source_url") or (BKG if "BKG" in source else ""))
    return drawing


def draw(districts: dict[str, list[Ring]]) -> dict[str, Any]:
    """Project, simplify and write down the outlines, all in whole units."""
    width, height, flat = _projected(districts)
    simple = simplified(flat, tolerance=TOLERANCE)
    shapes = {}
    for ags, rings in sorted(simple.items()):
        rounded = [ring for ring in map(_rounded, rings) if len(ring) > 3]
        x, y = place(rounded)
        shapes[ags] = {"path": "".join(map(_path, rounded)), "x": x, "y": y}
    return {"width": math.ceil(width), "height": math.ceil(height), "shapes": shapes}


def _rings(geometry: dict[str, Any]) -> list[Ring]:
    polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}[geometry["type"]]
    return [[(float(point[0]), float(point[1])) for point in ring] for polygon in polygons for ring in polygon]


def _projected(districts: dict[str, list[Ring]]) -> tuple[float, float, dict[str, list[Ring]]]:
    """Degrees as units from the upper left corner. East and north shrink alike at the middle of the area, which over
    a Land is off by about one per cent at its edges."""
    points = [point for rings in districts.values() for ring in rings for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    shrink = math.cos(math.radians((south + north) / 2))
    scale = SIZE / max((east - west) * shrink, north - south)
    flat = {
        ags: [[((x - west) * shrink * scale, (north - y) * scale) for x, y in ring] for ring in rings]
        for ags, rings in districts.items()
    }
    return (east - west) * shrink * scale, (north - south) * scale, flat


def simplified(districts: dict[str, list[Ring]], *, tolerance: float) -> dict[str, list[Ring]]:
    """The same rings with fewer points; what two districts share they still share."""
    joints = _joints(ring for rings in districts.values() for ring in rings)
    return {ags: [_simplified_ring(ring, joints, tolerance) for ring in rings] for ags, rings in districts.items()}


def _joints(rings: Iterable[Ring]) -> set[Point]:
    """The points where borders part: they have more than two neighbours."""
    neighbours: dict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for one, other in pairwise(ring):
            if one != other:
                neighbours[one].add(other)
                neighbours[other].add(one)
    return {point for point, beside in neighbours.items() if len(beside) > 2}


def _simplified_ring(ring: Ring, joints: set[Point], tolerance: float) -> Ring:
    around = ring[:-1]
    cuts = [index for index, point in enumerate(around) if point in joints]
    if not cuts:  # alone, or a hole with exactly one district in it: both start at the same point
        cuts = [around.index(min(around))]
    around = around[cuts[0] :] + around[: cuts[0]]
    cuts = [cut - cuts[0] for cut in cuts] + [len(around)]
    around.append(around[0])
    found = [around[0]]
    for start, end in pairwise(cuts):
        found += _simplified_piece(around[start : end + 1], tolerance)[1:]
    return found


def _simplified_piece(piece: Ring, tolerance: float) -> Ring:
    """One border between two joints, the same from either side. A bend never vanishes, so no area collapses."""
    if (piece[0], piece[1]) > (piece[-1], piece[-2]):
        return _simplified_piece(piece[::-1], tolerance)[::-1]
    if len(piece) < 4:
        return piece
    bend = max(range(1, len(piece) - 1), key=lambda index: _distance(piece[index], piece[0], piece[-1]))
    return _thinned(piece[: bend + 1], tolerance)[:-1] + _thinned(piece[bend:], tolerance)


def _thinned(piece: Ring, tolerance: float) -> Ring:
    """Douglas and Peucker."""
    if len(piece) < 3:
        return piece
    bend = max(range(1, len(piece) - 1), key=lambda index: _distance(piece[index], piece[0], piece[-1]))
    if _distance(piece[bend], piece[0], piece[-1]) <= tolerance:
        return [piece[0], piece[-1]]
    return _thinned(piece[: bend + 1], tolerance)[:-1] + _thinned(piece[bend:], tolerance)


def _distance(point: Point, start: Point, end: Point) -> float:
    """From a point to a line between two points."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length if length else 0
    along = min(1.0, max(0.0, along))
    return math.hypot(point[0] - start[0] - along * dx, point[1] - start[1] - along * dy)


def _rounded(ring: Ring) -> Ring:
    found: Ring = []
    for x, y in ring:
        point = (round(x), round(y))
        if not found or found[-1] != point:
            found.append(point)
    return found


def _path(ring: Ring) -> str:
    """A closed path in steps from point to point, which are shorter to write than places."""
    steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(ring[:-1])]
    text = " ".join(f"{x:g} {y:g}" for x, y in steps).replace(" -", "-")
    return f"M{ring[0][0]:g} {ring[0][1]:g}l{text}z"


def place(rings: list[Ring]) -> tuple[int, int]:
    """Where the number of a district stands: about as far from every border as one can get inside."""
    edges = [edge for ring in rings for edge in pairwise(ring)]
    xs, ys = [x for ring in rings for x, _ in ring], [y for ring in rings for _, y in ring]
    x, y, step_x, step_y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, max(xs) - min(xs), max(ys) - min(ys)
    best = (-1.0, x, y)
    for parts in (14, 4, 4):
        _, x, y = best
        for column in range(parts + 1):
            for row in range(parts + 1):
                point = (x + (column / parts - 0.5) * step_x, y + (row / parts - 0.5) * step_y)
                if _inside(point, edges):
                    best = max(best, (min(_distance(point, *edge) for edge in edges), *point))
        step_x, step_y = step_x / parts * 2, step_y / parts * 2
    return round(best[1]), round(best[2])


def _inside(point: Point, edges: list[tuple[Point, Point]]) -> bool:
    x, y = point
    crossed = False
    for (x1, y1), (x2, y2) in edges:
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossed = not crossed
    return crossed
