"""Sheets, paper and the forms of offers show the clock that the rest of the house shows: TIME_ZONE."""

import datetime as dt

import pytest

from wegweiser.documents import values
from wegweiser.kernel import clock
from wegweiser.web.desk import editing_values

NOON = dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(("zone", "hour"), [("Europe/Berlin", 14), ("Atlantic/Azores", 12), ("Europe/Helsinki", 15)])
def test_there_is_one_zone(settings, zone, hour):
    settings.TIME_ZONE = zone
    assert (values.local(NOON).hour, values.local(NOON).tzinfo) == (hour, None)
    assert clock.local(NOON).hour == hour
    assert editing_values.written(dt.date(2026, 7, 1), dt.time(hour)) == NOON.isoformat()
