"""Days that nobody means are refused, and no form asks for a day in another way."""

import datetime as dt
from pathlib import Path

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

import wegweiser.web
from wegweiser.kernel import clock
from wegweiser.web.ui import days

FAR = ["0001-01-01", "0026-03-02", "1989-12-31", "2101-01-01", "9999-12-31"]


class Form(forms.Form):
    day = days.DayField()


@pytest.mark.parametrize("text", [*FAR, "", "gestern", "2026-02-30", "2026-1-1"])
def test_what_is_no_day_or_far_away_is_none(text):
    assert days.day(text) is None


@given(st.dates())
def test_a_form_takes_the_days_that_an_address_may_name(day):
    form = Form({"day": day.isoformat()})
    assert form.is_valid() is (days.day(day.isoformat()) is not None)
    if form.is_valid():
        assert form.cleaned_data["day"] == day


@pytest.mark.parametrize("day", [days.FIRST, days.LAST])
def test_the_ends_have_neighbours_and_a_moment(day):
    for near in (day - dt.timedelta(days=1), day, day + dt.timedelta(days=1)):
        assert clock.local(clock.at(near)).date() == near


@pytest.mark.parametrize("text", FAR)
def test_why_a_day_is_refused_is_said(text):
    assert Form({"day": text}).errors["day"][0].startswith("Das Jahr liegt zu weit")


def test_every_form_asks_for_a_day_with_this_field():
    sources = [path for path in Path(wegweiser.web.__file__).parent.rglob("*.py") if path.name != "days.py"]
    assert len(sources) > 50
    assert not [path.name for path in sources if "forms.DateField" in path.read_text()]
