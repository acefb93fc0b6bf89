"""`wegweiser serve` as an operator runs it: what starts, what comes back, what ends, and that nothing stays behind."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "centres" / "klein.toml"
SECONDS = 30.0


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


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder, address = tmp_path_factory.mktemp("serve"), os.environ.get("DATABASE_URL", "")
    if not address:
        yield _set_up(Home(folder, ""))
        return
    name = f"serve_{os.getpid()}"
    with closing(psycopg.connect(address, autocommit=True)) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield _set_up(Home(folder, urlsplit(address)._replace(path=f"/{name}").geturl()))
        connection.execute(f"DROP DATABASE {name}")


def _set_up(home: Home) -> Home:
    command = [sys.executable, "-m", "wegweiser.config.cli", "init", str(SMALL)]
    done = subprocess.run(command, env=home.environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return home


class Serving:
    """A running `wegweiser serve` and what it started."""

    def __init__(self, home: Home, **more: str) -> None:
        self.home, self.port = home, free_port()
        command = [sys.executable, "-m", "wegweiser.config.cli", "serve"]
        environment = home.environment(PORT=str(self.port), **more)
        # Its own session: nothing that the test does to the group reaches the test itself.
        self.process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
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
        """Every process below ours with its parent."""
        parents = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
        found = {self.process.pid: 0}
        while more := {child: parent for child, parent in parents.items() if parent in found and child not in found}:
            found |= more
        del found[self.process.pid]
        self.seen |= set(found)
        return found

    def web_process(self) -> int | None:
        """The grandchild: granian's own process renders nothing."""
        return next((child for child, parent in self.family().items() if parent != self.process.pid), None)

    def job_worker(self) -> int | None:
        own = [child for child, parent in self.family().items() if parent == self.process.pid]
        server = self.family().get(self.web_process() or 0)
        return next((child for child in own if child != server), None)

    def ended(self) -> tuple[int, str]:
        """Exit code and what was told on the way."""
        out, err = self.process.communicate(timeout=SECONDS)
        return self.process.returncode, out + err


def alive(pid: int) -> bool:
    """Whether a process runs; one that only waits to be seen by its parent does not."""
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:1]
    except (FileNotFoundError, ProcessLookupError):
        return False


def until(condition, seconds: float = SECONDS):
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, f"{condition} stayed {found}"
        time.sleep(0.05)
    return found


@pytest.fixture
def serve(home: Home) -> Iterator:
    started: list[Serving] = []

    def start(**more: str) -> Serving:
        started.append(Serving(home, **more))
        return started[-1]

    yield start
    for serving in started:
        serving.family()
        if serving.process.poll() is None:
            serving.process.terminate()
            serving.process.communicate(timeout=SECONDS)
        assert not [pid for pid in serving.seen if alive(pid)], "left behind"


def test_pages_are_served_and_jobs_run_until_it_is_ended(serve, home):
    home.ask("DELETE FROM kernel_jobrun")
    serving = serve()
    assert until(serving.status) == 200
    until(lambda: home.ask("SELECT name FROM kernel_jobrun WHERE finished_at IS NOT NULL"))
    assert len(serving.family()) == 3, "granian, one web process, the worker"
    serving.process.send_signal(signal.SIGTERM)
    code, told = serving.ended()
    assert code == 0
    assert told == f"Wegweiser answers at http://localhost:{serving.port}\n"
    assert serving.status() is None


def test_a_web_process_that_is_killed_comes_back(serve):
    serving = serve()
    assert until(serving.status) == 200
    first = until(serving.web_process)
    os.kill(first, signal.SIGKILL)
    assert until(lambda: (found := serving.web_process()) not in {None, first} and found)
    assert until(serving.status) == 200


@pytest.mark.parametrize("which", ["job_worker", "server"])
def test_without_one_of_its_children_it_ends_and_says_so(serve, which):
    serving = serve()
    assert until(serving.status) == 200
    worker = until(serving.job_worker)
    os.kill(worker if which == "job_worker" else serving.family()[until(serving.web_process)], signal.SIGTERM)
    code, told = serving.ended()
    assert code == 1
    assert "ended by itself" in told


@pytest.mark.parametrize("how", [signal.SIGHUP, signal.SIGKILL])
def test_a_closed_terminal_and_a_killed_command_leave_nothing(serve, how):
    serving = serve()
    assert until(serving.status) == 200
    until(lambda: len(serving.family()) == 3)
    family = serving.family()
    serving.process.send_signal(how)
    serving.ended()
    until(lambda: not [pid for pid in family if alive(pid)])
    assert serving.status() is None


def test_ended_before_it_answers_it_leaves_nothing(serve):
    serving = serve()
    until(serving.family)
    serving.process.send_signal(signal.SIGINT)
    assert serving.ended()[0] == 0


def test_several_web_processes(serve):
    serving = serve(WEB_WORKERS="2")
    assert until(serving.status) == 200
    until(lambda: len(serving.family()) == 4)


@pytest.mark.parametrize(
    ("settings", "told"),
    [({"WEB_WORKERS": "0"}, "WEB_WORKERS"), ({"WEB_WORKERS": "many"}, "WEB_WORKERS"), ({"PORT": "99999"}, "PORT")],
)
def test_odd_settings_are_refused_in_words(home, settings, told):
    command = [sys.executable, "-m", "wegweiser.config.cli", "serve"]
    done = subprocess.run(command, env=home.environment(**settings), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"wegweiser serve: {told} must be a number" in done.stderr


def test_a_taken_port_is_told_before_anything_starts(home):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        command = [sys.executable, "-m", "wegweiser.config.cli", "serve"]
        environment = home.environment(PORT=str(number))
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"Port {number} is taken" in done.stderr
