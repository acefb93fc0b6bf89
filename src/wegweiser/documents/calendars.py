"""Calendar files (iCalendar, RFC 5545): one date that a calendar can take in, follow when it changes, and drop."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from wegweiser.kernel import clock

PRODUCT = "-//Wegweiser//DE"


class Method(StrEnum):
    """What a calendar does with the file (RFC 5546): keep a copy, put the date in or move it, take it out."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, kw_only=True)
class Date:
    """One date. `uid` stays for ever; `sequence` grows with each change, so that a calendar knows the newest state.

    `starts_at` and `ends_at` are aware. `organiser` is a mail address, `attendee` the one who is invited.
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


def file(date: Date, *, method: Method = Method.PUBLISH) -> str:
    """The text of the `.ics` file. Moments are given in UTC, so that no time zone has to be described."""
    from icalendar import Calendar, Event, vCalAddress, vText  # when it is needed: a server starts without it

    event = Event()
    event.add("uid", date.uid)
    event.add("dtstamp", clock.now())
    event.add("dtstart", date.starts_at.astimezone(dt.UTC))
    event.add("dtend", date.ends_at.astimezone(dt.UTC))
    event.add("summary", date.title)
    event.add("sequence", date.sequence)
    event.add("status", "CANCELLED" if method == Method.CANCEL else "CONFIRMED")
    for name, value in (("description", date.text), ("location", date.place), ("url", date.url)):
        if value:
            event.add(name, value)
    if date.organiser:
        organiser = vCalAddress(f"mailto:{date.organiser}")
        organiser.params["CN"] = vText(date.organiser_name or date.organiser)
        event["organizer"] = organiser
    if date.attendee:
        attendee = vCalAddress(f"mailto:{date.attendee}")
        attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
        attendee.params["RSVP"] = vText("FALSE")
        event.add("attendee", attendee)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    calendar.add_component(event)
    return calendar.to_ical().decode()
