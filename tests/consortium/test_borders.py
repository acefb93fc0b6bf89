"""Outlines: simplified borders stay closed, and a centre without a file of districts has no map."""

import gzip
import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.consortium import borders, centre_file, queries
from wegweiser.consortium.actions import centres
from wegweiser.consortium.models import District, DistrictMap
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

BY = Actor.system("test")
FILE = centre_file.model_centre().parent / "districts.geojson"


def edges(rings):
    return {frozenset(edge) for ring in rings for edge in pairwise(ring) if edge[0] != edge[1]}


def area(rings):
    return sum(x * b - a * y for ring in rings for (x, y), (a, b) in pairwise(ring)) / 2


def land():
    rows = json.loads(FILE.read_text())["features"]
    chosen = {row["properties"]["ags"]: row["geometry"] for row in rows if row["properties"]["ags"].startswith("15")}
    _, _, flat = borders._projected({ags: borders._rings(geometry) for ags, geometry in chosen.items()})
    return flat


@pytest.mark.parametrize("tolerance", [0.5, 2, 8])
def test_no_gap_opens_between_the_districts_of_a_land(tolerance):
    """An inner border is drawn by both neighbours, so only the border of the Land is drawn once."""
    before, after = land(), borders.simplified(land(), tolerance=tolerance)
    for state in (before, after):
        drawn = [edge for rings in state.values() for edge in edges(rings)]
        assert max(drawn.count(edge) for edge in set(drawn)) == 2
    outer = abs(sum(area(rings) for rings in after.values()) / sum(area(rings) for rings in before.values()) - 1)
    assert outer < 0.02
    assert sum(map(len, (ring for rings in after.values() for ring in rings))) < sum(
        map(len, (ring for rings in before.values() for ring in rings))
    )


@given(
    wiggle=st.lists(st.floats(-8, 8), min_size=3, max_size=40),
    tolerance=st.floats(0, 30),
    turn=st.integers(0, 60),
)
def test_two_neighbours_draw_the_same_border_whatever_it_looks_like(wiggle, tolerance, turn):
    border = [(50 + dx, 100 * (index + 1) / (len(wiggle) + 1)) for index, dx in enumerate(wiggle)]
    border = [(50.0, 0.0), *border, (50.0, 100.0)]
    left = [(0.0, 0.0), *border, (0.0, 100.0)]
    right = [(100.0, 100.0), *border[::-1], (100.0, 0.0)]
    right = right[turn % len(right) :] + right[: turn % len(right)]  # a ring may begin anywhere
    simple = borders.simplified({"l": [[*left, left[0]]], "r": [[*right, right[0]]]}, tolerance=tolerance)
    shared = edges(simple["l"]) & edges(simple["r"])
    assert {point for edge in shared for point in edge} >= {(50.0, 0.0), (50.0, 100.0)}
    outside = edges(simple["l"]) ^ edges(simple["r"])
    assert all({x for x, _ in edge} - {50.0} & {0.0, 100.0} for edge in outside)


def test_a_town_inside_a_district_fills_its_hole():
    town = [(3.0, 3.0), (7.0, 3.0), (8.0, 5.0), (7.0, 7.0), (3.0, 7.0), (3.0, 3.0)]
    hole = [*town[2:], *town[1:3]][::-1]
    square = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0)]
    simple = borders.simplified({"town": [town], "round": [square, hole]}, tolerance=0.5)
    assert edges(simple["town"]) == edges(simple["round"][1:])
    x, y = borders.place([square, hole])
    assert not (3 < x < 7 and 3 < y < 7)


@pytest.mark.django_db
def test_the_model_centre_has_a_small_map_of_its_own_districts():
    centres.load(file=centre_file.read(centre_file.model_centre()), by=BY)
    drawing = queries.district_map()
    assert set(drawing["shapes"]) == set(District.objects.values_list("ags", flat=True))
    assert len(gzip.compress(json.dumps(drawing).encode())) < 5_000
    assert drawing["source"] == "© GeoBasis-DE / BKG 2021 (Daten verändert)"
    assert drawing["source_url"] == "https://www.bkg.bund.de"


@pytest.mark.django_db
def test_the_map_comes_and_goes_with_its_file(tmp_path):
    file = centre_file.read(centre_file.model_centre())
    centres.load(file=file, by=BY)
    row = DistrictMap.objects.get()
    centres.load(file=file, by=BY)
    assert DistrictMap.objects.get().pk == row.pk
    without = centre_file.CentreFile(
        file.path, {name: value for name, value in file.settings.items() if name != "districts"}, file.catalogue
    )
    centres.load(file=without, by=BY)
    assert queries.district_map() is None
    centres.load(file=file, by=BY)
    assert queries.district_map() == row.drawing


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "centre_file_missing"),
        ("{", "centre_file_invalid"),
        ("[]", "centre_file_invalid"),
        ('{"features": []}', "centre_file_invalid"),
    ],
)
def test_a_bad_file_is_refused_with_its_name(tmp_path, content, code):
    path = tmp_path / "districts.geojson"
    if content is not None:
        path.write_text(content)
    with pytest.raises(DomainError) as refused:
        borders.read(path, ["15003"])
    assert refused.value.code == code
    assert str(path) in str(refused.value)
