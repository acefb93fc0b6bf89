"""New rows as `bulk_create` writes them, with a statement that is put together once for each table.

Django takes longer to compile an INSERT than the database takes to run it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Field, Model
from django.db.models.fields import AutoFieldMixin

MOST_VALUES = 900  # in one statement; Django gives SQLite no more than 999


@dataclass(frozen=True)
class _Table:
    """What an INSERT into the table of a model says. Without fields it has something that only Django can write."""

    fields: "tuple[Field[Any, Any], ...]"
    begin: str
    row: str
    end: str

    def statement(self, rows: int) -> str:
        return f"{self.begin}{', '.join([self.row] * rows)}{self.end}"


def insert(rows: Sequence[Model]) -> None:
    """Insert new `rows` of one model; each learns its key."""
    if not rows:
        return
    model, connection = type(rows[0]), connections[DEFAULT_DB_ALIAS]
    table = _table(model, connection.vendor)
    values: list[Any] = []
    plain = bool(table.fields) and not any(row.pk for row in rows) and len(rows) * len(table.fields) <= MOST_VALUES
    for row in rows if plain else ():
        for field in table.fields:
            value = field.pre_save(row, add=True)
            plain = plain and not hasattr(value, "resolve_expression")  # that the database would make
            values.append(value if hasattr(value, "resolve_expression") else field.get_db_prep_save(value, connection))
    if not plain:
        model._default_manager.bulk_create(rows)  # noqa: SLF001 - the public name of Django
        return
    with transaction.mark_for_rollback_on_error(), connection.cursor() as cursor:
        cursor.execute(table.statement(len(rows)), values)
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = key
            row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 - as Django does


@lru_cache(maxsize=200)
def _table(model: type[Model], _vendor: str) -> _Table:
    options, connection = model._meta, connections[DEFAULT_DB_ALIAS]
    fields = tuple(field for field in options.local_concrete_fields if not field.generated and field is not options.pk)
    returned = connection.features.can_return_rows_from_bulk_insert and options.db_returning_fields == [options.pk]
    simple = isinstance(options.pk, AutoFieldMixin) and not options.parents and returned
    if not simple or any(hasattr(field, "get_placeholder") for field in fields):
        return _Table((), "", "", "")
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    return _Table(
        fields=fields,
        begin=f"INSERT INTO {quote(options.db_table)} ({columns}) VALUES ",  # noqa: S608 - names of models
        row=f"({', '.join(['%s'] * len(fields))})",
        end=f" RETURNING {quote(options.pk.column)}",
    )
