"""New rows as `bulk_create` writes them, with a statement that is put together once for each table.

Django takes longer to compile an INSERT than the database takes to run it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import BooleanField, CharField, Field, Model, TextField
from django.db.models.fields import AutoFieldMixin

from wegweiser.kernel import prepared

MOST_VALUES = 900  # in one statement; Django gives SQLite no more than 999


@dataclass(frozen=True)
class _Table:
    """What an INSERT into the table of a model says. Without fields it has something that only Django can write."""

    fields: "tuple[Field[Any, Any], ...]"
    as_they_are: tuple[frozenset[type], ...]
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
        for field, as_they_are in zip(table.fields, table.as_they_are, strict=True):
            value = field.pre_save(row, add=True)
            if type(value) not in as_they_are:
                if hasattr(value, "resolve_expression"):  # that the database would make
                    plain = False
                    break
                value = field.get_db_prep_save(value, connection)
            values.append(value)
    if not plain:
        model._default_manager.bulk_create(rows)  # noqa: SLF001 - the public name of Django
        return
    with transaction.mark_for_rollback_on_error(), prepared.cursor() as cursor:
        cursor.execute(table.statement(len(rows)), values)
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = key
            row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 - as Django does


def _as_they_are(field: "Field[Any, Any]") -> frozenset[type]:
    """The kinds of values that the field hands to the database unchanged: asking it costs more than writing them."""
    kind = type(field)
    if kind.get_db_prep_save is not Field.get_db_prep_save or kind.get_db_prep_value is not Field.get_db_prep_value:
        return frozenset()
    unchanged = {CharField.get_prep_value: str, TextField.get_prep_value: str, BooleanField.get_prep_value: bool}
    known = unchanged.get(kind.get_prep_value)
    return frozenset({known, type(None)} if known else ())


@lru_cache(maxsize=200)
def _table(model: type[Model], _vendor: str) -> _Table:
    options, connection = model._meta, connections[DEFAULT_DB_ALIAS]
    fields = tuple(field for field in options.local_concrete_fields if not field.generated and field is not options.pk)
    # A default of the database is said like any other value; a row that leaves it open is written by Django (`insert`).
    made = [field for field in options.db_returning_fields if field is not options.pk and field.generated]
    returned = connection.features.can_return_rows_from_bulk_insert and not made
    simple = isinstance(options.pk, AutoFieldMixin) and not options.parents and returned
    if not simple or any(hasattr(field, "get_placeholder") for field in fields):
        return _Table((), (), "", "", "")
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    return _Table(
        fields=fields,
        as_they_are=tuple(_as_they_are(field) for field in fields),
        begin=f"INSERT INTO {quote(options.db_table)} ({columns}) VALUES ",  # noqa: S608 - names of models
        row=f"({', '.join(['%s'] * len(fields))})",
        end=f" RETURNING {quote(options.pk.column)}",
    )
