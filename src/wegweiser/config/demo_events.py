"""Registrations for the model centre's coming events, so that a newcomer sees what a list of guests looks like: one
nearly full, one full with people who wait, a consultation day with its talks.

Everybody is invented and says so. It is made once, with a fixed seed.
"""

import datetime as dt
import random
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q

from wegweiser.catalogue import content as contents
from wegweiser.catalogue import drafts
from wegweiser.catalogue.actions import drafts as catalogue
from wegweiser.catalogue.models import HERE, Entry, Kind
from wegweiser.config import demo_people
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Member, Partner, Topic
from wegweiser.events import arrangement
from wegweiser.events.actions import arranging, registrations
from wegweiser.events.actions.events import Places
from wegweiser.events.guests import Guest
from wegweiser.events.models import Event, Pool, Registration, State
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR, Actor
from wegweiser.kernel.translated import translated
from wegweiser.outbox.models import Letter
from wegweiser.outbox.models import State as LetterState

SPACE = UUID("8a4f7f10-2c1d-4c29-9f50-1d1c2f7a2020")
BY = Actor.system("demo")
SEED = 2020
TODAY = 12  # places of the event of today
HOURS_TODAY, FIRST_TODAY, LAST_TODAY = dt.timedelta(hours=2), dt.time(9), dt.time(16)  # when it may begin, local time
NEARLY, FULL = 2, 4  # places left in the one, registrations that wait in the other
USUAL = (3, 8)  # guests of any other event
FIRST = ("Anke", "Bernd", "Cem", "Dörte", "Elke", "Falk", "Grit", "Holger", "Ines", "Jens", "Karla", "Lutz", "Mandy")
LAST = ("Ackermann", "Bauer", "Çelik", "Dreßler", "Ebert", "Förster", "Günther", "Hahn", "Jahn", "Köhler", "Lehmann")
TRADES = ("Tischlerei", "Metallbau", "Druckerei", "Bäckerei", "Elektro", "Sanitär", "Kunststoff", "Maschinenbau")
PLACES = ("Nord", "Süd", "Ost", "West", "Mitte", "am Markt", "am Tor", "am Anger")
ACCESS = translated("Eingang ebenerdig, Aufzug im Haus.", "Level entrance, lift in the building.")


def make(advisers: list[tuple[Member, Partner]]) -> int:
    """Registrations for all coming events, once. Gives how many were made."""
    if Event.objects.filter(draft__is_template=False).exists():
        return 0
    today = _hold_today(advisers)
    now, chance = clock.now(), random.Random(SEED)  # noqa: S311 - an example, no secret
    coming = Entry.objects.filter(kind=Kind.EVENT, origin=HERE, withdrawn_at=None)
    coming = coming.filter(Q(starts_at__gt=now) | Q(pk=today))
    rows = list(coming.select_related("partner").order_by("starts_at", "slug"))
    staff = {partner.pk: Actor.staff(member.user.uuid) for member, partner in advisers if member.user}
    soon = now + dt.timedelta(hours=6)
    plain = [row for row in rows if not row.details.get("slot_minutes") and row.starts_at and row.starts_at > soon]
    small = sorted(plain[:8], key=lambda row: (row.details.get("capacity") or 99, row.starts_at))  # a list one can read
    full, nearly = (small[0].pk, small[1].pk) if len(small) > 1 else (0, 0)
    with transaction.atomic():
        for entry in rows:
            begins = entry.starts_at or now
            with clock.stopped_at(min(now, begins - dt.timedelta(hours=1))):  # also where today's has begun
                event = _open(entry)
                by = staff.get(entry.partner_id or 0, BY)
                capacity = sum(pool.capacity for pool in event.pools.all())
                wanted = {full: capacity, nearly: capacity - NEARLY}.get(
                    entry.pk, min(chance.randint(*USUAL), capacity - 1)
                )
                _fill(event, wanted, chance, by)
                if entry.pk == full:
                    _wait(event, FULL, chance, by)
        _send_nothing()
    return Registration.objects.count()


def _today() -> dt.datetime:
    """The next full hour, within the hours in which a centre holds events: in the evening it began in the afternoon.

    Whenever the demo is begun, the door lists it as today's event and lets people in.
    """
    day = clock.today()
    begins = clock.now().replace(minute=0, second=0, microsecond=0) + dt.timedelta(hours=1)
    return max(clock.at(day, FIRST_TODAY), min(begins, clock.at(day, LAST_TODAY)))


