"""No outsider can work out a cell under five, whatever the cells are and whatever the outsider knows of the rule."""

from collections.abc import Iterator

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from wegweiser.journey import disclosure
from wegweiser.journey.disclosure import LEAST

ONES = {"a": 1, "b": 1, "c": 1, "d": 1, "e": 1}


@pytest.mark.parametrize(
    ("cells", "hidden"),
    [
        ({"a": 12, "b": 40}, ""),
        ({"a": 12, "b": 0}, ""),
        ({"a": 3, "b": 40, "c": 9}, "ac"),
        ({"a": 3, "b": 4, "c": 9}, "ab"),
        ({"a": 1, "b": 1, "c": 9, "d": 30}, "abc"),
        ({**ONES, "f": 20}, "abcdef"),  # five hidden ones with the sum five would each be one
        ({"a": 4, "b": 4, "c": 5, "d": 20}, "abc"),  # the rule would tell that two hidden ones with the sum eight are
        ({"a": 5, "b": 5, "c": 4, "d": 20}, "abc"),  # nor does the order of the keys tell which of two fives is hidden
    ],
)
def test_small_cells_take_so_many_with_them_that_none_can_be_worked_out(cells, hidden):
    assert disclosure.hidden(cells) == set(hidden)


@pytest.mark.parametrize("cells", [{"a": 2}, {"a": 2, "b": 1}, {"a": 3, "b": 3}, ONES, {"a": 4, "b": 0}])
def test_where_hiding_all_would_not_do_nothing_is_told(cells):
    assert disclosure.hidden(cells) is None
    assert disclosure.shown(cells) is None


def old_rule(cells):
    """As it was until November 2026: enough that two are hidden and that their sum is five."""
    found = {key for key, value in cells.items() if 0 < value < LEAST}
    others = sorted((value, key) for key, value in cells.items() if value >= LEAST)
    while found and others and (len(found) < 2 or sum(cells[key] for key in found) < LEAST):
        found.add(others.pop(0)[1])
    return frozenset(found)


def highest(keys, cells) -> int:
    """What one hidden cell holds at most, for who subtracts what is shown from the total."""
    return sum(cells[key] for key in keys) - (len(keys) - 1)


some_cells = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 40), max_size=9)


@given(some_cells)
@example({**ONES, "f": 20})
def test_who_subtracts_cannot_tell_that_a_hidden_cell_is_under_five(cells):
    shown = disclosure.shown(cells)
    assume(shown is not None)
    assert set(shown) == set(cells)
    assert all(value is None or (value == cells[key] and not 0 < value < LEAST) for key, value in shown.items())
    keys = {key for key, value in shown.items() if value is None}
    if keys:
        assert len(keys) >= 2
        assert highest(keys, cells) >= LEAST


def test_the_old_rule_let_one_subtract():
    cells = {**ONES, "f": 20}
    assert highest(old_rule(cells), cells) == 1


def sums(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """All ways to write `total` as so many numbers from one on, in their order."""
    if parts == 1:
        yield (total,)
        return
    for first in range(1, total - parts + 2):
        for rest in sums(total - first, parts - 1):
            yield (first, *rest)


def worlds(rule, cells) -> list[tuple[int, ...]]:
    """What the hidden cells may hold, for who tries every possibility and knows the rule."""
    keys = rule(cells)
    names, total = sorted(keys), sum(cells[key] for key in keys)
    seen = {key: value for key, value in cells.items() if key not in keys}
    guesses = ({**seen, **dict(zip(names, guess, strict=True))} for guess in sums(total, len(names)))
    return [tuple(guess[name] for name in names) for guess in guesses if rule(guess) == keys]


@given(st.dictionaries(st.sampled_from("abcde"), st.integers(1, 7), min_size=1))
@example({"a": 4, "b": 4, "c": 5})
@example({"a": 5, "b": 5, "c": 4})
def test_who_knows_the_rule_is_left_with_two_values_for_each_hidden_cell(cells):
    assume(disclosure.hidden(cells))
    found = worlds(disclosure.hidden, cells)
    assert tuple(cells[key] for key in sorted(disclosure.hidden(cells))) in found
    for values in zip(*found, strict=True):
        assert len(set(values)) >= 2


@pytest.mark.parametrize("cells", [{"b": 4, "c": 4, "a": 5}, {"a": 5, "b": 5, "c": 4}])
def test_who_knew_the_old_rule_was_left_with_one(cells):
    assert any(len(set(values)) == 1 for values in zip(*worlds(old_rule, cells), strict=True))


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(5, 400)))
def test_large_cells_are_all_shown(cells):
    assert disclosure.shown(cells) == cells
