"""What figures are called, and what each counts: the words that pages, files and sentences share."""

import datetime as dt
from collections.abc import Callable
from functools import cached_property

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wegweiser.companies.models import Size
from wegweiser.consortium import directory
from wegweiser.consortium.models import SectorGroup
from wegweiser.journey import indicators
from wegweiser.journey.models import Format

INDICATORS: dict[str, str | Promise] = {
    "companies_reached": _("Erreichte Unternehmen"),
    "contacts": _("Kontakte"),
    "events": _("Veranstaltungen"),
    "participants": _("Teilnahmen an Veranstaltungen"),
    "visits": _("Vor-Ort-Termine"),
    "demonstrations": _("Vorführungen"),
    "checks": _("Checks"),
    "concepts": _("Konzepte"),
    "implementations": _("Umsetzungen"),
    "lighthouse_projects": _("Leuchtturmprojekte"),
    "referrals": _("Weitervermittlungen"),
    "companies_advanced": _("Unternehmen mit gemessenem Fortschritt"),
    "appearances": _("Auftritte bei anderen"),
    "reach": _("Publikum bei Auftritten"),
}
DEFINITIONS: dict[str, str | Promise] = {
    "companies_reached": _("Jeder Betrieb zählt einmal, so oft er auch kam. Gespräche zählen ab zehn Minuten."),
    "contacts": _("Jede Begegnung zählt: ein Betrieb so oft, wie wir ihn trafen, dazu Personen ohne Betrieb."),
    "events": _("Jede Veranstaltung zählt einmal, zu der jemand kam."),
    "participants": _("Wer zu einer Veranstaltung kam, zählt: je Betrieb einmal, dazu Personen ohne Betrieb."),
    "visits": _("Jeder Termin bei einem Betrieb zählt einmal."),
    "demonstrations": _("Jede Gelegenheit zählt einmal, bei der wir Technik gezeigt haben."),
    "checks": _("Jeder abgeschlossene Check zählt einmal."),
    "concepts": _("Jedes Vorhaben zählt einmal, für das mit einem Betrieb ein Konzept entstand."),
    "implementations": _("Jedes Vorhaben zählt einmal, das ein Betrieb mit uns umgesetzt hat."),
    "lighthouse_projects": _("Jedes Leuchtturmprojekt zählt einmal, an dem gearbeitet wurde."),
    "referrals": _("Jedes Anliegen zählt einmal, das wir an eine bessere Stelle weitergegeben haben."),
    "companies_advanced": _("Jeder Betrieb zählt einmal, dessen zweiter Check besser ausfiel als der erste."),
    "appearances": _("Jeder Vortrag, jedes Podium, jeder Stand bei einer fremden Veranstaltung zählt einmal."),
    "reach": _("Wer uns dort hörte oder sah. Zählt nicht als erreichtes Unternehmen und nicht als Kontakt."),
}
UNITS: dict[str, str | Promise] = {
    "companies": _("Unternehmen"),
    "contacts": _("Kontakte"),
    "occasions": _("Anzahl"),
    "persons": _("Personen"),
}
DIMENSIONS: dict[str, str | Promise] = {
    "size": _("Betriebsgröße"),
    "sector": _("Branche"),
    "district": _("Landkreis"),
    "topic": _("Thema"),
    "partner": _("Partner"),
    "format": _("Format"),
    "month": _("Monat"),
}
OTHERS: dict[str, str | Promise] = {indicators.UNKNOWN: _("unbekannt"), indicators.NO_COMPANY: _("ohne Unternehmen")}


_READ: dict[str, Callable[[], dict[str, str]]] = {
    "size": lambda: {size.value: str(size.label) for size in Size},
    "sector": lambda: {row.key: str(row.label) for row in directory.sectors()},
    "district": lambda: {row.ags: str(row) for row in directory.districts()},
    "topic": lambda: {row.slug: str(row.title) for row in directory.topics()},
    "partner": lambda: {row.key: row.short_name for row in directory.partners()},
    "format": lambda: {row.value: str(row.label) for row in Format},
}


class _Known(dict[str, dict[str, str]]):
    def __missing__(self, dimension: str) -> dict[str, str]:
        self[dimension] = _READ[dimension]()
        return self[dimension]


class Labels:
    """What the keys of the breakdowns are called; each dimension is read once, when it is asked for."""

    def __init__(self) -> None:
        self.known: dict[str, dict[str, str]] = _Known()

    @cached_property
    def groups(self) -> dict[str, SectorGroup]:
        """Several sectors under one word, which one may ask for like a sector."""
        return {row.key: row for row in directory.sector_groups()}

    def of(self, dimension: str, key: str) -> str:
        if dimension == "month":
            return date_format(dt.date.fromisoformat(f"{key}-01"), "F Y")
        found = OTHERS.get(key) or self.known[dimension].get(key)
        if found is None and dimension == "sector" and key in self.groups:
            found = str(self.groups[key])
        return str(found or key)

    def rule(self, group: SectorGroup) -> str:
        """Which sectors a group holds, and what else its file says of it."""
        names = sorted(self.known["sector"].get(key, key) for key in group.sectors)
        told = gettext("Zu „%(group)s“ zählen hier die Branchen %(sectors)s.")
        return " ".join(filter(None, [told % {"group": group, "sectors": "; ".join(names)}, str(group.note)]))


def by_itself(dimension: str, key: str) -> tuple[int, str] | None:
    """Where a key stands whatever its value is: months as they came, sizes from small to large; None for others."""
    if dimension == "month":
        return 0, key
    if dimension == "size":
        return Size.values.index(key) if key in Size.values else len(Size.values), key
    return None


def ordered(figures: dict[str, indicators.Figure], dimension: str) -> list[tuple[str, indicators.Figure]]:
    """The largest first, what is unknown last; what has an order of its own in this order."""
    if all(by_itself(dimension, key) for key in figures):
        return sorted(figures.items(), key=lambda item: by_itself(dimension, item[0]) or (0, ""))
    return sorted(figures.items(), key=lambda item: (item[0] in OTHERS, -item[1].value, item[0]))
