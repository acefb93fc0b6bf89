"""Telling all guests of a change: a few at once, many in portions by the worker.

The change and the news of it are one transaction. Each portion is one of its own: it takes the event's lock, writes
its letters and how far it came. Whatever is killed in between, everybody gets one letter, and whoever registers
meanwhile waits for one portion at most.
"""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Count, Max

from wegweiser.consortium import directory
from wegweiser.events import known, queries
from wegweiser.events.actions import letters
from wegweiser.events.after_models import News, Told
from wegweiser.events.events import Event as Audited
from wegweiser.events.hosting import AT_ONCE
from wegweiser.events.locks import lock_event
from wegweiser.events.models import TOLD, Event, Registration
from wegweiser.kernel import audit, clock, fences, together
from wegweiser.kernel.actor import Actor

PORTION = 50
MOST = 2_000  # in one run, so that the worker's other duties have their turn


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
            event=event, what=what, before=dict(before), last=found["last"], guests=found["guests"]
        )
        if news.guests <= AT_ONCE:
            _tell(event, news, AT_ONCE + 1, by)
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
        event = lock_event(event)
        news = News.objects.filter(event=event, ended_at=None).first()
        return _tell(event, news, PORTION, by) if news else None


def _tell(event: Event, news: News, size: int, by: Actor) -> int:
    """The next `size` of those who shall hear of it, under the event's lock."""
    rows = Registration.objects.filter(event=event, state__in=TOLD, pk__gt=news.reached, pk__lte=news.last)
    starts = queries.starts_at(event)
    if news.what == Told.MOVED and starts is not None and starts <= clock.now():
        rows = rows.none()  # nobody wants to hear any more where it was to be
    portion = list(rows.select_related("pool").order_by("pk")[:size])
    earlier = list(News.objects.filter(event=event, pk__lt=news.pk).order_by("-pk"))
    centre = directory.centre()
    written = 0
    with together.writing():
        for row in portion:
            row.event = event
            before = _knew(row, news, earlier)
            if news.what == Told.CANCELLED or before != known.concerning(row.pool, event.told):
                letters.tell(registration=row, what=news.what, before=before, centre=centre, by=by)
                written += 1
        if portion:
            audit.record(Audited.NEWS_TOLD, by=by, subject=event, changed=[news.what])
    news.reached, news.told = portion[-1].pk if portion else news.last, news.told + written
    if len(portion) < size:
        news.reached, news.ended_at = news.last, clock.now()
    news.save(update_fields=["reached", "told", "ended_at"])
    return len(portion)


def _knew(row: Registration, news: News, earlier: Sequence[News]) -> dict[str, str]:
    """What somebody knew of day and place: also of a change before that did not reach them, as it was before that."""
    before = news.before
    for older in earlier:
        if row.pk <= older.reached or row.pk > older.last:
            break
        before = older.before
    return known.concerning(row.pool, before, began=known.began(before, row.pool))
