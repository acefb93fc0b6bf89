"""A time that the clock at the centre leaves out is an error at its field, wherever a date is entered."""

import datetime as dt

import pytest

from tests import contact_point
from wegweiser.kernel import clock
from wegweiser.web.desk.forms import ArrangeForm
from wegweiser.web.desk.series_forms import DateForm

LEFT_OUT = dt.date(2027, 3, 28)


@pytest.fixture(autouse=True)
def _now():
    with clock.stopped_at(contact_point.MONDAY):
        yield


@pytest.mark.parametrize(("time", "wrong"), [("02:30", ["time"]), ("03:30", [])])
def test_an_appointment(time, wrong):
    said = {"kind": "talk", "day": LEFT_OUT.isoformat(), "time": time, "minutes": "30"}
    assert list(ArrangeForm(said, can_invite=False).errors) == wrong


@pytest.mark.parametrize(
    ("starts", "ends", "wrong"),
    [("02:00", "04:00", ["starts"]), ("01:00", "02:59", ["ends"]), ("01:00", "03:00", [])],
)
def test_a_date_of_a_series(starts, ends, wrong):
    said = {"day": LEFT_OUT.isoformat(), "starts": starts, "ends": ends}
    assert list(DateForm(said, initial={}).errors) == wrong
