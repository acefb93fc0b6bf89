"""What most tests begin with, built once by each worker: afterwards its rows are written as they were, without asking.

Building the small centre takes a few hundred queries; writing the same rows takes one for each table. `once` gives what
stands on an empty database, `further` what is built on top of that by many tests.
"""

import copy
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection, transaction
from django.db.models import F

from wegweiser.catalogue import held
from wegweiser.catalogue.models import Change, Entry

T = TypeVar("T")
FRAMEWORK = {"contenttypes", "auth"}  # Django's own rows, which are there before
GROUPS = ("auth_group_permissions", "auth_group")  # of these there are none


@dataclass(frozen=True)
class _Kept:
    found: Any
    rows: dict[str, tuple[list[str], Any]]  # by table: its columns, and what the database gave for them


_kept: dict[Hashable, _Kept] = {}


def once(key: Hashable, build: Callable[[], T], *, committed: bool = False) -> T:
    """What `build` gives on an empty database. `key` names everything that it depends on besides.

    Outside of the transaction of a test only where one says `committed`: nothing in `build` may wait for the commit.
    """
    global _now  # noqa: PLW0603
    _now = None
    if not (connection.in_atomic_block or committed):
        return build()
    kept = _kept.get(key)
    if kept is None:
        return _build(key, build)
    if any_row(kept.rows):  # a test wrote something first
        return build()
    with transaction.atomic():
        for table, (columns, rows) in kept.rows.items():
            _write(table, columns, rows)
    _now = _state(key)
    return copy.deepcopy(kept.found)


@dataclass(frozen=True)
class _State:
    """What the database holds, the savepoints inside which that is so, and how many rows were written until then."""

    key: Hashable
    inside: tuple[str, ...]
    written: int


@dataclass(frozen=True)
class _Added:
    found: Any
    rows: dict[str, tuple[list[str], Any]]
    before: int  # the number of the catalogue's last change
    changes: int


NOTHING = "an empty database"
_now: _State | None = None  # of this test, as far as it is known
_asked: Counter[Hashable] = Counter()
_added: dict[Hashable, _Added | None] = {}  # None where it changes or waits for what cannot be written again


def begin() -> None:
    """Another test begins: of its database nothing is known."""
    global _now  # noqa: PLW0603
    _now = None


def further(key: Hashable, build: Callable[[], T]) -> T:
    """What `build` gives on a database that nobody has written to since `once` (or this) left it, or that is empty.

    `key` names everything that it depends on besides. Kept when it is asked for again: most things are built once.
    """
    global _now  # noqa: PLW0603
    there = _there()
    if there is None:
        return build()
    whole = (there, key)
    _asked[whole] += 1
    if whole in _added or _asked[whole] == 1:
        added = _added.get(whole)
        found = build() if added is None else _add(added)
        is_known = added is not None
    else:
        found = _build_further(whole, build)
        is_known = _added[whole] is not None
    _now = _state(whole) if is_known else None
    return found


@contextmanager
def unnoticed(step: Hashable = None) -> Iterator[None]:
    """What is written inside changes nothing that a test can tell; or `step` says all of it, and the same rows follow
    from the same rows each time."""
    global _now  # noqa: PLW0603
    there = _now and _there()
    yield
    _now = _state((there, step) if step else there) if there else None


def _there() -> Hashable:
    """What the database holds; None where nobody knows."""
    if not connection.in_atomic_block:
        return None
    if _now is None:
        return None if any_row(tables()) else NOTHING
    is_inside = tuple(connection.savepoint_ids[: len(_now.inside)]) == _now.inside
    return _now.key if is_inside and _written() == _now.written else None


def _state(key: Hashable) -> _State:
    return _State(key, tuple(connection.savepoint_ids), _written())


def _written() -> int:
    """How many rows were written by this connection, those included that were taken back."""
    if connection.vendor == "sqlite":
        return int(connection.connection.total_changes)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables")
        return int(cursor.fetchone()[0] or 0)


