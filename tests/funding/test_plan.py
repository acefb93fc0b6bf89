"""Where a grant should stand: nothing before it begins, all of it at its end, and the light by what is due."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.funding import plan
from wegweiser.funding.plan import State

TERM = {"start": dt.date(2026, 1, 1), "end": dt.date(2026, 12, 31)}


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (dt.date(2025, 12, 31), 0),
        (dt.date(2026, 1, 1), 1),
        (dt.date(2026, 3, 14), 73),
        (dt.date(2026, 12, 31), 365),
        (dt.date(2027, 5, 1), 365),
    ],
)
def test_each_day_of_the_term_the_same_share_falls_due(day, due):
    assert plan.due(Decimal(365), day=day, **TERM) == due


@given(days=st.lists(st.dates(dt.date(2025, 6, 1), dt.date(2027, 6, 1)), min_size=2), target=st.integers(0, 10_000))
def test_what_is_due_never_shrinks_and_never_exceeds_the_target(days, target):
    found = [plan.due(Decimal(target), day=day, **TERM) for day in sorted(days)]
    assert found == sorted(found)
    assert all(0 <= value <= target for value in found)


@pytest.mark.parametrize(
    ("actual", "due", "state"),
    [(100, 100, State.GOOD), (99, 100, State.NEAR), (90, 100, State.NEAR), (89, 100, State.BEHIND), (0, 0, State.GOOD)],
)
def test_the_light(actual, due, state):
    assert plan.state(actual, Decimal(due)) == state
    assert plan.WORDS[state]
