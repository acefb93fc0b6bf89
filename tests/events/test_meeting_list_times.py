"""Times in lists of who was there online: midnight, the end of a month, and what 45:12 means."""

import datetime as dt
import doctest

import pytest

from wegweiser.events import meeting_lists, meeting_times
from wegweiser.events.whose import NEARLY, PART, SAME, Guest, Register

TWO_HOURS = dt.timedelta(hours=2)


def minutes(came: str, went: str) -> int | None:
    return meeting_lists.take([["Name", "von", "bis"], ["Petra", came, went]]).rows[0].minutes


def lasted(*cells: str, lasts: dt.timedelta | None = TWO_HOURS) -> list[int]:
    lines = [["Name", "Dauer"], *([f"Gast {number}", cell] for number, cell in enumerate(cells))]
    return [row.minutes for row in meeting_lists.take(lines, lasts=lasts).rows]


@pytest.mark.parametrize(
    ("came", "went", "length"),
    [
        ("31.03.2026 23:50", "01.04.2026 00:10", 20),
        ("3/31/2026 11:50 PM", "4/1/2026 12:10 AM", 20),
        ("31.12.2025 23:50", "01.01.2026 00:10", 20),
        ("28.02.2026 23:00", "01.03.2026 01:00", 120),
        ("2026-03-02 23:50:00", "2026-03-03 00:10:00", 20),
        ("23:30", "00:15", 45),
        ("10:00", "11:00", 60),
        ("14:00", "13:00", None),  # nobody was there for 23 hours
        ("02.03.2026 12:00", "02.03.2026 10:00", None),  # the columns are the wrong way round
        ("12:15 am 03.11.2026", "13:00 am 03.11.2026", 45),  # German: at a quarter past twelve on the third
        ("12:15 AM", "1:00 AM", 45),
        ("11:30 p.m.", "12:15 a.m.", 45),
    ],
)
def test_how_long_lies_between_two_moments(came, went, length):
    assert minutes(came, went) == length


def test_minutes_and_seconds_are_no_hours_where_nobody_can_have_been_there_so_long():
    assert lasted("45:12", "90:00", "1:30") == [45, 90, 2]


def test_hours_and_minutes_stay_what_they_are():
    assert lasted("1:45", "0:20") == [105, 20]
    assert lasted("1:45:00", "0:20:30") == [105, 20]


def test_without_an_end_only_what_is_longer_than_a_day_is_no_hours():
    assert lasted("45:12", "5:00", lasts=None) == [45, 5]
    assert lasted("5:00", lasts=None) == [300]


def test_examples_in_the_docstrings_hold():
    assert doctest.testmod(meeting_times).failed == 0


@pytest.mark.parametrize(
    ("told", "named", "why"),
    [
        ("Anna", "Anna Schmitz", PART),
        ("Anna Schmidt", "Anna Schmitz", NEARLY),
        ("Petra Maier", "Peter Maier", NEARLY),
        ("Schmitz, Anna", "Anna Schmitz", SAME),
    ],
)
def test_a_suggestion_says_what_speaks_for_it(told, named, why):
    register = Register([Guest(1, named, "")])
    assert register.alike(told) == [(1, why)]
