"""What the dates of a series share, part by part, whatever their day: a place, a text, the questions.

Of what they share the series keeps fingerprints only: enough to see that somebody chose a value for one date, and
nothing that would have to be erased with a person.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Prefetch, QuerySet

from wegweiser.catalogue import content as contents
from wegweiser.catalogue import drafts as works
from wegweiser.catalogue import times
from wegweiser.catalogue.drafts import Work
from wegweiser.catalogue.models import EntryTopic
from wegweiser.events import arrangement, notices
from wegweiser.events.models import Event, Pool, Question, Series
from wegweiser.kernel import clock
from wegweiser.kernel.translated import Translated

DAY, LENGTH, WINDOW, POOLS, QUESTIONS, NOTICES, WORDINGS = (
    *("day", "length", "window", "pools"),
    *("questions", "notices", "wordings"),
)
# Of the text: never shared. How one takes part follows from the places, which are.
OF_THE_DAY = frozenset({"starts_at", "ends_at", "availability", "attendance"})
SETTINGS = tuple(name for name in arrangement.SETTINGS if name not in {"opens_at", "closes_at"})
UNORDERED = frozenset({"sectors", "supporting_partners", "languages"})


@dataclass(frozen=True)
class Member:
    """One date of a series with all that is shared; read without another statement."""

    event: Event
    work: Work

    @property
    def starts_at(self) -> dt.datetime | None:
        return self.event.draft.starts_at

    @property
    def is_over(self) -> bool:
        return times.is_over(self.event.draft.starts_at, self.event.draft.ends_at)

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed along with the others."""
        return not self.event.is_cancelled and not self.is_over

    @property
    def moved(self) -> bool:
        """Whether it is on another day or at another hour than the series planned."""
        return self.event.planned_at is not None and self.event.planned_at != self.event.draft.starts_at

    @cached_property
    def parts(self) -> dict[str, Any]:
        return parts(self.event, self.work.content)

    @cached_property
    def prints(self) -> dict[str, str]:
        return {name: fingerprint(value) for name, value in self.parts.items()}


def dates(series: Series) -> list[Member]:
    """The dates of a series in their order, in a constant number of statements."""
    rows = loaded().filter(series=series).order_by("draft__starts_at", "pk")
    return [Member(event, works.of_draft(event.draft)) for event in rows]


def date(event: Event) -> Member:
    """The same of one event."""
    found = loaded().get(pk=event.pk)
    return Member(found, works.of_draft(found.draft))


def loaded() -> QuerySet[Event]:
    """Events with everything that dates of a series share."""
    told = ("entry__partner", "entry__contact", "partner", "contact", "topic")
    rows = Event.objects.select_related("series", *(f"draft__{name}" for name in told))
    asked = Question.objects.filter(retired_at=None)
    return rows.prefetch_related(
        *("pools", "notices", "wordings", "draft__entry__supporting_partners", "draft__entry__sectors"),
        Prefetch("questions", asked),
        Prefetch("draft__entry__topic_rows", EntryTopic.objects.select_related("topic")),
    )


def parts(event: Event, content: Mapping[str, Any]) -> dict[str, Any]:
    """What an event says, part by part, as plain values that do not depend on its day."""
    starts, ends = (contents.moment(content[name]) for name in ("starts_at", "ends_at"))
    told = contents.moment(event.told.get("starts_at")) or starts
    found = {f"text.{name}": _plain(name, content[name]) for name in content if name not in {*OF_THE_DAY, "details"}}
    details = content["details"]
    for name in sorted({key.removesuffix("_en") for key in details} - {"registered"}):
        found[f"details.{name}"] = _plain(name, [details.get(name), details.get(f"{name}_en")])
    found |= {name: _plain(name, getattr(event, name)) for name in SETTINGS}
    found[LENGTH] = _minutes(starts, ends)
    found[WINDOW] = [_before(moment, starts) for moment in (event.opens_at, event.closes_at)]
    found[POOLS] = [_pool(pool, told) for pool in event.pools.all()]
    asked = [row for row in event.questions.all() if row.retired_at is None]
    places = {row.pk: place for place, row in enumerate(asked, start=1)}
    found[QUESTIONS] = [
        [
            row.kind,
            row.label,
            row.hint,
            row.options,
            row.required,
            places.get(row.shown_where_id or 0),
            row.shown_answer,
        ]
        for row in asked
    ]
    found[NOTICES] = [[plan.moment, plan.is_on, plan.hours, dict(plan.words)] for plan in notices.plans(event)]
    found[WORDINGS] = sorted([row.kind, dict(row.words)] for row in event.wordings.all())
    return found


