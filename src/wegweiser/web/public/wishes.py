"""What somebody looks for, read from the parameters of an address and written back into one."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wegweiser.catalogue.models import Attendance, Kind
from wegweiser.catalogue.search import Wish
from wegweiser.consortium.gazetteer import Point
from wegweiser.kernel import clock
from wegweiser.web.public.sections import DATES, Section
from wegweiser.web.ui import days

LONGEST, LONGEST_PLACE = 200, 80
RADII = (10, 25, 50, 100)  # kilometres
USUAL_RADIUS = 50  # where a place is named and no radius
ANY_DISTANCE = "alle"

# The words of the addresses; they are German and stay.
KINDS: dict[str, str] = {
    "termin": Kind.EVENT,
    "technik": Kind.DEMONSTRATOR,
    "praxisbeispiel": Kind.LIGHTHOUSE_PROJECT,
    "check": Kind.CHECK,
    "leitfaden": Kind.GUIDE,
    "video": Kind.VIDEO,
    "foerderprogramm": Kind.PROGRAMME,
    "aktuelles": Kind.NEWS,
    "rechner": Kind.TOOL,
    "person": Kind.CONTACT,
    "thema": Kind.TOPIC,
    "netzwerk": Kind.NETWORK,
    "netzwerkangebot": Kind.EXTERNAL,
}
WAYS: dict[str, str] = {"vor-ort": Attendance.ON_SITE, "online": Attendance.ONLINE}
SPANS: dict[str, str | Promise] = {"woche": _("diese Woche"), "monat": _("diesen Monat")}


@dataclass(frozen=True)
class Asked:
    """The parameters that made sense, each under its name in the address."""

    values: Mapping[str, str] = field(default_factory=dict)
    no_days: tuple[str, ...] = ()  # what was given as a day and is none

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    def without(self, *names: str, **more: str) -> str:
        """The query of an address that no longer asks for `names`, but for `more`."""
        kept = {name: value for name, value in self.values.items() if name not in names}
        return "?" + urlencode({**kept, **more})

    def with_(self, **more: str) -> str:
        return "?" + urlencode({**self.values, **more})


def read(parameters: Mapping[str, str]) -> Asked:
    """What was asked for; a value that nobody can mean is left out."""
    given = {
        "q": " ".join(parameters.get("q", "").replace("\0", " ").split())[:LONGEST],
        "art": _one_of(parameters.get("art", ""), KINDS),
        "thema": parameters.get("thema", "")[:80],
        "partner": parameters.get("partner", "")[:80],
        "branche": parameters.get("branche", "")[:40],
        "landkreis": parameters.get("landkreis", "")[:60],
        "ort": " ".join(parameters.get("ort", "").replace("\0", " ").split())[:LONGEST_PLACE],
        "umkreis": _radius(parameters.get("umkreis", "")),
        "form": _one_of(parameters.get("form", ""), WAYS),
        "wann": _one_of(parameters.get("wann", ""), SPANS),
        "von": _day(parameters.get("von", "")),
        "bis": _day(parameters.get("bis", "")),
        "vergangene": "1" if parameters.get("vergangene") == "1" else "",
    }
    if not (given["ort"] or given["landkreis"]):
        given["umkreis"] = ""
    if given["von"] or given["bis"]:
        given["wann"] = ""  # days that were named say it more exactly
    if given["bis"] and given["bis"] < given["von"]:
        given["von"], given["bis"] = given["bis"], given["von"]
    typed = [parameters.get(name, "").strip()[:20] for name in ("von", "bis")]
    no_days = tuple(text for text in typed if text and not _day(text))
    return Asked({name: value for name, value in given.items() if value}, no_days)


def wish(
    asked: Asked,
    section: Section,
    *,
    district: str,
    area: frozenset[str] = frozenset(),
    lang: str,
    near: Point | None = None,
    within_km: int | None = None,
) -> Wish:
    """What the search is asked for.

    `district` is the AGS of the one that was named, empty for none, `area` those that the place means; `near` is where
    somebody looks from (latitude and longitude in degrees). Dates stay in the order of their days, all else begins with
    the nearest.
    """
    since, until = _span(asked)
    kind = KINDS.get(asked["art"])
    return Wish(
        text=asked["q"],
        lang=lang,
        kinds=section.kinds or (frozenset({kind}) if kind else frozenset()),
        topic=asked["thema"],
        partner=asked["partner"],
        sector=asked["branche"],
        district=district,
        area=area,
        near=near,
        within_km=within_km,
        by_distance=section.face != DATES,
        attendance=WAYS.get(asked["form"], ""),
        since=since,
        until=until,
        past=bool(asked["vergangene"]),
    )


def _span(asked: Asked) -> tuple[dt.date | None, dt.date | None]:
    today = clock.today()
    match asked["wann"]:
        case "woche":
            return today, today + dt.timedelta(days=6 - today.weekday())
        case "monat":
            next_month = (today.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
            return today, next_month - dt.timedelta(days=1)
    since = dt.date.fromisoformat(asked["von"]) if asked["von"] else None
    until = dt.date.fromisoformat(asked["bis"]) if asked["bis"] else None
    return since, until


def _one_of(value: str, known: Mapping[str, object]) -> str:
    return value if value in known else ""


def _radius(value: str) -> str:
    return value if value in {*map(str, RADII), ANY_DISTANCE} else ""


def _day(value: str) -> str:
    """The day as it was given; empty where it is none or lies so far away that nobody means it."""
    found = days.day(value)
    return found.isoformat() if found else ""
