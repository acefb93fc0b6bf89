"""How an event is set up: what it says now as one stamp, and what is likely for a new one. Reads and plain values."""

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from wegweiser.catalogue import content
from wegweiser.catalogue.models import Attendance
from wegweiser.events.models import Event, Way
from wegweiser.kernel import clock
from wegweiser.kernel.translated import Translated, translated

USUAL_PLACES = 20
LAST_MINUTE = dt.time(23, 59)
MOST_SLOTS = 60  # of one consultation day
SETTINGS = (
    *("listing", "opens_at", "closes_at", "most_places", "opt_in", "waiting_list", "fill", "offer_hours", "access"),
    *("room", "join_link", "agenda", "certificate_hours"),
)
WAYS: dict[str, Translated] = {
    Way.ON_SITE: translated("Vor Ort", "On site"),
    Way.ONLINE: translated("Online", "Online"),
}


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One time of a consultation day."""

    starts_at: dt.datetime
    ends_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What is likely for an event, from what its offer says."""

    closes_at: dt.datetime | None
    places: int
    ways: tuple[str, ...]
    slots: tuple[Slot, ...]


def stamp(event: Event) -> str:
    """What the settings and places of an event say, in short: who saves hands it back."""
    pools = event.pools.order_by("position", "id").values_list(
        *("pk", "way", "label", "starts_at", "ends_at", "chairs", "beyond")
    )
    told = [[getattr(event, name) for name in SETTINGS], list(pools)]
    return hashlib.sha256(json.dumps(told, cls=DjangoJSONEncoder).encode()).hexdigest()[:16]


def slots(*, starts_at: dt.datetime, ends_at: dt.datetime, minutes: int, pause: int = 0) -> tuple[Slot, ...]:
    """The times of a consultation day: each `minutes` long, `pause` minutes between two, none beyond the end.

    >>> nine = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
    >>> found = slots(starts_at=nine, ends_at=nine + dt.timedelta(hours=2), minutes=45, pause=15)
    >>> [f"{slot.starts_at:%H:%M}-{slot.ends_at:%H:%M}" for slot in found]
    ['09:00-09:45', '10:00-10:45']
    """
    found: list[Slot] = []
    begin, length = starts_at, dt.timedelta(minutes=minutes)
    while minutes > 0 and begin + length <= ends_at and len(found) < MOST_SLOTS:
        found.append(Slot(starts_at=begin, ends_at=begin + length))
        begin += length + dt.timedelta(minutes=max(pause, 0))
    return tuple(found)


def proposal(offer: Mapping[str, Any]) -> Proposal:
    """What the catalogue's content of an event lets one expect."""
    details = offer.get("details") or {}
    starts, ends = content.moment(offer.get("starts_at")), content.moment(offer.get("ends_at"))
    days, minutes = details.get("registration_closes_days_before"), details.get("slot_minutes")
    closes = None
    if starts and days:
        closes = clock.at(clock.local(starts).date() - dt.timedelta(days=int(days)), LAST_MINUTE)
    talks = slots(starts_at=starts, ends_at=ends, minutes=int(minutes)) if starts and ends and minutes else ()
    return Proposal(
        closes_at=closes,
        places=int(details.get("capacity") or USUAL_PLACES),
        ways={
            Attendance.ONLINE: (Way.ONLINE.value,),
            Attendance.HYBRID: (Way.ON_SITE.value, Way.ONLINE.value),
        }.get(offer.get("attendance", ""), (Way.ON_SITE.value,)),
        slots=talks,
    )


def likely(offer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The places that the catalogue's content of an event lets one expect, as pools have them.

    An offer says one number of places: where one takes part in two ways, each begins with it.
    """
    found = proposal(offer)
    times: list[tuple[dt.datetime | None, dt.datetime | None]] = [(one.starts_at, one.ends_at) for one in found.slots]
    return [
        {
            "way": way,
            "label": label(way=way, starts_at=starts, ends_at=ends),
            "starts_at": starts,
            "ends_at": ends,
            "chairs": 1 if found.slots else found.places,
        }
        for way in (found.ways[:1] if found.slots else found.ways)
        for starts, ends in times or [(None, None)]
    ]


def attendance(ways: Collection[str]) -> str:
    """How one takes part in an event with places of these ways, as lists and calendars say it.

    >>> attendance({Way.ON_SITE, Way.ONLINE})
    'hybrid'
    """
    if len(set(ways)) > 1:
        return Attendance.HYBRID.value
    return (Attendance.ONLINE if Way.ONLINE in ways else Attendance.ON_SITE).value


def label(*, way: str, starts_at: dt.datetime | None, ends_at: dt.datetime | None) -> Translated:
    """What a pool is called where nobody named it: by its time, else by the way one takes part."""
    if starts_at is None or ends_at is None:
        return WAYS[way]
    times = f"{clock.local(starts_at):%H:%M}–{clock.local(ends_at):%H:%M}"
    return translated(f"{times} Uhr", times)
