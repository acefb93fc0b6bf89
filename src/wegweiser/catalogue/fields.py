"""What each kind of offer has: its columns, and its details with their shape. Forms and checks read this table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from wegweiser.catalogue.models import Kind


class Shape(StrEnum):
    TEXT = "text"
    POINTS = "points"
    LINE = "line"
    NUMBER = "number"
    CHOICE = "choice"
    FLAG = "flag"
    DAY = "day"


@dataclass(frozen=True)
class Detail:
    """One key of an entry's details; `translated` ones have a second key with `_en`."""

    name: str
    shape: Shape
    translated: bool = False


@dataclass(frozen=True)
class Fields:
    """What one kind has. `told_by`: the details its text is put together from; `dropped`: keys of the model data that
    say the same as a column and would grow stale."""

    columns: frozenset[str]
    details: tuple[Detail, ...] = ()
    told_by: tuple[str, ...] = ()
    dropped: frozenset[str] = frozenset()


def _text(*names: str) -> tuple[Detail, ...]:
    return tuple(Detail(name, Shape.TEXT, True) for name in names)


def _points(*names: str) -> tuple[Detail, ...]:
    return tuple(Detail(name, Shape.POINTS, True) for name in names)


def _number(*names: str) -> tuple[Detail, ...]:
    return tuple(Detail(name, Shape.NUMBER) for name in names)


TRANSLATED = ("title", "summary", "text", "target_group", "everyday_words")
_WORDS = frozenset({"title", "summary", "everyday_words"})
_PLACED = frozenset({"topics", "partner", "supporting_partners", "contact"})
_COMMON = _WORDS | _PLACED | {"target_group", "languages", "sectors"}
_READ = _WORDS | _PLACED | {"text", "languages", "sectors", "source_url", "licence"}

KINDS: Mapping[str, Fields] = {
    Kind.EVENT: Fields(
        _COMMON | {"text", "format", "attendance", "place", "district", "dates", "price", "availability"},
        (
            *_points("takeaways", "materials"),
            *_number("capacity", "slot_minutes", "registration_closes_days_before"),
        ),
        dropped=frozenset({"description", "venue", "city", "is_online", "duration_minutes"}),
    ),
    Kind.DEMONSTRATOR: Fields(
        _COMMON | {"place", "district", "price"},
        (
            *_text("shows"),
            *_points("takeaways", "technologies"),
            Detail("mobility", Shape.CHOICE),
            *_text("on_site_requirements"),
            *_number("visit_minutes", "group_size_min", "group_size_max"),
        ),
        told_by=("shows",),
        dropped=frozenset({"site", "city"}),
    ),
    Kind.LIGHTHOUSE_PROJECT: Fields(
        _COMMON - {"target_group"} | {"place", "district", "company", "results"},
        (
            *_text("initial_situation", "goal", "solution"),
            Detail("results_status", Shape.CHOICE),
            *_points("lessons_learned"),
            Detail("stage", Shape.CHOICE),
            *_number("duration_months"),
            Detail("site_visit_possible", Shape.FLAG),
        ),
        told_by=("initial_situation", "goal", "solution"),
    ),
    Kind.CHECK: Fields(
        _COMMON | {"format", "price"},
        (
            *_text("procedure"),
            *_points("takeaways"),
            *_text("prerequisites"),
            Detail("location", Shape.CHOICE),
            *_number("company_effort_hours", "max_employees", "lead_time_days"),
            Detail("same_day_response", Shape.FLAG),
        ),
        told_by=("procedure",),
    ),
    Kind.TOOL: Fields(_READ | {"target_group"}, _points("takeaways")),
    Kind.PROGRAMME: Fields(
        _READ | {"target_group"},
        (
            Detail("funder", Shape.LINE, True),
            *_text("rate_text"),
            Detail("region", Shape.LINE, True),
            *_number("max_employees"),
            Detail("valid_until", Shape.DAY),
            Detail("last_checked", Shape.DAY),
        ),
    ),
    Kind.GUIDE: Fields(_READ | {"target_group"}, (*_points("steps", "takeaways"), *_number("minutes_to_read"))),
    Kind.VIDEO: Fields(
        _READ | {"target_group"},
        (*_text("transcript"), *_number("video_minutes"), Detail("published_on", Shape.DAY)),
    ),
    Kind.NEWS: Fields(_READ, (Detail("published_on", Shape.DAY),)),
    Kind.TOPIC: Fields(_WORDS),
}
# Those of which one can make new ones; a topic is there because a partner answers for it.
CREATED = tuple(kind for kind in KINDS if kind != Kind.TOPIC)


def translated_names(kind: str) -> list[str]:
    """The fields of a kind that have a German and an English side; details as `details.name`."""
    found = [name for name in TRANSLATED if name in KINDS[kind].columns]
    return found + [f"details.{row.name}" for row in KINDS[kind].details if row.translated]


def sides(kind: str, content: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """(name, German, English) of every field with two sides; empty sides are empty texts or lists."""
    for name in translated_names(kind):
        if name.startswith("details."):
            key = name.removeprefix("details.")
            details = content.get("details") or {}
            yield name, details.get(key) or "", details.get(f"{key}_en") or ""
        else:
            value = content.get(name) or {}
            yield name, value.get("de") or "", value.get("en") or ""
