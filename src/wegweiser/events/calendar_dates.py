"""A registration as the date that a guest's calendar has of it."""

import datetime as dt

from wegweiser.catalogue import content
from wegweiser.documents import calendars
from wegweiser.events import queries
from wegweiser.events.models import Registration, State, Way
from wegweiser.kernel import addresses
from wegweiser.kernel.translated import Translated

FIRST_HOUR = dt.timedelta(hours=1)  # of an event that names no end


def of(
    registration: Registration, *, title: Translated, place: str, organiser: str, organiser_name: str
) -> calendars.Date | None:
    """The date as the guest's calendar has it; its name stays, and its number grows with each change of the event."""
    event, pool = registration.event, registration.pool
    starts = pool.starts_at or queries.starts_at(event)
    if starts is None:
        return None
    ends = pool.ends_at or content.moment(event.told.get("ends_at")) or starts + FIRST_HOUR
    return calendars.Date(
        uid=addresses.identity(registration.uuid),
        title=title.text(registration.language),
        starts_at=starts,
        ends_at=max(ends, starts),
        place=event.join_link if pool.way == Way.ONLINE and registration.state == State.CONFIRMED else place,
        sequence=event.sequence * 2 + (1 if registration.state == State.CANCELLED else 0),
        organiser=organiser,
        organiser_name=organiser_name,
        attendee=registration.email,
        agreed=True,
    )
