"""What guests would hear if an offer were published, or an event called off, as it stands: nothing here is stored."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass

from wegweiser.catalogue import drafts as works
from wegweiser.catalogue.drafts import Work
from wegweiser.consortium import queries as consortium
from wegweiser.events import hosting, letter_texts, queries
from wegweiser.events.models import Event, Registration, State
from wegweiser.outbox.rendering import Rendered

NOBODYS = "…"  # stands where a guest's own link does


@dataclass(frozen=True)
class Move:
    """A change of day or place that guests do not know yet: what they were told, what holds then, who hears of it."""

    before: Mapping[str, str]
    after: Mapping[str, str]
    by_mail: int
    by_call: int
    letter: Rendered | None

    @property
    def told(self) -> int:
        return self.by_mail + self.by_call


def pending(event: Event, work: Work) -> Move | None:
    """What guests would hear if `work` were published now; None where they know it, or where nobody has to hear it."""
    if work.entry is None or event.is_cancelled:
        return None
    then = _as_published(event, work)
    after = queries.told_now(then)
    by_mail, by_call = hosting.told_of(event)
    if after == event.told or not by_mail + by_call:
        return None
    before, then.told = event.told, after
    return Move(before, after, by_mail, by_call, _letter(then, "event_moved", before))


def off(event: Event, reason: str) -> Move:
    """What guests would hear if the event were called off for `reason`."""
    then = copy.copy(event)
    then.cancelled_reason = reason
    by_mail, by_call = hosting.told_of(event)
    return Move(event.told, event.told, by_mail, by_call, _letter(then, "event_cancelled", None))


def _as_published(event: Event, work: Work) -> Event:
    then, draft = copy.copy(event), copy.copy(event.draft)
    draft.entry = works.unsaved_entry(work)
    then.draft = draft
    return then


def _letter(event: Event, what: str, before: Mapping[str, str] | None) -> Rendered | None:
    """The letter as the first who is registered gets it, with nobody's name and without their link."""
    pools = list(event.pools.all())
    if not pools:
        return None
    row = Registration(event=event, pool=pools[0], places=1, name="…", state=State.CONFIRMED)
    return letter_texts.composed(row, what, centre=consortium.centre(), before=before, secret=NOBODYS)
