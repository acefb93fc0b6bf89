"""The web server and the worker as two children of one command; both end when the command ends.

The worker starts once the server answers: until then the first page gets all the cores.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.core.management import call_command

from wegweiser.config import installation, maintenance
from wegweiser.config.environment import Environment
from wegweiser.kernel.errors import DomainError

APPLICATION = "wegweiser.config.wsgi:application"
ANSWER_SECONDS = 60.0
GRACE_SECONDS = 10.0


def port() -> int:
    given = Environment.current().text("PORT", "8000")
    if not given.isdigit() or not 0 < int(given) < 65_536:
        raise DomainError("port_invalid", f"PORT must be a number from 1 to 65535, not {given!r}.")
    return int(given)


def server_command(host: str, number: int) -> list[str]:
    """Granian with our application, which hands out the static files too: granian does not compress them."""
    workers = Environment.current().text("WEB_WORKERS") or "1"  # each holds the matching in memory
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(number)),
        *("--workers", workers, "--blocking-threads", "4", "--log-level", "warning", "--no-access-log"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "5"),
        APPLICATION,
    ]


def collect() -> None:
    """Put the static files of all rooms where the server hands them out."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    maintenance.write_page()


def run(*, on_answer: Callable[[str], None]) -> int:
    """Serve until SIGINT or SIGTERM; `on_answer` gets the address once the server answers. Returns the exit code."""
    host, number = Environment.current().text("LISTEN", "127.0.0.1"), port()
    _refuse_taken(host, number)
    collect()
    stopping = False

    def stop(signal_number: int, frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    previous = {kind: signal.signal(kind, stop) for kind in (signal.SIGINT, signal.SIGTERM)}
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "wegweiser.config.settings"}
    children: list[subprocess.Popen[bytes]] = []
    try:

        def start(command: list[str]) -> None:
            # Sessions of their own: Ctrl-C reaches us alone, and we end both in order.
            children.append(subprocess.Popen(command, env=environment, start_new_session=True))  # noqa: S603

        start(server_command(host, number))
        deadline, answered = time.monotonic() + ANSWER_SECONDS, False
        while not stopping:
            ended = [child for child in children if child.poll() is not None]
            if ended:
                print("The server or the worker ended by itself.", file=sys.stderr)
                return 1
            if not answered and _answers(host, number):
                answered = True
                start([*installation.command(), "worker"])
                on_answer(settings.BASE_URL)
            if not answered and time.monotonic() > deadline:
                print(f"The server did not answer within {ANSWER_SECONDS:.0f} seconds.", file=sys.stderr)
                return 1
            time.sleep(0.2 if answered else 0.05)
    finally:
        _end(children)
        for kind, handler in previous.items():
            signal.signal(kind, handler)
    return 0


def _refuse_taken(host: str, number: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, number))
        except OSError as error:
            message = f"Port {number} is taken. Choose another one, such as PORT={number + 1000}."
            raise DomainError("port_taken", message) from error


def _answers(host: str, number: int) -> bool:
    """Whether the server gives any answer, even one that says that it is not well."""
    if host in {"0.0.0.0", "::"}:  # noqa: S104
        host = "127.0.0.1"
    try:
        urllib.request.urlopen(f"http://{host}:{number}/", timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    for child in children:
        try:
            child.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
