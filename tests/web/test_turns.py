"""Public pages are rendered in turn where the database is part of the process; a long one holds up nobody."""

import threading
import time
from types import SimpleNamespace

import pytest

from wegweiser.web import page_cache
from wegweiser.web.page_cache import in_turn


@pytest.fixture
def embedded(monkeypatch):
    monkeypatch.setattr(page_cache, "connection", SimpleNamespace(vendor="sqlite"))


def render_at_once(seconds: float) -> int:
    """How many of four pages were being rendered at the same moment, at most."""
    together, most, lock, begin = 0, 0, threading.Lock(), threading.Barrier(4)

    def render():
        nonlocal together, most
        begin.wait()
        with in_turn():
            with lock:
                together += 1
                most = max(most, together)
            time.sleep(seconds)
            with lock:
                together -= 1

    threads = [threading.Thread(target=render) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return most


def test_short_pages_take_turns(embedded, monkeypatch):
    monkeypatch.setattr(page_cache, "TURN_SECONDS", 30)
    assert render_at_once(0.01) == 1


def test_a_database_elsewhere_lets_all_go_on_at_once(monkeypatch):
    monkeypatch.setattr(page_cache, "connection", SimpleNamespace(vendor="postgresql"))
    assert render_at_once(0.2) > 1


def test_nobody_waits_for_a_page_that_takes_long(embedded):
    inside, end = threading.Event(), threading.Event()

    def render_long():
        with in_turn():
            inside.set()
            end.wait(60)

    thread = threading.Thread(target=render_long)
    thread.start()
    inside.wait(60)
    try:
        with in_turn():
            assert not end.is_set()  # we are in although the other is, too
    finally:
        end.set()
        thread.join()


def test_a_page_within_a_page_has_its_turn_already(embedded, monkeypatch):
    monkeypatch.setattr(page_cache, "TURN_SECONDS", 3600)
    with in_turn(), in_turn():
        pass


def test_who_went_on_without_a_turn_gives_none_back(embedded):
    test_nobody_waits_for_a_page_that_takes_long(None)
    assert page_cache._turn.acquire(blocking=False)
    page_cache._turn.release()
    with pytest.raises(RuntimeError):
        page_cache._turn.release()
