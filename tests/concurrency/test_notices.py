"""Two workers, one reminder for each guest. The first test takes away the lock and the row that remembers."""

import contextlib
import datetime as dt
import threading

import pytest

from tests.contact_point import BY, MONDAY
from tests.events import world
from wegweiser.events import notices as reads
from wegweiser.events.actions import notices
from wegweiser.events.models import Event, NoticeSent
from wegweiser.kernel import clock, together
from wegweiser.outbox.models import Letter

DUE = dt.datetime(2026, 3, 5, 8, tzinfo=dt.UTC)
LONG_ENOUGH = 1.0


@pytest.fixture
def held(contended):
    with clock.stopped_at(MONDAY):
        found = world.held(places=5)
        for number in range(3):
            world.register(found, number)
    return found


@pytest.fixture
def both_look_before_one_writes(monkeypatch):
    """Who has looked waits for the other."""
    barrier = threading.Barrier(2)
    some = notices._send_some

    def slow(*args):
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(LONG_ENOUGH)
        return some(*args)

    monkeypatch.setattr(notices, "_send_some", slow)


@pytest.fixture
def decided_before_the_lock(monkeypatch):
    """What was read before the lock decides, as it would without one, and nothing remembers who was told."""
    seen = threading.local()
    waiting = reads.waiting_for

    class Rows(list):
        def exists(self):
            return bool(self)

    def remembered(event, pool, moment, *, due):
        if not hasattr(seen, "rows"):
            seen.rows = Rows(waiting(event, pool, moment, due=due))
        else:
            rows, seen.rows = seen.rows, Rows()
            return rows
        return seen.rows

    monkeypatch.setattr(reads, "waiting_for", remembered)
    add = together.add
    monkeypatch.setattr(together, "add", lambda row: None if isinstance(row, NoticeSent) else add(row))


def work():
    with clock.stopped_at(DUE):
        return notices.send_due(by=BY)


def reminders() -> int:
    return Letter.objects.filter(subject__startswith="Wir sehen uns bald").count()


def test_without_them_everybody_is_reminded_twice(held, at_once, both_look_before_one_writes, decided_before_the_lock):
    at_once(work, work)
    assert reminders() == 6


def test_with_them_everybody_is_reminded_once(held, at_once, both_look_before_one_writes):
    assert sorted(at_once(work, work)) == [0, 3]
    assert reminders() == 3
    assert Event.objects.get().notices.count() == 0
