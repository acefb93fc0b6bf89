"""Statements whose text never changes: PostgreSQL keeps how it answers them, SQLite's driver does so by itself."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections


def cursor() -> Any:
    """A cursor for a statement of ours that is asked with other values again and again.

    The server learns of each value by itself, so it has to see from the statement what kind it is.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    make = getattr(connection, "prepared_cursor", connection.cursor)
    return make()
