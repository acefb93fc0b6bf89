"""A real PostgreSQL that lives as long as the tests: own folder, Unix socket only, nothing left behind."""

import contextlib
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
from psycopg import sql

from tests.services import processes, system

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


class Server:
    """One that can be killed as if the power went, and started again on what its disk has."""

    def __init__(self, home: str, programs: Path, *, fsync: bool) -> None:
        self.home, self.programs = home, programs
        self.url = f"postgres://{NAME}@/{NAME}?host={home}"
        flag = "on" if fsync else "off"
        self.options = {
            "listen_addresses": "",
            "unix_socket_directories": home,
            "fsync": flag,
            "synchronous_commit": flag,
            "full_page_writes": flag,
        }
        self.rights = _other_user(home) if os.geteuid() == 0 else {}
        self.process: subprocess.Popen[bytes] | None = None

    def create(self) -> None:
        subprocess.run(
            [self.programs / "initdb", "-D", f"{self.home}/data", "-U", NAME, *INITDB],
            stdout=subprocess.DEVNULL,
            check=True,
            cwd="/",
            **self.rights,
        )
        self.start()
        with self._connect() as connection:
            connection.execute(f"CREATE DATABASE {NAME}")

    def start(self) -> None:
        """Comes back when it takes connections."""
        told = [f"--{key}={value}" for key, value in self.options.items()]
        with (Path(self.home) / "log").open("a") as log:
            # A session of its own: Ctrl-C reaches us alone, and we stop the server in order.
            self.process = subprocess.Popen(
                [self.programs / "postgres", "-D", f"{self.home}/data", *told],
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
                **self.rights,
            )
        for _ in range(600):
            try:
                self._connect().close()
                return
            except psycopg.OperationalError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.05)
        raise RuntimeError(f"PostgreSQL did not start:\n{(Path(self.home) / 'log').read_text()}")

    def kill(self) -> None:
        """SIGKILL to the postmaster and to everything that it started: nobody has time to write anything down."""
        if self.process is None:
            return
        first = self.process.pid
        self.process.send_signal(signal.SIGSTOP)  # so that it starts nobody while we look
        children = [pid for pid, parent in processes.parents().items() if parent == first]
        for pid in [first, *children]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(timeout=30)
        end = time.monotonic() + 10
        while any(processes.alive(pid) for pid in children) and time.monotonic() < end:
            time.sleep(0.01)

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)  # at once: nothing in it is needed any more
            self.process.wait(timeout=30)

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(host=self.home, user=NAME, dbname="postgres", autocommit=True)


@contextmanager
def running(*, fsync: bool = False) -> Iterator[Server]:
    """A server of its own until the end. `fsync=True` is for tests that kill it and look what survived."""
    folder = programs()
    if folder is None:
        raise RuntimeError(MISSING)
    with tempfile.TemporaryDirectory(prefix="ww-pg-", ignore_cleanup_errors=True) as home:
        found = Server(home, folder, fsync=fsync)
        try:
            found.create()
            yield found
        finally:
            found.stop()


@contextmanager
def server() -> Iterator[str]:
    """Starts a server and yields its DATABASE_URL."""
    with running() as found:
        yield found.url


def another(url: str, name: str) -> str:
    """The address of an empty database of its own in the same server."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return url.replace(f"/{NAME}?", f"/{name}?")


def _other_user(home: str) -> dict[str, object]:
    """PostgreSQL refuses to run as root: the folder and the process go to another user of the system."""
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    other = known.get("postgres") or known["nobody"]
    os.chown(home, other.pw_uid, other.pw_gid)
    return {"user": other.pw_uid, "group": other.pw_gid, "extra_groups": []}