def fingerprint(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True).encode()).hexdigest()[:16]


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The parts of which two fingerprints differ."""
    return [name for name in after if before.get(name) != after[name]] + [name for name in before if name not in after]


def shared(event: Event) -> dict[str, str]:
    """The fingerprints that a date has where nobody chose otherwise for it: what its series shares, for an earlier date
    what it shared until a change that was meant for those after it."""
    if event.series is None:
        return {}
    found, key = dict(event.series.common), str(event.pk)
    found.pop("text.attendance", None)  # kept by series that are older than this rule
    for part, prints in event.series.earlier.items():
        if key in prints:
            found.pop(part, None)
            found |= {part: prints[key]} if prints[key] else {}
    return found


def left_out(
    series: Series, members: Iterable[Member], parts: Iterable[str], *, meant: Collection[int]
) -> dict[str, Any]:
    """`Series.earlier` after these parts changed for the dates that were `meant`: the others share what they did."""
    known: dict[str, dict[str, str]] = {part: dict(prints) for part, prints in series.earlier.items()}
    rows = [row for row in members if row.is_open and row.event.pk not in meant]
    for part in parts:
        known[part] = {str(row.event.pk): shared(row.event).get(part, "") for row in rows}
    return {part: prints for part, prints in known.items() if prints}


def own(member: Member) -> list[str]:
    """The parts in which a date differs from what its series shares; its day, too."""
    series = member.event.series
    if series is None:
        return []
    return [*([DAY] if member.moved else []), *changed(shared(member.event), member.prints)]


def deviating(member: Member, members: Iterable[Member]) -> list[str]:
    """The parts in which a date differs from what its series shares, and from another one that is still open."""
    rows = others(member, members)
    return [
        part
        for part in own(member)
        if part == DAY or any(row.prints.get(part) != member.prints.get(part) for row in rows)
    ]


@dataclass(frozen=True)
class Difference:
    """What would change on another date. `kept`: it has a value of its own there, which stays unless one says so."""

    member: Member
    part: str
    kept: bool


def differences(source: Member, others: Iterable[Member], wanted: Collection[str]) -> list[Difference]:
    """Where a change of `wanted` parts of `source` would change something, and where it would meet an own value.

    What several others agree in is no own value, whatever they shared before: somebody may have changed it on all of
    them at once, such as the contact of a colleague who left.
    """
    found: list[Difference] = []
    others = list(others)
    if source.event.series is None:
        return []
    agreed = {part for part in wanted if len(others) > 1 and len({row.prints.get(part) for row in others}) == 1}
    for other in others:
        for part in wanted:
            if part == DAY:
                if source.moved:
                    found.append(Difference(other, part, other.moved))
            elif other.prints.get(part) != source.prints.get(part):
                kept = part not in agreed and other.prints.get(part) != shared(other.event).get(part)
                found.append(Difference(other, part, kept))
    return found


def others(source: Member, members: Iterable[Member], *, following: bool = False) -> list[Member]:
    """The other dates that can still be changed; with `following` only those after it."""
    found = [row for row in members if row.is_open and row.event.pk != source.event.pk]
    begins = source.event.planned_at or source.starts_at
    if not following or begins is None:
        return found
    return [row for row in found if (row.event.planned_at or row.starts_at or begins) > begins]


def anchor(member: Member) -> dt.datetime | None:
    """The beginning from which the times of its places count: what guests were told."""
    return contents.moment(member.event.told.get("starts_at")) or member.starts_at


def label(pool: Pool, starts: dt.datetime | None, ends: dt.datetime | None) -> Translated:
    """What a pool is called at another time: its own name, or the new time."""
    usual = arrangement.label(way=pool.way, starts_at=pool.starts_at, ends_at=pool.ends_at)
    return arrangement.label(way=pool.way, starts_at=starts, ends_at=ends) if pool.label == usual else pool.label


def is_published(part: str) -> bool:
    """Whether a part is public only once its offer is published: its text, day and length. All else holds at once."""
    return part in {DAY, LENGTH} or part.startswith(("text.", "details."))


def _plain(name: str, value: Any) -> Any:
    """Without what is empty: a text that was never translated is the same as one with an empty English."""
    if isinstance(value, Mapping):
        return {key: told for key, one in value.items() if (told := _plain("", one)) not in ("", None, [], {})}
    if isinstance(value, list | tuple):
        rows = [_plain("", one) for one in value]
        return sorted(rows) if name in UNORDERED else rows
    if name in {"price", "certificate_hours"} and value is not None:
        try:
            return f"{Decimal(value):.2f}"
        except InvalidOperation:
            return value
    return value


def _minutes(starts: dt.datetime | None, ends: dt.datetime | None) -> int | None:
    if starts is None or ends is None:
        return None
    plain = [clock.local(moment).replace(tzinfo=None) for moment in (starts, ends)]
    return round((plain[1] - plain[0]).total_seconds() / 60)


def _before(moment: dt.datetime | None, starts: dt.datetime | None) -> Any:
    """How long before the beginning: days and the hour, on the day itself minutes (see `shifting.window`)."""
    if moment is None or starts is None:
        return None
    local, day = clock.local(moment), clock.local(starts)
    if local.date() == day.date():
        return _minutes(moment, starts)
    return [(day.date() - local.date()).days, f"{local:%H:%M}"]


def _pool(pool: Pool, told: dt.datetime | None) -> list[Any]:
    usual = arrangement.label(way=pool.way, starts_at=pool.starts_at, ends_at=pool.ends_at)
    label = {} if pool.label == usual else dict(pool.label)
    return [pool.way, label, _minutes(told, pool.starts_at), _minutes(told, pool.ends_at), pool.chairs, pool.beyond]
