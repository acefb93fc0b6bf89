"""Append-only tables: the database itself refuses to change or remove a row, on both engines."""

from typing import Any

from django.db import migrations

_POSTGRES = """
CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{table} is append-only'; END $$;
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_append_only();
"""
_SQLITE = """
CREATE TRIGGER {table}_no_{event} BEFORE {event} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
"""
_EVENTS = ("update", "delete")


def append_only(table: str) -> migrations.RunPython:
    """A migration operation that makes `table` append-only."""

    def forwards(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(_POSTGRES.format(table=table))
            return
        for event in _EVENTS:
            schema_editor.execute(_SQLITE.format(table=table, event=event))

    def backwards(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION {table}_append_only() CASCADE")
            return
        for event in _EVENTS:
            schema_editor.execute(f"DROP TRIGGER {table}_no_{event}")

    return migrations.RunPython(forwards, backwards)


_POSTGRES_BLANKING = """
CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.{column} IS NULL AND to_jsonb(NEW) - '{column}' = to_jsonb(OLD) - '{column}' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '{table} is append-only';
END $$;
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_append_only();
"""
_SQLITE_BLANKING = (
    "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
    "WHEN NOT (NEW.{column} IS NULL AND {unchanged}) "
    "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;"
)


def append_only_but_blanking(table: str, column: str, *, kept: tuple[str, ...]) -> migrations.RunPython:
    """Make `table` append-only, but let `column` be set to NULL. `kept` names every other column (SQLite needs it)."""
    plain = append_only(table)

    def forwards(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(_POSTGRES_BLANKING.format(table=table, column=column))
            return
        unchanged = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in kept)
        schema_editor.execute(_SQLITE_BLANKING.format(table=table, column=column, unchanged=unchanged))
        schema_editor.execute(_SQLITE.format(table=table, event="delete"))

    return migrations.RunPython(forwards, plain.reverse_code)
