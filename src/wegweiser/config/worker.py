"""The worker: runs what is due, again and again, until it is told to stop."""

import importlib
import importlib.util
import logging
import os
import signal
import socket
import threading
from types import FrameType

from django.conf import settings
from django.db import close_old_connections

from wegweiser.catalogue import matches
from wegweiser.kernel import jobs

PAUSE_SECONDS = 5.0
log = logging.getLogger(__name__)


def discover() -> None:
    """Import the `jobs` module of every room that has one, and of the crossings, so that its work is known."""
    for room in [*settings.ROOMS, "crossings"]:
        name = f"wegweiser.{room}.jobs"
        if room != "kernel" and importlib.util.find_spec(name):
            importlib.import_module(name)


def run(*, once: bool = False, pause: float = PAUSE_SECONDS) -> None:
    """Run due jobs until SIGINT or SIGTERM; the job at hand is finished first."""
    stop = threading.Event()
    matches.borrow()
    if not once:
        _stop_on_signals(stop)
    discover()
    holder = f"{socket.gethostname()}:{os.getpid()}"
    while not stop.is_set():
        try:
            close_old_connections()
            jobs.run_due(holder=holder)
        except Exception:
            if once:
                raise
            log.exception("The worker could not look for work and tries again.")
        if once or stop.wait(pause):
            return


def _stop_on_signals(stop: threading.Event) -> None:
    def handle(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, handle)
