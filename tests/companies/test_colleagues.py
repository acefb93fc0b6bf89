"""Remarks and rows that speak of several people of one firm."""

import pytest

from wegweiser.companies import people
from wegweiser.companies.people import Same

pytestmark = pytest.mark.one_database


# --- People --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("Pfn. Ute Rehbein", ("ute", "rehbein")),
        ("Rehbein, Pfarrerin", ("", "rehbein")),
        ("Bgm. Karl Rehbein", ("karl", "rehbein")),
        ("OM Bernd Hartwig", ("bernd", "hartwig")),
        ("Ltr. Karl Rehbein", ("karl", "rehbein")),
        ("1. Vorsitzender Karl Rehbein", ("karl", "rehbein")),
        ("Rehbein Karl Tischlermeister", ("karl", "rehbein")),
        ("z. Hd. Frau Rehbein", ("", "rehbein")),
        ("i.A. Ute Rehbein", ("ute", "rehbein")),
        ("I. Rehbein", ("i", "rehbein")),
        ("Karl Burmeister", ("karl", "burmeister")),
    ],
)
def test_what_stands_beside_a_name_is_no_name(cell, found):
    assert people.people(cell) == (found,)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("Maik Rehbein", "Meik Rehbein", Same.PERSON),
        ("Mike Rehbein", "Maik Rehbein", Same.PERSON),
        ("Aileen Rehbein", "Eileen Rehbein", Same.PERSON),
        ("Maik Rehbein", "Maike Rehbein", Same.OTHER),
        ("Mike Rehbein", "Michaela Rehbein", Same.OTHER),
    ],
)
def test_first_names_as_they_are_heard(one, other, found):
    assert people.same(*people.people(one), *people.people(other)) == found
