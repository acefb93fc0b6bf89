"""A series of the model centre with dates behind it and ahead of it: guests who came, attendance that is closed, what
they thought of it, so that figures, certificates and the names that are still held have something to show.

Everybody is invented and says so. It is made once, with a fixed seed, as if it had been entered while it happened.
"""

import datetime as dt
import random
from collections.abc import Sequence
from uuid import UUID, uuid5

from django.db import transaction

from wegweiser.catalogue import content as contents
from wegweiser.catalogue.actions import drafts as catalogue
from wegweiser.catalogue.drafts import work
from wegweiser.catalogue.models import Draft, Kind
from wegweiser.config.demo_events import ACCESS, BY, FIRST, LAST, PLACES, TRADES
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Member, Partner, Topic
from wegweiser.crossings import attendance as histories
from wegweiser.crossings import series as crossing
from wegweiser.events.actions import arranging, attendance, feedback, notices, series, whole_series
from wegweiser.events.actions.copies import When
from wegweiser.events.actions.events import Places
from wegweiser.events.actions.whole_series import Choice
from wegweiser.events.guests import Guest
from wegweiser.events.models import Event, Registration, Seat, Series
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR, Actor
from wegweiser.kernel.translated import translated
from wegweiser.outbox.models import Letter
from wegweiser.outbox.models import State as LetterState

SPACE = UUID("8a4f7f10-2c1d-4c29-9f50-1d1c2f7a2047")
SEED = 2047
DATES, PAST = 6, 3
FIRST_AGO = 16  # days, or up to two more where that is a weekend
WEEK = dt.timedelta(weeks=1)
AT, HOURS, CHAIRS = dt.time(16), 2, 20
REGULARS, FURTHER = 9, (2, 5)  # guests of all dates, and of one alone
CAME = 0.85
ANSWERS = (9, 6, 2)  # to how it was, of each past date: below five there are no figures
TITLE = translated("Feierabendrunde: eine Stunde Digitales (fiktiv)", "After work: an hour of digital topics")
MISSING = ("Mehr Zeit für Fragen.", "Ein Beispiel aus einem Betrieb mit fünf Leuten.", "Die Folien vorab.")


def make(advisers: Sequence[tuple[Member, Partner]]) -> int:
    """The series with its guests, once. Gives how many registrations were made."""
    found = _host(advisers)
    if Series.objects.exists() or found is None:
        return 0
    contact, partner, topic = found
    chance = random.Random(SEED)  # noqa: S311 - an example, no secret
    first = clock.today() - dt.timedelta(days=FIRST_AGO)
    while first.weekday() > 4:
        first -= dt.timedelta(days=1)
    whens = [_when(first + number * WEEK) for number in range(DATES)]
    with transaction.atomic():
        with clock.stopped_at(whens[0].starts_at - 3 * WEEK):
            events = _published(contact, partner, topic, whens)
            _register_all(events, chance)
        by = Actor.staff(contact.user.uuid) if contact.user else BY
        for number, event in enumerate(events):
            with clock.stopped_at(min(whens[number].starts_at - dt.timedelta(days=2), clock.now())):
                for _guest in range(chance.randint(*FURTHER)):
                    _register([event], chance)
            if number < PAST:
                _held(event, whens[number], ANSWERS[number], chance, by)
        guests = Registration.objects.filter(event__in=events)
        letters = Letter.objects.filter(cause_uuid__in=guests.values("uuid"), state=LetterState.QUEUED)
        letters.delete()  # nobody is behind these addresses
    return guests.count()


def _host(advisers: Sequence[tuple[Member, Partner]]) -> tuple[Member, Partner, Topic] | None:
    """The first adviser whose partner answers for a topic."""
    owners = consortium.owners()
    for member, partner in advisers:
        topic = Topic.objects.filter(pk__in=[topic for topic, owner in owners.items() if owner == partner]).first()
        if topic:
            return member, partner, topic
    return None


