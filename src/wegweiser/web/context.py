"""What every page knows of the centre, read from the database when a template first asks."""

import datetime as dt
from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from wegweiser.consortium import calendar, directory
from wegweiser.consortium.models import Centre
from wegweiser.kernel import clock
from wegweiser.kernel.kept import Recent
from wegweiser.kernel.translated import Translated
from wegweiser.web import look

_worked_out: Recent[str] = Recent(500)


class CentreView:
    """The centre as pages show it, in the reader's language. All of it is empty where nothing is installed."""

    def __init__(self, centre: Centre | None, number: int = 0) -> None:
        self.row = centre
        self.number = number  # of this state of the row (`Kept.versioned`); 0: nobody keeps what is made of it

    def _once(self, name: str, make: Callable[[], str]) -> str:
        """What is worked out once for each state of the centre and each language: every page shows it."""
        return _worked_out.take((self.number, name, get_language()), make) if self.number else make()

    def __bool__(self) -> bool:
        return self.row is not None

    def _text(self, name: str) -> str:
        return str(getattr(self.row, name)) if self.row else ""

    def site_text(self, name: str) -> str:
        """A text of the site (`texts` of the centre's file) in the reader's language."""
        value = self.row.texts.get(name, {}) if self.row else {}
        return str(Translated(value)) if isinstance(value, dict) else str(value)

    @property
    def name(self) -> str:
        return self._text("name")

    @property
    def places_source(self) -> str:
        """Who made the places that visitors may name."""
        return self.site_text("places_source")

    @property
    def claim(self) -> str:
        return self._text("claim")

    @property
    def about(self) -> str:
        return self._text("about")

    @property
    def eligibility(self) -> str:
        return self._text("eligibility")

    @property
    def region(self) -> str:
        return self._text("region")

    @property
    def phone(self) -> str:
        return self._text("phone")

    @property
    def email(self) -> str:
        return self._text("email")

    @property
    def answer_within_working_days(self) -> int:
        return self.row.answer_within_working_days if self.row else 2

    @property
    def sentence(self) -> str:
        return self.site_text("sentence") or self.about

    @property
    def funder_line(self) -> str:
        return self.site_text("logo_line")

    @property
    def funder_logo(self) -> str:
        """The address of the funder's picture, which changes with it; empty where the centre's file names none."""
        return self._once("funder_logo", self._funder_logo)

    def _funder_logo(self) -> str:
        return f"{reverse('funder_logo')}?{self.funder_picture['digest']}" if self.funder_picture else ""

    @property
    def funder_alt(self) -> str:
        return str(Translated(self.funder_picture.get("alt", {})))

    @property
    def funder_picture(self) -> dict[str, Any]:
        """As the centre's file was loaded: type, content (base64), digest, alt."""
        return dict(self.row.texts.get("funder_logo", {})) if self.row else {}

    @property
    def style_url(self) -> str:
        """The address of the centre's own colours; empty where it has none."""
        return self._once("style", self._style_url)

    def _style_url(self) -> str:
        wanted = self.row.look if self.row else {}
        return f"{reverse('public:style')}?{look.version(wanted)}" if look.style_sheet(wanted) else ""

    @property
    def look(self) -> dict[str, str]:
        """The tokens that the centre's file wants (web/look.py says which of them hold)."""
        return dict(self.row.look) if self.row else {}

    @property
    def manifest_url(self) -> str:
        """What makes the site one to keep on a home screen; none where nothing is installed."""
        return self._once("manifest", lambda: reverse("manifest")) if self.row else ""

    def icon_url(self, kind: str | int) -> str:
        """The sign in the centre's colours: svg, or the size of a PNG. Its address changes when they do."""
        return f"{reverse('icon', kwargs={'kind': str(kind)})}?{look.version(self.look)}"

    @property
    def icon_svg(self) -> str:
        return self._once("icon_svg", lambda: self.icon_url("svg")) if self.row else ""

    @property
    def icon_touch(self) -> str:
        return self._once("icon_touch", lambda: self.icon_url(180)) if self.row else ""

    @property
    def preview_kinds(self) -> dict[str, str]:
        """What the pictures of links are called in addresses, with their languages."""
        return {f"vorschau-{code}": code for code, _name in settings.LANGUAGES}

    def preview_texts(self, language: str) -> tuple[str, str]:
        """What stands on the picture that a link to the site carries: our question and the centre."""
        with override(language):
            return _("Wo hakt es im Betrieb?"), str(self.row.name) if self.row else ""

    @property
    def preview_url(self) -> str:
        """The picture of a link in the reader's language. Its address changes with the colours and the name."""
        return self._once("preview", self._preview_url)

    def _preview_url(self) -> str:
        language = get_language() or "de"
        drawn = "".join([look.version(self.look), *self.preview_texts(language)])
        address = reverse("icon", kwargs={"kind": f"vorschau-{language}"})
        return f"{address}?{look.digest(drawn)}"

    @property
    def sentences(self) -> list[str]:
        """Three real sentences to tap under the question."""
        return [str(Translated(text)) for text in (self.row.texts.get("examples", []) if self.row else [])][:3]

    @property
    def operator(self) -> dict[str, str]:
        """Who answers for the site: for the imprint and the privacy notice."""
        return dict(self.row.texts.get("operator", {})) if self.row else {}

    @property
    def statement(self) -> dict[str, Any]:
        """What the centre states of the accessibility of its pages, as its file says."""
        return dict(self.row.texts.get("accessibility", {})) if self.row else {}

    @property
    def emergency(self) -> dict[str, Any]:
        """First steps and who helps beside the centre, as the centre's file says."""
        return dict(self.row.emergency) if self.row else {}

    @property
    def hours(self) -> list[str]:
        """When somebody answers the telephone: `Montag bis Freitag, 8:30 bis 16:30 Uhr`."""
        return [_hours(row) for row in (self.row.office_hours if self.row else [])]

    @cached_property
    def reachability(self) -> calendar.Reachability:
        return calendar.reachability(self.row, clock.now()) if self.row else calendar.Reachability(now=False)

    @property
    def reachable(self) -> bool:
        return self.reachability.now

    @property
    def reachable_text(self) -> str:
        """`Jetzt erreichbar bis 16:30 Uhr` or `Wieder erreichbar: Montag ab 8:30 Uhr`."""
        found = self.reachability
        if found.now and found.until:
            return _("Jetzt erreichbar, bis %(time)s Uhr") % {"time": date_format(found.until, "G:i")}
        if found.again:
            return _("Wieder erreichbar: %(day)s ab %(time)s Uhr") % {
                "day": _day(found.again),
                "time": date_format(found.again, "G:i"),
            }
        return ""


