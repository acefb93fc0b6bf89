"""Rows of many small writes, such as letters, links and the trail: together they take one statement for each table."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection
from django.db.models import Model

from wegweiser.kernel.inserting import insert

_gathered: ContextVar[dict[type[Model], list[Model]] | None] = ContextVar("gathered", default=None)
AT_MOST = 500  # rows at once


def add(row: Model) -> None:
    """Insert `row`, now or with the others; what reads its table in between does not see it."""
    gathered = _gathered.get()
    if gathered is None:
        insert([row])
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
    for of_it in rows.values():
        for first in range(0, len(of_it), AT_MOST):
            insert(of_it[first : first + AT_MOST])
