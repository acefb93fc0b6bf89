"""Sizes by the definition of the EU: thresholds, partner and linked enterprises, public bodies, two years."""

import doctest
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.companies import size_rules
from wegweiser.companies.size_rules import Class, Figures, Kind, Tie, class_of, result, status

pytestmark = pytest.mark.one_database
M = 1_000_000


def figures(headcount, turnover=None, balance=None) -> Figures:
    return Figures(*(None if one is None else Decimal(str(one)) for one in (headcount, turnover, balance)))


def tie(owner, owned, percent, **more) -> Tie:
    return Tie(owner, owned, Decimal(percent), **more)


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(size_rules).failed == 0


@pytest.mark.parametrize(
    ("headcount", "turnover", "balance", "size"),
    [
        (9.9, 2 * M, 5 * M, Class.MICRO),
        (10, 1 * M, 1 * M, Class.SMALL),
        (9, 3 * M, 3 * M, Class.SMALL),
        (9, 3 * M, 2 * M, Class.MICRO),
        (49, 10 * M, None, Class.SMALL),
        (50, 1 * M, 1 * M, Class.MEDIUM),
        (249, 50 * M, 60 * M, Class.MEDIUM),
        (249, 51 * M, 43 * M, Class.MEDIUM),
        (249, 51 * M, 44 * M, Class.LARGE),
        (250, 1, 1, Class.LARGE),
        (40, None, None, Class.SMALL),
    ],
)
def test_thresholds(headcount, turnover, balance, size):
    assert class_of(figures(headcount, turnover, balance)) == size


@pytest.mark.parametrize(
    ("own", "size"),
    [
        (figures(5, 60 * M, 60 * M), Class.LARGE),
        (figures(5, 60 * M), Class.LARGE),
        (figures(5, 60 * M, 9 * M), Class.LARGE),  # what the balance sheets come to nobody knows
        (figures(5, M, M), Class.MICRO),
        (figures(5), Class.MICRO),
    ],
)
def test_who_is_silent_about_money_makes_nobody_smaller(own, size):
    found = result("a", [tie("b", "a", 100)], {"a": own, "b": figures(2)})
    assert (found.total.turnover, found.size) == (None, size)


def test_below_a_quarter_nothing_is_counted_in():
    found = result("a", [tie("b", "a", "24.99")], {"a": figures(30), "b": figures(500)})
    assert (found.size, found.parts) == (Class.SMALL, ())


@pytest.mark.parametrize(("percent", "headcount"), [(25, 55), (33, 63), (50, 80), (51, 130)])
def test_partners_count_by_their_share_and_linked_ones_in_full(percent, headcount):
    for ties in ([tie("b", "a", percent)], [tie("a", "b", percent)]):
        found = result("a", ties, {"a": figures(30, M, M), "b": figures(100, M, M)})
        assert (found.total.headcount, found.size) == (headcount, Class.MEDIUM)


def test_control_links_whatever_the_share():
    found = result("a", [tie("b", "a", 10, controls=True)], {"a": figures(30), "b": figures(300)})
    assert found.size == Class.LARGE


def test_the_chain():
    """b owns a; b holds 40 % of c, which owns d and holds 30 % of e (a partner of a partner: ignored)."""
    ties = [tie("b", "a", 60), tie("b", "c", 40), tie("c", "d", 80), tie("c", "e", 30)]
    known = {"a": figures(10), "b": figures(20), "c": figures(100), "d": figures(50), "e": figures(900)}
    found = result("a", ties, known)
    assert found.total.headcount == 10 + 20 + Decimal("0.4") * 150
    assert [(part.key, part.percent, part.through) for part in found.parts] == [
        ("b", 100, "a"),
        ("c", 40, "b"),
        ("d", 40, "c"),
    ]


def test_of_cross_holdings_the_greater_counts():
    found = result("a", [tie("b", "a", 30), tie("a", "b", 45)], {"a": figures(10), "b": figures(100)})
    assert found.total.headcount == 55


@pytest.mark.parametrize("kind", [Kind.PERSON, Kind.EXEMPT, Kind.PUBLIC])
def test_people_and_exempt_investors_make_no_partner(kind):
    found = result("a", [tie("b", "a", 40, kind=kind)], {"a": figures(30), "b": figures(500)})
    assert (found.size, found.parts) == (Class.SMALL, ())


@pytest.mark.parametrize(("shares", "is_public"), [([24], False), ([25], True), ([15, 10], True)])
def test_a_quarter_of_public_bodies_makes_it_no_sme(shares, is_public):
    ties = [tie(f"town {share}", "a", share, kind=Kind.PUBLIC) for share in shares]
    assert result("a", ties, {"a": figures(5)}).is_public is is_public


