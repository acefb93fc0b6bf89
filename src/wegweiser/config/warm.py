"""A fresh web process gets the matching ready beside its first pages, before somebody asks."""

import logging
import threading

from django.db import connection

from wegweiser.catalogue import matches
from wegweiser.kernel.translated import LANGUAGES

log = logging.getLogger(__name__)
GREETING = "Guten Tag"


def start() -> threading.Thread:
    """Load the encoders and build the index in a thread that does not keep the process from ending.

    A question that comes meanwhile waits for this very load, which takes about a second. It is not answered by words
    alone: that finds the right topic markedly less often (benchmarks/README.md), and whoever asks again a second later
    would get another answer.
    """
    thread = threading.Thread(target=_load, name="warm", daemon=True)
    thread.start()
    return thread


def _load() -> None:
    """Never raises: a process that could not get ready serves all the same and loads with the first question."""
    try:
        for language in LANGUAGES:
            matches.match(GREETING, lang=language)
    except Exception:
        log.warning("The matching could not be made ready; the first question will do it.", exc_info=True)
    finally:
        connection.close()  # the thread's own
