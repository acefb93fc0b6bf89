"""An event of today with guests, for pages of the desk: it began an hour ago."""

import datetime as dt
import uuid
from dataclasses import dataclass

from tests.contact_point import BY
from tests.events.world import further
from wegweiser.catalogue import content
from wegweiser.catalogue import drafts as works
from wegweiser.catalogue.actions import drafts
from wegweiser.catalogue.models import Draft, Kind
from wegweiser.consortium.models import Partner, Topic
from wegweiser.events.actions import events, letters, presence_lists, registrations
from wegweiser.events.actions.events import Places
from wegweiser.events.guests import Guest
from wegweiser.events.models import Event, Pool, PresenceList, Registration
from wegweiser.kernel import clock
from wegweiser.kernel.translated import translated

HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Gathering:
    event: Event
    guests: list[Registration]

    @property
    def pool(self) -> Pool:
        return self.event.pools.get()


def of_today(partner: Partner, *, guests: int = 2, chairs: int = 20, title: str = "Aufträge im Blick") -> Gathering:
    """Published by `partner`; everybody was registered by telephone."""
    given = {"guests": guests, "chairs": chairs, "title": title}
    return further("gathering", lambda: _of_today(partner, **given), None, partner=partner.key, **given)


def _of_today(partner: Partner, *, guests: int, chairs: int, title: str) -> Gathering:
    start = clock.now()
    contact = works.contacts([partner.pk]).first()
    said = {
        "title": {"de": title},
        "summary": {"de": "Wo steht welcher Auftrag?"},
        "topics": [topic.key for topic in Topic.objects.order_by("id")[:1]],
        "partner": partner.key,
        "contact": contact.slug if contact else "",
        "place": "Halle, Marktplatz 1",
        "starts_at": (start - HOUR).isoformat(),
        "ends_at": (start + HOUR).isoformat(),
    }
    draft = drafts.create(
        kind=Kind.EVENT, content={**content.empty(Kind.EVENT), **said}, submission=uuid.uuid4(), by=BY
    )
    drafts.publish(uuid=draft.uuid, seen=works.work(draft.uuid).stamp, by=BY)
    pools = [Places(chairs=chairs, label=translated("Vor Ort"))]
    event = events.open_registration(draft=Draft.objects.get(pk=draft.pk), pools=pools, settings={}, by=BY)
    found = Gathering(event, [])
    for number in range(1, guests + 1):
        register(found, name=f"Gast {number}", email=f"gast{number}@firma.example", firm=f"Betrieb {number} GmbH")
    return found


def register(gathering: Gathering, **guest: object) -> Registration:
    """Another guest, whenever they registered."""
    event = gathering.event
    row = registrations.register(
        event=event,
        pool=gathering.pool,
        submission=uuid.uuid4(),
        guest=Guest(**guest),
        by=BY,
    ).registration
    gathering.guests.append(row)
    return row


def link(row: Registration) -> str:
    """The secret of a guest's own page."""
    return letters.link(registration=row, by=BY)


def online_list(gathering: Gathering, text: str = "Name;Minuten\nGast 1;90\nUwe;9\n") -> PresenceList:
    """A list of who was there online, read in."""
    return presence_lists.read(event=gathering.event, name="liste.csv", data=text.encode(), by=BY)
