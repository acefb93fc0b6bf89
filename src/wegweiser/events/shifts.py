"""What goes along when an event moves, by the clock on the wall: nine o'clock stays nine o'clock, also where summer
time begins in between."""

import datetime as dt

from wegweiser.events.models import Event
from wegweiser.kernel import clock

Window = tuple[dt.datetime | None, dt.datetime | None]  # from when and until when one may register


def along(moment: dt.datetime, old: dt.datetime, new: dt.datetime) -> dt.datetime:
    """`moment` moved as far as from `old` to `new`, as the clock at the centre shows them."""
    plain = [clock.local(value).replace(tzinfo=None) for value in (moment, old, new)]
    moved = plain[0] + (plain[2] - plain[1])
    return clock.at(moved.date(), moved.time())


def window(event: Event, old: dt.datetime | None, new: dt.datetime | None, *, now: dt.datetime) -> Window:
    """From when and until when one may register once the event moved from `old` to `new`.

    What was set for a day behind the old one was set for the new one already. A registration that is open stays open.
    """
    opens, closes = event.opens_at, event.closes_at
    if old is None or new is None or old == new:
        return opens, closes
    if closes and closes <= old:
        closes = along(closes, old, new)
    if opens and opens <= old and (opens > now or new < old):
        opens = along(opens, old, new)
    if opens and closes and closes <= opens:  # one of them was set for the new day, the other was not
        return event.opens_at, event.closes_at
    return opens, closes
