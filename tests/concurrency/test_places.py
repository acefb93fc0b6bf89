"""Two hundred people for fifty places: fifty have one, the others wait. The first test takes the lock away."""

import contextlib
import datetime as dt
import threading
import time
import uuid
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from tests.contact_point import BY, MONDAY
from tests.events import world
from wegweiser.events import locks, queries, terms
from wegweiser.events.actions import events, line, registrations
from wegweiser.events.models import Event, Pool, Registration, State
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR, Actor
from wegweiser.outbox.models import Letter

CLIENTS, PLACES = 200, 50
THREADS = 8
LONG_ENOUGH = 1.0  # seconds the one who holds the lock waits for somebody else to read


@pytest.fixture
def held(contended):
    with clock.stopped_at(MONDAY):
        return world.held(places=PLACES)


def register(held, numbers):
    """One client after the other, as one browser does it."""

    def run():
        with clock.stopped_at(MONDAY):
            for number in numbers:
                registrations.register(
                    event=Event.objects.get(pk=held.event.pk),
                    pool=Pool.objects.get(event=held.event),
                    submission=uuid.uuid4(),
                    guest=world.guest(number),
                    by=VISITOR,
                )

    return run


@pytest.fixture
def both_count_before_one_writes(monkeypatch):
    """Who has counted waits for the other; with a lock the other cannot come, and it goes on alone."""
    barrier = threading.Barrier(2)
    rooms = queries.rooms_of

    def slow(event):
        found = rooms(event)
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(LONG_ENOUGH)
        return found

    monkeypatch.setattr(queries, "rooms_of", slow)


@pytest.fixture
def a_moment_before_writing(monkeypatch):
    """As long as it takes a busy machine to get from counting to writing."""
    rooms = queries.rooms_of

    def slow(event):
        found = rooms(event)
        time.sleep(0.01)
        return found

    monkeypatch.setattr(queries, "rooms_of", slow)


class Apart:
    """A module whose functions write in a transaction of their own, where the one around them is taken away."""

    def __init__(self, module):
        self.module = module

    def __getattr__(self, name):
        return transaction.atomic(getattr(self.module, name))


@pytest.fixture
def without_lock(monkeypatch):
    """On PostgreSQL without the row lock, on SQLite without the immediate transaction that stands for it."""
    rows = Event.objects.select_related("draft__entry")
    for module in (registrations, locks):  # `locks.lock_registration` takes it by its event
        monkeypatch.setattr(module, "lock_event", lambda event: rows.get(pk=event.pk))
    if connection.vendor == "sqlite":
        monkeypatch.setattr(registrations, "transaction", SimpleNamespace(atomic=contextlib.nullcontext))
        monkeypatch.setattr(registrations, "together", SimpleNamespace(writing=contextlib.nullcontext))
        for module in (registrations, line):
            for name in ("audit", "letters", "shown"):
                monkeypatch.setattr(module, name, Apart(getattr(module, name)))


@pytest.fixture
def last_place(held):
    with clock.stopped_at(MONDAY):
        for number in range(PLACES - 1):
            world.register(held, number)
    return held


def taken(held) -> int:
    return Registration.objects.filter(event=held.event, state=State.CONFIRMED).count()


def test_without_the_lock_the_last_place_is_given_twice(
    last_place, at_once, both_count_before_one_writes, without_lock
):
    at_once(register(last_place, [1001]), register(last_place, [1002]))
    assert taken(last_place) == PLACES + 1


def test_with_the_lock_the_last_place_is_given_once(last_place, at_once, both_count_before_one_writes):
    at_once(register(last_place, [1001]), register(last_place, [1002]))
    assert taken(last_place) == PLACES


def two_hundred_clients(held, at_once) -> tuple[int, int]:
    """(who has a place, who waits) afterwards."""
    results = at_once(*[register(held, range(start, CLIENTS, THREADS)) for start in range(THREADS)])
    assert results == [None] * THREADS
    return taken(held), Registration.objects.filter(event=held.event, state=State.WAITING).count()


def test_two_hundred_clients_for_fifty_places(held, at_once, a_moment_before_writing):
    assert two_hundred_clients(held, at_once) == (PLACES, CLIENTS - PLACES)


def test_two_hundred_clients_without_the_lock_get_more_than_there_are(
    held, at_once, a_moment_before_writing, without_lock
):
    places, waiting = two_hundred_clients(held, at_once)
    assert places + waiting == CLIENTS
    assert places > PLACES


@pytest.fixture
def called_off_while_confirming(contended, at_once, monkeypatch):
    """Somebody confirms; once they have looked whether it takes place, somebody calls it off. Gives what they are told
    last."""
    with clock.stopped_at(MONDAY):
        found = world.held(opt_in=True)
        row = world.register(found).registration
    looked, off, look = threading.Event(), threading.Event(), terms.ensure_takes_place

    def slow(event):
        look(event)
        looked.set()
        off.wait(LONG_ENOUGH)

    def confirm():
        with clock.stopped_at(MONDAY):
            registrations.confirm(registration=Registration.objects.get(pk=row.pk), by=VISITOR)

    def call_off():
        looked.wait(LONG_ENOUGH)
        with clock.stopped_at(MONDAY):
            events.cancel(event=Event.objects.get(pk=found.event.pk), reason="Sturm", by=BY)
        off.set()

    def run() -> str:
        monkeypatch.setattr(terms, "ensure_takes_place", slow)
        assert at_once(confirm, call_off) == [None, None]
        return Letter.objects.order_by("id").last().subject.split(":")[0]

    return run


def test_without_the_lock_somebody_hears_of_their_place_at_what_is_off(called_off_while_confirming, without_lock):
    assert called_off_while_confirming() == "Sie sind angemeldet"


def test_who_confirms_while_it_is_called_off_hears_of_that_last(called_off_while_confirming):
    assert called_off_while_confirming() == "Abgesagt"


def test_who_waits_is_served_in_the_order_they_came(held, at_once):
    with clock.stopped_at(MONDAY):
        for number in range(PLACES + 8):
            world.register(held, number)
    coming = list(Registration.objects.filter(event=held.event, state=State.CONFIRMED)[:4])
    by = Actor.link(uuid.UUID(int=9))

    def cancel(row):
        def run():
            with clock.stopped_at(MONDAY):
                registrations.cancel(registration=Registration.objects.get(pk=row.pk), by=by)

        return run

    at_once(*[cancel(row) for row in coming])
    others = Registration.objects.filter(event=held.event).exclude(state__in=[State.CONFIRMED, State.CANCELLED])
    assert [row.state for row in others.order_by("queued_at", "id")] == ["offered"] * 4 + ["waiting"] * 4


def test_two_workers_end_an_offer_once(held, at_once):
    with clock.stopped_at(MONDAY):
        for number in range(PLACES + 2):
            world.register(held, number)
        first = Registration.objects.filter(event=held.event).first()
        registrations.cancel(registration=first, by=BY)

    def lapse():
        with clock.stopped_at(MONDAY + dt.timedelta(hours=48)):
            time.sleep(0.01)
            return line.lapse(by=BY)

    assert sorted(at_once(lapse, lapse)) == [0, 1]
    last = Registration.objects.filter(event=held.event).order_by("-id").first()
    assert last.state == State.OFFERED
