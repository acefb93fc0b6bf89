"""Times as lists of who was there online say them: how long, from when to when, or only whether.

Pure. What a cell does not say is None and never 0: then somebody has to be asked.
"""

import datetime as dt
import re
from collections.abc import Iterable

from wegweiser.events.door import plain

DATES = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})")
TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(?:\s*([AaPp])\.?[Mm]\.?\s*$)?")
GERMAN = re.compile(r"(\d{1,2})(?:\.(\d{2}))?\s*Uhr|(\d{1,2})\.(\d{2})", re.IGNORECASE)
DAY = 24 * 60 * 60
UNITS = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*"
    r"(h|std|stunden?|hours?|hrs?|m|min|mins|minuten?|minutes?|s|sek|sekunden?|sec|seconds?)\b\.?"
)
CLOCK = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2}))?(?:\s*(?:h|std\.?|stunden?|hours?|(min\.?|minuten?|minutes?)))?")
HOURS_THEN = re.compile(r"(\d\s*(?:h|std\.?|stunden?|hours?))\s*(\d{1,2})$")
TWO_PARTS = re.compile(r"(\d{1,3}):(\d{2})")
BARE = re.compile(r"\d+([.,]\d+)?")
THERE = frozenset(
    {"x", "xx", "ja", "j", "yes", "y", "true", "wahr", "da", "war da", "anwesend", "teilgenommen", "present"}
    | {"attended", "✓", "✔", "☑", "✅", "ok", "1"}
)
NOT_THERE = frozenset(
    {"nein", "n", "no", "false", "falsch", "fehlt", "nicht da", "abwesend", "nicht anwesend", "entschuldigt"}
    | {"nicht teilgenommen", "nicht erschienen", "absent", "-", "–", "✗", "✘", "☐", "❌", "0"}
)


def seconds(text: str, *, unit: int = 60) -> int | None:
    """How long a cell says, in seconds; None where it says nothing of the kind. A bare number counts `unit` seconds.

    >>> [seconds(text) for text in ("95", "95,5", "1h 30m 12s", "1 Std. 5 Min.", "01:30:12", "95 mins", "lange")]
    [5700, 5730, 5412, 3900, 5412, 5700, None]
    >>> [seconds(text) for text in ("1:30 h", "1:30 min", "1 h 30", "-5", "0,0625", "80 % von 2 h")]
    [5400, 90, 5400, None, None, None]
    """
    flat = text.strip().casefold()
    if BARE.fullmatch(flat):
        number = float(flat.replace(",", "."))
        # Below one minute it is what a spreadsheet makes of a time whose format was lost: a part of a day.
        return None if unit == 60 and 0 < number < 1 else round(number * unit)
    if found := CLOCK.fullmatch(flat):
        first, second, third = (int(part or 0) for part in found.groups()[:3])
        return first * 60 + second if found[4] and not found[3] else first * 3600 + second * 60 + third
    flat = HOURS_THEN.sub(r"\1 \2 min", flat)
    parts = UNITS.findall(flat)
    if not parts or re.search(r"\d", UNITS.sub(" ", flat)):  # a number of which nothing says what it counts
        return None
    worth = {"h": 3600, "m": 60, "s": 1}
    letters = [("h" if name.startswith(("h", "st")) else name[0], amount) for amount, name in parts]
    return round(sum(float(amount.replace(",", ".")) * worth[letter] for letter, amount in letters))


def unit(heading: str) -> int:
    """How many seconds a bare number counts below a heading.

    >>> [unit(text) for text in ("Dauer", "Dauer (Stunden)", "Total seconds")]
    [60, 3600, 1]
    """
    words = set(re.findall(r"[a-z]+", plain(heading)))
    if words & {"stunden", "std", "hours", "hrs", "h"}:
        return 3600
    return 1 if words & {"sekunden", "sek", "seconds", "sec"} else 60


def mark(text: str) -> bool | None:
    """Whether a cell says that somebody was there; None where it says neither.

    >>> [mark(text) for text in ("x", "Ja", "nein", "", "vielleicht")]
    [True, True, False, None, None]
    """
    flat = " ".join(text.casefold().split()).strip("()[]. ")
    return True if flat in THERE else False if flat in NOT_THERE else None


def are_minutes(cells: Iterable[str], lasts: dt.timedelta) -> bool:
    """Whether the durations of a column are minutes and seconds: as hours somebody was there far longer than it was."""
    found = [TWO_PARTS.fullmatch(cell.strip()) for cell in cells]
    longest = max((int(one[1]) * 60 + int(one[2]) for one in found if one), default=0)
    return longest > lasts.total_seconds() / 60 * 1.5


def as_minutes(cell: str) -> str:
    return TWO_PARTS.sub(r"\1m \2s", cell.strip())


def moment(text: str) -> int | None:
    """A moment as these programs write it, in seconds since no day in particular: only what lies between two counts.

    Which number is the day and which the month does not matter: within a month their sum grows by one from one day to
    the next. At its end, and where no date stands, `span` tells.

    >>> moment("9.30 Uhr") == moment("9:30") == moment("09.30")
    True
    """
    without = DATES.sub(" ", text).strip(" ,;")
    clock, half = TIME.search(without), ""
    if clock is not None:
        hour, minute, second = (int(part or 0) for part in clock.groups()[:3])
        half = (clock[4] or "").casefold()
    elif german := GERMAN.fullmatch(without):
        hour, minute, second = int(german[1] or german[3]), int(german[2] or german[4] or 0), 0
    else:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    days = DATES.search(text)
    day = sum(int(part) for part in days.groups()) if days else 0
    return ((day * 24 + hour) * 60 + minute) * 60 + second


def span(came: str, went: str) -> tuple[int, int] | None:
    """From when to when somebody was there. Who went before they came went after midnight, where that may be.

    >>> told = ("23:30", "0:15"), ("31.03.2026 23:50", "01.04.2026 00:10"), ("02.03.2026 12:00", "02.03.2026 10:00")
    >>> [there and there[1] - there[0] for there in (span(*both) for both in told)]
    [2700, 1200, None]
    """
    begin, end = moment(came), moment(went)
    if begin is None or end is None:
        return None
    if end < begin:
        days = DATES.search(came), DATES.search(went)
        if days[0] and days[1] and days[0].groups() == days[1].groups():
            return None
        end = begin + (end - begin) % DAY
        if end - begin > DAY / 2:
            return None
    return begin, end
