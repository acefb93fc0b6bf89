"""An installation of its own and a running `wegweiser serve`, for tests that look at processes and end them."""

import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path

import psycopg

from tests.services import migrated, processes

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "centres" / "klein.toml"
SECONDS = 30.0
SERVE = ("-m", "wegweiser.config.cli", "serve")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Home:
    """An installation of its own, on the kind of database of this run."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder, self.database = folder, database

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "BASE_URL"}}
        kept.pop("DJANGO_SETTINGS_MODULE", None)
        own = {"WEGWEISER_HOME": str(self.folder), "PYTHONPATH": str(ROOT / "src"), "DATABASE_URL": self.database}
        return {**kept, **own, **more}

    def ask(self, query: str) -> list:
        path = self.folder / "wegweiser.sqlite3"
        opened = psycopg.connect(self.database) if self.database else sqlite3.connect(path, timeout=20)
        with closing(opened) as connection, connection:
            answer = connection.execute(query)
            return answer.fetchall() if answer.description else []


def set_up(home: Home) -> Home:
    if not home.database:
        migrated.copy_into(home.folder)
    command = [sys.executable, "-m", "wegweiser.config.cli", "init", str(SMALL)]
    done = subprocess.run(command, env=home.environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return home


class Serving:
    """A running `wegweiser serve` and what it started."""

    def __init__(self, home: Home, *, port: int = 0, program: tuple[str, ...] = SERVE, **more: str) -> None:
        self.home, self.port = home, port or free_port()
        command = [sys.executable, *program]
        environment = home.environment(PORT=str(self.port), **more)
        # Its own session: nothing that the test does to the group reaches the test itself.
        # What it tells goes to a file: a pipe that nobody reads is full one day, and then it would stand still.
        self.told = tempfile.TemporaryFile("w+")  # noqa: SIM115 (closed by `ended`)
        self.process = subprocess.Popen(
            command, env=environment, stdout=self.told, stderr=self.told, start_new_session=True
        )
        self.seen: set[int] = set()

    def status(self) -> int | None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return None

    def family(self) -> dict[int, int]:
        """Every process below ours with its parent, but for what reads a text for the worker and ends by itself."""
        parents = processes.parents()
        found = {self.process.pid: 0}
        while more := {child: parent for child, parent in parents.items() if parent in found and child not in found}:
            found |= more
        del found[self.process.pid]
        self.seen |= set(found)
        return {child: parent for child, parent in found.items() if not _passes(child)}

    def web_process(self) -> int | None:
        """The grandchild: granian's own process renders nothing."""
        return next((child for child, parent in self.family().items() if parent != self.process.pid), None)

    def job_worker(self) -> int | None:
        own = [child for child, parent in self.family().items() if parent == self.process.pid]
        server = self.family().get(self.web_process() or 0)
        return next((child for child in own if child != server), None)

    def ended(self) -> tuple[int, str]:
        """Exit code and what was told on the way."""
        code = self.process.wait(timeout=SECONDS)
        with self.told:
            self.told.seek(0)
            return code, self.told.read()


def until(condition, seconds: float = SECONDS):
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, f"{condition} stayed {found}"
        time.sleep(0.05)
    return found


def _passes(process: int) -> bool:
    try:
        return b"matching.apart" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:  # it has ended
        return True
