"""`wegweiser serve` as an operator runs it: what starts, what comes back, what ends, and that nothing stays behind."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.services.migrated import TEMPLATE
from tests.services.processes import alive
from tests.services.serving import Home, Serving, set_up, until


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder, address = tmp_path_factory.mktemp("serve"), os.environ.get("DATABASE_URL", "")
    if not address:
        yield set_up(Home(folder, ""))
        return
    name = f"serve_{os.getpid()}"
    with closing(psycopg.connect(address, autocommit=True)) as connection:
        connection.execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {TEMPLATE}" if TEMPLATE else ""))
        yield set_up(Home(folder, urlsplit(address)._replace(path=f"/{name}").geturl()))
        connection.execute(f"DROP DATABASE {name}")


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
            serving.ended()
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


LARGE = 64 * 2**20
SAID = {
    f"Content-Length: {LARGE}": b"413",
    "Content-Length: 100": b"200",  # what comes after these is read by nobody
    "Transfer-Encoding: chunked": b"200",
}


def test_a_large_form_is_answered_before_it_has_come(serve):
    serving = serve()
    assert until(serving.status) == 200
    for said, status in SAID.items():
        head = f"POST /anliegen/ HTTP/1.1\r\nHost: localhost\r\n{said}\r\n"
        kind = "Content-Type: multipart/form-data; boundary=B\r\n\r\n"
        sent = 0
        with socket.create_connection(("127.0.0.1", serving.port), timeout=30) as connection:
            connection.sendall((head + kind).encode())
            with contextlib.suppress(OSError):
                while sent < LARGE:
                    connection.sendall(b"10000\r\n" + b"x" * 2**16 + b"\r\n")
                    sent += 2**16
            assert connection.recv(64).split()[1] == status, said
        assert sent < LARGE / 2, said


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
