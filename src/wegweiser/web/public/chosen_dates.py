"""Which dates a feed or an embedded list holds: all of ours, or those of a topic, a partner, a format, a district."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.text import slugify
from django.utils.translation import gettext as _

from wegweiser.catalogue import held, times
from wegweiser.catalogue.models import Availability, Entry, Kind
from wegweiser.consortium import directory
from wegweiser.consortium.models import District, Partner, Topic
from wegweiser.kernel import clock
from wegweiser.web.public import offers

BACK = dt.timedelta(days=7)  # what is over stays so long, so that a calendar still learns of a late change
NEWEST = 30
FILTERS = ("thema", "partner", "format", "landkreis")  # the words of the addresses


@dataclass(frozen=True)
class Chosen:
    """What somebody narrowed the dates by; all of it may be missing. `format` is the text of the catalogue."""

    topic: Topic | None = None
    partner: Partner | None = None
    format: str = ""
    district: District | None = None

    @property
    def query(self) -> str:
        """The same as the query of an address."""
        values = {
            "thema": self.topic.slug if self.topic else "",
            "partner": self.partner.slug if self.partner else "",
            "format": slugify(self.format),
            "landkreis": self.district.key if self.district else "",
        }
        return urlencode({name: value for name, value in values.items() if value})

    @property
    def words(self) -> str:
        """`Digitale Vernetzung, Workshop, Harz`; empty where nothing was narrowed."""
        told = (
            self.topic and self.topic.title,
            self.partner and self.partner.name,
            _format(self.format),
            self.district,
        )
        return ", ".join(str(word) for word in told if word)

    def name(self, centre: str) -> str:
        """How a calendar that subscribed to it is called."""
        name = _("Termine: %(centre)s") % {"centre": centre}
        return f"{name} ({self.words})" if self.words else name


def read(parameters: Mapping[str, str]) -> Chosen | None:
    """What an address asks for; None where it names something that is not there: nobody gets other dates instead."""
    given = {name: parameters.get(name, "")[:80] for name in FILTERS}
    topic = next((row for row in directory.topics() if row.slug == given["thema"]), None)
    partner = next((row for row in directory.partners() if row.slug == given["partner"]), None)
    district = next((row for row in directory.districts() if row.key == given["landkreis"]), None)
    wanted = next((text for text in formats() if slugify(text) == given["format"]), "") if given["format"] else ""
    found = {"thema": topic, "partner": partner, "format": wanted, "landkreis": district}
    if any(value and not found[name] for name, value in given.items()):
        return None
    return Chosen(topic, partner, wanted, district)


def formats() -> list[str]:
    """The formats of the dates we ever had, each once, by name: a feed stays when its last date is over."""
    return sorted({row.format for row in held.by_ids(_ids(None)) if row.format})


def _format(text: str) -> str:
    return str(offers.FORMATS.get(text, text))


def format_choices() -> list[tuple[str, str]]:
    return [(slugify(text), _format(text)) for text in formats()]


def dates(chosen: Chosen, *, back: dt.timedelta = dt.timedelta()) -> list[Entry]:
    """What is still to come or not over yet, and what was over for less than `back`, in its order."""
    since = clock.now() - back
    rows = held.by_ids(_ids(since, topic=chosen.topic, partner=chosen.partner))
    wanted = (chosen.format, chosen.district.pk if chosen.district else None)
    return [row for row in rows if (not wanted[0] or row.format == wanted[0]) and wanted[1] in {None, row.district_id}]


def coming(chosen: Chosen, most: int) -> list[Entry]:
    """The next dates that take place."""
    return [row for row in dates(chosen) if row.availability != Availability.CANCELLED][:most]


def new(chosen: Chosen) -> list[Entry]:
    """What came last, the newest first."""
    rows = [row for row in dates(chosen) if row.availability != Availability.CANCELLED]
    return sorted(rows, key=lambda row: (row.recorded_at, row.pk), reverse=True)[:NEWEST]


def _ids(since: dt.datetime | None, *, topic: Topic | None = None, partner: Partner | None = None) -> list[int]:
    rows = [
        (row.starts_at, row.pk)
        for row in held.places()
        if row.kind == Kind.EVENT
        and row.starts_at
        and (since is None or not times.is_over(row.starts_at, row.ends_at, now=since))
        and (topic is None or topic.pk in row.topics)
        and (partner is None or row.partner == partner.pk)
    ]
    return [pk for _starts, pk in sorted(rows)]
