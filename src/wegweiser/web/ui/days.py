"""Days that somebody types: read from an address or a form, and refused where they lie so far away that nobody means
them. Browsers make the year 26 of two digits, and at the ends of the calendar no clock has a zone."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wegweiser.kernel import clock
from wegweiser.web.ui import dates

FIRST, LAST = dt.date(1990, 1, 1), dt.date(2100, 12, 31)
LEFT_OUT = _("Diese Uhrzeit gibt es an dem Tag nicht: Die Uhr wird in der Nacht vorgestellt.")
TWICE = _("Diese Uhrzeit gibt es an dem Tag zweimal: Die Uhr wird in der Nacht zurückgestellt.")
LEFT_OUT_ON = _("%(time)s Uhr gibt es am %(day)s nicht: Die Uhr wird in der Nacht vorgestellt.")
TWICE_ON = _("%(time)s Uhr gibt es am %(day)s zweimal: Die Uhr wird in der Nacht zurückgestellt.")


def day(text: str) -> dt.date | None:
    """The day as it was given (ISO 8601); None where it is none, or none that anybody means."""
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return found if FIRST <= found <= LAST else None


class DayField(forms.DateField):
    """A day in a form. Every form asks for days with this field."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def to_python(self, value: Any) -> dt.date | None:
        found: dt.date | None = super().to_python(value)
        if found and found < FIRST:
            raise ValidationError(_("Das Jahr liegt zu weit zurück."), code="too_early")
        if found and found > LAST:
            raise ValidationError(_("Das Jahr liegt zu weit in der Zukunft."), code="too_late")
        return found


def check_hours(form: forms.Form, *pairs: tuple[str, str]) -> None:
    """An error at each time that the clock leaves out on its day or shows twice; `pairs` name the fields of both."""
    for day_name, time_name in pairs:
        found, time = (form.cleaned_data.get(name) for name in (day_name, time_name))
        if not found or not time:
            continue
        if not clock.shows(found, time):
            form.add_error(time_name, LEFT_OUT)
        elif clock.shows_twice(found, time):
            form.add_error(time_name, TWICE)


def hour_problem(day: dt.date, time: dt.time | None) -> str:
    """The same of one among several days, which it names; empty where the hour is as on any other day."""
    told = {"day": dates.written(day, "j. F Y"), "time": f"{time:%-H:%M}" if time else ""}
    if time and not clock.shows(day, time):
        return str(LEFT_OUT_ON % told)
    return str(TWICE_ON % told) if time and clock.shows_twice(day, time) else ""
