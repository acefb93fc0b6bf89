"""When something is, as mails to guests say it."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wegweiser.kernel import clock


def written(moment: dt.datetime | None, language: str, *, ends: dt.datetime | None = None) -> str:
    """`Montag, 9. März 2026, 10:00 bis 12:00 Uhr`: until when is said where it is known."""
    if moment is None:
        return ""
    local = clock.local(moment)
    if ends is None or ends <= moment:
        return date_format(local, "l j F Y, G:i" if language == "en" else r"l, j. F Y, G:i \U\h\r")
    last = clock.local(ends)
    starts, day = ("l j F Y, G:i", "l j F Y, ") if language == "en" else ("l, j. F Y, G:i", "l, j. F Y, ")
    told = {
        "from": date_format(local, starts),
        "to": date_format(last, "G:i" if last.date() == local.date() else f"{day}G:i"),
    }
    return _("%(from)s bis %(to)s Uhr") % told
