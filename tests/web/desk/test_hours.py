"""A time that the clock at the centre leaves out is an error at its field, wherever a date is entered."""

import datetime as dt

import pytest

from tests import contact_point
from wegweiser.catalogue.models import Draft
from wegweiser.events.models import Event
from wegweiser.kernel import clock
from wegweiser.web.desk.case_dates import ArrangeForm
from wegweiser.web.desk.series_forms import DateForm, PatternForm

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


def test_an_hour_that_comes_twice_is_no_time_either():
    said = {"kind": "talk", "day": "2027-10-31", "time": "02:30", "minutes": "30"}
    assert "zweimal" in ArrangeForm(said, can_invite=False).errors["time"][0]


def pattern(**given):
    source = Event(draft=Draft(is_template=True))
    said = {"regel": "weekly", "alle": "1", "anzahl": "4", "ab": "2027-03-14", "von": "02:30", "ende": "04:00"}
    return PatternForm(said | given, source=source)


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, {"von": ["2:30 Uhr gibt es am 28. März 2027 nicht: Die Uhr wird in der Nacht vorgestellt."]}),
        ({"von": "01:00", "ende": "02:15"}, {"ende": ["2:15 Uhr gibt es am 28. März 2027 nicht: "]}),
        ({"ab": "2027-10-17"}, {"von": ["2:30 Uhr gibt es am 31. Oktober 2027 zweimal: "]}),
        ({"anzahl": "2"}, {}),
        ({"von": "03:00"}, {}),
    ],
)
def test_every_date_that_a_rule_makes(given, wrong):
    found = pattern(**given).errors
    assert found.keys() == wrong.keys()
    for name, (begin,) in wrong.items():
        (said,) = found[name]
        assert said.startswith(begin)


def test_a_course_over_night_ends_on_the_day_on_which_it_ends():
    said = {"day": "2027-03-27", "starts": "20:00", "ends": "02:30"}
    assert list(DateForm(said, initial={}, more_days=1).errors) == ["ends"]
    assert not DateForm(said | {"day": "2027-03-26"}, initial={}, more_days=1).errors
