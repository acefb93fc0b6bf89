"""What the page of an event says about taking part: places that are left, until when, how one gets in."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from wegweiser.catalogue.models import Entry
from wegweiser.events import agenda as agendas
from wegweiser.events import arrangement, queries, talks
from wegweiser.events.models import Event, Pool, Way
from wegweiser.events.queries import Room
from wegweiser.kernel import clock
from wegweiser.kernel.translated import Translated
from wegweiser.web.public.details import Fact
from wegweiser.web.public.offers import foreign

FROM = "von"  # the parameter with which a multiplier's link names itself
# What the catalogue knows of places and deadlines is the plan; where registration is taken here, the count counts.
COUNTED_HERE = frozenset({"capacity", "registration_closes_days_before"})
FILLS = gettext_lazy("Passt eine kleinere Gruppe auf einen freien Platz, kommt sie vor einer größeren dran.")


@dataclass(frozen=True)
class Point:
    """One point of the agenda. `language` is set where its title is not in the page's, `day` where several are."""

    at: str
    title: str
    speaker: str
    language: str = ""
    day: str = ""


@dataclass(frozen=True)
class Enrolment:
    """Registration for an event as its page shows it: `href` leads to the form where one can register now."""

    event: Event
    rooms: Sequence[Room]
    closed: str
    href: str

    @cached_property
    def open_rooms(self) -> list[Room]:
        """The pools that one can still have a place in, or a place in the line of."""
        return [room for room in self.rooms if not is_closed(room.pool)]

    @cached_property
    def has_places(self) -> bool:
        return any(room.fits(1, fill=self.event.fill) for room in self.open_rooms)

    @cached_property
    def takes(self) -> bool:
        """Whether somebody can register now, be it for the waiting list."""
        return not self.closed and bool(self.open_rooms) and (self.has_places or self.event.waiting_list)

    @property
    def button(self) -> str:
        return _("Anmelden") if self.has_places else _("Auf die Warteliste")


def of(entry: Entry, code: str = "") -> Enrolment | None:
    """Registration for `entry`, in two queries whatever the number of places; None where it is not taken here."""
    event = queries.of_entry(entry) if entry.pk else None  # a preview is not stored
    if event is None:
        return None
    href = reverse("public:register", kwargs={"slug": entry.slug})
    rooms = queries.rooms_of(event)
    return Enrolment(event, rooms, queries.closed_because(event), f"{href}?{urlencode({FROM: code})}" if code else href)


def facts(found: Enrolment) -> list[Fact]:
    """Places, deadline, room and the way in, as terms and texts."""
    access = found.event.access
    rows = [
        Fact(_("Plätze"), "; ".join(places(found))),
        Fact(_("Warteliste"), rule_of_line(found)),
        Fact(_("Anmeldung"), window(found)),
        Fact(_("Raum"), found.event.room),
        Fact(pgettext("way in", "Zugang"), str(access), foreign(access) if access else ""),
    ]
    return [row for row in rows if row.text]


def places(found: Enrolment) -> list[str]:
    """`noch 3 Plätze`, `nur noch Warteliste`, `ausgebucht`: one line, or one for each way of taking part."""
    if found.closed:
        return []
    rooms, event = found.open_rooms, found.event
    slots = [room for room in rooms if room.pool.starts_at]
    if not rooms:
        return [_("ausgebucht")]
    if len(slots) > 1 and len(slots) == len(rooms):
        free = sum(room.fits(1, fill=event.fill) for room in slots)
        if free:
            return [ngettext("noch %(n)d Termin frei", "noch %(n)d Termine frei", free) % {"n": free}]
        return [_without(event)]
    lines = [_left(room, event) for room in rooms]
    if len(set(lines)) == 1 and not found.has_places:
        return lines[:1]
    if len(rooms) == 1:
        return lines
    return [
        _("%(way)s: %(places)s") % {"way": name(room.pool), "places": line}
        for room, line in zip(rooms, lines, strict=True)
    ]


def _left(room: Room, event: Event) -> str:
    if not room.fits(1, fill=event.fill):
        return _without(event)
    return ngettext("noch %(n)d Platz", "noch %(n)d Plätze", room.free) % {"n": room.free}


def _without(event: Event) -> str:
    return _("nur noch Warteliste") if event.waiting_list else _("ausgebucht")


def rule_of_line(found: Enrolment) -> str:
    """Who goes first of those who wait, where somebody waits or would, and it is not simply who came first."""
    waits = any(room.somebody_waits or not room.fits(1, fill=found.event.fill) for room in found.open_rooms)
    return str(FILLS) if waits and found.takes and found.event.waiting_list and found.event.fill else ""


def window(found: Enrolment) -> str:
    """When one can register."""
    event = found.event
    if found.closed == "registration_not_open_yet" and event.opens_at:
        return _("ab %(moment)s") % {"moment": moment(event.opens_at)}
    if found.closed == "registration_closed":
        return _("geschlossen")
    if not found.closed and event.closes_at:
        return _("bis %(moment)s") % {"moment": moment(event.closes_at)}
    return ""


def refusal(found: Enrolment) -> str:
    """Why the page has no button, in a sentence; nothing where it has one, or says so already."""
    if found.closed == "registration_not_open_yet" and found.event.opens_at:
        return _("Anmeldung ab %(moment)s") % {"moment": moment(found.event.opens_at)}
    if found.closed == "registration_closed":
        return _("Die Anmeldung ist geschlossen. Rufen Sie uns an, vielleicht geht noch etwas.")
    if not found.closed and not found.takes:
        return _("Alle Plätze sind vergeben.")
    return ""


def agenda(event: Event) -> list[Point]:
    """The order of the day, or of each of several days."""
    found = []
    for date, rows in agendas.by_day(event):
        shown = date_format(date, "l j F" if get_language() == "en" else "l, j. F") if date else ""
        for row in rows:
            title = Translated(row.get("title") or {})
            point = Point(str(row.get("at", "")), str(title), str(row.get("speaker", "")), foreign(title), shown)
            found.append(point)
    return found


def name(pool: Pool) -> str:
    """What a pool is called: its time where it is a slot, else its own name, else the way of taking part."""
    label = str(pool.label)
    if pool.starts_at and pool.ends_at:
        begin, end = (date_format(clock.local(at), "G:i") for at in (pool.starts_at, pool.ends_at))
        time = _("%(begin)s bis %(end)s Uhr") % {"begin": begin, "end": end}
        usual = arrangement.label(way=pool.way, starts_at=pool.starts_at, ends_at=pool.ends_at)
        return time if not label or pool.label == usual else f"{time}, {label}"
    return label or capfirst(str(Way(pool.way).label))


def has_begun(pool: Pool) -> bool:
    """Whether a slot is under way or over."""
    return pool.starts_at is not None and pool.starts_at <= clock.now()


def is_closed(pool: Pool) -> bool:
    """Whether nobody new can have it: it has begun, or lies outside the hours of its event, which it has at hand."""
    return has_begun(pool) or (pool.starts_at is not None and talks.is_outside(pool.event, pool))


def moment(at: dt.datetime) -> str:
    """`Montag, 2. März, 9:00 Uhr`, in the centre's time."""
    return date_format(clock.local(at), "l j F, G:i" if get_language() == "en" else r"l, j. F, G:i \U\h\r")


def day(at: dt.datetime) -> str:
    """`Montag, 2. März 2026`, in the centre's time."""
    return date_format(clock.local(at), "l j F Y" if get_language() == "en" else "l, j. F Y")
