"""Rows of many small writes, such as letters, links and the trail: together they take one statement for each table."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection
from django.db.models import Model

_gathered: ContextVar[dict[type[Model], list[Model]] | None] = ContextVar("gathered", default=None)
AT_MOST = 500  # rows in one statement


def add(row: Model) -> None:
    """Insert `row`, now or with the others; what reads its table in between does not see it."""
    gathered = _gathered.get()
    if gathered is None:
        row.save(force_insert=True)
    else:
        gathered.setdefault(type(row), []).append(row)


@contextmanager
def writing() -> Iterator[None]:
    """What is added inside is written at the end, in its order; inside the transaction of its cause."""
    if _gathered.get() is not None:
        yield
        return
    if not connection.in_atomic_block:
        raise RuntimeError("Rows that are written later belong into a transaction.")
    rows: dict[type[Model], list[Model]] = {}
    token = _gathered.set(rows)
    try:
        yield
    finally:
        _gathered.reset(token)
    for model, of_it in rows.items():
        model._default_manager.bulk_create(of_it, batch_size=AT_MOST)  # noqa: SLF001 - the public name of Django
