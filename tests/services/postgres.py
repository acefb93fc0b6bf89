"""A real PostgreSQL that lives as long as the tests: own folder, Unix socket only, nothing left behind."""

import os
import pwd
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.services import system

NAME = "wegweiser"
INITDB = ["-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "--no-sync", "--no-instructions"]
MISSING = "No PostgreSQL on this machine, and no right to install one (root and apt-get): install `postgresql`."


def programs() -> Path | None:
    """The folder of initdb and postgres; installs the system's package when there is none."""
    return _look() or (_look() if system.install("postgresql") else None)


def _look() -> Path | None:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    if config := system.find(["pg_config"]):
        told = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False).stdout.strip()
        folders += [Path(told)] if told else []
    initdb = system.find(["initdb"], folders)
    return initdb.resolve().parent if initdb else None


@contextmanager
def server(*, fsync: bool = False) -> Iterator[str]:
    """Starts a server and yields its DATABASE_URL. `fsync=True` is for tests that kill it and look what survived."""
    folder = programs()
    if folder is None:
        raise RuntimeError(MISSING)
    with tempfile.TemporaryDirectory(prefix="ww-pg-", ignore_cleanup_errors=True) as home:
        rights = _other_user(home) if os.geteuid() == 0 else {}
        subprocess.run(
            [folder / "initdb", "-D", f"{home}/data", "-U", NAME, *INITDB],
            stdout=subprocess.DEVNULL,
            check=True,
            cwd="/",
            **rights,
        )
        flag = "on" if fsync else "off"
        options = {
            "listen_addresses": "",
            "unix_socket_directories": home,
            "fsync": flag,
            "synchronous_commit": flag,
            "full_page_writes": flag,
        }
        command = [folder / "postgres", "-D", f"{home}/data", *(f"--{key}={value}" for key, value in options.items())]
        with (Path(home) / "log").open("w") as log:
            # A session of its own: Ctrl-C reaches us alone, and we stop the server in order.
            process = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", start_new_session=True, **rights)
        try:
            _create_database(process, home)
            yield f"postgres://{NAME}@/{NAME}?host={home}"
        finally:
            process.send_signal(signal.SIGQUIT)  # at once: nothing in it is needed any more
            process.wait(timeout=30)


def _other_user(home: str) -> dict[str, object]:
    """PostgreSQL refuses to run as root: the folder and the process go to another user of the system."""
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    other = known.get("postgres") or known["nobody"]
    os.chown(home, other.pw_uid, other.pw_gid)
    return {"user": other.pw_uid, "group": other.pw_gid, "extra_groups": []}


def _create_database(process: subprocess.Popen[bytes], home: str) -> None:
    for _ in range(600):
        try:
            with psycopg.connect(host=home, user=NAME, dbname="postgres", autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {NAME}")
                return
        except psycopg.OperationalError:
            if process.poll() is not None:
                break
            time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start:\n{(Path(home) / 'log').read_text()}")
