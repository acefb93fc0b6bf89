"""Several dates in one form, from many at once: the last places go once, and nobody waits for each other for ever.

The first test takes the locks away, the last but one takes them in the order of the form.
"""

import contextlib
import threading
import uuid
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from django.db import OperationalError, connection

from tests.contact_point import BY, MONDAY
from tests.events import in_a_row, world
from wegweiser.crossings import series as crossing
from wegweiser.events import queries
from wegweiser.events.actions import registrations, series, whole_series
from wegweiser.events.actions.copies import When
from wegweiser.events.models import Event, Joining, Pool, Registration, State
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR, Actor

LONG_ENOUGH = 1.0  # seconds the one who holds the lock waits for somebody else to read
LINK = Actor.link(uuid.UUID(int=9))


@pytest.fixture
def found(contended):
    with clock.stopped_at(MONDAY):
        return in_a_row.row(count=2, places=1)


def register(found, number, *, backwards=False):
    """One client who wants both dates."""

    def run():
        choices = [
            whole_series.Choice(Event.objects.get(pk=held.event.pk), Pool.objects.get(event=held.event))
            for held in (reversed(found.dates) if backwards else found.dates)
        ]
        with clock.stopped_at(MONDAY):
            whole_series.register(choices=choices, submission=uuid.uuid4(), guest=world.guest(number), by=VISITOR)

    return run


@pytest.fixture
def both_count_before_one_writes(monkeypatch):
    """Who has counted waits for the other; with a lock the other cannot come, and it goes on alone."""
    barrier = threading.Barrier(2)
    rooms = queries.rooms_of

    def slow(event):
        counted = rooms(event)
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(LONG_ENOUGH)
        return counted

    monkeypatch.setattr(queries, "rooms_of", slow)


@pytest.fixture
def without_lock(monkeypatch):
    """On PostgreSQL without the row locks, on SQLite without the immediate transaction that stands for them."""
    rows = Event.objects.select_related("series", "draft__entry")
    monkeypatch.setattr(whole_series, "lock_events", lambda events: rows.in_bulk([event.pk for event in events]))
    if connection.vendor == "sqlite":
        monkeypatch.setattr(whole_series, "transaction", SimpleNamespace(atomic=contextlib.nullcontext))
        monkeypatch.setattr(whole_series, "letters", Mock())
        for name in ("audit", "letters", "shown"):
            monkeypatch.setattr(registrations, name, Mock())


def confirmed(found):
    return [held.event.registrations.filter(state=State.CONFIRMED).count() for held in found.dates]


def test_without_the_locks_a_last_place_is_given_twice(found, at_once, both_count_before_one_writes, without_lock):
    at_once(register(found, 1), register(found, 2))
    assert confirmed(found)[0] == 2  # at the next date PostgreSQL makes them wait: both write what the entry shows


def test_with_the_locks_the_last_places_are_given_once_to_the_same(found, at_once, both_count_before_one_writes):
    at_once(register(found, 1), register(found, 2, backwards=True))
    assert confirmed(found) == [1, 1]
    assert Registration.objects.filter(state=State.CONFIRMED).values("bundle").distinct().count() == 1


def test_many_forms_in_any_order_and_those_who_cancel_one_date_all_come_through(found, at_once):
    with clock.stopped_at(MONDAY):
        alone = [world.register(held, 90 + number).registration for number, held in enumerate(found.dates)]

    def cancel(row):
        def run():
            with clock.stopped_at(MONDAY):
                registrations.cancel(registration=Registration.objects.get(pk=row.pk), by=LINK)

        return run

    forms = [register(found, number, backwards=number % 2 == 0) for number in range(12)]
    results = at_once(*forms[:6], *map(cancel, alone), *forms[6:])
    assert results == [None] * 14
    sizes = [row.count() for row in (held.event.registrations for held in found.dates)]
    assert sizes == [13, 13]
    held_places = Registration.objects.filter(state__in=[State.CONFIRMED, State.OFFERED])
    assert held_places.count() == 2


def test_locks_in_the_order_of_the_form_would_wait_for_each_other(found, at_once, monkeypatch):
    """Why they are taken in the order of their keys. SQLite has one lock for everything."""
    barrier = threading.Barrier(2)

    def in_order(events):
        locked = {}
        for event in events:
            rows = Event.objects.select_for_update(of=("self",)).select_related("series", "draft__entry")
            locked[event.pk] = rows.get(pk=event.pk)
            with contextlib.suppress(threading.BrokenBarrierError):
                barrier.wait(LONG_ENOUGH)
        return locked

    monkeypatch.setattr(whole_series, "lock_events", in_order)
    results = at_once(register(found, 1), register(found, 2, backwards=True))
    deadlock = any(isinstance(result, OperationalError) for result in results)
    assert deadlock is (connection.vendor == "postgresql")


def test_a_whole_series_goes_to_one_at_all_dates(contended, at_once):
    with clock.stopped_at(MONDAY):
        found = in_a_row.row(count=3, places=2, joining=Joining.WHOLE, offer_hours=0)
    results = at_once(*[register(found, number, backwards=number % 2 == 0) for number in range(8)])
    assert results == [None] * 8
    assert confirmed(found) == [2, 2, 2]

    def give_back(bundle):
        def run():
            with clock.stopped_at(MONDAY):
                row = Registration.objects.filter(bundle=bundle).first()
                whole_series.cancel_rest(registration=row, by=BY)

        return run

    coming = set(Registration.objects.filter(state=State.CONFIRMED).values_list("bundle", flat=True))
    assert at_once(*map(give_back, coming)) == [None, None]
    assert confirmed(found) == [2, 2, 2]
    moved = Registration.objects.filter(state=State.CONFIRMED).values("bundle").distinct()
    assert moved.count() == 2
    assert not moved.filter(bundle__in=coming).exists()


def test_who_registers_while_a_date_is_added_has_it_too_or_is_refused(contended, at_once):
    """Whoever comes first: nobody has the whole without the date that is public now."""
    with clock.stopped_at(MONDAY):
        found = in_a_row.row(count=2, places=20, joining=Joining.WHOLE)
        starts = world.STARTS + 2 * in_a_row.WEEK
        when = When(starts_at=starts, ends_at=starts + (world.ENDS - world.STARTS))
        added = series.add(series=found.series, when=when, submission=uuid.uuid4(), by=BY).event

    def publish():
        with clock.stopped_at(MONDAY):
            return crossing.publish(events=[added], by=BY)

    forms = [register(found, number) for number in range(6)]
    results = at_once(*forms[:4], publish, *forms[4:])
    refused = [result for result in results if isinstance(result, Exception)]
    assert {str(getattr(error, "code", error)) for error in refused} <= {"whole_series_only"}
    there = set(Registration.objects.filter(event=added).values_list("bundle", flat=True))
    assert there == set(Registration.objects.filter(event=found.dates[0].event).values_list("bundle", flat=True))
    assert len(there) == 6 - len(refused)
