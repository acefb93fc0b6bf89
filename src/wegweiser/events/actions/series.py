"""Series at the desk: making their dates, adding one and letting one go, calling several off, changing one or all."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from wegweiser.catalogue.actions import drafts
from wegweiser.events import recurrence, series_times, sharing, shifting, taken_out, whole
from wegweiser.events.actions import copies, news, notices, questions
from wegweiser.events.actions import events as happenings
from wegweiser.events.actions.copies import Copied, When
from wegweiser.events.actions.events import Places
from wegweiser.events.actions.questions import Asked
from wegweiser.events.events import Event as Audited
from wegweiser.events.locks import lock_event, lock_events
from wegweiser.events.models import Event, Pool, Series, Wording
from wegweiser.events.sharing import Member
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import Translated

_FORMS = UUID("6c1b0c36-6c1e-4f5e-8e55-3d1f6a0b7c12")  # the namespace of forms for something new


@dataclass(frozen=True)
class Begun:
    """A series with the dates that were made for it; `gone` and `left` as `Copied` has them."""

    series: Series
    made: list[Event]
    gone: str = ""
    left: tuple[str, ...] = ()


def begin(
    *,
    source: Event,
    whens: Sequence[When],
    changes: Mapping[str, Any] | None = None,
    submission: UUID,
    by: Actor,
) -> Begun:
    """A series like `source`, with a date on each of these days. An event is its first date, a template is not.

    The same form sent twice finds the first. Raises DomainError: no_dates, too_many_dates, day_twice, in_a_series, and
    what `copies.make` raises.
    """
    with transaction.atomic():
        source = lock_event(source)
        uuid = uuid5(_FORMS, f"{by}/{submission}")
        if known := Series.objects.filter(uuid=uuid).first():
            return Begun(known, list(known.events.order_by("planned_at", "pk")))
        is_template = source.draft.is_template
        if source.series_id is not None:
            raise DomainError("in_a_series")
        own = None if is_template else source.draft.starts_at
        wanted = [when for when in whens if when.starts_at != own]
        _ensure_days(wanted)
        series = Series.objects.create(uuid=uuid, title=source.draft.title)
        if not is_template:
            _take_in(source, series)
        made = copies.several(
            source=source.draft.uuid, whens=wanted, changes=changes, series=series, submission=submission, by=by
        )
        series.common = sharing.date(made[0].event if is_template else source).prints
        series.save(update_fields=["common"])
        audit.record(Audited.SERIES_CHANGED, by=by, subject=series, changed=["dates"])
    gone = next((row.gone for row in made if row.gone), "")
    return Begun(series, [row.event for row in made], gone, made[0].left)


def add(*, series: Series, when: When, within: Collection[UUID] | None = None, submission: UUID, by: Actor) -> Copied:
    """One more date, like the one before it. `within` names the dates one may change: only of these it is a copy.

    Raises DomainError: no_dates, day_twice, too_many_dates.
    """
    with transaction.atomic():
        series = _locked(series)
        rows = list(series.events.select_related("draft").order_by("draft__starts_at", "pk"))
        mine = rows if within is None else [row for row in rows if row.uuid in within]
        if not mine:
            raise DomainError("no_dates")
        model = _model(mine, when)
        made = copies.several(source=model.draft.uuid, whens=[when], series=series, submission=submission, by=by)[0]
        same = [row for row in rows if row.draft.starts_at == when.starts_at and row.pk != made.event.pk]
        if same:
            raise DomainError("day_twice", field="day")
        if len(rows) >= recurrence.MOST * 2:
            raise DomainError("too_many_dates")
        for prints in series.earlier.values():
            if str(model.pk) in prints:
                prints[str(made.event.pk)] = prints[str(model.pk)]
        series.save(update_fields=["earlier"])
        audit.record(Audited.SERIES_CHANGED, by=by, subject=series, changed=["dates"])
    return made


def take_out(*, event: Event, by: Actor) -> Event:
    """Let a date go on by itself; it stays as it is, and can be put back. A series without dates is none.

    Raises DomainError("whole_is_waited_for"), where somebody has or wants it only with the others and that is not
    settled yet: they would stand in its line for ever.
    """
    with transaction.atomic():
        event = lock_event(event)
        if event.series_id is None:
            return event
        series = _locked(Series.objects.get(pk=event.series_id))
        if whole.waits_for_the_whole(series):
            raise DomainError("whole_is_waited_for")
        event.series, event.planned_at = None, None
        event.save(update_fields=["series", "planned_at"])
        references = {taken_out.OUT: event.uuid}
        audit.record(Audited.SERIES_CHANGED, by=by, subject=series, changed=["dates"], references=references)
        if not series.events.exists():
            series.delete()
    return event


def rename(*, series: Series, title: Translated, by: Actor) -> Series:
    """What the series is called; its dates keep their titles. Raises DomainError("title_missing")."""
    if not title.get("de"):
        raise DomainError("title_missing", field="title_de")
    with transaction.atomic():
        series = _locked(series)
        if series.title != title:
            series.title = title
            series.save(update_fields=["title"])
            audit.record(Audited.SERIES_CHANGED, by=by, subject=series, changed=["title"])
    return series


def cancel(*, events: Sequence[Event], reason: str, by: Actor) -> list[Event]:
    """Call several dates off, all or none, for one reason. Gives those that were not off before.

    A guest of several of them hears of all in one letter.

    Raises DomainError: no_dates, and what `events.cancel` raises.
    """
    if not events:
        raise DomainError("no_dates", field="dates")
    with transaction.atomic():
        wanted = {event.pk for event in events}
        rows = lock_events(Event.objects.filter(pk__in=wanted))
        coming = [row for pk, row in rows.items() if pk in wanted and not row.is_cancelled]
        with news.as_one(by=by):
            return [happenings.cancel(event=row, reason=reason, by=by) for row in coming]


@dataclass
class Spread:
    """What became of a change on the other dates. `refused` are dates that stayed whole as they were, and why.

    `is_blocked`: nothing changed on any, because the new times do not work for those that were refused.
    """

    changed: list[Event] = field(default_factory=list)
    kept: list[sharing.Difference] = field(default_factory=list)
    refused: list[tuple[Event, str]] = field(default_factory=list)
    is_blocked: bool = False


def spread(
    *,
    event: Event,
    parts: Collection[str],
    following: bool = False,
    also: Collection[tuple[UUID, str]] = (),
    within: Collection[UUID] | None = None,
    by: Actor,
) -> Spread:
    """Change these parts on the other dates of the series as on `event`, on all or on those after it.

    A value that another date has of its own stays, unless (date, part) stands in `also`. Of a date that cannot follow
    (more are registered than there would be places) nothing changes. Past dates and those called off stay as they are.
    New times are looked at for all dates first: where they do not work for one, none is changed. `within` names the
    dates one may change; without it all.

    Raises DomainError("not_in_a_series").
    """
    with transaction.atomic():
        event = Event.objects.get(pk=event.pk)
        if event.series_id is None:
            raise DomainError("not_in_a_series")
        rows = Event.objects.filter(series=event.series_id).order_by("pk")
        list(rows.select_for_update(of=("self",)))  # in one order, whoever else changes dates of this series
        series = _locked(Series.objects.get(pk=event.series_id))
        members = {row.event.pk: row for row in sharing.dates(series)}
        source, done = members[event.pk], Spread()
        targets = sharing.others(source, members.values(), following=following)
        if within is not None:
            targets = [row for row in targets if row.event.uuid in within]
        wanted: dict[int, list[str]] = {}
        for found in sharing.differences(source, targets, list(dict.fromkeys(parts))):
            if found.kept and (found.member.event.uuid, found.part) not in also:
                done.kept.append(found)
            else:
                wanted.setdefault(found.member.event.pk, []).append(found.part)
        if blocked := series_times.problems(source, wanted, members.values()):
            return Spread(kept=done.kept, refused=blocked, is_blocked=True)
        with news.as_one(by=by):
            for key, names in wanted.items():
                _apply(source, members[key], names, done, by)
        meant = {source.event.pk, *(row.event.pk for row in targets)}
        series.earlier = sharing.left_out(series, members.values(), parts, meant=meant)
        kept = {name: value for name, value in series.common.items() if name not in parts}
        series.common = kept | {name: value for name, value in source.prints.items() if name in parts}
        series.save(update_fields=["common", "earlier"])
        if sharing.DAY in parts:
            _plan(source.event)
        audit.record(Audited.SERIES_CHANGED, by=by, subject=series, changed=sorted(parts))
    return done


def _apply(source: Member, target: Member, names: list[str], done: Spread, by: Actor) -> None:
    """All these parts of one date, or none of them."""
    try:
        with transaction.atomic():
            _write(source, target, names, by)
            _set(source, target, names, by)
            audit.record(Audited.EVENT_SPREAD, by=by, subject=target.event, changed=sorted(names))
            fresh = Event.objects.get(pk=target.event.pk)
            happenings.follow(event=fresh, by=by)
            if sharing.DAY in names:
                _plan(Event.objects.select_related("draft").get(pk=target.event.pk))
    except DomainError as refusal:
        done.refused.append((target.event, refusal.code))
    else:
        done.changed.append(target.event)


def _write(source: Member, target: Member, names: list[str], by: Actor) -> None:
    """Text, day and length, in the offer of the date."""
    told, ours = dict(target.work.content), source.work.content
    details = dict(told["details"])
    for name in names:
        kind, _dot, key = name.partition(".")
        if kind == "text":
            told[key] = ours[key]
        elif kind == "details":
            for both in (key, f"{key}_en"):
                details.pop(both, None)
                if both in ours["details"]:
                    details[both] = ours["details"][both]
    told["details"] = details
    if sharing.DAY in names or sharing.LENGTH in names:
        told |= _times(source, target, names)
    if told != target.work.content:
        drafts.write(uuid=target.work.uuid, seen=target.work.stamp, content=told, by=by)


def _times(source: Member, target: Member, names: list[str]) -> dict[str, Any]:
    then = series_times.moved(source, target, names)
    return {"starts_at": then.starts and then.starts.isoformat(), "ends_at": then.ends and then.ends.isoformat()}


def _set(source: Member, target: Member, names: list[str], by: Actor) -> None:
    """Settings, places, questions, mails and wordings."""
    ours, event = source.event, target.event
    settings = {name: getattr(ours, name) for name in names if name in sharing.SETTINGS}
    if sharing.WINDOW in names:
        old, new = ours.draft.starts_at, event.draft.starts_at
        settings |= {name: shifting.window(getattr(ours, name), old, new) for name in ("opens_at", "closes_at")}
    if settings:
        happenings.change(event=event, settings=settings, by=by)
    if sharing.POOLS in names:
        happenings.set_places(event=event, pools=_places(source, target), by=by)
    if sharing.QUESTIONS in names:
        questions.set_all(event=event, asked=_asked(source, target), by=by)
    if sharing.NOTICES in names:
        for moment, is_on, hours, words in source.parts[sharing.NOTICES]:
            notices.set(event=event, moment=moment, is_on=is_on, hours=hours, words=words, by=by)
    if sharing.WORDINGS in names:
        event.wordings.all().delete()
        rows = [Wording(event=event, kind=row.kind, words=row.words) for row in ours.wordings.all()]
        Wording.objects.bulk_create(rows)


def _places(source: Member, target: Member) -> list[Places]:
    """The places of `source` on the day of `target`; a pool of the same way and time stays itself, with its guests."""
    old, new = (sharing.anchor(row) for row in (source, target))
    rows = []
    for pool in source.event.pools.all():
        starts, ends = (shifting.wall(moment, old, new) for moment in (pool.starts_at, pool.ends_at))
        rows.append(
            Places(
                chairs=pool.chairs,
                beyond=pool.beyond,
                way=pool.way,
                label=sharing.label(pool, starts, ends),
                starts_at=starts,
                ends_at=ends,
            )
        )
    return _themselves(rows, list(target.event.pools.all()))


def _themselves(rows: list[Places], left: list[Pool]) -> list[Places]:
    """Each with the pool that it is already: two of one way and time, such as two rooms, are told by their names."""
    for named in (True, False):
        for place, row in enumerate(rows):
            same = (pool for pool in left if row.pool is None and _is_same(pool, row, named=named))
            if found := next(same, None):
                left.remove(found)
                rows[place] = replace(row, pool=found)
    return rows


def _is_same(pool: Pool, row: Places, *, named: bool) -> bool:
    times = (pool.way, pool.starts_at, pool.ends_at) == (row.way, row.starts_at, row.ends_at)
    return times and (not named or pool.label == row.label)


def _asked(source: Member, target: Member) -> list[Asked]:
    """The questions of `source`; one that is asked in the same words stays itself, with its answers."""
    known = {(row.kind, row.label.get("de")): row for row in reversed(target.event.questions.all())}
    rows = list(source.event.questions.all())
    places = {row.pk: place for place, row in enumerate(rows, start=1)}
    return [
        Asked(
            kind=row.kind,
            label=row.label,
            hint=row.hint,
            options=[(option["key"], Translated(option["label"])) for option in row.options],
            required=row.required,
            shown_where=places.get(row.shown_where_id or 0),
            shown_answer=row.shown_answer,
            question=known.pop((row.kind, row.label.get("de")), None),
        )
        for row in rows
    ]


def _ensure_days(whens: Sequence[When]) -> None:
    if not whens:
        raise DomainError("no_dates", field="day")
    if len(whens) > recurrence.MOST:
        raise DomainError("too_many_dates", f"At most {recurrence.MOST}.")
    if len({when.starts_at for when in whens}) < len(whens):
        raise DomainError("day_twice", field="day")


def _take_in(event: Event, series: Series) -> None:
    event.series = series
    _plan(event)


def _plan(event: Event) -> None:
    """Where it stands now is where the plan has it."""
    event.planned_at = event.draft.starts_at
    event.save(update_fields=["series", "planned_at"])


def _model(rows: Sequence[Event], when: When) -> Event:
    """The date that a new one is made like: the last one before it, of those that are not off."""
    usable = [row for row in rows if not row.is_cancelled] or list(rows)
    before = [row for row in usable if row.draft.starts_at and row.draft.starts_at <= when.starts_at]
    return before[-1] if before else usable[0]


def _locked(series: Series) -> Series:
    return Series.objects.select_for_update().get(pk=series.pk)
