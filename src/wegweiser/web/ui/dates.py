"""Dates as the reader's language writes them. Patterns are German, as the texts of the source are.

How English writes them stands in `config.formats.en` alone: Django's own is American, and "m/d/Y" is another day to
everybody here.
"""

import datetime as dt
from functools import cache

from django.utils.formats import date_format, get_format
from django.utils.translation import get_language


def written(moment: dt.date | dt.datetime, pattern: str) -> str:
    """`moment` by a German pattern, in the language that is on: `d.m.Y` gives `09.03.2026`, in English `9 Mar 2026`."""
    return date_format(moment, in_language(pattern))


def in_language(pattern: str) -> str:
    """A German pattern as the language that is on has it; the name of a format Django looks up by itself."""
    if (get_language() or "de")[:2] != "en":
        return pattern
    for german, english in _english():
        pattern = pattern.replace(german, english)
    return pattern


@cache
def _english() -> tuple[tuple[str, str], ...]:
    short, day = (str(get_format(name, lang="en")) for name in ("SHORT_DATE_FORMAT", "MONTH_DAY_FORMAT"))
    brief = short.removesuffix(" Y")
    return (
        *(("d.m.Y", short), ("j.n.Y", short), ("d.m.", brief), ("j.n.", brief), ("j. F", day)),
        *(("l, ", "l "), ("D, ", "D "), ("Y H:i", "Y, H:i")),
    )
