"""Both maps of the pages draw the same outlines and give a number the same colour."""

import re

import pytest

from wegweiser.consortium.models import District, DistrictOutline
from wegweiser.documents import maps as rule
from wegweiser.web.ui import maps

COUNTS = {"15001": 0, "15002": 2, "15003": 40, "15081": 7, "15082": 7}


@pytest.fixture
def outlines(db):
    for place, ags in enumerate(COUNTS):
        district = District.objects.create(ags=ags, key=f"k{ags}", name=f"Kreis {9 - place}", plate="X")
        given = {"width": 500, "height": 100, "x": place * 100, "y": 50, "latitude": 52, "longitude": 11}
        DistrictOutline.objects.create(district=district, path=f"M{place}00 0l90 0 0 90z", **given)


def test_a_number_has_the_same_colour_on_both(outlines):
    told = maps.district_map(title="T", description="D", label="L", figures=COUNTS)
    paths = re.findall(r'<path class="ww-figmap-area ww-figmap-rank-(\d)"[^>]*><title>([^:]+): ', told.svg)
    chosen = maps.choice_map(COUNTS)
    assert {name: int(rank) for rank, name in paths} == {choice.name: choice.rank for choice in chosen.choices}
    assert len(chosen.choices) == len(COUNTS)


def test_the_choice_draws_each_district_and_leads_to_it(outlines):
    drawn = maps.shapes(maps.choice_map(COUNTS, here="15003", hrefs={"15003": "?landkreis=a&b=<"}).choices)
    assert drawn.count("<path ") == len(COUNTS)
    assert drawn.count("<a ") == drawn.count("</a>") == drawn.count(" data-here") == 1
    assert '<a href="?landkreis=a&amp;b=&lt;" tabindex="-1"><path ' in drawn
    assert re.findall(r">(\d+)</text>", drawn) == [str(count) for count in COUNTS.values() if count][::-1]


def test_the_choice_is_by_name_and_knows_what_was_chosen(outlines, django_assert_num_queries):
    maps.choice_map(COUNTS)  # from now on the outlines are held, and the query only asks whether they changed
    with django_assert_num_queries(1):
        found = maps.choice_map(COUNTS, here="15003", hrefs={"15003": "?ort=1"})
    assert [choice.name for choice in found.choices] == sorted(choice.name for choice in found.choices)
    assert [(choice.value, choice.href) for choice in found.choices if choice.here] == [(40, "?ort=1")]
    assert found.source


def test_without_outlines_there_is_no_map(db):
    assert maps.choice_map({"15001": 1}) is None


def test_nought_and_what_is_not_stated_are_classes_of_their_own():
    found = rule.ranges([0, 3, 5])
    assert [rule.rank(value, found) for value in (0, 3, 5, None)] == [0, 1, 2, None]
