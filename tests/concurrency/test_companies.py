"""Two desks that take down the same firm or person at once make one of it. Without the lock they make two."""

import contextlib
import threading
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from django.db import connection

from wegweiser.companies.actions import companies, persons
from wegweiser.companies.models import Company, Person
from wegweiser.kernel import locks
from wegweiser.kernel.actor import Actor

BY = Actor.system("test")
LONG_ENOUGH = 1.0  # seconds the one who holds the lock waits for somebody else to look
WITHOUT_LOCK = 20.0  # seconds the first of two who may both look waits for the other on a busy machine


@pytest.fixture
def both_look_before_one_writes(monkeypatch, request):
    """Who has looked waits for the other to look too; with a lock the other cannot come."""
    barrier = threading.Barrier(2)
    patience = WITHOUT_LOCK if "without_lock" in request.fixturenames else LONG_ENOUGH

    def slow(look):
        def looked(*args):
            found = look(*args)
            with contextlib.suppress(threading.BrokenBarrierError):
                barrier.wait(patience)
            return found

        return looked

    monkeypatch.setattr(companies, "_certain", slow(companies._certain))
    monkeypatch.setattr(persons, "_known", slow(persons._known))


@pytest.fixture
def without_lock(monkeypatch):
    """Take the protocol apart: on PostgreSQL the lock, on SQLite the immediate transaction that stands for it."""
    monkeypatch.setattr(locks, "hold", lambda *names: None)
    if connection.vendor == "sqlite":
        for module in (companies, persons):
            monkeypatch.setattr(module, "transaction", SimpleNamespace(atomic=contextlib.nullcontext))
            monkeypatch.setattr(module, "audit", Mock())


def firm(name):
    return lambda: companies.find_or_create(name=name, postcode="39104", by=BY)


def person():
    return persons.find_or_create(name="Jana Ölmann", email="jana@firma.example", by=BY)


def test_without_the_lock_one_firm_becomes_two(at_once, both_look_before_one_writes, without_lock):
    at_once(firm("Ölmann GmbH"), firm("Oelmann"))
    assert Company.objects.count() == 2


def test_with_the_lock_it_is_one_however_it_is_spelled(at_once, both_look_before_one_writes):
    one, other = at_once(firm("Ölmann GmbH"), firm("Oelmann"))
    assert one == other
    assert Company.objects.count() == 1


def test_without_the_lock_one_person_becomes_two(at_once, both_look_before_one_writes, without_lock):
    at_once(person, person)
    assert Person.objects.count() == 2


def test_with_the_lock_it_is_one_person(at_once, both_look_before_one_writes):
    one, other = at_once(person, person)
    assert one == other
    assert Person.objects.count() == 1


def test_a_lock_outside_of_a_transaction_is_refused(transactional_db):
    with pytest.raises(RuntimeError, match="transaction"):
        locks.hold("company x")
