"""Names come to seats without moving anybody's code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.events.naming import Seating, seating

NAMES = st.lists(st.sampled_from(["", "Ada", "Bo", "Cem", "Dana"]), max_size=6)


@pytest.mark.parametrize(
    ("seats", "names", "places", "stay", "leaving"),
    [
        (["Ada", "", "Cem"], ["Ada", "", "Cem"], 3, ["Ada", "", "Cem"], []),
        (["Ada", "", "Cem"], ["Ada", "Cem"], 3, ["Ada", "", "Cem"], []),
        (["Ada", "Bo", "Cem"], ["Ada", "Cem"], 3, ["Ada", "", "Cem"], []),
        (["Ada", "Bo", "Cem"], ["Ada", "Cem"], 2, ["Ada", "Cem"], [1]),
        (["Ada", "Bo", "Cem"], ["Cem", "Ada", "Dana"], 3, ["Ada", "Dana", "Cem"], []),
        (["Ada", "", ""], ["Ada", "Bo"], 3, ["Ada", "Bo", ""], []),
        (["Ada", "", "Cem", ""], ["Ada", "Cem"], 2, ["Ada", "Cem"], [1, 3]),
        (["Ada"], ["Ada", "Bo"], 2, ["Ada", "Bo"], []),
        (["Ada"], ["Ada", "Bo"], 1, ["Ada", "Bo"], []),  # one too many, which the action refuses
    ],
)
def test_whoever_is_named_keeps_the_seat(seats, names, places, stay, leaving):
    assert seating(seats=seats, names=names, places=places) == Seating(stay, frozenset(leaving))


@given(seats=NAMES, names=NAMES, places=st.integers(1, 6))
def test_no_name_is_lost_and_none_that_stays_changes_its_seat(seats, names, places):
    found = seating(seats=seats, names=names, places=places)
    stay = [name for number, name in enumerate(seats) if number not in found.leaving]
    assert sorted(filter(None, found.names)) == sorted(filter(None, names))
    for before, after in zip(stay, found.names, strict=False):
        if before and after != before:
            assert names.count(before) < seats.count(before)
