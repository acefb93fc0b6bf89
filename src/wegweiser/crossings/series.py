"""Dates of a series made public together, and a change that is spread to them published at once where one wants it.

Every date is locked before the catalogue is, in one order, as `event_texts` does it for a single one.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from wegweiser.catalogue import drafts as works
from wegweiser.catalogue.models import DraftState
from wegweiser.crossings import event_texts
from wegweiser.events.actions import added_dates, news, series
from wegweiser.events.actions.series import Spread
from wegweiser.events.locks import lock_events
from wegweiser.events.models import Event, Registration
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


@dataclass
class Published:
    """Which dates are public now; of the others what they lack, as the code of an error.

    `added` are guests of the whole series with a place at these dates, too, who hear of all in one letter.
    """

    events: list[Event] = field(default_factory=list)
    added: list[Registration] = field(default_factory=list)
    refused: list[tuple[Event, str]] = field(default_factory=list)


def publish(*, events: Sequence[Event], by: Actor) -> Published:
    """Publish all of these that are not public yet. What is not ready stays a draft and is named."""
    done = Published()
    with transaction.atomic():
        for event in _locked([row.pk for row in events]):
            work = works.work(event.draft.uuid)
            if work is None or work.state != DraftState.DRAFT or event.is_cancelled:
                continue
            _publish(event, done, by)
        added_dates.tell(registrations=done.added, by=by)
    return done


def spread(
    *,
    event: Event,
    parts: Collection[str],
    following: bool,
    also: Collection[tuple[UUID, str]],
    within: Collection[UUID],
    publish: bool,
    by: Actor,
) -> tuple[Spread, Published]:
    """`series.spread`; with `publish` what was public as it stood becomes public as it is now, and guests hear of it:
    of several dates in one letter.

    A date with changes of its own that nobody published yet waits for whoever made them.
    """
    published = Published()
    with transaction.atomic(), news.as_one(by=by):
        rows = _locked(Event.objects.filter(series=event.series_id).values_list("pk", flat=True))
        as_shown = {row.pk for row in rows if row.draft.entry and row.draft.state == DraftState.PUBLISHED}
        done = series.spread(event=event, parts=parts, following=following, also=also, within=within, by=by)
        for row in [*done.changed, event] if publish and not done.is_blocked else []:
            work = works.work(row.draft.uuid)
            if work and work.state == DraftState.CHANGED and (row.pk in as_shown or row.pk == event.pk):
                _publish(row, published, by)
        added_dates.tell(registrations=published.added, by=by)
    return done, published


def _publish(event: Event, done: Published, by: Actor) -> None:
    work = works.work(event.draft.uuid)
    if work is None:
        return
    try:
        published = event_texts.publish(uuid=work.uuid, seen=work.stamp, tell_added=False, by=by)
    except DomainError as refusal:
        done.refused.append((event, refusal.code))
    else:
        done.events.append(event)
        done.added.extend(published.added)


def _locked(keys: Iterable[int]) -> list[Event]:
    """These, in the order of their keys, with the other dates whose locks they bring along."""
    wanted = set(keys)
    rows = lock_events(Event.objects.filter(pk__in=wanted))
    return [row for pk, row in rows.items() if pk in wanted]
