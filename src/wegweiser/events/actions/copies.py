"""A new event like another one, or like a template; and a template like an event.

What it says, how one registers, its questions, mails and wordings come along. What happened there does not: no guest,
no material, no feedback, no link of a multiplier, not that it was called off. At another place nothing comes along that
is true of the old house only.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from wegweiser.catalogue import content as contents
from wegweiser.catalogue import drafts as works
from wegweiser.catalogue import placing, slugs
from wegweiser.catalogue.actions import drafts, entries
from wegweiser.catalogue.drafts import Work
from wegweiser.catalogue.models import Availability, Draft, Kind
from wegweiser.events import arrangement, queries, sharing, shifting, talks
from wegweiser.events.actions import shown
from wegweiser.events.events import Event as Audited
from wegweiser.events.models import Event, Notice, Pool, Question, Series, Wording
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

# What a copy takes over of the event itself; its window and its agenda move along.
SETTINGS = frozenset(arrangement.SETTINGS) - {"opens_at", "closes_at", "agenda"} | {"least_share"}
# What is true of one house only; the link to take part by is that of its room.
OF_THE_HOUSE = ("room", "access", "join_link")


@dataclass(frozen=True, kw_only=True)
class When:
    """The day of a copy."""

    starts_at: dt.datetime
    ends_at: dt.datetime | None = None


@dataclass(frozen=True)
class Copied:
    """The new event. `gone` is the name of a contact who is no longer there: somebody else has to be named.

    `left` names what stayed at the house of the old one, since the new one is at another.
    """

    event: Event
    gone: str = ""
    left: tuple[str, ...] = ()


def make(
    *,
    source: UUID,
    when: When | None = None,
    changes: Mapping[str, Any] | None = None,
    is_template: bool = False,
    submission: UUID,
    by: Actor,
) -> Copied:
    """A copy of the offer `source` (an event or a template). The same form sent twice finds the first.

    `changes` are parts of its text that shall be others (place, partner, contact). Without `when` it keeps the day: so
    does a template, of whose day only the times count.

    Raises DomainError: offer_unknown, not_an_event, day_missing.
    """
    with transaction.atomic():
        return _made(source, when, changes or {}, submission, by, is_template=is_template)


def several(
    *,
    source: UUID,
    whens: Sequence[When],
    changes: Mapping[str, Any] | None = None,
    series: Series | None = None,
    submission: UUID,
    by: Actor,
) -> list[Copied]:
    """A copy for each of these days, all or none. Raises what `make` raises."""
    with transaction.atomic():
        return [
            _made(source, when, changes or {}, uuid5(submission, when.starts_at.isoformat()), by, series=series)
            for when in whens
        ]


def _made(
    source: UUID,
    when: When | None,
    changes: Mapping[str, Any],
    submission: UUID,
    by: Actor,
    *,
    is_template: bool = False,
    series: Series | None = None,
) -> Copied:
    entries.hold(by=by)  # so that two copies of one event do not both find the same address free
    work = works.work(source)
    if work is None:
        raise DomainError("offer_unknown")
    if work.kind != Kind.EVENT:
        raise DomainError("not_an_event")
    if when is None and not is_template:
        raise DomainError("day_missing", field="day")
    content, gone = _content(work, when, changes)
    draft = drafts.create(
        kind=Kind.EVENT,
        content=content,
        slug="" if is_template else _address(content, dated=series is not None),
        submission=submission,
        is_template=is_template,
        by=by,
    )
    known = Event.objects.select_related("draft__entry").filter(draft=draft).first()
    if known is not None:
        return Copied(known, gone)
    old = Event.objects.select_related("draft__entry").filter(draft=work.draft).first() if work.draft else None
    left = _left(old, work, content)
    event = _event(draft, old, work, series, left)
    shown.ways(event=event, by=by)
    audit.record(Audited.EVENT_COPIED, by=by, subject=event, references={"source": work.uuid})
    return Copied(event, gone, left)


def _content(work: Work, when: When | None, changes: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """What the copy says, and who stood there and is gone."""
    told = {**work.content, **changes, "availability": Availability.OPEN.value}
    if placing.is_elsewhere(told["place"], work.content["place"]):
        told["district"] = changes.get("district", "")  # that of the old place; the new one's follows from it
    told["details"] = {key: value for key, value in work.content["details"].items() if key != "registered"}
    if when is not None:
        told["starts_at"] = when.starts_at.astimezone(dt.UTC).isoformat()
        told["ends_at"] = when.ends_at.astimezone(dt.UTC).isoformat() if when.ends_at else None
    if work.contact is None or told["contact"] != work.contact.slug:
        return told, ""
    name = queries.gone_contact(work)
    return ({**told, "contact": ""} if name else told), name


def _left(old: Event | None, work: Work, content: Mapping[str, Any]) -> tuple[str, ...]:
    """What is said of the old house and not of the new one. Where none was named, it was said of no house."""
    before = work.content["place"]
    if old is None or not before or not placing.is_elsewhere(content["place"], before):
        return ()
    return tuple(name for name in OF_THE_HOUSE if getattr(old, name))


def _address(content: Mapping[str, Any], *, dated: bool) -> str:
    """Of a series each address names its day: a number behind the title would say nothing."""
    starts = contents.moment(content["starts_at"])
    title = content["title"]["de"]
    named = f"{title} {clock.local(starts):%Y-%m-%d}" if dated and starts else title
    return slugs.free(slugs.slug(named), lambda wanted: works.is_taken(Kind.EVENT, wanted))


def _event(draft: Draft, old: Event | None, work: Work, series: Series | None, left: Collection[str]) -> Event:
    before, starts = _anchor(old, work), draft.starts_at
    event = Event(draft=draft, series=series, planned_at=starts if series else None)
    if old is not None:
        for name in SETTINGS.difference(left):
            setattr(event, name, getattr(old, name))
        moved = shifting.minutes(before, starts)
        event.agenda = [{**row, "at": shifting.later(row.get("at", ""), moved)} for row in old.agenda]
        event.opens_at, event.closes_at = (
            shifting.window(moment, before, starts) if before else None for moment in (old.opens_at, old.closes_at)
        )
    else:
        event.closes_at = arrangement.proposal(draft.content).closes_at
        event.most_places = 1 if arrangement.proposal(draft.content).slots else event.most_places
    event.told = queries.told_now(event)
    event.save()
    Pool.objects.bulk_create(_pools(event, old, draft))
    if old is not None:
        _questions(event, old)
        Notice.objects.bulk_create(
            Notice(event=event, moment=row.moment, is_on=row.is_on, hours=row.hours, words=row.words)
            for row in old.notices.all()
        )
        Wording.objects.bulk_create(Wording(event=event, kind=row.kind, words=row.words) for row in old.wordings.all())
    return event


def _anchor(old: Event | None, work: Work) -> dt.datetime | None:
    """The beginning from which window, slots and agenda of the old one count."""
    if old is not None and (told := contents.moment(old.told.get("starts_at"))):
        return told
    return contents.moment(work.content["starts_at"])


def _pools(event: Event, old: Event | None, draft: Draft) -> list[Pool]:
    if old is None:
        likely = arrangement.likely(draft.content)
        return [Pool(event=event, position=place, **row) for place, row in enumerate(likely, start=1)]
    known, starts, rows = list(old.pools.all()), draft.starts_at, []
    first = min((pool.starts_at for pool in known if pool.starts_at), default=None)
    before = contents.moment(old.told.get("starts_at")) or first
    for pool in known:
        moved = [shifting.wall(moment, before, starts) for moment in (pool.starts_at, pool.ends_at)]
        label = sharing.label(pool, *moved)
        made = Pool(event=event, position=pool.position, way=pool.way, label=label)
        made.starts_at, made.ends_at, made.chairs, made.beyond = *moved, pool.chairs, pool.beyond
        rows.append(made)
    within = [made for made in rows if talks.is_within(made, draft.starts_at, draft.ends_at)]
    return within or rows


def _questions(event: Event, old: Event) -> None:
    """What is asked now; a condition leads to the copy of the question it led to."""
    made: dict[int, Question] = {}
    for row in old.questions.filter(retired_at=None):
        parent = made.get(row.shown_where_id or 0)
        made[row.pk] = Question.objects.create(
            event=event,
            position=row.position,
            kind=row.kind,
            label=row.label,
            hint=row.hint,
            options=row.options,
            required=row.required,
            shown_where=parent,
            shown_answer=row.shown_answer if parent else "",
        )
