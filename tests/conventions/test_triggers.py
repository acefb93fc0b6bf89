"""Every table a migration made append-only still is, after all migrations.

Django rebuilds a table on SQLite for most changes of it, and the triggers of the old one are silently lost.
"""

import re
from collections.abc import Iterable, Iterator

import pytest
from django.db import connection
from django.db.migrations import RunPython
from django.db.migrations.loader import MigrationLoader

from wegweiser.kernel import triggers

MODULE = triggers.append_only.__module__
GUARDED = {"update", "delete"}

pytestmark = pytest.mark.django_db


def _declared_tables() -> set[str]:
    """The tables that operations of `kernel.triggers` name, in the migrations of every room."""
    migrations = MigrationLoader(connection).disk_migrations.values()
    operations = (operation for migration in migrations for operation in migration.operations)
    return {
        _table(operation.code)
        for operation in operations
        if isinstance(operation, RunPython) and operation.code.__module__ == MODULE
    }


def _table(code) -> str:
    """The table an operation was made for: what its function keeps from the call."""
    kept = dict(zip(code.__code__.co_freevars, (cell.cell_contents for cell in code.__closure__), strict=True))
    return kept["table"]


def _guards() -> Iterator[tuple[str, str]]:
    """Each (table, event) before which a trigger of the database raises."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT event_object_table, lower(event_manipulation) FROM information_schema.triggers"
                " WHERE action_timing = 'BEFORE' AND action_statement LIKE '%\\_append\\_only()'"
            )
            yield from cursor.fetchall()
            return
        cursor.execute("SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        for table, creation in cursor.fetchall():
            event = re.search(r"\bBEFORE (UPDATE|DELETE) ON\b", creation, re.IGNORECASE)
            if event and "RAISE(ABORT" in creation:
                yield table, event[1].lower()


def unguarded(tables: Iterable[str]) -> dict[str, set[str]]:
    """The tables whose rows can be changed or removed, with the events that nothing refuses."""
    guards = set(_guards())
    missing = {table: {event for event in GUARDED if (table, event) not in guards} for table in tables}
    return {table: events for table, events in missing.items() if events}


def test_audit_steps_and_contributions_are_declared():
    assert _declared_tables() >= {"kernel_auditevent", "journey_step", "journey_contribution"}


def test_every_declared_table_still_refuses():
    assert unguarded(_declared_tables()) == {}


def test_a_table_without_trigger_is_reported():
    assert unguarded(["accounts_user"]) == {"accounts_user": GUARDED}


@pytest.mark.parametrize("table", ["kernel_auditevent", "journey_step", "journey_contribution"])
def test_a_lost_trigger_is_reported(table):
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute(
            f"DROP TRIGGER {table}_no_change ON {table}" if postgresql else f"DROP TRIGGER {table}_no_update"
        )
    assert unguarded(_declared_tables()) == {table: GUARDED if postgresql else {"update"}}
