"""What guests would hear if an offer were published, or an event called off, as it stands: nothing here is stored."""

import copy
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wegweiser.catalogue import content
from wegweiser.catalogue import drafts as works
from wegweiser.catalogue.drafts import Work
from wegweiser.consortium import queries as consortium
from wegweiser.events import arrangement, hosting, known, letter_texts, queries, shifting, talks
from wegweiser.events.models import Event, Pool, Registration, State
from wegweiser.events.shifting import Window
from wegweiser.kernel import clock
from wegweiser.outbox.rendering import Rendered

NOBODYS = "…"  # stands where a guest's own link does


@dataclass(frozen=True)
class Move:
    """A change of day or place that guests do not know yet: what they were told, what holds then, who hears of it.

    The time to register that goes along stands in both as `opens_at` and `closes_at`. `outside` are talks that would
    lie outside the hours then, each with how many registrations have or want it; of that nobody writes to them.
    """

    before: Mapping[str, Any]
    after: Mapping[str, str]
    by_mail: int
    by_call: int
    letter: Rendered | None
    outside: Sequence[tuple[Pool, int]] = ()

    @property
    def told(self) -> int:
        return self.by_mail + self.by_call


def pending(event: Event, work: Work) -> Move | None:
    """What guests would hear if `work` were published now; None where they know it, or where nobody has to hear it."""
    if work.entry is None or event.is_cancelled:
        return None
    then = _as_published(event, work)
    after = queries.told_now(then)
    before, then.told = known.complete(event.told, after), after
    pools, slots = _moved(event, before, after)
    told = {**before, "slots": slots}
    concerned = known.concerned(pools, told, after)
    by_mail, by_call = hosting.told_of(event, concerned)
    left = _left_outside(event, pools, after)
    if not by_mail + by_call and not left:
        return None
    letter = None
    if by_mail + by_call:
        first = concerned[0]
        letter = _letter(then, "event_moved", first, known.concerning(first, told, began=known.began(told, first)))
    windows = [(event.opens_at, event.closes_at), _window(event, before, after)]
    was, becomes = ({"opens_at": _iso(opens), "closes_at": _iso(closes)} for opens, closes in windows)
    return Move({**before, **was}, {**after, **becomes}, by_mail, by_call, letter, left)


def outside(event: Event, work: Work) -> list[Pool]:
    """The talks that lie outside the hours of the event as `work` has it."""
    after = queries.told_now(_as_published(event, work))
    pools, _slots = _moved(event, known.complete(event.told, after), after)
    return _outside(pools, after)


def _outside(pools: Iterable[Pool], after: Mapping[str, str]) -> list[Pool]:
    starts, ends = content.moment(after.get("starts_at")), content.moment(after.get("ends_at"))
    return [pool for pool in pools if not talks.is_within(pool, starts, ends)]


def _left_outside(event: Event, pools: Iterable[Pool], after: Mapping[str, str]) -> list[tuple[Pool, int]]:
    """The talks somebody has or wants that would lie outside the hours, and do not yet."""
    now = {pool.pk for pool in talks.outside(event, event.pools.all())}
    fresh = [pool for pool in _outside(pools, after) if pool.pk not in now]
    return [(pool, count) for pool in fresh if (count := sum(hosting.told_of(event, [pool])))]


def off(event: Event, reason: str) -> Move:
    """What guests would hear if the event were called off for `reason`."""
    then = copy.copy(event)
    then.cancelled_reason = reason
    by_mail, by_call = hosting.told_of(event)
    letter = _letter(then, "event_cancelled", event.pools.first(), None)
    return Move(event.told, event.told, by_mail, by_call, letter)


def _moved(event: Event, before: Mapping[str, str], after: Mapping[str, str]) -> tuple[list[Pool], dict[str, str]]:
    """The pools with the times they would have then, and when their slots begin now."""
    old, new = _beginnings(before, after)
    pools, slots = list(event.pools.all()), {}
    for pool in pools:
        if old and new and pool.starts_at and pool.ends_at:
            slots[str(pool.pk)] = pool.starts_at.isoformat()
            usual = arrangement.label(way=pool.way, starts_at=pool.starts_at, ends_at=pool.ends_at)
            pool.starts_at, pool.ends_at = (
                shifting.wall(moment, old, new) for moment in (pool.starts_at, pool.ends_at)
            )
            if pool.label == usual:
                pool.label = arrangement.label(way=pool.way, starts_at=pool.starts_at, ends_at=pool.ends_at)
    return pools, slots


def _window(event: Event, before: Mapping[str, str], after: Mapping[str, str]) -> Window:
    return shifting.registration(event.opens_at, event.closes_at, *_beginnings(before, after), now=clock.now())


def _beginnings(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[dt.datetime | None, dt.datetime | None]:
    return content.moment(before.get("starts_at")), content.moment(after.get("starts_at"))


def _iso(moment: dt.datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _as_published(event: Event, work: Work) -> Event:
    then, draft = copy.copy(event), copy.copy(event.draft)
    draft.entry = works.unsaved_entry(work)
    then.draft = draft
    return then


def _letter(event: Event, what: str, pool: Pool | None, before: Mapping[str, str] | None) -> Rendered | None:
    """The letter as somebody with a place in `pool` gets it, with nobody's name and without their link."""
    if pool is None:
        return None
    row = Registration(event=event, pool=pool, places=1, name="…", state=State.CONFIRMED)
    return letter_texts.composed(row, what, centre=consortium.centre(), before=before, secret=NOBODYS)
