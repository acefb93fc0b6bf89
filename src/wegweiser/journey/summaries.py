"""Sums without their steps, kept in the cache shared by all processes for pages that many open.

A kept sum is never stale: its key names the newest step, fact and merge and how many there are, so whatever is recorded
makes a new one.
"""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Max

from wegweiser.companies.models import Fact, Merge
from wegweiser.journey import indicators
from wegweiser.journey.counting import FILE
from wegweiser.journey.indicators import Indicator
from wegweiser.journey.models import Step

KEPT_FOR = 24 * 60 * 60
_TABLES = (Step, Fact, Merge)
_NAMES = [model._meta.db_table for model in _TABLES]
_ASKED = (f"(SELECT MAX(id) FROM {name}), (SELECT COUNT(*) FROM {name})" for name in _NAMES)  # noqa: S608 (ours)
_NEWEST = f"SELECT (SELECT COUNT(undone_at) FROM {Merge._meta.db_table}), {', '.join(_ASKED)}"  # noqa: S608


@dataclass(frozen=True)
class Summary:
    """One indicator as plain numbers."""

    total: int
    by: dict[str, dict[str, int]]


def figures(
    *, start: dt.date, end: dt.date, grant: str | None, keys: Sequence[str], recorded_by: dt.datetime | None = None
) -> dict[str, Summary]:
    """As `indicators.figures`, without the steps. One quick query where the sums are kept already.

    What is entered after `recorded_by` makes a new name and no new sums.
    """
    asked = (start, end, grant, tuple(keys), recorded_by, FILE.stat().st_mtime_ns)
    name = _name(asked, _newest())
    kept: dict[str, Summary] | None = cache.get(name)
    if kept is not None:
        return kept
    known = name if recorded_by is None else _name(asked, _newest_known(recorded_by))
    kept = None if recorded_by is None else cache.get(known)
    if kept is None:
        found = indicators.figures(start=start, end=end, grant=grant, keys=keys, recorded_by=recorded_by)
        kept = {key: _summary(row) for key, row in found.items()}
    cache.set_many({name: kept, known: kept}, KEPT_FOR)
    return kept


def _summary(row: Indicator) -> Summary:
    by = {
        dimension: {value: figure.value for value, figure in figures.items()} for dimension, figures in row.by.items()
    }
    return Summary(row.total.value, by)


def _name(asked: tuple[object, ...], newest: tuple[object, ...]) -> str:
    return "figures-" + hashlib.sha256(repr((asked, newest)).encode()).hexdigest()


def _newest() -> tuple[object, ...]:
    """What changes whenever a figure can. A row may come with a smaller id than one that was there before it.

    One statement, since each page with sums asks it; the highest id and the number of rows are asked apart, because
    SQLite would read the whole table for both together.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST)
        return tuple(cursor.fetchone())


def _newest_known(recorded_by: dt.datetime) -> tuple[object, ...]:
    """The same of what was known at a moment."""
    found: list[object] = [Merge.objects.filter(undone_at__lte=recorded_by).count()]
    for model in _TABLES:
        rows = model.objects.filter(recorded_at__lte=recorded_by)
        found += rows.aggregate(newest=Max("id"), rows=Count("id")).values()
    return tuple(found)
