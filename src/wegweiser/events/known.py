"""What guests know of day and place, and what of it concerns whom: nobody is told of a change that is none to them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from wegweiser.catalogue import content
from wegweiser.events.models import Pool, Way

LINK = "join"  # a fingerprint of the link by which one takes part online; empty where there is none


def concerning(pool: Pool, told: Mapping[str, Any], *, began: str = "") -> dict[str, str]:
    """Of what was told, what somebody with a place in `pool` has to know.

    Whoever has a slot knows its own time, `began` where it was another then; whoever takes part online needs no room.
    """
    keys = [LINK] if pool.way == Way.ONLINE else ["place", "room"]
    found = {key: told.get(key, "") for key in keys}
    if pool.starts_at is None or pool.ends_at is None:
        return {**found, "starts_at": told.get("starts_at", ""), "ends_at": told.get("ends_at", "")}
    starts = content.moment(began) or pool.starts_at
    ends = starts + (pool.ends_at - pool.starts_at)
    return {**found, "starts_at": _written(starts), "ends_at": _written(ends)}


def began(told: Mapping[str, Any], pool: Pool) -> str:
    """When a slot began that moved since, as it is kept beside what was told."""
    return str(told.get("slots", {}).get(str(pool.pk), ""))


def concerned(pools: Iterable[Pool], before: Mapping[str, Any], now: Mapping[str, str]) -> list[Pool]:
    """For whom something is different now."""
    return [pool for pool in pools if concerning(pool, before, began=began(before, pool)) != concerning(pool, now)]


def complete(told: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """What was told, with what nobody wrote down at that time: there they know what holds now."""
    return {**now, **told}


def _written(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat()
