"""The last place against whoever else gives places: fewer places are set, somebody is let in, somebody walks in.

Each time one of two counts before the other writes; with the event's lock the second one counts what the first one
wrote. The same without the lock gives away a place that there is not.
"""

import contextlib
import threading
import time
import uuid
from types import SimpleNamespace

import pytest
from django.db import connection

from tests.concurrency.test_places import Apart
from tests.contact_point import BY, MONDAY
from tests.events import world
from wegweiser.events import locks, queries
from wegweiser.events.actions import admissions, attendance, events, line, registrations
from wegweiser.events.actions.events import Places
from wegweiser.events.models import HOLDS, Event, Pool, Registration, State
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR, Actor
from wegweiser.kernel.errors import DomainError

LONG_ENOUGH = 1.0  # seconds the one who holds the lock waits for somebody else to read
CHAIRS = 3
patient = threading.local()  # who writes only when the other one is through: PostgreSQL checks foreign keys at the end


@pytest.fixture
def held(contended):
    """One of three places is left, and somebody whose address is not confirmed wanted one while there was none."""
    with clock.stopped_at(MONDAY):
        found = world.held(places=CHAIRS, offer_hours=0)
        rows = [world.register(found, number).registration for number in range(CHAIRS)]
        Event.objects.filter(pk=found.event.pk).update(opt_in=True)
        found.event.refresh_from_db()
        assert world.register(found, 8).registration.state == State.ASKED
        registrations.cancel(registration=rows[0], by=Actor.link(uuid.UUID(int=9)))
    return found


@pytest.fixture
def both_count_before_one_writes(monkeypatch):
    """Who has counted waits for the other; with a lock the other cannot come, and it goes on alone."""
    barrier = threading.Barrier(2)

    def slow(count):
        def counted(of):
            found = count(of)
            with contextlib.suppress(threading.BrokenBarrierError):
                barrier.wait(LONG_ENOUGH)
            time.sleep(getattr(patient, "seconds", 0))
            return found

        return counted

    for name in ("rooms_of", "room"):
        monkeypatch.setattr(queries, name, slow(getattr(queries, name)))


@pytest.fixture
def without_lock(monkeypatch):
    """On PostgreSQL without the row lock, on SQLite without the immediate transaction that stands for it."""
    rows = Event.objects.select_related("draft__entry")
    for module in (registrations, admissions, attendance, events, line, locks):
        monkeypatch.setattr(module, "lock_event", lambda event: rows.get(pk=event.pk))
    if connection.vendor == "sqlite":
        for module in (registrations, admissions, attendance, events):
            monkeypatch.setattr(module, "transaction", SimpleNamespace(atomic=contextlib.nullcontext))
            for name in ("audit", "letters", "shown", "line"):
                if module is not registrations or name != "line":
                    with contextlib.suppress(AttributeError):
                        monkeypatch.setattr(module, name, Apart(getattr(module, name)))
        for module in (registrations, admissions):
            monkeypatch.setattr(module, "together", SimpleNamespace(writing=contextlib.nullcontext))
        for name in ("audit", "letters", "shown"):
            monkeypatch.setattr(line, name, Apart(getattr(line, name)))


def register(held):
    with clock.stopped_at(MONDAY):
        registrations.register(
            event=Event.objects.get(pk=held.event.pk),
            pool=held.pool,
            submission=uuid.uuid4(),
            guest=world.guest(9),
            by=VISITOR,
        )


def set_fewer(held):
    pool, patient.seconds = held.pool, 0.5
    with clock.stopped_at(MONDAY):
        events.set_places(event=held.event, pools=[Places(chairs=CHAIRS - 1, pool=pool, label=pool.label)], by=BY)


def let_in(held):
    with clock.stopped_at(MONDAY):
        admissions.admit(registration=Registration.objects.get(state=State.ASKED), by=BY)


def walk_in(held):
    with clock.stopped_at(MONDAY):
        attendance.walk_in(event=held.event, pool=held.pool, name="Uwe Spontan", by=BY)


OTHERS = pytest.mark.parametrize("other", [set_fewer, let_in, walk_in])


def too_many(held) -> int:
    taken = sum(Registration.objects.filter(state__in=HOLDS).values_list("places", flat=True))
    return taken - Pool.objects.get(event=held.event).capacity


@OTHERS
def test_with_the_lock_there_are_never_more_than_places(held, at_once, both_count_before_one_writes, other):
    results = at_once(lambda: register(held), lambda: other(held))
    assert too_many(held) <= 0
    refused = [result.code for result in results if isinstance(result, DomainError)]
    assert len(refused) == len([result for result in results if result is not None])
    assert set(refused) <= {"places_taken", "full"}


@OTHERS
def test_without_the_lock_one_is_too_many(held, at_once, both_count_before_one_writes, without_lock, other):
    results = at_once(lambda: register(held), lambda: other(held))
    assert too_many(held) == 1, results


def test_many_doors_desks_and_forms_at_once(held, at_once):
    """Nobody is lost: who registered has a place or stands in the line."""
    with clock.stopped_at(MONDAY):
        Event.objects.filter(pk=held.event.pk).update(opt_in=False)

    def another(number):
        def run():
            with clock.stopped_at(MONDAY):
                given = {"event": Event.objects.get(pk=held.event.pk), "pool": held.pool}
                registrations.register(**given, submission=uuid.uuid4(), guest=world.guest(number), by=VISITOR)

        return run

    forms = [another(number) for number in range(20, 26)]
    results = at_once(*forms[:3], lambda: walk_in(held), lambda: let_in(held), *forms[3:], lambda: walk_in(held))
    assert all(result is None or isinstance(result, DomainError) for result in results)
    assert too_many(held) == 0
    guests = Registration.objects.filter(email__regex="gast2[0-5]")
    assert set(guests.values_list("state", flat=True)) <= {State.CONFIRMED, State.WAITING}
    assert guests.count() == 6
