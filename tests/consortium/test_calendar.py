"""When somebody picks up the phone. December 2026: the 24th is a Thursday."""

import datetime as dt
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.consortium import calendar
from wegweiser.consortium.models import Centre

BERLIN = ZoneInfo("Europe/Berlin")
HOURS = [
    {"weekdays": ["mon", "tue", "wed", "thu"], "from": "08:30", "to": "16:30"},
    {"weekdays": ["fri"], "from": "08:30", "to": "13:00"},
]


def centre(land="ST", hours=HOURS):
    return Centre(land=land, time_zone="Europe/Berlin", office_hours=hours, answer_within_working_days=2)


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("moment", "until", "again"),
    [
        ("2026-11-23T09:00", "2026-11-23T16:30", None),
        ("2026-11-23T08:30", "2026-11-23T16:30", None),
        ("2026-11-23T16:30", None, "2026-11-24T08:30"),
        ("2026-11-23T06:00", None, "2026-11-23T08:30"),
        ("2026-11-27T13:00", None, "2026-11-30T08:30"),  # Friday afternoon: Monday
        ("2026-12-24T17:00", None, "2026-12-28T08:30"),  # two holidays and a weekend
        ("2027-01-05T17:00", None, "2027-01-07T08:30"),  # Epiphany counts in this Land
    ],
)
def test_reachable_until_or_again_from(moment, until, again):
    found = calendar.reachability(centre(), at(moment))
    assert (found.until, found.again) == (until and at(until), again and at(again))
    assert found.now is bool(until)


def test_holidays_are_those_of_the_land():
    assert calendar.reachability(centre("NI"), at("2027-01-05T17:00")).again == at("2027-01-06T08:30")


def test_lunch_breaks_are_two_rows():
    hours = [
        {"weekdays": ["mon"], "from": "13:00", "to": "16:00"},
        {"weekdays": ["mon"], "from": "09:00", "to": "12:00"},
    ]
    assert calendar.reachability(centre(hours=hours), at("2026-11-23T12:30")).again == at("2026-11-23T13:00")


def test_a_centre_without_office_hours_promises_nothing():
    assert calendar.reachability(centre(hours=[]), at("2026-11-23T12:30")) == calendar.Reachability(now=False)


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        ("2026-11-23", 2, "2026-11-25"),
        ("2026-11-27", 1, "2026-11-30"),
        ("2026-11-28", 0, "2026-11-30"),
        ("2026-11-28", 1, "2026-11-30"),
        ("2026-12-23", 2, "2026-12-28"),
    ],
)
def test_working_days_skip_weekends_and_holidays(day, days, expected):
    found = calendar.add_working_days(dt.date.fromisoformat(day), days, land="ST")
    assert found == dt.date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        ("2026-11-25", 1, "2026-11-25"),
        ("2026-11-28", 1, "2026-11-30"),  # Saturday
        ("2026-12-24", 1, "2026-12-28"),  # Christmas Eve, two holidays, a Sunday
        ("2026-12-23", 1, "2026-12-23"),
        ("2026-12-23", 2, "2026-12-28"),
        ("2026-12-30", 2, "2027-01-04"),  # New Year's Eve on its second day
        ("2027-01-05", 2, "2027-01-07"),  # Epiphany
    ],
)
def test_nothing_is_held_on_holidays_and_their_eves(day, days, expected):
    found = calendar.first_free(dt.date.fromisoformat(day), days=days, land="ST")
    assert found == dt.date.fromisoformat(expected)


@given(st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31)), st.integers(1, 3), st.sampled_from(["ST", "NI", "BY"]))
def test_the_first_free_days_are_free_and_near(day, days, land):
    found = calendar.first_free(day, days=days, land=land)
    assert 0 <= (found - day).days <= 14
    assert calendar.first_free(found, days=days, land=land) == found
    assert not any(calendar.is_holiday(found + dt.timedelta(days=n), land=land) for n in range(days))


