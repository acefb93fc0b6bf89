"""Two doors see the same guest at the same moment: one lets them in, the other is told. First without the lock."""

import contextlib
import threading
import uuid
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from django.db import connection

from tests.concurrency.test_places import LONG_ENOUGH
from tests.contact_point import BY, MONDAY
from tests.events import world
from wegweiser.crossings import door as crossing
from wegweiser.crossings.door import Entry
from wegweiser.events.actions import attendance, door
from wegweiser.events.models import Event, Seat
from wegweiser.kernel import clock


@pytest.fixture
def seat(contended):
    with clock.stopped_at(MONDAY):
        return world.register(world.held()).registration.seats.get()


@pytest.fixture
def both_look_before_one_writes(monkeypatch):
    """Who has looked waits for the other; with a lock the other cannot come, and it goes on alone."""
    barrier = threading.Barrier(2)
    held = door._held

    def slow(seat):
        found = held(seat)
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(LONG_ENOUGH)
        return found

    monkeypatch.setattr(door, "_held", slow)


@pytest.fixture
def without_lock(monkeypatch):
    """On PostgreSQL without the row lock, on SQLite without the immediate transaction that stands for it."""
    rows = Event.objects.select_related("draft__entry")
    for module in (door, attendance):
        monkeypatch.setattr(module, "lock_event", lambda event: rows.get(pk=event.pk))
        if connection.vendor == "sqlite":
            monkeypatch.setattr(module, "transaction", SimpleNamespace(atomic=contextlib.nullcontext))
    if connection.vendor == "sqlite":
        monkeypatch.setattr(crossing, "transaction", SimpleNamespace(atomic=contextlib.nullcontext))
        monkeypatch.setattr(attendance, "audit", Mock())


def at_a_door(seat):
    def run():
        with clock.stopped_at(MONDAY):
            event = Event.objects.get(registrations__seats=seat)
            entry = Entry(id=uuid.uuid4(), verb="arrive", seat=seat.uuid)
            return crossing.settle(event=event, entries=[entry], by=BY)[0].code

    return run


def test_without_the_lock_both_doors_let_them_in(seat, at_once, both_look_before_one_writes, without_lock):
    assert at_once(at_a_door(seat), at_a_door(seat)) == ["", ""]


def test_with_the_lock_one_door_is_told(seat, at_once, both_look_before_one_writes):
    assert sorted(at_once(at_a_door(seat), at_a_door(seat))) == ["", "arrived_before"]
    assert Seat.objects.get(pk=seat.pk).presence == "attended"