def _hold_today(advisers: list[tuple[Member, Partner]]) -> int:
    """An event of today, so that there is a door to try; its guests come with all the others'. Gives its entry."""
    contact, partner = advisers[0]
    owned = [topic for topic, owner in consortium.owners().items() if owner == partner]
    topic = Topic.objects.filter(pk__in=owned).first()
    start = _today()
    content = {
        **contents.empty(Kind.EVENT),
        "title": {
            "de": "Offene Werkstatt: Ihr Zettelkasten zieht um (fiktiv)",
            "en": "Open workshop: from paper to app",
        },
        "summary": {
            "de": "Bringen Sie einen Zettel mit, der bei Ihnen täglich von Hand zu Hand geht.",
            "en": "Bring a slip of paper that goes from hand to hand in your company every day.",
        },
        "topics": [topic.key] if topic else [],
        "partner": partner.key,
        "contact": contact.slug,
        "place": consortium.centre().seat,
        "starts_at": start.isoformat(),
        "ends_at": (start + HOURS_TODAY).isoformat(),
        "price": "0.00",
        "details": {"capacity": TODAY},
    }
    with clock.stopped_at(min(clock.now(), start - dt.timedelta(days=1))):
        draft = catalogue.create(kind=Kind.EVENT, content=content, submission=uuid5(SPACE, "today"), by=BY)
        work = drafts.work(draft.uuid)
        if work and work.readiness.ready:
            catalogue.publish(uuid=draft.uuid, seen=work.stamp, by=BY)
    return Entry.objects.filter(draft=draft).values_list("pk", flat=True).first() or 0


def _open(entry: Entry) -> Event:
    """Registration as the offer lets one expect it."""
    work = drafts.of_entry(entry)
    likely = arrangement.proposal(work.content)
    slots = [(slot.starts_at, slot.ends_at) for slot in likely.slots]
    times: list[tuple[dt.datetime | None, dt.datetime | None]] = [*slots] if slots else [(None, None)]
    pools = [
        Places(
            way=way,
            chairs=1 if slots else likely.places,
            label=arrangement.label(way=way, starts_at=starts, ends_at=ends),
            starts_at=starts,
            ends_at=ends,
        )
        for way in likely.ways
        for starts, ends in times
    ]
    online = "online" in likely.ways
    settings = {
        "closes_at": likely.closes_at if likely.closes_at and likely.closes_at > clock.now() else None,
        "most_places": 1 if slots else 5,
        "join_link": "https://konferenz.example/" + entry.slug if online else "",
        "access": ACCESS if "on_site" in likely.ways else translated(""),
    }
    return arranging.arrange(offer=entry.uuid, seen="", settings=settings, pools=pools, by=BY).event


def _send_nothing() -> None:
    """Nobody is behind these addresses: what would be mailed to them is forgotten. Calls to make stay."""
    guests = Registration.objects.values("uuid")
    Letter.objects.filter(cause_uuid__in=guests, state=LetterState.QUEUED).delete()


def _fill(event: Event, places: int, chance: random.Random, by: Actor) -> None:
    """So many places given to people who registered over the last three weeks, pool after pool."""
    moments = sorted(clock.now() - dt.timedelta(minutes=chance.randint(30, 21 * 24 * 60)) for _ in range(places))
    pools = [pool for pool in event.pools.all() for _ in range(pool.capacity)]
    if len(pools) > places and event.pools.count() > 1:
        pools = chance.sample(pools, places)
    left, turn = places, 0
    while left > 0:
        count = min(left, chance.choice((1, 1, 1, 2)) if event.most_places > 1 else 1)
        _register(event, pools[turn], count, moments[turn], chance, by)
        left, turn = left - count, turn + 1


def _wait(event: Event, number: int, chance: random.Random, by: Actor) -> None:
    """So many who wait; then the first place comes free, and the next in line is asked: on the telephone."""
    pool = event.pools.first()
    assert pool is not None  # noqa: S101 - it was filled before
    now = clock.now()
    for place in range(number):
        _register(event, pool, 1, now - dt.timedelta(minutes=25 - 5 * place), chance, by, mail=place > 0)
    gone = event.registrations.filter(state=State.CONFIRMED, places=1).order_by("id").first()
    if gone:
        registrations.cancel(registration=gone, by=VISITOR)


def _register(
    event: Event, pool: Pool, places: int, at: dt.datetime, chance: random.Random, by: Actor, *, mail: bool = True
) -> None:
    first, last = chance.choice(FIRST), chance.choice(LAST)
    number = event.registrations.count()
    name = f"{first} {last} (fiktiv)"
    guest = Guest(
        name=name,
        email=f"gast{event.pk}-{number}@beispiel.example" if mail or by == BY else "",
        phone=demo_people.number(demo_people.GUESTS, chance.randint(100, 999)),
        firm=f"{chance.choice(TRADES)} {chance.choice(PLACES)} GmbH (fiktiv)",
        places=places,
    )
    submission = uuid5(SPACE, f"{event.draft.slug}/{number}")
    with clock.stopped_at(at):
        registrations.register(event=event, pool=pool, submission=submission, guest=guest, by=by)
