"""The database as one file and back: SQLite by its own backup, PostgreSQL by pg_dump and pg_restore."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, connections

from wegweiser.kernel.errors import DomainError

SQLITE, POSTGRESQL = "sqlite", "postgresql"
_OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


def engine() -> str:
    return connection.vendor


def has_tables() -> bool:
    """Whether there is a database with anything in it. Makes nothing, not even an empty file."""
    if engine() == SQLITE and not _file().exists():
        return False
    return bool(connection.introspection.table_names())


def dump(to: Path) -> None:
    """All of one moment, while others go on working."""
    if engine() == SQLITE:
        _copy(_file(), to)
    else:
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={to}", f"--dbname={_address()}")


def require_alone() -> None:
    """Raises DomainError("database_in_use") while another process works with the database: it would lose its writes."""
    if engine() == SQLITE:
        connections.close_all()
        alone = not _file().exists() or _leaves_wal(_file())
    else:
        with connection.cursor() as cursor:
            cursor.execute(_OTHERS)
            alone = cursor.fetchone()[0] == 0
    if not alone:
        raise DomainError(
            "database_in_use", "Something still works with this database. Stop `wegweiser serve` and `worker` first."
        )


@contextmanager
def replaced_by(dumped: Path) -> Iterator[None]:
    """Inside, the connection is to what was dumped, so that it can be made ready; after it, so is everybody's.

    With SQLite a failure inside leaves the database as it was. PostgreSQL is emptied and filled at once; after a
    failure the same restore has to be repeated.
    """
    if engine() == POSTGRESQL:
        _load(dumped)
        yield
        return
    name = _file()
    connections.close_all()
    connection.settings_dict["NAME"] = str(dumped)
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = str(name)
    _leaves_wal(dumped)
    for rest in ("-wal", "-shm"):
        name.with_name(name.name + rest).unlink(missing_ok=True)
    name.parent.mkdir(parents=True, exist_ok=True)
    dumped.replace(name)


def _file() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def _copy(source: Path, to: Path) -> None:
    there = sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)
    with closing(there), closing(sqlite3.connect(to)) as here:
        there.backup(here)
        here.execute("PRAGMA journal_mode=DELETE")
        found = [row[0] for row in here.execute("PRAGMA integrity_check")]
    if found != ["ok"]:
        raise DomainError("database_damaged", f"The database is damaged: {'; '.join(found[:3])}.")


def _leaves_wal(path: Path) -> bool:
    """Write everything into the one file; works for nobody but the only one that has it open."""
    with closing(sqlite3.connect(path, timeout=0)) as found:
        try:
            return bool(found.execute("PRAGMA journal_mode=DELETE").fetchone()[0] == "delete")
        except sqlite3.OperationalError:
            return False


def _load(dumped: Path) -> None:
    with connection.cursor() as cursor:  # what a newer version added would be in the way of migrating
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connections.close_all()
    _run("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", f"--dbname={_address()}", str(dumped))


def _address() -> str:
    """Where the database is, without the password: a command line can be read by everybody on the machine."""
    told = connection.settings_dict
    parts = {"dbname": told["NAME"], "user": told["USER"], "host": told["HOST"], "port": told["PORT"]}
    parts |= {key: value for key, value in told["OPTIONS"].items() if isinstance(value, str)}
    return " ".join(f"{key}={_quoted(str(value))}" for key, value in parts.items() if value)


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _run(program: str, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise DomainError(
            "program_missing", f"{program} is not installed. Install the client programs of PostgreSQL on this machine."
        )
    environment = {**os.environ, "PGPASSWORD": str(connection.settings_dict["PASSWORD"])}
    done = subprocess.run(  # noqa: S603 (a program by name, arguments of ours, no shell)
        [found, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise DomainError("program_failed", f"{program}: {' '.join(done.stderr.split())[:600]}")
