"""Moving moments along with an event, as the clock on the wall shows them. Plain values in, plain values out.

Nine o'clock stays nine o'clock where summer time begins or ends in between.
"""

import datetime as dt

from wegweiser.kernel import clock

DAY = 24 * 60  # minutes
Window = tuple[dt.datetime | None, dt.datetime | None]  # from when and until when one may register


def wall(moment: dt.datetime | None, old: dt.datetime | None, new: dt.datetime | None) -> dt.datetime | None:
    """`moment` moved as far as from `old` to `new`, as the clock at the centre shows them."""
    moved = shown(moment, old, new)
    return clock.at(moved.date(), moved.time()) if moved else moment


def shown(moment: dt.datetime | None, old: dt.datetime | None, new: dt.datetime | None) -> dt.datetime | None:
    """What the clock would have to show then (naive): there are hours that it leaves out. None where nothing moves."""
    if moment is None or old is None or new is None:
        return None
    plain = [clock.local(value).replace(tzinfo=None) for value in (moment, old, new)]
    return plain[0] + (plain[2] - plain[1])


def window(moment: dt.datetime | None, old: dt.datetime | None, new: dt.datetime | None) -> dt.datetime | None:
    """When registration opens or closes, moved along: by whole days, so that it stays "two days before at midnight".

    What lies on the day itself ("an hour before it begins") moves with the hour, too.
    """
    if moment is None or old is None or new is None:
        return moment
    local = clock.local(moment)
    if local.date() == clock.local(old).date():
        return wall(moment, old, new)
    days = clock.local(new).date() - clock.local(old).date()
    return clock.at(local.date() + days, local.time())


def registration(
    opens: dt.datetime | None,
    closes: dt.datetime | None,
    old: dt.datetime | None,
    new: dt.datetime | None,
    *,
    now: dt.datetime,
) -> Window:
    """From when and until when one may register once a published event moved from `old` to `new`.

    What was set for a day behind the old one was set for the new one already. A registration that is open stays open.
    """
    if old is None or new is None or old == new:
        return opens, closes
    later_opens, later_closes = opens, closes
    if closes and closes <= old:
        later_closes = window(closes, old, new)
    if opens and opens <= old and (opens > now or new < old):
        later_opens = window(opens, old, new)
    if later_opens and later_closes and later_closes <= later_opens:  # one was set for the new day, the other was not
        return opens, closes
    return later_opens, later_closes


def minutes(old: dt.datetime | None, new: dt.datetime | None) -> int:
    """How much later in the day `new` begins than `old`, in minutes on the wall; the days between do not count."""
    if old is None or new is None:
        return 0
    hours = [clock.local(value).hour * 60 + clock.local(value).minute for value in (old, new)]
    return hours[1] - hours[0]


def later(time: str, by: int) -> str:
    """A time of day moved by so many minutes; empty stays empty.

    >>> later("18:30", -90), later("23:30", 60), later("", 5)
    ('17:00', '00:30', '')
    """
    if not time:
        return time
    hour, _colon, minute = time.partition(":")
    moved = (int(hour) * 60 + int(minute) + by) % DAY
    return f"{moved // 60:02d}:{moved % 60:02d}"
