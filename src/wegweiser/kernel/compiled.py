"""Queries that are asked with every request: compiled once, then asked with other values.

Django takes longer to compile a query with joins than the database takes to answer it. The objects come out as from
any query, with what it selects beside them.
"""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

from wegweiser.kernel import prepared

M = TypeVar("M", bound=Model)
# What stands for a value of each kind while the query is compiled: no real value is one of these.
_STANDS_FOR: dict[type, Callable[[int], Any]] = {
    int: lambda number: -1_000_003 - number,
    str: lambda number: f"\N{WHITE SQUARE}{number}",
    UUID: lambda number: UUID(int=2**128 - 1 - number),
    dt.datetime: lambda number: dt.datetime(9000 + number, 1, 1, tzinfo=dt.UTC),
}


class Compiled(Generic[M]):
    """A query as `make` builds it of values of these `kinds` (int, str, UUID, datetime), in this order.

    `make` may compare with the values, and nothing else: it is called once in each thread.

    >>> of_day = Compiled(lambda on, key: Event.objects.filter(day=on, place=key), datetime, int)  # doctest: +SKIP
    >>> of_day(clock.now(), 3)  # doctest: +SKIP
    """

    def __init__(self, make: Callable[..., QuerySet[M]], *kinds: type) -> None:
        self.make, self.kinds = make, kinds
        self._held = threading.local()  # a compiler knows the connection, and that is a thread's own

    def __call__(self, *values: Any) -> list[M]:
        connection = connections[DEFAULT_DB_ALIAS]
        held: _Question[M] | None = getattr(self._held, "question", None)
        if held is None or held.compiler.connection is not connection:
            held = self._held.question = _Question(self, connection)
        return held.ask(values)


class _Question(Generic[M]):
    def __init__(self, compiled: Compiled[M], connection: BaseDatabaseWrapper) -> None:
        stand_ins = [_STANDS_FOR[kind](number) for number, kind in enumerate(compiled.kinds)]
        self.rows = compiled.make(*stand_ins)
        self.compiler: SQLCompiler = self.rows.query.get_compiler(connection=connection)
        self.sql, found = self.compiler.as_sql()
        places = {_adapted(one, connection): number for number, one in enumerate(stand_ins)}
        self.places = [(places.get(one) if isinstance(one, int | str | UUID | dt.datetime) else None) for one in found]
        self.constants = list(found)
        if set(places.values()) - set(self.places):
            raise ValueError("A value of the query is not compared with.")
        self.parameters: tuple[Any, ...] = ()
        selected = [one[0] for one in self.compiler.select[: self.compiler.col_count]]
        if self.compiler.has_extra_select or self.compiler.has_composite_fields(selected):
            raise ValueError("The query selects what its objects do not show.")
        converters = self.compiler.get_converters(selected)
        convert = self.compiler.apply_converters if converters else lambda rows, _converters: rows
        self.compiler.execute_sql = lambda *_args, **_kwargs: self._rows()  # type: ignore[method-assign]
        self.compiler.results_iter = lambda rows: convert(rows, converters)  # type: ignore[method-assign]
        self.rows.query.get_compiler = lambda *_args, **_kwargs: self.compiler  # type: ignore[method-assign]

    def ask(self, values: tuple[Any, ...]) -> list[M]:
        connection = self.compiler.connection
        if self.rows.query.select_for_update and connection.get_autocommit():
            raise TransactionManagementError("A lock needs a transaction.")
        given = [_adapted(value, connection) for value in values]
        self.parameters = tuple(
            one if place is None else given[place] for one, place in zip(self.constants, self.places, strict=True)
        )
        found = self.rows._iterable_class(self.rows)  # noqa: SLF001 - as the query set reads it, without keeping
        return list(found)  # type: ignore[call-overload,no-any-return]

    def _rows(self) -> list[Any]:
        with prepared.cursor() as cursor:
            cursor.execute(self.sql, self.parameters)
            return list(cursor.fetchall())


def _adapted(value: Any, connection: BaseDatabaseWrapper) -> Any:
    """As the fields prepare it for the database."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value
