"""Where somebody looks: around a place or a postal code that was typed, coordinates, or in districts."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wegweiser.consortium import directory
from wegweiser.consortium.gazetteer import Gazetteer, Place, Point
from wegweiser.consortium.models import District
from wegweiser.web.public.wishes import ANY_DISTANCE, USUAL_RADIUS, Asked


@dataclass(frozen=True)
class Nearby:
    """What a list knows of the place that was asked for; `point` is None where none is meant or known.

    `districts` (AGS) are set where districts were named instead of a place: the list shows what lies in them.
    `name` is the place or the districts in words, `others` are what may have been meant instead: name and how an
    address writes it.
    """

    point: Point | None = None
    within_km: int | None = None
    name: str = ""
    others: tuple[tuple[str, str], ...] = ()
    typed: str = ""
    districts: tuple[str, ...] = ()
    is_everywhere: bool = False

    @property
    def unknown(self) -> bool:
        return bool(self.typed) and self.point is None and not self.districts

    @property
    def told(self) -> str:
        """What the list holds where districts were named; empty else."""
        if not self.districts:
            return ""
        if self.is_everywhere:
            return _("Das ist unser ganzes Gebiet: Hier steht alles, was einen Ort hat.")
        return ngettext(
            "Hier steht, was in diesem Landkreis liegt: %(names)s.",
            "Hier steht, was in diesen Landkreisen liegt: %(names)s.",
            len(self.districts),
        ) % {"names": self.name}

    @property
    def label(self) -> str:
        """`bis 50 km um Aurich`."""
        if self.districts:
            return self.name
        if self.point is None:
            return _("Ort: „%(place)s“") % {"place": self.typed}
        if self.within_km is None:
            return _("rund um %(place)s, egal wie weit") % {"place": self.name}
        return _("bis %(km)d km um %(place)s") % {"km": self.within_km, "place": self.name}


def read(asked: Asked, district: District | None) -> Nearby:
    """The place that was asked for. An older address may name a radius around a district instead."""
    typed, radius = asked["ort"], asked["umkreis"]
    within = None if radius == ANY_DISTANCE else int(radius or USUAL_RADIUS)
    if typed:
        places = directory.gazetteer()
        answer = places.look_up(typed)
        others = tuple((_named(places, place), places.written(place)) for place in answer.others)
        if answer.districts:
            everywhere = len(answer.districts) == len(places.districts) > 1
            names = places.land if everywhere else ", ".join(places.districts[ags] for ags in answer.districts)
            return Nearby(name=names, others=others, typed=typed, districts=answer.districts, is_everywhere=everywhere)
        if answer.place is None:
            return Nearby(others=others, typed=typed)
        ambiguous = any(other.name == answer.place.name for other in answer.others)
        name = _named(places, answer.place) if ambiguous else answer.place.name
        return Nearby(answer.place.point, within, name or _("Ihren Standort"), others, typed)
    if district and radius:
        middle = next((row for row in directory.outlines() if row.district_id == district.ags), None)
        if middle:
            return Nearby((middle.latitude, middle.longitude), within, str(district))
    return Nearby()


def distance(kilometres: Mapping[int, float], number: int) -> str:
    """How far an entry lies, in words: `etwa 12 km entfernt`; empty where nobody asked or it lies nowhere."""
    away = kilometres.get(number)
    if away is None:
        return ""
    return _("etwa %(km)d km entfernt") % {"km": round(away)} if away >= 1.5 else _("ganz in der Nähe")


def _named(places: Gazetteer, place: Place) -> str:
    """A place with what tells it apart."""
    area = places.area(place)
    return f"{place.name} ({area})" if area and not area.startswith(place.name) else place.name
