"""Reads of lists of who was there online."""

import datetime as dt
import math

from wegweiser.events import presence, queries
from wegweiser.events.models import Event, PresenceList, Seat, Whose
from wegweiser.events.whose import Guest, Register

USUAL = dt.timedelta(hours=1)  # of an event that names no end


def register(event: Event) -> Register:
    """Everybody whom a row of a list of this event could be."""
    return Register(_guest(seat) for seat in presence.seats(event))


def starts(event: Event) -> dt.datetime | None:
    return queries.starts_at(event)


def least_minutes(event: Event) -> int:
    """So long one has to be there online to have taken part."""
    dated = event.draft.entry or event.draft
    lasts = dated.ends_at - dated.starts_at if dated.starts_at and dated.ends_at else USUAL
    return max(math.ceil(lasts.total_seconds() / 60 * event.least_share / 100), 1)


def undecided(presence_list: PresenceList) -> int:
    return presence_list.rows.filter(whose=Whose.OPEN).count()


def label(seat: Seat) -> str:
    """A guest as one picks them from a list; the number tells two of one name apart."""
    row = seat.registration
    name = seat.name or row.name or "–"
    return " · ".join(filter(None, [name, row.firm, f"{row.pk}-{seat.position}"]))


def by_label(event: Event, text: str) -> Seat | None:
    """The guest that was picked by `label`, or by a name that only one has."""
    wanted = " ".join(text.split())
    seats = list(presence.seats(event))
    exact = [seat for seat in seats if label(seat) == wanted]
    named = [seat for seat in seats if (seat.name or seat.registration.name).casefold() == wanted.casefold()]
    found = exact or named
    return found[0] if len(found) == 1 else None


def labels(event: Event) -> list[str]:
    return [label(seat) for seat in presence.seats(event)]


def _guest(seat: Seat) -> Guest:
    """Of a group only the one who registered is reached by its address."""
    row = seat.registration
    name = seat.name or (row.name if seat.position == 1 else "")
    return Guest(seat.pk, name, row.email if seat.position == 1 else "")
