"""How English writes a day stands in one place, and phone numbers look the same on pages, papers and in mails."""

import datetime as dt
import importlib
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.formats import date_format

from wegweiser.companies import phones
from wegweiser.web.ui import dates
from wegweiser.web.ui.templatetags import ui

FORMATS = importlib.import_module("wegweiser.config.formats.en.formats")
MOMENT = dt.datetime(2026, 3, 9, 10, 5)  # noqa: DTZ001 - only written


@pytest.mark.parametrize("name", ["DATE_FORMAT", "SHORT_DATE_FORMAT", "SHORT_DATETIME_FORMAT", "MONTH_DAY_FORMAT"])
def test_a_named_format_is_the_one_of_the_formats(name):
    with translation.override("en"):
        assert dates.written(MOMENT, name) == date_format(MOMENT, getattr(FORMATS, name))


@pytest.mark.parametrize(
    ("pattern", "name"),
    [("d.m.Y", "SHORT_DATE_FORMAT"), ("j. F", "MONTH_DAY_FORMAT"), ("d.m.Y H:i", "SHORT_DATETIME_FORMAT")],
)
def test_a_german_pattern_is_written_by_the_same_format(pattern, name):
    with translation.override("en"):
        assert dates.in_language(pattern) == getattr(FORMATS, name)


def test_no_module_but_the_formats_writes_an_english_day():
    assert "j M" not in Path(dates.__file__).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("+493915448619", "0391 5448619"),
        ("+43512507", "+43 512 507"),
        ("+49 30 23125-100", "+49 30 23125-100"),
        ("030 23125-100", "030 23125-100"),
        ("Zentrale", "Zentrale"),
        ("", ""),
    ],
)
def test_a_number_that_somebody_grouped_stays_and_a_bare_one_is_grouped(stored, shown):
    assert phones.shown(stored) == ui.phone(stored) == shown
