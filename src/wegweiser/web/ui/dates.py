"""Dates as the reader's language writes them. Patterns are German, as the texts of the source are."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import get_language

# Django's own English is American: "m/d/Y" is another day to everybody here.
_NAMED = {"SHORT_DATE_FORMAT": "d.m.Y", "DATE_FORMAT": "j. F Y", "SHORT_DATETIME_FORMAT": "d.m.Y H:i"}
_ENGLISH = (
    *(("d.m.Y", "j M Y"), ("j.n.Y", "j M Y"), ("d.m.", "j M"), ("j.n.", "j M"), ("j. F", "j F")),
    *(("l, ", "l "), ("D, ", "D "), ("Y H:i", "Y, H:i")),
)


def written(moment: dt.date | dt.datetime, pattern: str) -> str:
    """`moment` by a German pattern, in the language that is on: `d.m.Y` gives `09.03.2026`, in English `9 Mar 2026`."""
    return date_format(moment, in_language(pattern))


def in_language(pattern: str) -> str:
    """A German pattern as the language that is on has it."""
    if (get_language() or "de")[:2] != "en":
        return pattern
    pattern = _NAMED.get(pattern, pattern)
    for german, english in _ENGLISH:
        pattern = pattern.replace(german, english)
    return pattern
