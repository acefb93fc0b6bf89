"""Calendar files (iCalendar, RFC 5545): one date that a calendar can take in, follow when it changes, and drop.

A feed holds many: a calendar that subscribed to it asks for it again by itself.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from wegweiser.kernel import clock
from wegweiser.kernel.kept import Recent

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//Wegweiser//DE"
LINE_END, MOST_BYTES = "\r\n", 74
_UTC = "%Y%m%dT%H%M%SZ"
_SIMPLE = re.compile(r"[A-Za-z0-9_.@+-]+")  # stands in a file as it is
_ORGANISER = re.compile(r"^ORGANIZER\b[^\r\n]*?:mailto:([^\r\n]+)", re.IGNORECASE | re.MULTILINE)
_INVITED = {
    said: f"ATTENDEE;PARTSTAT={'ACCEPTED' if said else 'NEEDS-ACTION'};RSVP=FALSE:mailto:" for said in (True, False)
}
_UID, _ATTENDEE, _MADE = "u", "a", dt.datetime(1900, 1, 1, tzinfo=dt.UTC)
_made: Recent[str] = Recent(200)
ASK_AGAIN = dt.timedelta(hours=1)  # how often a calendar shall look for news


class Method(StrEnum):
    """What a calendar does with the file (RFC 5546): keep a copy, put the date in or move it, take it out."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True)
class Organiser:
    """Who publishes a feed: a mail address, and what they are called."""

    mail: str
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Date:
    """One date. `uid` stays for ever; `sequence` grows with each change, so that a calendar knows the newest state.

    `starts_at` and `ends_at` are aware. `organiser` is a mail address, `attendee` the one who is invited, `agreed`
    where they said themselves that they come. In a feed `written_at` is when this was written: the same text as long as
    nothing changed; and `cancelled` says it is off.
    """

    uid: str
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    text: str = ""
    place: str = ""
    url: str = ""
    sequence: int = 0
    organiser: str = ""
    organiser_name: str = ""
    attendee: str = ""
    agreed: bool = False
    written_at: dt.datetime | None = None
    cancelled: bool = False
    all_day: bool = False  # the day of `starts_at` at the centre, without a time


def file(date: Date, *, method: Method = Method.PUBLISH) -> str:
    """The text of the `.ics` file. Moments are given in UTC, so that no time zone has to be described."""
    date = replace(date, cancelled=date.cancelled or method == Method.CANCEL)
    attendee = _ATTENDEE if date.attendee and method != Method.PUBLISH else ""
    if not (_SIMPLE.fullmatch(date.uid) and (not attendee or _SIMPLE.fullmatch(date.attendee))):
        return _file([date], method)
    # All guests of an event have the same file, but for three lines.
    shared = replace(date, uid=_UID, attendee=attendee, written_at=_MADE)
    text = _made.take((shared, method), lambda: _file([shared], method))
    written = (date.written_at or clock.now()).astimezone(dt.UTC)
    own = {
        f"UID:{_UID}": f"UID:{date.uid}",
        f"DTSTAMP:{_MADE:{_UTC}}": f"DTSTAMP:{written:{_UTC}}",
        f"{_INVITED[date.agreed]}{_ATTENDEE}": f"{_INVITED[date.agreed]}{date.attendee}",
    }
    return LINE_END.join(_folded(own[line]) if line in own else line for line in text.split(LINE_END))


def _folded(line: str) -> str:
    """As the standard wants it (RFC 5545, 3.1): no line has more than 75 bytes. Only for ASCII."""
    return f"{LINE_END} ".join(line[at : at + MOST_BYTES] for at in range(0, len(line), MOST_BYTES))


def files(dates: Iterable[Date]) -> str:
    """Several dates in one `.ics` file to keep."""
    return _file(dates, Method.PUBLISH)


def organiser_of(text: str) -> str:
    """The mail address that invites in a file of ours; empty where there is none."""
    found = _ORGANISER.search(text.replace(f"{LINE_END} ", ""))
    return found[1].strip() if found else ""


def _file(dates: Iterable[Date], method: Method) -> str:
    from icalendar import Calendar  # when it is needed: a server starts without it

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    for date in dates:
        calendar.add_component(_event(date, cancelled=date.cancelled, method=method))
    return calendar.to_ical().decode()


def feed(dates: Iterable[Date], *, name: str, organiser: Organiser, text: str = "", url: str = "") -> str:
    """The text of a feed that is called `name` in somebody's calendar. The same dates give the same text.

    `organiser` is that of each date that names none: what is published has one (RFC 5546, 3.2.1).
    """
    from icalendar import Calendar, vDuration

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", Method.PUBLISH.value)
    # RFC 7986 and, for the calendars that came before it, what Apple and Microsoft read.
    for key in ("name", "x-wr-calname"):
        calendar.add(key, name)
    if text:
        for key in ("description", "x-wr-caldesc"):
            calendar.add(key, text)
    if url:
        calendar.add("url", url)
    calendar.add("refresh-interval", vDuration(ASK_AGAIN, params={"VALUE": "DURATION"}))
    calendar.add("x-published-ttl", vDuration(ASK_AGAIN))
    for date in dates:
        held = date if date.organiser else replace(date, organiser=organiser.mail, organiser_name=organiser.name)
        calendar.add_component(_event(held, cancelled=date.cancelled, method=Method.PUBLISH))
    return calendar.to_ical().decode()


def _event(date: Date, *, cancelled: bool, method: Method) -> "Event":
    from icalendar import Event, vCalAddress, vText

    event = Event()
    event.add("uid", date.uid)
    event.add("dtstamp", (date.written_at or clock.now()).astimezone(dt.UTC))
    if date.all_day:
        day = clock.local(date.starts_at).date()
        event.add("dtstart", day)
        event.add("dtend", day + dt.timedelta(days=1))
        event.add("transp", "TRANSPARENT")  # whoever it belongs to is not busy all day
    else:
        event.add("dtstart", date.starts_at.astimezone(dt.UTC))
        event.add("dtend", date.ends_at.astimezone(dt.UTC))
    event.add("summary", date.title)
    event.add("sequence", date.sequence)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    for name, value in (("description", date.text), ("location", date.place), ("url", date.url)):
        if value:
            event.add(name, value)
    if date.organiser:
        organiser = vCalAddress(f"mailto:{date.organiser}")
        organiser.params["CN"] = vText(date.organiser_name or date.organiser)
        event["organizer"] = organiser
    if date.attendee and method != Method.PUBLISH:  # what is only to keep invites nobody (RFC 5546, 3.2.1)
        attendee = vCalAddress(f"mailto:{date.attendee}")
        attendee.params["PARTSTAT"] = vText("ACCEPTED" if date.agreed else "NEEDS-ACTION")
        attendee.params["RSVP"] = vText("FALSE")
        event.add("attendee", attendee)
    return event