def _build_further(whole: Hashable, build: Callable[[], T]) -> T:
    ours, waiting, last = tables(), len(connection.run_on_commit), held.last_change()
    before = {table: set(_lines(read(table, columns))) for table, columns in ours.items() if any_row([table])}
    found = build()
    rows, is_more = {}, len(connection.run_on_commit) == waiting
    for table, columns in ours.items():
        if table not in before and not any_row([table]):
            continue
        lines = _lines(read(table, columns))
        there = before.get(table, set())
        if table == Change._meta.db_table and there:  # one row, which is counted on
            continue
        is_more &= there <= set(lines)
        if added := [line for line in lines if line not in there]:
            rows[table] = (columns, added if connection.vendor == "sqlite" else b"".join(added))
    _added[whole] = _Added(copy.deepcopy(found), rows, last, held.last_change() - last) if is_more else None
    return found


def _add(added: _Added) -> Any:
    last = held.last_change()
    with transaction.atomic():
        for table, (columns, rows) in added.rows.items():
            _write(table, columns, rows)
        if last and added.changes:  # the catalogue goes on from where it is
            Entry.objects.filter(pk__in=_entries(added)).update(changed=F("changed") + (last - added.before))
            Change.objects.update(last=last + added.changes)
    return copy.deepcopy(added.found)


def _entries(added: _Added) -> list[int]:
    """The primary keys of the entries among the rows."""
    columns, rows = added.rows.get(Entry._meta.db_table, ([], []))
    number = columns.index(Entry._meta.pk.column) if columns else 0
    if connection.vendor == "sqlite":
        return [row[number] for row in rows]
    return [int(line.split(b"\t")[number]) for line in rows.splitlines()] if rows else []


def _lines(rows: Any) -> list[Any]:
    """Row by row what `read` gives."""
    return rows if connection.vendor == "sqlite" else rows.splitlines(keepends=True)


def _build(key: Hashable, build: Callable[[], T]) -> T:
    global _now  # noqa: PLW0603
    ours = tables()
    was_empty, waiting = not any_row(ours), len(connection.run_on_commit)
    found = build()
    if was_empty and len(connection.run_on_commit) == waiting:
        filled = {table: columns for table, columns in ours.items() if any_row([table])}
        rows = {table: (columns, read(table, columns)) for table, columns in filled.items()}
        _kept[key] = _Kept(copy.deepcopy(found), rows)
        _now = _state(key)
    return found


def tables() -> dict[str, list[str]]:
    """Our tables with the columns that are written."""
    return {
        model._meta.db_table: [field.column for field in model._meta.local_concrete_fields if not field.generated]
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and model._meta.app_label not in FRAMEWORK
    }


def any_row(names: Iterable[str]) -> bool:
    """Whether there is a row in one of the tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + " OR ".join(f'EXISTS (SELECT 1 FROM "{table}")' for table in names))
        return bool(cursor.fetchone()[0])


def filled() -> list[str]:
    """The tables that have rows, without those of Django's own that are there before."""
    names = [*tables(), *GROUPS]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f'EXISTS (SELECT 1 FROM "{table}")' for table in names))
        return [table for table, has_rows in zip(names, cursor.fetchone(), strict=True) if has_rows]


def read(table: str, columns: list[str]) -> Any:
    """The rows as this database can write them again; the same rows give the same."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({_list(columns)}) TO STDOUT') as rows:
                return b"".join(rows)
        # The sign keeps sqlite3 from making dates and the like of what stands there.
        signed = ", ".join(f'+"{name}"' for name in columns)
        cursor.execute(f'SELECT {signed} FROM "{table}"')
        return cursor.fetchall()


def _write(table: str, columns: list[str], rows: Any) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({_list(columns)}) FROM STDIN') as copied:
                copied.write(rows)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f'INSERT INTO "{table}" ({_list(columns)}) VALUES ({marks})', rows)


def _list(columns: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)
