"""What most tests begin with, built once by each worker: afterwards its rows are written as they were, without asking.

Building the small centre takes a few hundred queries; writing the same rows takes one for each table.
"""

import copy
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection, transaction

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
    return copy.deepcopy(kept.found)


def _build(key: Hashable, build: Callable[[], T]) -> T:
    ours = tables()
    was_empty, waiting = not any_row(ours), len(connection.run_on_commit)
    found = build()
    if was_empty and len(connection.run_on_commit) == waiting:
        filled = {table: columns for table, columns in ours.items() if any_row([table])}
        rows = {table: (columns, read(table, columns)) for table, columns in filled.items()}
        _kept[key] = _Kept(copy.deepcopy(found), rows)
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
