"""Telling all guests of a change: a few at once, many in portions by the worker.

The change and the news of it are one transaction. Each portion is one of its own: it takes the event's lock, writes
its letters and how far it came. Whatever is killed in between, everybody gets one letter, and whoever registers
meanwhile waits for one portion at most.

What one action changes at several dates (`as_one`) is told together: who is registered for several of them gets one
letter. A portion then takes the locks of all these dates, in the order of their keys, and writes down at the others who
has heard.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet

from wegweiser.consortium import directory
from wegweiser.consortium.models import Centre
from wegweiser.events import known, queries
from wegweiser.events.actions import letters
from wegweiser.events.after_models import News, Told
from wegweiser.events.events import Event as Audited
from wegweiser.events.hosting import AT_ONCE
from wegweiser.events.locks import lock_events
from wegweiser.events.models import TOLD, Event, Registration
from wegweiser.kernel import audit, clock, fences, mail_addresses, together
from wegweiser.kernel.actor import Actor

PORTION = 50
MOST = 2_000  # in one run, so that the worker's other duties have their turn
_shared: ContextVar[UUID | None] = ContextVar("shared", default=None)
Family = dict[int, News]  # what one action changed and not everybody heard of, by event
Heard = tuple[Registration, dict[str, str]]  # somebody who is told, and what they knew


@contextmanager
def as_one(*, by: Actor) -> Iterator[None]:
    """What is changed inside, under the locks of all its dates and in one transaction, is told together."""
    if _shared.get() is not None:
        yield
        return
    shared = uuid4()
    token = _shared.set(shared)
    try:
        yield
    finally:
        _shared.reset(token)
    family = _family(shared)
    if family and _letters(family) <= AT_ONCE:
        events = lock_events(Event.objects.filter(pk__in=family))
        for news in family.values():
            _tell(news, family, events, news.guests + 1, by)


def spread(*, event: Event, what: Told, before: Mapping[str, object], by: Actor) -> News | None:
    """Have all who have a place or want one told of a change, which was made under the event's lock a moment ago.

    An address that nobody confirmed may be a stranger's: there nobody hears of it (`TOLD`).
    `before` is what they knew of day and place, with `slots` ({key of the pool: beginning}) where these moved.
    """
    with transaction.atomic():
        coming = Registration.objects.filter(event=event, state__in=TOLD)
        unfinished = News.objects.filter(event=event, ended_at=None)
        if what == Told.MOVED and not unfinished.exists():
            coming = coming.filter(pool__in=known.concerned(event.pools.all(), before, event.told))
        found = coming.aggregate(guests=Count("pk"), last=Max("pk"))
        if not found["guests"]:
            return None
        unfinished.update(ended_at=clock.now())
        news = News.objects.create(
            event=event,
            what=what,
            before=dict(before),
            last=found["last"],
            guests=found["guests"],
            shared=_shared.get(),
        )
        if news.shared is None and news.guests <= AT_ONCE:
            _tell(news, {event.pk: news}, {event.pk: event}, AT_ONCE + 1, by)
    return news


def tell_next(*, most: int = MOST, by: Actor) -> int:
    """Tell the next ones of all news that not everybody heard of, portion by portion. Gives how many.

    An event whose guests cannot be told holds up no other.
    """
    told: list[int] = []

    def tell(event: Event) -> None:
        while sum(told) < most and (done := _portion(event, by)) is not None:
            told.append(done)

    unfinished = News.objects.filter(ended_at=None).values("event")
    fences.each(Event.objects.filter(pk__in=unfinished).order_by("pk"), tell)
    return sum(told)


def _portion(event: Event, by: Actor) -> int | None:
    """How many were told; None where there is nothing more to tell."""
    with transaction.atomic():
        seen = _unfinished(event)
        if seen is None:
            return None
        together = _family(seen.shared) if seen.shared else {event.pk: seen}
        events = lock_events(Event.objects.filter(pk__in=together))
        news = _unfinished(event)
        if news is None:
            return None
        family = _family(news.shared) if news.shared else {event.pk: news}
        if not family.keys() <= events.keys():
            return 0  # another change came in between, with other dates: their locks come next time
        return _tell(family[event.pk], family, events, PORTION, by)


def _unfinished(event: Event) -> News | None:
    return News.objects.filter(event=event, ended_at=None).first()


def _family(shared: UUID) -> Family:
    rows = News.objects.filter(shared=shared, ended_at=None).order_by("event")
    return {row.event_id: row for row in rows}


def _letters(family: Family) -> int:
    """How many letters it takes to tell everybody."""
    found = Registration.objects.filter(event__in=family, state__in=TOLD).aggregate(
        mailboxes=Count("email", filter=~Q(email=""), distinct=True), calls=Count("pk", filter=Q(email=""))
    )
    return int(found["mailboxes"] + found["calls"])


def _tell(news: News, family: Family, events: Mapping[int, Event], size: int, by: Actor) -> int:
    """The next `size` of those who shall hear of it, with what they hear of other dates; under the locks of all."""
    event = events[news.event_id]
    portion = list(_left(news, event).select_related("pool").order_by("pk")[:size])
    rows = [*portion, *_elsewhere(portion, family, events)]
    earlier: dict[int, list[News]] = {}
    for older in News.objects.filter(event__in={row.event_id for row in rows}).order_by("-pk"):
        if older.pk < family[older.event_id].pk:
            earlier.setdefault(older.event_id, []).append(older)
    centre = directory.centre()
    groups: dict[Hashable, list[Registration]] = {}
    for row in rows:
        row.event = events[row.event_id]
        groups.setdefault(_whose(row) if news.shared else row.pk, []).append(row)
    with together.writing():
        for group in groups.values():
            heard = [found for row in group if (found := _hears(row, family, earlier))]
            _write(heard, news.what, centre, by)
            for row, _before in heard:
                family[row.event_id].told += 1
        for key in sorted({row.event_id for row in rows}):
            audit.record(Audited.NEWS_TOLD, by=by, subject=events[key], changed=[news.what])
    for row in rows[len(portion) :]:
        family[row.event_id].ahead.append(row.pk)
    news.reached = portion[-1].pk if portion else news.last
    if len(portion) < size:
        news.reached, news.ended_at = news.last, clock.now()
    for one in {news.event_id, *(row.event_id for row in rows)}:
        changed = family[one]
        changed.ahead = [pk for pk in changed.ahead if pk > changed.reached]
        changed.save(update_fields=["reached", "told", "ended_at", "ahead"])
    return len(portion)


def _write(heard: Sequence[Heard], what: str, centre: Centre | None, by: Actor) -> None:
    """One letter about one date, or about several."""
    if len(heard) == 1:
        row, before = heard[0]
        letters.tell(registration=row, what=what, before=before, centre=centre, by=by)
    elif heard:
        ordered = sorted(heard, key=lambda found: (queries.starts_at(found[0].event) or clock.now(), found[0].pk))
        letters.tell_of_several(
            registrations=[row for row, _before in ordered],
            what=what,
            before={row.pk: before for row, before in ordered},
            centre=centre,
            by=by,
        )


def _left(news: News, event: Event) -> QuerySet[Registration]:
    """Who has not heard of it yet and shall."""
    rows = Registration.objects.filter(event=event, state__in=TOLD, pk__gt=news.reached, pk__lte=news.last)
    starts = queries.starts_at(event)
    if news.what == Told.MOVED and starts is not None and starts <= clock.now():
        return rows.none()  # nobody wants to hear any more where it was to be
    return rows.exclude(pk__in=news.ahead) if news.ahead else rows


def _elsewhere(portion: Sequence[Registration], family: Family, events: Mapping[int, Event]) -> list[Registration]:
    """What else those of a portion shall hear of: further registrations with their address, or of their bundle."""
    if len(family) < 2 or not portion:
        return []
    same = Q(email__in={form for row in portion for form in (row.email, *mail_addresses.forms(row.email)) if form})
    same |= Q(email="", bundle__in={row.bundle for row in portion if row.bundle and not row.email})
    parts = [_left(news, events[key]).values("pk") for key, news in family.items()]
    wanted = Q()
    for part in parts:
        wanted |= Q(pk__in=part)
    rows = Registration.objects.filter(same & wanted).exclude(pk__in=[row.pk for row in portion])
    return list(rows.select_related("pool").order_by("pk"))


def _whose(row: Registration) -> Hashable:
    return mail_addresses.key(row.email) or row.bundle or row.pk


def _hears(row: Registration, family: Family, earlier: Mapping[int, Sequence[News]]) -> Heard | None:
    """What somebody knew until now; None where nothing is different for them."""
    news = family[row.event_id]
    before = _knew(row, news, earlier.get(row.event_id, []))
    if news.what == Told.MOVED and before == known.concerning(row.pool, row.event.told):
        return None
    return row, before


def _knew(row: Registration, news: News, earlier: Sequence[News]) -> dict[str, str]:
    """What somebody knew of day and place: also of a change before that did not reach them, as it was before that."""
    before = news.before
    for older in earlier:
        if row.pk <= older.reached or row.pk in older.ahead or row.pk > older.last:
            break
        before = older.before
    return known.concerning(row.pool, before, began=known.began(before, row.pool))
