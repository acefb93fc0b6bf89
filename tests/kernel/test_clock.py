"""What the clock at the centre shows on the day it is put forward and on the day it is put back."""

import datetime as dt

import pytest

from wegweiser.kernel import clock


@pytest.mark.parametrize(
    ("day", "time", "shown"),
    [
        (dt.date(2027, 3, 28), dt.time(1, 59), True),
        (dt.date(2027, 3, 28), dt.time(2, 0), False),
        (dt.date(2027, 3, 28), dt.time(2, 30), False),
        (dt.date(2027, 3, 28), dt.time(3, 0), True),
        (dt.date(2027, 10, 31), dt.time(2, 30), True),
        (dt.date(2027, 3, 29), dt.time(2, 30), True),
    ],
)
def test_an_hour_is_left_out_when_the_clock_is_put_forward(day, time, shown):
    assert clock.shows(day, time) is shown


@pytest.mark.parametrize(
    ("day", "time", "twice"),
    [
        (dt.date(2027, 10, 31), dt.time(1, 59), False),
        (dt.date(2027, 10, 31), dt.time(2, 0), True),
        (dt.date(2027, 10, 31), dt.time(2, 59), True),
        (dt.date(2027, 10, 31), dt.time(3, 0), False),
        (dt.date(2027, 3, 28), dt.time(2, 30), False),
    ],
)
def test_an_hour_comes_twice_when_the_clock_is_put_back(day, time, twice):
    assert clock.shows_twice(day, time) is twice
