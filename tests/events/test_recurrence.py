"""The days of a series, as properties: how many, in order, none twice, the same weekday, the same hour on the wall."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.events import recurrence, shifting
from wegweiser.events.recurrence import MOST, Pattern, Rule
from wegweiser.kernel import clock

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31))
PATTERNS = st.builds(
    Pattern,
    rule=st.sampled_from(Rule),
    first=DAYS,
    every=st.integers(1, 6),
    count=st.integers(0, 80),
    until=st.none() | DAYS,
)
TIMES = st.times(dt.time(4), dt.time(22)).map(lambda time: time.replace(second=0, microsecond=0))


@given(PATTERNS)
def test_the_days_are_in_order_none_twice_and_within_what_was_asked(pattern):
    found = recurrence.days(pattern)
    assert found == sorted(set(found))
    assert len(found) <= min(pattern.count, MOST)
    assert all(pattern.first <= day <= (pattern.until or dt.date.max) for day in found)


@given(DAYS, st.integers(1, 6), st.integers(1, 30))
def test_weeks_are_weeks(first, every, count):
    found = recurrence.days(Pattern(rule=Rule.WEEKLY, first=first, every=every, count=count))
    assert len(found) == count
    assert {(day - first).days % (7 * every) for day in found} == {0}


@given(DAYS, st.integers(1, 6))
def test_the_nth_weekday_stays_the_nth(first, every):
    found = recurrence.days(Pattern(rule=Rule.WEEKDAY, first=first, every=every, count=12))
    assert found[0] == first
    assert {(day.weekday(), recurrence.place_in_month(day)) for day in found} == {
        (first.weekday(), recurrence.place_in_month(first))
    }
    assert {((day.year - first.year) * 12 + day.month - first.month) % every for day in found} == {0}


@given(DAYS, st.integers(1, 6))
def test_the_last_weekday_has_none_after_it_in_its_month(first, every):
    found = recurrence.days(Pattern(rule=Rule.LAST, first=first, every=every, count=12))
    assert all((day + dt.timedelta(days=7)).month != day.month for day in found)
    assert {day.weekday() for day in found} == {first.weekday()}


@given(PATTERNS)
def test_every_month_that_a_rule_looks_at_has_a_day_or_is_named(pattern):
    found, left = recurrence.days(pattern), recurrence.skipped(pattern)
    if pattern.rule in {Rule.WEEKLY, Rule.LAST, Rule.END} or not found:
        assert not left
        return
    numbers = sorted({day.year * 12 + day.month for day in [*found, *left]})
    assert len(numbers) == len(found) + len(left)
    assert {later - one for one, later in itertools.pairwise(numbers)} <= {pattern.every}


@given(DAYS, st.integers(1, 6))
def test_the_last_day_of_the_month_is_followed_by_the_next_month(first, every):
    found = recurrence.days(Pattern(rule=Rule.END, first=first, every=every, count=9))
    assert len(found) == 9
    assert {(day + dt.timedelta(days=1)).day for day in found} == {1}


@given(DAYS, st.integers(1, 6))
def test_a_month_without_the_day_is_left_out(first, every):
    found = recurrence.days(Pattern(rule=Rule.DAY, first=first, every=every, count=12))
    assert {day.day for day in found} == {first.day}


@given(PATTERNS, TIMES, st.integers(0, 16 * 60))
def test_the_clock_on_the_wall_shows_the_same_time_on_every_day(pattern, time, length):
    spans = recurrence.moments(recurrence.days(pattern), time=time, length=dt.timedelta(minutes=length))
    assert {clock.local(starts).time() for starts, _ends in spans} <= {time}
    ends = (dt.datetime.combine(dt.date(2026, 1, 1), time) + dt.timedelta(minutes=length)).time()
    if dt.time(4) <= ends:  # at night an hour is there twice, or not at all
        assert {clock.local(end).time() for _starts, end in spans} <= {ends}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Rule.DAY, ["2026-01-31", "2026-03-31", "2026-05-31"]),
        (Rule.WEEKDAY, ["2026-01-31", "2026-05-30", "2026-08-29"]),
        (Rule.LAST, ["2026-01-31", "2026-02-28", "2026-03-28"]),
    ],
)
def test_the_rules_by_example(rule, expected):
    found = recurrence.days(Pattern(rule=rule, first=dt.date(2026, 1, 31), count=3))
    assert [day.isoformat() for day in found] == expected


@given(DAYS, DAYS, TIMES, TIMES)
def test_what_moves_along_keeps_its_distance_on_the_wall(old, new, time, moved):
    one, other = clock.at(old, time), clock.at(new, moved)
    later = shifting.wall(one + dt.timedelta(minutes=30), one, other)
    assert shifting.later(f"{time:%H:%M}", 30) == f"{clock.local(one + dt.timedelta(minutes=30)):%H:%M}"
    assert f"{clock.local(later):%H:%M}" == shifting.later(f"{moved:%H:%M}", 30)
    assert shifting.later(f"{time:%H:%M}", shifting.minutes(one, other)) == f"{moved:%H:%M}"
