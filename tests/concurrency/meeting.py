"""Two who meet in the middle of what they do, each with what they hold by then."""

import contextlib
import threading
import time
from collections.abc import Callable
from typing import Any

from tests.contact_point import MONDAY
from wegweiser.kernel import clock

LONG_ENOUGH = 1.0  # seconds the one who waits for the other waits at most
A_MOMENT = 0.3  # seconds until the other stands before a lock


class Meeting:
    """One for each test."""

    def __init__(self) -> None:
        self.barrier = threading.Barrier(2)

    def before(self, function: Callable[..., Any], *, pause: float = 0.0) -> Callable[..., Any]:
        """`function`, once both are here; `pause` lets the other go first. Later calls wait for nobody."""
        first = threading.local()

        def late(*given: Any, **more: Any) -> Any:
            if not getattr(first, "over", False):
                first.over = True
                with contextlib.suppress(threading.BrokenBarrierError):
                    self.barrier.wait(LONG_ENOUGH)
                time.sleep(pause)
            return function(*given, **more)

        return late


def at(moment: Any) -> Callable[[Callable[[], Any]], Callable[[], None]]:
    """A function to run in a thread at `moment`, whose result nobody asks for."""

    def wrap(function: Callable[[], Any]) -> Callable[[], None]:
        def run() -> None:
            with clock.stopped_at(moment):
                function()

        return run

    return wrap


on_monday = at(MONDAY)
