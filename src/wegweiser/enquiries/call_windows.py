"""When somebody asked to be called: a key that is stored, and its words in the reader's language."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

WORDS = {
    "8-10": _("zwischen 8 und 10 Uhr"),
    "10-12": _("zwischen 10 und 12 Uhr"),
    "12-14": _("zwischen 12 und 14 Uhr"),
    "14-17": _("zwischen 14 und 17 Uhr"),
}


def words(window: str) -> str:
    """`window` in words; what somebody wrote freely stays as it is.

    >>> words("ab Montag")
    'ab Montag'
    """
    return str(WORDS.get(window, window))


def end(window: str) -> dt.time | None:
    """When `window` is over; None where it is no window of ours.

    >>> end("8-10")
    datetime.time(10, 0)
    """
    return dt.time(int(window.split("-")[1])) if window in WORDS else None
