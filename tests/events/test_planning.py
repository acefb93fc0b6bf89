"""What speaks against a day, also where it is not the first one of what lasts longer."""

import datetime as dt

import pytest

from wegweiser.events import planning
from wegweiser.kernel import clock


@pytest.mark.parametrize(
    ("starts", "ends", "holiday", "weekend"),
    [
        ((2026, 4, 29, 10), (2026, 4, 29, 12), "", False),
        ((2026, 5, 1, 10), (2026, 5, 1, 12), "Erster Mai", False),
        ((2026, 4, 30, 10), (2026, 5, 1, 12), "Erster Mai", False),
        ((2026, 4, 30, 20), (2026, 5, 1, 1), "", False),  # an evening past midnight is no second day
        ((2026, 4, 24, 10), (2026, 4, 25, 12), "", True),
        ((2026, 4, 24, 20), (2026, 4, 25, 1), "", False),
        ((2026, 4, 13, 9), (2026, 4, 23, 18), "", False),  # over a weekend, which nobody takes for one of its days
    ],
)
def test_each_day_of_what_lasts_longer_is_looked_at(starts, ends, holiday, weekend):
    span = tuple(clock.at(dt.date(*day), dt.time(hour)) for *day, hour in (starts, ends))
    (found,) = planning.noted([span], partner=None, land="NI")
    assert (found.holiday, found.weekend) == (holiday, weekend)


def test_a_day_on_which_nobody_is_at_the_centre_is_not_free():
    span = clock.at(dt.date(2026, 4, 28), dt.time(10)), clock.at(dt.date(2026, 4, 29), dt.time(12))
    (found,) = planning.noted([span], partner=None, land="NI", closed=[{"from": "2026-04-29", "to": "2026-04-30"}])
    assert found.closed
    assert not found.is_free