@pytest.mark.parametrize(
    "land", ["BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH"]
)
def test_one_country_by_itself_has_the_holidays_it_has_among_all(land):
    for year in (2017, 2024, 2026, 2031):
        among_all = holidays.country_holidays("DE", subdiv=land, years=year)
        told = [dt.date(year, 1, 1) + dt.timedelta(days=number) for number in range(365)]
        assert [day for day in told if calendar.is_holiday(day, land=land)] == [day for day in told if day in among_all]


DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31))


@pytest.mark.parametrize(
    ("asked", "days", "due"),
    [
        ("2026-10-29", 2, "2026-11-02"),  # Reformation Day 2026 is a Saturday
        ("2025-10-30", 2, "2025-11-04"),  # and 2025 a Friday
        ("2027-01-05", 1, "2027-01-07"),  # Epiphany
        ("2026-12-23", 2, "2026-12-28"),  # the 24th is a working day, Christmas is not
        ("2026-04-02", 1, "2026-04-07"),  # Good Friday, Easter Monday
    ],
)
def test_an_answer_is_due_in_working_days_of_saxony_anhalt(asked, days, due):
    assert calendar.add_working_days(dt.date.fromisoformat(asked), days, land="ST") == dt.date.fromisoformat(due)


@given(day=DAYS, days=st.integers(1, 15))
def test_as_many_working_days_lie_between_as_were_added(day, days):
    due = calendar.add_working_days(day, days, land="ST")
    assert calendar.is_working_day(due, land="ST")
    assert calendar.working_days_between(day, due, land="ST") == days


@given(day=DAYS, days=st.integers(1, 15))
def test_from_a_working_day_there_and_back_is_the_same_day(day, days):
    day = calendar.add_working_days(day, 0, land="ST")
    assert calendar.working_days_before(calendar.add_working_days(day, days, land="ST"), days, land="ST") == day


@given(start=DAYS, more=st.integers(0, 40), further=st.integers(0, 40))
def test_working_days_of_two_spans_add_up(start, more, further):
    middle, end = start + dt.timedelta(days=more), start + dt.timedelta(days=more + further)
    parts = [calendar.working_days_between(*span, land="ST") for span in ((start, middle), (middle, end))]
    assert calendar.working_days_between(start, end, land="ST") == sum(parts)


TURN_OF_THE_YEAR = [{"from": "12-23", "to": "01-01"}]
BRIDGE = [{"from": "2027-05-07", "to": "2027-05-07"}]


@pytest.mark.parametrize(
    ("day", "closed", "is_open"),
    [
        ("2026-12-22", TURN_OF_THE_YEAR, True),
        ("2026-12-23", TURN_OF_THE_YEAR, False),
        ("2026-12-31", TURN_OF_THE_YEAR, False),
        ("2031-12-30", TURN_OF_THE_YEAR, False),
        ("2027-01-04", TURN_OF_THE_YEAR, True),
        ("2027-05-07", BRIDGE, False),
        ("2028-05-08", BRIDGE, True),
    ],
)
def test_a_centre_is_closed_when_it_says_so(day, closed, is_open):
    assert calendar.is_working_day(dt.date.fromisoformat(day), land="ST", closed=closed) is is_open


def test_while_it_is_closed_nobody_answers_the_phone_and_no_answer_is_promised():
    closed = centre()
    closed.closed_days = TURN_OF_THE_YEAR
    assert calendar.reachability(closed, at("2026-12-22T17:00")).again == at("2027-01-04T08:30")
    assert calendar.office_hours(closed, dt.date(2026, 12, 28)) == []
    assert calendar.answer_by(closed, dt.date(2026, 12, 22)) == dt.date(2027, 1, 5)
    tuesday, monday = dt.date(2026, 12, 22), dt.date(2027, 1, 4)
    assert calendar.working_days_between(tuesday, monday, land="ST", closed=TURN_OF_THE_YEAR) == 1
    assert calendar.working_days_before(monday, 1, land="ST", closed=TURN_OF_THE_YEAR) == tuesday
