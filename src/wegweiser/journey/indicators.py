"""Figures made of steps: each leads to the steps that prove it. Net of reversals; facts as valid on the step's day.

A report about the past is made again by `recorded_by`: steps, reversals, facts and merges then count as they were
known at that moment. However many steps there are, it takes the same few queries.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from wegweiser.companies.queries import Facts
from wegweiser.journey.counting import Counting, counting, counts
from wegweiser.journey.models import Contribution, Step

COMPANIES_REACHED = "companies_reached"
CONTACTS = "contacts"
FACTS = ("size", "sector", "district")
DIMENSIONS = (*FACTS, "topic", "partner", "format", "month")
UNKNOWN = "unknown"  # a firm of which nobody knows it
NO_COMPANY = "no_company"  # a contact that belongs to no firm
MINUTES_PER_HOUR = 60

Within = Mapping[str, Collection[str]]  # by dimension, the keys that count


@dataclass
class Figure:
    """A number and the steps that prove it, in the order of their days."""

    value: int = 0
    steps: list[UUID] = field(default_factory=list)


@dataclass
class Indicator:
    """One indicator: its total, and by dimension a figure for each key ("unknown" and "no_company" are keys too).

    By size, sector and district each firm reached counts once, as it was on its last step; by topic, partner,
    format and month it counts under each it came with, so these may add up to more than the total.
    """

    key: str
    unit: str
    total: Figure
    by: dict[str, dict[str, Figure]]


@dataclass(frozen=True)
class Served:
    """A step as the counting sees it: plain values."""

    uuid: UUID
    day: dt.date
    company: int | None
    heads: int
    without_firm: int
    occasion: tuple[str, UUID]
    minutes: Decimal | None
    measures: dict[str, float]
    keys: dict[str, str]


def standing(*, recorded_by: dt.datetime | None = None) -> QuerySet[Step]:
    """The steps that count: neither taken back nor taking back, as known at a moment."""
    steps = Step.objects.filter(reverses=None)
    if recorded_by is None:
        return steps.filter(reversed_by=None)
    known = steps.filter(recorded_at__lte=recorded_by)
    return known.filter(Q(reversed_by=None) | Q(reversed_by__recorded_at__gt=recorded_by))


def figures(
    *,
    start: dt.date,
    end: dt.date,
    grant: str | None = None,
    keys: Iterable[str] | None = None,
    recorded_by: dt.datetime | None = None,
    only: Mapping[str, str | Collection[str]] | None = None,
) -> dict[str, Indicator]:
    """The indicators (default: all) for the days `start` to `end`, both included, of one grant or of all work.

    `only` narrows to one key, or to one of several, in each dimension it names. What one key gives is the cell of the
    wider question: the visits narrowed to a topic are the visits by topic, at that topic.
    """
    rules = counting()
    wanted = list(rules.indicators if keys is None else keys)
    served = list(_served(start, end, grant, recorded_by))
    within = {name: {keys} if isinstance(keys, str) else set(keys) for name, keys in (only or {}).items()}
    return {key: _indicator(key, served, rules, within) for key in wanted}


def counted_for(step: Step) -> list[str]:
    """The indicators that `step` counts for as long as it stands, in the order of the file."""
    rules = counting().rules_on(step.day)
    if rules is None:
        return []
    minutes = _minutes(step.measures, step.contributions.aggregate(longest=Max("hours"))["longest"])
    given = {"format": step.format, "minutes": minutes, "measures": step.measures}
    return [
        key
        for key, rule in rules.indicators.items()
        if (step.company_id or rule.counts != "companies") and counts(rules, key, occasion=step.occasion_kind, **given)
    ]


def with_minutes(steps: QuerySet[Step]) -> QuerySet[Step]:
    """What `minutes_noted` asks of a step, in the statement that reads it."""
    longest = Contribution.objects.filter(step=OuterRef("pk")).order_by("-hours").values("hours")[:1]
    return steps.annotate(longest=Subquery(longest))


def minutes_noted(step: Step) -> int | None:
    """How long a contact took, as a list of evidence says it: what was noted, or by what it counts.

    The longest contribution tells how long a talk was where one has to be long enough, and else the work that went
    into it.
    """
    rules = counting().rules_on(step.day)
    is_judged = rules is not None and step.occasion_kind in rules.least_minutes
    longest: Decimal | None = step.longest if is_judged else None  # type: ignore[attr-defined]
    found = _minutes(step.measures, longest)
    return None if found is None else round(found)


def measured(measure: str, uuids: Collection[UUID]) -> int:
    """What a measure of these steps adds up to, rounded to a whole number."""
    found = Step.objects.filter(uuid__in=uuids).values_list("measures", flat=True)
    return round(sum(measures.get(measure, 0) for measures in found))


def reaching(
    *, start: dt.date, end: dt.date, grant: str, companies: Iterable[int] | None = None
) -> dict[int, list[Served]]:
    """By firm the steps by which it counts as reached, in the order of their days; of all firms or of some rows."""
    found: dict[int, list[Served]] = defaultdict(list)
    for step in _counting_steps(COMPANIES_REACHED, _served(start, end, grant, None, companies), counting()):
        if step.company is not None:
            found[step.company].append(step)
    return dict(found)


def _served(
    start: dt.date,
    end: dt.date,
    grant: str | None,
    recorded_by: dt.datetime | None,
    companies: Iterable[int] | None = None,
) -> Iterator[Served]:
    steps = standing(recorded_by=recorded_by).filter(day__range=(start, end))
    if companies is not None:
        steps = steps.filter(company__in=companies)
    if grant is not None:
        steps = steps.filter(grant=grant)
    facts = Facts(kinds=FACTS, recorded_by=recorded_by)
    rows = steps.annotate(longest=Max("contributions__hours")).order_by("day", "id")
    for row in rows.values(
        *("uuid", "day", "company", "other_recipient", "contacts_without_firm", "occasion_kind", "occasion_uuid"),
        *("format", "topic__slug", "partner__key", "measures", "longest"),
    ):
        company = row["company"]
        without_firm = row["contacts_without_firm"]
        if row["other_recipient"]:
            without_firm = max(1, without_firm)
        keys = {"topic": row["topic__slug"], "partner": row["partner__key"], "format": row["format"]}
        keys["month"] = f"{row['day']:%Y-%m}"
        for kind in FACTS:
            known = facts.value(company, kind, row["day"]) or UNKNOWN if company else NO_COMPANY
            keys[kind] = known
        yield Served(
            uuid=row["uuid"],
            day=row["day"],
            company=facts.root(company) if company else None,
            heads=without_firm + (1 if company else 0),
            without_firm=without_firm,
            occasion=(row["occasion_kind"], row["occasion_uuid"]),
            minutes=_minutes(row["measures"], row["longest"]),
            measures=row["measures"],
            keys=keys,
        )


def _minutes(measures: dict[str, float], longest: Decimal | None) -> Decimal | None:
    if "minutes" in measures:
        return Decimal(str(measures["minutes"]))
    return None if longest is None else longest * MINUTES_PER_HOUR


def _counting_steps(key: str, served: Iterable[Served], rules: Counting) -> list[Served]:
    found = []
    for step in served:
        rule_set = rules.rules_on(step.day)
        if rule_set is not None and counts(
            rule_set,
            key,
            occasion=step.occasion[0],
            format=step.keys["format"],
            minutes=step.minutes,
            measures=step.measures,
        ):
            found.append(step)
    return found


def _indicator(key: str, served: Iterable[Served], rules: Counting, only: Within) -> Indicator:
    rule = rules.indicators[key]
    steps = _counting_steps(key, served, rules)
    if rule.counts == "contacts":
        total, by = _contacts(steps, only)
    elif rule.counts == "companies":
        total, by = _companies([step for step in steps if step.company is not None], only)
    else:
        total, by = _unique([(step.occasion, step, step.keys) for step in steps], only)
    return Indicator(key, rule.unit, total, by)


def _within(keys: Mapping[str, str], only: Within) -> bool:
    return all(keys[dimension] in wanted for dimension, wanted in only.items())


def _heads(step: Served) -> Iterator[tuple[int, dict[str, str]]]:
    """The heads of a step with what is known of each: the firm's, and those that belong to no firm."""
    if step.company is None:
        yield step.heads, step.keys
        return
    yield 1, step.keys
    if step.without_firm:
        yield step.without_firm, {**step.keys, **dict.fromkeys(FACTS, NO_COMPANY)}


