"""Django's PostgreSQL with prepared statements where we ask for them, and connections that are looked at, not asked.

PostgreSQL takes longer to parse and plan a statement with joins than to run it, and a question whether a connection
still lives costs as much as an answer (decision 0055).
"""

import select
import time
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg import errors
from psycopg.pq import TransactionStatus

LOOKED_AT_SECONDS = 30.0  # after more a firewall may have forgotten the connection, and only an answer tells


class Prepared(base.ServerBindingCursor):  # type: ignore[name-defined,misc]
    """A cursor whose statements the server keeps ready. Where a migration changed the kind of a column meanwhile, the
    server refuses what it keeps; outside a transaction it is asked anew, and the connection ends with the request."""

    ours: "DatabaseWrapper | None" = None

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        try:
            return super().execute(query, params, **options)
        except errors.FeatureNotSupported:
            if self.ours is not None:
                self.ours.forget_prepared()
            if self.connection.info.transaction_status != TransactionStatus.IDLE:
                raise
            return super().execute(query, params, prepare=False)


class Operations(DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> Any:
        """What was asked, for who listens; a prepared statement does not say its values itself."""
        if isinstance(cursor, Prepared):
            return self.compose_sql(sql, params)
        return super().last_executed_query(cursor, sql, params)


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = Operations
    _preparing = _outdated = False
    _answered_at = float("-inf")

    def prepared_cursor(self) -> Any:
        """A cursor whose statements the server prepares, once they come again."""
        self._preparing = self.connection is None or not self._outdated
        try:
            return self.cursor()
        finally:
            self._preparing = False

    def forget_prepared(self) -> None:
        """What the server keeps for this connection is no good any more: use it no longer than for this request."""
        self._outdated, self.close_at = True, time.monotonic()

    def get_new_connection(self, conn_params: Any) -> Any:
        made = super().get_new_connection(conn_params)
        self._outdated, self._answered_at = False, time.monotonic()
        return made

    def create_cursor(self, name: str | None = None) -> Any:
        if name or not self._preparing:
            return super().create_cursor(name)
        usual = self.connection.cursor_factory
        self.connection.cursor_factory = Prepared
        try:
            found = super().create_cursor()
        finally:
            self.connection.cursor_factory = usual
        found.ours = self
        return found

    def is_usable(self) -> bool:
        """Whether the connection lives. One that was alive a moment ago does unless the server sent something."""
        now = time.monotonic()
        if now - self._answered_at < LOOKED_AT_SECONDS and self._is_quiet():
            return True
        usable = bool(super().is_usable())
        self._answered_at = now if usable else float("-inf")
        return usable

    def _is_quiet(self) -> bool:
        """Nothing has come that nobody asked for: a server that ends says so, and the end itself can be read, too."""
        if self.connection is None or self.connection.closed:
            return False
        looking = select.poll()
        looking.register(self.connection.fileno(), select.POLLIN)
        return not looking.poll(0)
