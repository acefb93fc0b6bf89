"""Statements of a grant: one a year while it runs on, and the last six months after its end."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from wegweiser.funding.deadlines import WORDS, Deadline, deadlines, months_later, upcoming

TERM = {"starts_on": dt.date(2017, 8, 1), "ends_on": dt.date(2020, 7, 31)}


def test_the_first_grant_of_magdeburg():
    assert deadlines(**TERM) == [
        Deadline(dt.date(2018, 4, 30), "interim_statement", 2017),
        Deadline(dt.date(2019, 4, 30), "interim_statement", 2018),
        Deadline(dt.date(2020, 4, 30), "interim_statement", 2019),
        Deadline(dt.date(2021, 1, 31), "final_statement"),
    ]


def test_a_deadline_of_today_is_still_to_come():
    assert upcoming(on=dt.date(2020, 4, 30), **TERM)[0].day == dt.date(2020, 4, 30)
    assert upcoming(on=dt.date(2020, 5, 1), **TERM)[0].key == "final_statement"
    assert upcoming(on=dt.date(2021, 2, 1), **TERM) == []


def test_a_shorter_month_ends_earlier():
    assert months_later(dt.date(2026, 8, 31), 6) == dt.date(2027, 2, 28)


@given(st.dates(dt.date(2012, 1, 1), dt.date(2040, 1, 1)), st.integers(0, 2_000))
def test_every_grant_has_one_last_statement_and_words_for_each(start, days):
    end = start + dt.timedelta(days=days)
    found = deadlines(starts_on=start, ends_on=end)
    assert [deadline.key for deadline in found].count("final_statement") == 1
    assert found[-1].key == "final_statement"
    assert all(deadline.key in WORDS and deadline.day > start for deadline in found)
