"""The floor: the rows of one registration, written by a bare script under the same lock, eight at once.

Each writes what one registration of ours writes: registration, two seats, a link, a letter and two rows of the trail,
after it counted the places that are taken. No form, no page, no mail is made.
"""

import json
import sqlite3
import sys
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

COUNT = (
    "SELECT coalesce(sum(places), 0) FROM events_registration WHERE pool_id = ? AND state IN ('confirmed', 'offered')"
)
KNOWN = "SELECT id FROM events_registration WHERE submission = ? OR (event_id = ? AND email = ?)"


def rows(columns: dict[str, Any]) -> tuple[str, list[Any]]:
    names = ", ".join(f'"{name}"' for name in columns)
    return f"({names}) VALUES ({', '.join('?' for _ in columns)})", list(columns.values())


class Table:
    """An existing row of each table as the pattern for new ones."""

    def __init__(self, ask: Callable[[str], tuple[list[str], Any]]) -> None:
        self.patterns: dict[str, dict[str, Any]] = {}
        tables = ("events_registration", "events_seat", "accounts_token", "outbox_letter", "kernel_auditevent")
        for table in tables:
            names, row = ask(f"SELECT * FROM {table} ORDER BY id DESC LIMIT 1")
            self.patterns[table] = {name: value for name, value in zip(names, row, strict=True) if name != "id"}

    def new(self, table: str, **given: Any) -> tuple[str, list[Any]]:
        told, values = rows({**self.patterns[table], "uuid": uuid.uuid4().hex, **given})
        return f"INSERT INTO {table} {told}", values


def one(execute: Callable[[str, list[Any]], Any], table: Table, number: int) -> None:
    """One registration, inside a transaction that holds the lock."""
    pattern = table.patterns["events_registration"]
    execute(KNOWN, [uuid.uuid4().hex, pattern["event_id"], f"bare{number}@firma.example"])
    execute(COUNT, [pattern["pool_id"]])
    submission = uuid.uuid4().hex
    sql, values = table.new("events_registration", submission=submission, email=f"bare{number}@firma.example")
    key = execute(sql + " RETURNING id", values)
    for place in (1, 2):
        execute(*table.new("events_seat", registration_id=key, position=place))
    execute(*table.new("kernel_auditevent"))
    execute(*table.new("accounts_token", secret_hash=uuid.uuid4().hex * 2))
    execute(*table.new("outbox_letter", message_id=f"<{uuid.uuid4()}@bare>"))
    execute(*table.new("kernel_auditevent"))


def sqlite(path: str, count: int, clients: int) -> float:
    def connect() -> sqlite3.Connection:
        found = sqlite3.connect(path, timeout=30, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            found.execute(f"PRAGMA {pragma}")
        return found

    def ask(sql: str) -> tuple[list[str], Any]:
        cursor = connect().execute(sql)
        return [row[0] for row in cursor.description], cursor.fetchone()

    table = Table(ask)

    def work(start: int) -> None:
        connection = connect()

        def execute(sql: str, values: list[Any]) -> Any:
            found = connection.execute(sql, values).fetchone()
            return found[0] if found else None

        for number in range(start, count, clients):
            connection.execute("BEGIN IMMEDIATE")
            one(execute, table, number)
            connection.execute("COMMIT")

    return timed(work, count, clients)


def postgresql(url: str, count: int, clients: int) -> float:
    def ask(sql: str) -> tuple[list[str], Any]:
        with psycopg.connect(url) as connection:
            cursor = connection.execute(sql)
            return [row.name for row in cursor.description or ()], cursor.fetchone()

    table = Table(ask)
    for pattern in table.patterns.values():
        for name, value in pattern.items():
            if isinstance(value, dict | list):
                pattern[name] = json.dumps(value)

    def work(start: int) -> None:
        with psycopg.connect(url) as connection:

            def execute(sql: str, values: list[Any]) -> Any:
                cursor = connection.execute(sql.replace("?", "%s"), values)
                found = cursor.fetchone() if cursor.description else None
                return found[0] if found else None

            for number in range(start, count, clients):
                with connection.transaction():
                    event = table.patterns["events_registration"]["event_id"]
                    execute("SELECT id FROM events_event WHERE id = ? FOR UPDATE", [event])
                    one(execute, table, number)

    return timed(work, count, clients)


def timed(work: Callable[[int], None], count: int, clients: int) -> float:
    """Registrations per second."""
    threads = [threading.Thread(target=work, args=(start,)) for start in range(clients)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return count / (time.monotonic() - began)


if __name__ == "__main__":
    where, count, clients = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    found = sqlite(where, count, clients) if Path(where).exists() else postgresql(where, count, clients)
    print(round(found))
