"""How a day is written in words. German has a dot and commas that English has not, so nobody asks for one alone."""

import datetime as dt
import re

from django.utils.formats import date_format
from django.utils.translation import get_language

IN_WORDS = "j. F Y"


def on(day: dt.date, pattern: str = IN_WORDS) -> str:
    """The day in the language that is on: "2. Oktober 2025", "2 October 2025"; `pattern` as the German one is."""
    return date_format(day, pattern if (get_language() or "de") == "de" else re.sub(r"[.,]", "", pattern))


def short(day: dt.date) -> str:
    """The day where there is little room: "02.10.2025", "2 Oct 2025"."""
    return date_format(day, "d.m.Y" if (get_language() or "de") == "de" else "j M Y")
