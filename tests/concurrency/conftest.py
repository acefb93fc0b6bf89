"""Real contention on both databases: each thread has its own connection to one database that holds what it commits.

SQLite: the migrated test database (which may live in memory, where threads cannot wait for each other) is copied into
a file of its own; so nothing has to be removed afterwards, which append-only tables would refuse.
PostgreSQL: the test database itself, emptied by TRUNCATE, which row triggers do not see.
"""

import contextlib
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections


@pytest.fixture
def contended(transactional_db, tmp_path):
    """Make the database one that threads share, with the settings of production."""
    plain = connections["default"]
    if plain.vendor != "sqlite":
        yield
        return
    path = tmp_path / "contended.sqlite3"
    plain.ensure_connection()
    with contextlib.closing(sqlite3.connect(path)) as copy:
        copy.executescript("\n".join(plain.connection.iterdump()))
    settings = connections.settings["default"]
    name = settings["NAME"]
    settings["NAME"] = str(path)
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        settings["NAME"] = name
        connections["default"] = plain


@pytest.fixture
def at_once(contended) -> Callable[..., list[object]]:
    """Run functions at the same time, each in a thread with its own connection; gives results or exceptions."""

    def guarded(function: Callable[[], object]) -> object:
        try:
            return function()
        except Exception as error:  # what went wrong is what the test looks at
            return error
        finally:
            connections.close_all()

    def run(*functions: Callable[[], object]) -> list[object]:
        with ThreadPoolExecutor(len(functions)) as pool:
            return list(pool.map(guarded, functions))

    return run
