"""Who gets a place: the rule of the waiting list, on plain numbers.

A pool of places has a capacity. Confirmed places, offers that are open and addresses that wait to be confirmed are
taken. The line is served from its head. In strict order a group that does not fit yet holds up everybody behind it;
with `fill` whoever fits goes first, and people are told so. Who asks for more places than the pool has can never be
served and holds up nobody.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Waiting:
    """Somebody in the line, who wants so many places."""

    id: int
    places: int


def moving_up(*, capacity: int, taken: int, line: Iterable[Waiting], fill: bool) -> list[Waiting]:
    """Who of the `line` (its head first) gets places now, in its order.

    >>> line = [Waiting(1, 2), Waiting(2, 3), Waiting(3, 1)]
    >>> [row.id for row in moving_up(capacity=10, taken=7, line=line, fill=False)]
    [1]
    >>> [row.id for row in moving_up(capacity=10, taken=7, line=line, fill=True)]
    [1, 3]
    """
    free, served = capacity - taken, []
    for row in line:
        if row.places > capacity:
            continue
        if row.places <= free:
            served.append(row)
            free -= row.places
        elif not fill:
            break
    return served


def fits(*, free: int, places: int, somebody_waits: bool, fill: bool) -> bool:
    """Whether somebody new gets `places` at once, past nobody who stands in the line before them and could ever fit."""
    return places <= free and (fill or not somebody_waits)


def free(*, capacity: int, taken: int) -> int:
    """Places that nobody has; none where more are taken than there are now."""
    return max(capacity - taken, 0)
