"""A day in words follows the language: English has no dot behind the day and no comma in it."""

import datetime as dt

import pytest
from django.utils.translation import override

from wegweiser.kernel import days

DAY = dt.date(2025, 10, 2)


@pytest.mark.parametrize(
    ("language", "written", "weekday", "short"),
    [
        ("de", "2. Oktober 2025", "Donnerstag, 2. Oktober", "02.10.2025"),
        ("en", "2 October 2025", "Thursday 2 October", "2 Oct 2025"),
    ],
)
def test_a_day_is_written_as_its_language_writes_it(language, written, weekday, short):
    with override(language):
        assert (days.on(DAY), days.on(DAY, "l, j. F"), days.short(DAY)) == (written, weekday, short)