def _contacts(steps: list[Served], only: Within) -> tuple[Figure, dict[str, dict[str, Figure]]]:
    total = Figure()
    by: dict[str, dict[str, Figure]] = {dimension: defaultdict(Figure) for dimension in DIMENSIONS}
    for step in steps:
        for heads, keys in _heads(step):
            if not heads or not _within(keys, only):
                continue
            for figure in (total, *(by[dimension][keys[dimension]] for dimension in DIMENSIONS)):
                figure.value += heads
                if figure.steps[-1:] != [step.uuid]:
                    figure.steps.append(step.uuid)
    return total, {dimension: dict(found) for dimension, found in by.items()}


def _companies(steps: list[Served], only: Within) -> tuple[Figure, dict[str, dict[str, Figure]]]:
    last = {step.company: step for step in steps}  # steps come in the order of their days
    return _unique(
        [
            (step.company, step, {**step.keys, **{kind: last[step.company].keys[kind] for kind in FACTS}})
            for step in steps
        ],
        only,
    )


def _unique(
    rows: list[tuple[object, Served, dict[str, str]]], only: Within
) -> tuple[Figure, dict[str, dict[str, Figure]]]:
    """Count each unit (the first of a row) once in the total and once under each key."""
    total, seen = Figure(), set()
    by: dict[str, dict[str, Figure]] = {dimension: defaultdict(Figure) for dimension in DIMENSIONS}
    for unit, step, keys in rows:
        if not _within(keys, only):
            continue
        places = [("", "", total), *((name, keys[name], by[name][keys[name]]) for name in DIMENSIONS)]
        for dimension, key, figure in places:
            figure.steps.append(step.uuid)
            if (dimension, key, unit) not in seen:
                seen.add((dimension, key, unit))
                figure.value += 1
    return total, {dimension: dict(found) for dimension, found in by.items()}
