"""Many guests hear of a change once: from two workers, and from one that is killed. One test takes the lock away."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from django.db import connection

from tests.contact_point import BY, MONDAY
from tests.events import in_a_row, world
from tests.events.test_growth import fill
from wegweiser.events.actions import events, news, series
from wegweiser.events.models import Event, News, State
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter

MANY = 120
DIES_AT = 70  # in the middle of the second portion
WORKER = """
import json, os, signal, sys
import django
django.setup()
from django.db import connections
connections["default"].settings_dict.update(json.loads(sys.argv[1]))
from wegweiser.events.actions import letters, news
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
told = []
def counting(write):
    def counted(**given):
        told.append(write(**given))
        if len(told) == int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)
    return counted
letters.tell, letters.tell_of_several = counting(letters.tell), counting(letters.tell_of_several)
with clock.stopped_at(clock.now().fromisoformat(sys.argv[3])):
    news.tell_next(by=Actor.system("events.tell"))
"""


def worker(dies_at: int) -> subprocess.Popen:
    database = connection.settings_dict
    place = {key: str(database[key]) for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    command = [sys.executable, "-c", WORKER, json.dumps(place), str(dies_at), MONDAY.isoformat()]
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": "src"})


@pytest.fixture
def off(contended):
    with clock.stopped_at(MONDAY):
        held = world.held(places=600)
        fill(held, MANY, State.CONFIRMED)
        events.cancel(event=held.event, reason="Krank.", by=BY)
        yield held


def everybody() -> list[str]:
    return [f"gast{number}@firma.example" for number in range(MANY)]


def told() -> list[str]:
    return list(Letter.objects.order_by("id").values_list("recipient_mail", flat=True))


def test_a_killed_worker_tells_nobody_twice_and_forgets_nobody(off):
    assert worker(DIES_AT).wait() == -signal.SIGKILL
    assert told() == everybody()[: news.PORTION]
    assert News.objects.get().told == news.PORTION
    assert news.tell_next(by=BY) == MANY - news.PORTION
    assert told() == everybody()


LONG_ENOUGH = 1.0


@pytest.fixture
def heard(monkeypatch):
    """Who was told, by each of two workers; who has looked whose turn it is waits for the other to look, too."""
    rows, barrier = [], threading.Barrier(2)

    def slow():
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(LONG_ENOUGH)

    monkeypatch.setattr(news, "directory", SimpleNamespace(centre=slow))
    monkeypatch.setattr(news, "letters", SimpleNamespace(tell=lambda **given: rows.append(given["registration"].pk)))
    return rows


@pytest.fixture
def without_lock(monkeypatch):
    """On PostgreSQL without the row lock, on SQLite without the immediate transaction that stands for it."""
    rows = Event.objects.select_related("draft__entry")
    monkeypatch.setattr(news, "lock_events", lambda events: {row.pk: row for row in rows.filter(pk__in=events)})
    if connection.vendor == "sqlite":
        monkeypatch.setattr(news, "transaction", SimpleNamespace(atomic=contextlib.nullcontext))
        monkeypatch.setattr(news, "together", SimpleNamespace(writing=contextlib.nullcontext))
        monkeypatch.setattr(news, "audit", Mock())


def one_portion(held):
    def run():
        with clock.stopped_at(MONDAY):
            return news._portion(held.event, BY)

    return run


def test_without_the_lock_two_workers_tell_the_same_guests(off, at_once, heard, without_lock):
    assert at_once(one_portion(off), one_portion(off)) == [news.PORTION] * 2
    assert len(set(heard)) == news.PORTION


def test_with_the_lock_each_tells_others(off, at_once, heard):
    assert at_once(one_portion(off), one_portion(off)) == [news.PORTION] * 2
    assert len(set(heard)) == 2 * news.PORTION


def test_two_workers_at_once_tell_nobody_twice(off):
    both = [worker(0), worker(0)]
    assert [one.wait() for one in both] == [0, 0]
    assert told() == everybody()


# --- Several dates called off by one action -------------------------------------------------------------------------


@pytest.fixture
def row_off(contended):
    """Two dates: everybody is registered for both, in the opposite order, and some for the second alone."""
    with clock.stopped_at(MONDAY):
        row = in_a_row.row(count=2, places=600)
        fill(row.dates[0], MANY, State.CONFIRMED, begin=0)
        fill(row.dates[1], MANY + 10, State.CONFIRMED, begin=0)
        series.cancel(events=[held.event for held in row.dates], reason="Krank.", by=BY)
        yield row


def everybody_once() -> list[str]:
    return sorted(f"gast{number}@firma.example" for number in range(MANY + 10))


def test_a_killed_worker_tells_nobody_of_several_dates_twice_and_forgets_nobody(row_off):
    assert worker(DIES_AT).wait() == -signal.SIGKILL
    assert told() == everybody()[: news.PORTION]
    news.tell_next(by=BY)
    assert sorted(told()) == everybody_once()
    both = Letter.objects.filter(recipient_mail__in=everybody())
    assert {letter.calendar.count("BEGIN:VEVENT") for letter in both} == {2}


def test_two_workers_at_once_tell_nobody_of_several_dates_twice(row_off):
    both = [worker(0), worker(0)]
    assert [one.wait() for one in both] == [0, 0]
    assert sorted(told()) == everybody_once()
