"""An event with places, for tests: published, in a week, at the small centre of `tests.contact_point`."""

import datetime as dt
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from tests import contact_point, kept
from tests.contact_point import BY, MONDAY, World
from wegweiser.catalogue import content
from wegweiser.catalogue.actions import drafts
from wegweiser.catalogue.drafts import work
from wegweiser.catalogue.models import Draft, Kind
from wegweiser.events.actions import events, registrations
from wegweiser.events.actions.events import Places
from wegweiser.events.actions.registrations import Registered
from wegweiser.events.guests import Guest
from wegweiser.events.models import Event, Pool, Registration
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR, Actor
from wegweiser.kernel.translated import translated

T = TypeVar("T")
STARTS = MONDAY + dt.timedelta(days=7)
ENDS = STARTS + dt.timedelta(hours=2)


@dataclass(frozen=True)
class Held:
    """The centre, and its event with one pool."""

    centre: World
    draft: Draft
    event: Event

    @property
    def pool(self) -> Pool:
        return self.event.pools.get()


def document(**given: object) -> dict[str, object]:
    told = {
        "title": {"de": "Aufträge im Blick", "en": "Orders in view"},
        "summary": {"de": "Wo steht welcher Auftrag?"},
        "text": {"de": "Wir zeigen es an einer echten Fertigung."},
        "topics": ["netz"],
        "partner": "other",
        "contact": "",
        "format": "Informationsveranstaltung",
        "place": "Halle, Marktplatz 1",
        "starts_at": STARTS.isoformat(),
        "ends_at": ENDS.isoformat(),
    }
    return {**content.empty(Kind.EVENT), **told, **given}


def published(world: World, **given: object) -> Draft:
    """A published event; `given` are parts of its document."""
    given.setdefault("contact", world.ben.slug)
    draft = drafts.create(kind=Kind.EVENT, content=document(**given), submission=uuid.uuid4(), by=BY)
    drafts.publish(uuid=draft.uuid, seen=work(draft.uuid).stamp, by=BY)
    return Draft.objects.get(pk=draft.pk)


def held(*, places: int = 3, centre: World | None = None, starts_at: dt.datetime = STARTS, **settings: object) -> Held:
    """A published event with so many places, and these settings."""

    def build() -> Held:
        there = centre or contact_point.world()
        ends_at = starts_at + (ENDS - STARTS)
        draft = published(there, starts_at=starts_at.isoformat(), ends_at=ends_at.isoformat())
        pools = [Places(chairs=places, label=translated("Vor Ort", "On site"))]
        event = events.open_registration(draft=draft, pools=pools, settings=settings, by=BY)
        return Held(there, draft, event)

    found = further("held", build, centre, places=places, starts_at=starts_at, **settings)
    return replace(found, centre=centre or found.centre)


def further(what: str, build: Callable[[], T], centre: World | None, **given: object) -> T:
    """What `build` gives on Monday at this centre, see `kept.further`; at other times the clock may run."""
    said = repr(sorted(given.items()))
    if clock.now() != MONDAY or " at 0x" in said:  # of an object that does not say what it is
        return build()
    return kept.further((what, centre and (centre.centre.pk, centre.ben.slug), said), build)


def guest(number: int = 1, **given: object) -> Guest:
    told = {"name": f"Gast {number}", "email": f"gast{number}@firma.example", "firm": f"Betrieb {number} GmbH"}
    return Guest(**{**told, **given})


def register(held: Held, number: int = 1, *, by: Actor = VISITOR, **given: object) -> Registered:
    return registrations.register(
        event=held.event, pool=held.pool, submission=uuid.uuid4(), guest=guest(number, **given), by=by
    )


def hidden(page: str) -> list[tuple[str, str]]:
    """What a form carries without anybody typing it: (name, value) each."""
    return re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)


def states(held: Held) -> list[str]:
    return list(Registration.objects.filter(event=held.event).order_by("id").values_list("state", flat=True))
