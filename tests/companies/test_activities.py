"""The lists of WZ 2008 and WZ 2025: whole, found by words, and translated only where one stands for one."""

from collections import Counter

import pytest

from wegweiser.companies import activities
from wegweiser.companies.importing import sectors

LEVELS = {2: "divisions", 4: "groups", 5: "classes", 7: "subclasses"}


@pytest.mark.parametrize(
    ("edition", "counts"),
    [
        (2008, {"divisions": 88, "groups": 272, "classes": 615, "subclasses": 839}),
        (2025, {"divisions": 87, "groups": 287, "classes": 651, "subclasses": 983}),
    ],
)
def test_the_lists_are_whole(edition, counts):
    assert Counter(LEVELS[len(code)] for code in activities.titles(edition)) == counts


@pytest.mark.parametrize("edition", activities.EDITIONS)
def test_every_code_hangs_on_one_above_and_has_a_title_and_a_section(edition):
    known = activities.titles(edition)
    for code, title in known.items():
        above = code[:4] if len(code) == 5 else code.rpartition(".")[0]
        assert not above or above in known
        assert title.strip()
        assert sectors.wz(code, edition=edition).code == code


def test_each_pair_is_of_codes_that_are_there_and_none_is_named_twice():
    pairs = dict(activities._one_to_one())
    assert set(pairs) <= set(activities.titles(2008))
    assert set(pairs.values()) <= set(activities.titles(2025))
    assert len(set(pairs.values())) == len(pairs) == 477


@pytest.mark.parametrize(
    ("code", "new"),
    [
        ("14.12.0", "14.23.0"),
        ("14.12", "14.23"),  # a class that is not divided goes with its subclass
        ("25.62.0", ""),  # stands for more than one now, and the number means something else
        ("45.20.1", "95.31.1"),
        ("99.99.9", ""),
    ],
)
def test_an_old_code_has_a_new_one_only_where_it_is_certain(code, new):
    assert activities.successor(code) == new


@pytest.mark.parametrize(
    ("text", "edition", "found"),
    [
        ("62.10", None, ("62.10", 2025)),  # WZ 2008 has no such code
        ("J 62.01", None, ("62.01", 2008)),
        ("WZ 2025 K 62.10", None, ("62.10", 2025)),
        ("62.01.0", None, ("62.01", 2008)),
        ("28990", None, ("28.99.0", 2008)),
        ("45.20", 2025, None),
        ("J 62.10", 2025, None),
        ("28.98", None, None),
        ("Maschinenbau", None, None),
    ],
)
def test_a_code_is_read_only_if_its_edition_has_it(text, edition, found):
    code = activities.read(text, edition=edition)
    assert (code and (code.code, code.edition)) == found


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Bäckerei", "10.71.0"),
        ("Dachdeker", "43.41"),  # mistyped
        ("Friseur", "96.21.0"),
        ("Elektriker", "43.21.0"),
        ("Frisör- und Barbiersalons", "96.21.0"),
    ],
)
def test_words_find_what_titles_call_otherwise(words, first):
    assert activities.search(2025, words)[0][0] == first


def test_words_that_mean_nothing_find_nothing():
    assert activities.search(2025, "Qwertz") == []
    assert activities.search(2025, " -- ") == []
    assert len(activities.search(2025, "Herstellung")) == activities.MOST
