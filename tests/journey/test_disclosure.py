"""No outsider can work out a cell under five, whatever the cells are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.journey import disclosure
from wegweiser.journey.disclosure import LEAST


@pytest.mark.parametrize(
    ("cells", "hidden"),
    [
        ({"a": 12, "b": 40}, ""),
        ({"a": 12, "b": 0}, ""),
        ({"a": 3, "b": 40, "c": 9}, "ac"),
        ({"a": 3, "b": 4, "c": 9}, "ab"),
        ({"a": 1, "b": 1, "c": 9, "d": 30}, "abc"),
        ({"a": 2}, "a"),
    ],
)
def test_small_cells_take_a_neighbour_with_them(cells, hidden):
    assert disclosure.hidden(cells) == set(hidden)


def possible(shown, total):
    """By brute reasoning: the lowest and the highest value of each hidden cell that fits to what is shown.

    An outsider knows the total, and that a hidden cell has at least one.
    """
    keys = [key for key, value in shown.items() if value is None]
    rest = total - sum(value for value in shown.values() if value is not None)
    return {key: (1, rest - (len(keys) - 1)) for key in keys}, rest


@given(st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 40), max_size=9))
def test_what_is_hidden_cannot_be_computed(cells):
    shown, total = disclosure.shown(cells)
    assert set(shown) == set(cells)
    for key, value in shown.items():
        assert value is None or (value == cells[key] and not 0 < value < LEAST)
    assert total is None or total == sum(cells.values())
    if total is None or None not in shown.values():
        return
    ranges, rest = possible(shown, total)
    assert rest >= LEAST  # nor is the group of all hidden ones a small one
    for key, (low, high) in ranges.items():
        assert low <= cells[key] <= high
        assert low < high, f"{key} can only be {low}"


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 4), min_size=1))
def test_a_total_under_five_is_hidden_with_all_its_cells(cells):
    shown, total = disclosure.shown(cells)
    if 0 < sum(cells.values()) < LEAST:
        assert total is None
        assert all(value is None or cells[key] == 0 for key, value in shown.items())


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(5, 400)))
def test_large_cells_are_all_shown(cells):
    assert disclosure.shown(cells) == (cells, sum(cells.values()))
