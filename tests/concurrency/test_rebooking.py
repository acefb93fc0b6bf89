"""Two guests of a full talk want the one place of another: one has it, the other keeps theirs.

Both count before one of them writes. With the event's lock the second counts what the first one wrote; without it both
sit on one chair.
"""

import contextlib
from types import SimpleNamespace

import pytest
from django.db import connection

from tests.concurrency.test_last_place import both_count_before_one_writes as both_count_before_one_writes
from tests.concurrency.test_places import Apart
from tests.contact_point import MONDAY
from tests.events import world
from wegweiser.events import locks
from wegweiser.events.actions import line, rebooking, registrations
from wegweiser.events.models import Event, Pool, Registration, Way
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


@pytest.fixture
def online(contended):
    """One place online is free; two guests have theirs on site."""
    with clock.stopped_at(MONDAY):
        held = world.held(places=2, offer_hours=0)
        for number in (1, 2):
            world.register(held, number)
    return Pool.objects.create(event=held.event, position=2, way=Way.ONLINE, chairs=1)


@pytest.fixture
def without_lock(monkeypatch):
    """On PostgreSQL without the row lock, on SQLite without the immediate transaction that stands for it."""
    rows = Event.objects.select_related("draft__entry")
    monkeypatch.setattr(locks, "lock_event", lambda event: rows.get(pk=event.pk))
    if connection.vendor == "sqlite":
        for module in (rebooking, registrations):
            monkeypatch.setattr(module, "transaction", SimpleNamespace(atomic=contextlib.nullcontext))
        for module in (rebooking, registrations, line):
            for name in ("audit", "letters", "shown"):
                with contextlib.suppress(AttributeError):
                    monkeypatch.setattr(module, name, Apart(getattr(module, name)))


def both_move(online, at_once):
    def move(number):
        def run():
            row = Registration.objects.get(email=f"gast{number}@firma.example")
            with clock.stopped_at(MONDAY):
                rebooking.rebook(registration=row, pool=online, by=Actor.link(row.uuid))

        return run

    return at_once(move(1), move(2))


def stand() -> list[int]:
    return sorted(Registration.objects.values_list("pool__position", flat=True))


def test_with_the_lock_one_has_the_place_and_the_other_keeps_theirs(online, at_once, both_count_before_one_writes):
    results = both_move(online, at_once)
    assert stand() == [1, 2]
    (refused,) = [result for result in results if result is not None]
    assert isinstance(refused, DomainError)
    assert refused.code == "no_place_there"


def test_without_the_lock_both_have_one_place(online, at_once, both_count_before_one_writes, without_lock):
    results = both_move(online, at_once)
    assert stand() == [2, 2], results