def _when(day: dt.date) -> When:
    starts = clock.at(day, AT)
    return When(starts_at=starts, ends_at=starts + dt.timedelta(hours=HOURS))


def _published(contact: Member, partner: Partner, topic: Topic, whens: Sequence[When]) -> list[Event]:
    """The dates, public and open for registration."""
    ends = whens[0].ends_at
    content = {
        **contents.empty(Kind.EVENT),
        "title": dict(TITLE),
        "summary": {
            "de": "Jede Woche eine Frage aus der Werkstatt, eine Antwort zum Mitmachen und Zeit zum Reden.",
            "en": "Every week one question from the workshop, one answer to try out, and time to talk.",
        },
        "topics": [topic.key],
        "partner": partner.key,
        "contact": contact.slug,
        "place": consortium.centre().seat,
        "starts_at": whens[0].starts_at.isoformat(),
        "ends_at": ends.isoformat() if ends else "",
        "price": "0.00",
        "details": {"capacity": CHAIRS},
    }
    draft = catalogue.create(kind=Kind.EVENT, content=content, submission=uuid5(SPACE, "first"), by=BY)
    catalogue.publish(uuid=draft.uuid, seen=_stamp(draft), by=BY)
    entry = Draft.objects.get(pk=draft.pk).entry
    assert entry is not None  # noqa: S101 - it was published a moment ago
    pools = [Places(chairs=CHAIRS, label=translated("Vor Ort", "On site"))]
    opened = arranging.arrange(offer=entry.uuid, seen="", settings={"access": ACCESS}, pools=pools, by=BY).event
    begun = series.begin(source=opened, whens=whens[1:], submission=uuid5(SPACE, "series"), by=BY)
    crossing.publish(events=begun.made, by=BY)
    rows = Event.objects.filter(series=begun.series).select_related("draft__entry", "series")
    return list(rows.order_by("draft__starts_at"))


def _stamp(draft: Draft) -> str:
    found = work(draft.uuid)
    return found.stamp if found else ""


def _register_all(events: Sequence[Event], chance: random.Random) -> None:
    for _guest in range(REGULARS):
        _register(events, chance)


def _register(events: Sequence[Event], chance: random.Random) -> None:
    """Somebody for these dates, with one form."""
    number = Registration.objects.filter(event__series=events[0].series).count()
    guest = Guest(
        name=f"{chance.choice(FIRST)} {chance.choice(LAST)} (fiktiv)",
        email=f"runde{number}@beispiel.example",
        firm=f"{chance.choice(TRADES)} {chance.choice(PLACES)} GmbH (fiktiv)",
    )
    choices = [Choice(event, event.pools.all()[0]) for event in events]
    whole_series.register(choices=choices, submission=uuid5(SPACE, f"guest/{number}"), guest=guest, by=VISITOR)


def _held(event: Event, when: When, answers: int, chance: random.Random, by: Actor) -> None:
    """Who came, the attendance closed on the next morning, the thanks, and what guests answered to it."""
    with clock.stopped_at(when.starts_at):
        for seat in Seat.objects.filter(registration__event=event).order_by("pk"):
            if chance.random() < CAME:
                attendance.arrive(seat=seat, by=by)
    with clock.stopped_at(when.starts_at + dt.timedelta(hours=17, minutes=30)):  # half past nine on the next day
        histories.settle(event=event, by=by)
        notices.send_due(by=BY)
    came = Registration.objects.filter(event=event, seats__presence="attended").order_by("pk").distinct()
    with clock.stopped_at(when.starts_at + dt.timedelta(hours=20)):
        for registration in came[:answers]:
            feedback.give(
                registration=registration,
                useful=chance.choice((3, 4, 4, 5, 5)),
                recommend=chance.choice((6, 8, 9, 9, 10)),
                missing=chance.choice((*MISSING, "", "", "")),
                by=VISITOR,
            )