@pytest.mark.parametrize(
    ("ties", "share"),
    [
        ([tie("town", "works", 100, kind=Kind.PUBLIC), tie("works", "a", 100)], 100),
        ([tie("town", "works", 100, kind=Kind.PUBLIC), tie("works", "net", 60), tie("net", "a", 30)], 30),
        ([tie("town", "works", 10, kind=Kind.PUBLIC, controls=True), tie("works", "a", 26)], 26),
        (
            [
                tie("one", "works", 30, kind=Kind.PUBLIC),
                tie("two", "works", 30, kind=Kind.PUBLIC),
                tie("works", "a", 25),
            ],
            25,
        ),
        (
            [tie(town, f"of {town}", 100, kind=Kind.PUBLIC) for town in ("one", "two")]
            + [tie(f"of {town}", "a", 13) for town in ("one", "two")],
            26,
        ),
        ([tie("town", "works", 50, kind=Kind.PUBLIC), tie("works", "a", 100)], 0),
        ([tie("town", "works", 100, kind=Kind.PUBLIC), tie("works", "a", 40, kind=Kind.EXEMPT)], 0),
        ([tie("a", "works", 100), tie("town", "works", 40, kind=Kind.PUBLIC)], 0),
    ],
)
def test_public_bodies_count_through_what_belongs_to_them(ties, share):
    known = {key: figures(5) for key in ("a", "works", "net", "of one", "of two")}
    found = result("a", ties, known)
    assert (found.public_share, found.is_public) == (share, share >= 25)


def test_what_is_not_known_of_a_part_is_said():
    found = result("a", [tie("b", "a", 60)], {"a": figures(30)})
    assert found.missing == ("b",)


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ({}, None),
        ({2024: "SMALL"}, "SMALL"),
        ({2023: "SMALL", 2024: "MEDIUM"}, "SMALL"),
        ({2022: "SMALL", 2023: "MEDIUM", 2024: "MEDIUM"}, "MEDIUM"),
        ({2021: "SMALL", 2023: "MEDIUM", 2024: "SMALL"}, "MEDIUM"),  # it was medium by then if 2022 was
        ({2021: "SMALL", 2022: "SMALL", 2023: "MEDIUM", 2024: "SMALL"}, "SMALL"),
        ({2019: "MICRO", 2021: "MEDIUM", 2023: "MEDIUM", 2025: "MEDIUM"}, "MEDIUM"),
        ({2019: "MICRO", 2025: "MEDIUM"}, "MEDIUM"),
        ({2019: "MEDIUM", 2025: "MICRO"}, "MEDIUM"),
        ({2019: "MEDIUM", 2024: "MICRO", 2025: "MICRO"}, "MICRO"),
        ({2022: "MEDIUM", 2023: "SMALL", 2024: "MICRO"}, "SMALL"),
        ({2022: "SMALL", 2023: "MEDIUM", 2024: "MICRO"}, "SMALL"),
    ],
)
def test_two_years_in_a_row_change_it(years, expected):
    found = status({year: Class[name] for year, name in years.items()})
    assert (found.name if found is not None else None) == expected


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ({2024: "SMALL"}, None),
        ({2019: "MEDIUM", 2025: "MICRO"}, 2024),
        ({2019: "MICRO", 2025: "MEDIUM"}, 2024),
        ({2019: "MICRO", 2024: "MEDIUM", 2025: "MEDIUM"}, None),
    ],
)
def test_the_year_that_is_missing_is_the_one_that_decides(years, expected):
    assert size_rules.missing_year({year: Class[name] for year, name in years.items()}) == expected


KEYS = st.sampled_from("abcde")
TIES = st.lists(
    st.builds(
        Tie,
        owner=KEYS,
        owned=KEYS,
        percent=st.decimals(0, 100, places=1),
        kind=st.sampled_from([Kind.ENTERPRISE, Kind.PERSON, Kind.EXEMPT, Kind.PUBLIC]),
        controls=st.booleans(),
    ).filter(lambda made: made.owner != made.owned),
    max_size=8,
)
KNOWN = st.fixed_dictionaries(
    {
        key: st.builds(Figures, st.decimals(0, 400, places=1), st.just(Decimal(0)), st.just(Decimal(0)))
        for key in "abcde"
    }
)


@given(TIES, KNOWN)
def test_more_is_never_less(ties, known):
    alone = result("a", [], known)
    whole = result("a", ties, known)
    assert whole.size >= alone.size
    assert whole.total.headcount <= sum(one.headcount for one in known.values())
    keys = [part.key for part in whole.parts]
    assert len(keys) == len(set(keys))
    assert "a" not in keys


@given(TIES, KNOWN)
def test_linked_enterprises_have_one_size(ties, known):
    group = size_rules.linked_with("a", ties)
    assert len({result(key, ties, known).total.headcount for key in group}) == 1


@given(st.dictionaries(st.integers(2015, 2025), st.sampled_from(list(Class)), max_size=8))
def test_one_year_that_differs_changes_nothing(years):
    now = status(years)
    if now is None:
        return
    last = max(years)
    assert status({**years, last + 1: now, last + 2: Class.LARGE}) == now
