"""Outlines of districts: neighbours share their borders on the grid, and distances are those of the map."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.consortium import centre_file, outlines, queries
from wegweiser.consortium.actions import centres
from wegweiser.consortium.models import District
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

BY = Actor.system("test")
FILE = centre_file.model_centre().parent / "districts.geojson"


def sides(path: str) -> set[frozenset[tuple[int, int]]]:
    """The sides of a path as pairs of places, whatever their direction."""
    found = set()
    for ring in path.split("z")[:-1]:
        start, _, steps = ring.removeprefix("M").partition("l")
        numbers = [int(number) for number in steps.replace("-", " -").split()]
        places = [tuple(map(int, start.split()))]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            places.append((places[-1][0] + dx, places[-1][1] + dy))
        found |= {frozenset(side) for side in pairwise([*places, places[0]])}
    return found


@pytest.fixture(scope="module")
def land() -> outlines.Map:
    ags = {feature["properties"]["ags"] for feature in json.loads(FILE.read_text())["features"]}
    drawn = outlines.read(FILE, {number for number in ags if number.startswith("15")})
    assert drawn is not None
    return drawn


def test_the_land_has_fourteen_districts_on_one_grid(land):
    assert len(land.outlines) == 14
    assert max(land.width, land.height) == outlines.LONGER_SIDE
    assert all(0 <= shape.x <= land.width and 0 <= shape.y <= land.height for shape in land.outlines)


def test_a_town_inside_a_district_shares_its_whole_border(land):
    shapes = {shape.ags: sides(shape.path) for shape in land.outlines}
    halle, saalekreis = shapes["15002"], shapes["15088"]
    assert halle <= saalekreis


@given(
    st.lists(st.floats(11, 12), min_size=3, max_size=8, unique=True),
    st.floats(0.2, 0.8),
)
def test_borders_of_neighbours_stay_closed(cuts, middle):
    """Two districts with one ragged border between them: each side of it is there for both, and nothing lies open."""
    border = [(x, 52 + middle + index / 100) for index, x in enumerate(sorted(cuts))]
    north = [(10.5, 54.0), (12.5, 54.0), *reversed(border), (10.5, 54.0)]
    south = [(10.5, 51.0), *border, (12.5, 51.0), (10.5, 51.0)]
    drawn = outlines.draw({"n": [north], "s": [south]})
    one, other = (sides(shape.path) for shape in drawn.outlines)
    shared = {side for side in one & other if len(side) == 2}
    places = {place for side in shared for place in side}
    assert len(places) == len(shared) + 1 or not shared  # one line without a gap


def test_the_map_holds_every_district(db):
    centres.load(file=centre_file.read(centre_file.model_centre()), by=BY)
    assert set(queries.district_map()["shapes"]) == set(District.objects.values_list("ags", flat=True))


def test_what_is_no_map_is_told(tmp_path):
    (tmp_path / "map.json").write_text("{}")
    with pytest.raises(DomainError, match="no map of districts"):
        outlines.read(tmp_path / "map.json", {"15001"})


def test_a_ring_without_area_has_a_middle():
    assert outlines.centroid([(1.0, 2.0), (3.0, 2.0), (1.0, 2.0)]) == (pytest.approx(5 / 3), 2.0)