def _hours(row: dict[str, Any]) -> str:
    days = [calendar.WEEKDAYS.index(name) for name in row["weekdays"]]
    runs: list[list[int]] = []
    for day in sorted(days):
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    names = [
        _("%(first)s bis %(last)s") % {"first": WEEKDAYS[run[0]], "last": WEEKDAYS[run[-1]]}
        if len(run) > 1
        else str(WEEKDAYS[run[0]])
        for run in runs
    ]
    begin, end = (time_format(dt.time.fromisoformat(row[name]), "G:i") for name in ("from", "to"))
    return _("%(days)s, %(begin)s bis %(end)s Uhr") % {"days": ", ".join(names), "begin": begin, "end": end}


def _day(moment: dt.datetime) -> str:
    """The day of `moment` as one says it on the telephone."""
    ahead = (moment.date() - clock.local(clock.now()).date()).days
    if ahead == 0:
        return _("heute")
    if ahead == 1:
        return _("morgen")
    return date_format(moment, "l" if ahead < 7 else "l, j. F" if get_language() == "de" else "l j F")


_last: dict[str, Any] = {"phone": "", "name": Translated()}


def last_phone() -> str:
    """The number of the centre as this process last read it, without asking the database."""
    return _last["phone"]


def last_name() -> str:
    """Its name in the reader's language, likewise."""
    return str(_last["name"])


def of(request: HttpRequest) -> CentreView:
    """The centre, read once per request."""
    if not hasattr(request, "_centre"):
        number, row = directory.centre.versioned()
        view = request._centre = CentreView(row, number)  # type: ignore[attr-defined]  # noqa: SLF001
        if view.row:
            _last.update(phone=view.phone, name=view.row.name)
    return request._centre  # type: ignore[attr-defined]  # noqa: SLF001


def centre(request: HttpRequest) -> dict[str, Any]:
    return {"centre": SimpleLazyObject(lambda: of(request))}
