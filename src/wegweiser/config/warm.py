"""A fresh web process gets the matching and the codes ready after its first page, before somebody asks."""

import logging
import threading
from collections.abc import Callable
from typing import Any

from django.core.signals import request_finished
from django.db import connection

from wegweiser.catalogue import matches
from wegweiser.documents import qr
from wegweiser.kernel.translated import LANGUAGES

PAUSE_SECONDS = 3.0
GREETING = "Guten Tag"
log = logging.getLogger(__name__)


def start(*, pause: float = PAUSE_SECONDS, then: Callable[[], object] = lambda: None) -> threading.Thread:
    """Load the encoders and build the index in a thread that does not keep the process from ending; `then` go on in it.

    It begins when the first page is out, or after `pause` seconds: beside a first page it would cost that page a
    second. A question that comes meanwhile waits for this very load. It is not answered by words alone: those find the
    right topic less often (benchmarks/README.md), and whoever asks again a second later would get another answer.
    """
    first_page = threading.Event()

    def note(**signal: Any) -> None:
        first_page.set()

    def run() -> None:
        first_page.wait(pause)
        request_finished.disconnect(note)
        _load()
        then()

    request_finished.connect(note, weak=False)
    thread = threading.Thread(target=run, name="warm", daemon=True)
    thread.start()
    return thread


def _load() -> None:
    """Never raises: a process that could not get ready serves all the same and loads with the first question."""
    try:
        for language in LANGUAGES:
            matches.match(GREETING, lang=language)
        matches.lend()
        qr.prepare()
    except Exception:
        log.warning("The matching could not be made ready; the first question will do it.", exc_info=True)
    finally:
        connection.close()  # the thread's own
