"""The web server and the worker as two children of one command; both end when the command ends, however it does.

Everything is imported once, here, and the children are forks: they start at once and share the memory of what was
imported. The worker starts once the server answers: until then the first page gets all the cores.
"""

import ctypes
import gc
import multiprocessing
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.urls import get_resolver
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from wegweiser.config import maintenance, worker
from wegweiser.config.environment import Environment
from wegweiser.kernel.errors import DomainError

APPLICATION = "wegweiser.config.wsgi:application"
ANSWER_SECONDS = 60.0
GRACE_SECONDS = 10.0
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # the last one when a terminal is closed
PR_SET_PDEATHSIG = 1  # <sys/prctl.h>
# <malloc.h>: each thread of glibc takes memory of its own, and keeps it; and once something large was given back, glibc
# keeps what is as large for later. From this size on it shall go back to the system.
M_ARENA_MAX, ARENAS = -8, 2
M_MMAP_THRESHOLD, LARGE = -3, 2**18


def port() -> int:
    given = Environment.current().text("PORT", "8000")
    if not given.isdigit() or not 0 < int(given) < 65_536:
        raise DomainError("port_invalid", f"PORT must be a number from 1 to 65535, not {given!r}.")
    return int(given)


def web_workers() -> int:
    """How many processes render pages; each holds the matching in memory."""
    given = Environment.current().text("WEB_WORKERS") or "1"
    if not given.isdigit() or not 0 < int(given) <= 64:
        raise DomainError("web_workers_invalid", f"WEB_WORKERS must be a number from 1 to 64, not {given!r}.")
    return int(given)


def collect() -> None:
    """Put the static files of all rooms where the server hands them out."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    maintenance.write_page()


def run(*, on_answer: Callable[[str], None]) -> int:
    """Serve until SIGINT, SIGTERM or SIGHUP; `on_answer` gets the address once it answers. Returns the exit code."""
    host, number, processes = Environment.current().text("LISTEN", "127.0.0.1"), port(), web_workers()
    _refuse_taken(host, number)
    collect()
    _prepare_to_fork()
    stopping = False

    def stop(signal_number: int, frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    previous = {kind: signal.signal(kind, stop) for kind in ENDING}
    children: list[BaseProcess] = []
    try:
        children.append(_fork(_serve_pages, host, number, processes))
        deadline, answered = time.monotonic() + ANSWER_SECONDS, False
        while not stopping:
            if any(child.exitcode is not None for child in children):
                print("The server or the worker ended by itself.", file=sys.stderr)
                return 1
            if not answered and _answers(host, number):
                answered = True
                children.append(_fork(worker.run))
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


def _prepare_to_fork() -> None:
    """Import what the children need; leave no connection, which two processes must not share, and no waste."""
    _share_arenas()
    gc.disable()  # while modules are read there is nothing to collect
    _ = get_resolver().url_patterns  # imports every view
    connections.close_all()
    gc.collect()
    gc.freeze()  # a collection in a child would write to each object, and so copy all of them
    gc.enable()


def _share_arenas() -> None:
    """Have the threads of a process share two arenas: what one has given back the others can use, or the system."""
    if hasattr(libc := ctypes.CDLL(None), "mallopt"):
        libc.mallopt(M_ARENA_MAX, ARENAS)
        libc.mallopt(M_MMAP_THRESHOLD, LARGE)


def _fork(work: Callable[..., object], *arguments: object) -> BaseProcess:
    """Run `work` in a child with a session of its own: Ctrl-C reaches us alone, and we end the children in order."""

    parent = os.getpid()

    def child() -> None:
        os.setsid()
        _end_with_parent(parent)
        for kind in ENDING:
            signal.signal(kind, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
        work(*arguments)

    process = multiprocessing.get_context("fork").Process(target=child)
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)  # a signal before the child has its own handlers would be lost
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    return process


def _end_with_parent(parent: int) -> None:
    """Have Linux end this process when the command is killed and can end nobody any more."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it was killed before we asked
        os._exit(1)


def _serve_pages(host: str, number: int, processes: int) -> None:
    """Granian with our application, which hands out the static files too: granian does not compress them."""
    Server(
        APPLICATION,
        address=host,
        port=number,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=4,
        http=HTTPModes.auto,
        log_level=LogLevels.warning,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
    ).serve()


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


def _end(children: list[BaseProcess]) -> None:
    for child in children:
        child.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    for child in children:
        child.join(max(0.1, deadline - time.monotonic()))
        if child.exitcode is None and child.pid:
            os.killpg(child.pid, signal.SIGKILL)
            child.join()
