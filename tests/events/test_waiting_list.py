"""The rule of the line, on plain numbers."""

from hypothesis import given
from hypothesis import strategies as st

from wegweiser.events.waiting_list import Waiting, fits, free, moving_up

lines = st.lists(st.integers(1, 6), max_size=12).map(
    lambda sizes: [Waiting(number, places) for number, places in enumerate(sizes)]
)
capacities = st.integers(0, 12)


def served(capacity: int, taken: int, line: list[Waiting], *, fill: bool) -> list[int]:
    return [row.id for row in moving_up(capacity=capacity, taken=taken, line=line, fill=fill)]


def test_a_group_that_does_not_fit_yet_holds_up_those_behind_it():
    assert served(5, 3, [Waiting(1, 3), Waiting(2, 1)], fill=False) == []


def test_with_fill_whoever_fits_goes_first():
    assert served(5, 3, [Waiting(1, 3), Waiting(2, 1)], fill=True) == [2]


def test_a_group_larger_than_the_whole_pool_holds_up_nobody():
    assert served(5, 3, [Waiting(1, 6), Waiting(2, 2)], fill=False) == [2]


def test_somebody_new_does_not_pass_who_waits():
    assert not fits(free=2, places=1, somebody_waits=True, fill=False)
    assert fits(free=2, places=1, somebody_waits=True, fill=True)
    assert not fits(free=2, places=3, somebody_waits=False, fill=True)


def test_nothing_is_free_where_more_are_taken_than_there_are():
    assert free(capacity=3, taken=5) == 0


@given(lines, capacities, capacities, st.booleans())
def test_never_more_than_are_free(line, capacity, taken, fill):
    moved = moving_up(capacity=capacity, taken=taken, line=line, fill=fill)
    assert sum(row.places for row in moved) <= max(capacity - taken, 0)


@given(lines, capacities, capacities, st.booleans())
def test_no_place_is_left_empty_while_the_first_who_could_ever_fit_fits(line, capacity, taken, fill):
    moved = moving_up(capacity=capacity, taken=taken, line=line, fill=fill)
    left = capacity - taken - sum(row.places for row in moved)
    waiting = [row for row in line if row not in moved and row.places <= capacity]
    assert all(row.places > left for row in (waiting if fill else waiting[:1]))


@given(lines, capacities, capacities)
def test_in_strict_order_nobody_is_passed_who_could_ever_fit(line, capacity, taken):
    possible = [row for row in line if row.places <= capacity]
    moved = moving_up(capacity=capacity, taken=taken, line=line, fill=False)
    assert moved == possible[: len(moved)]
