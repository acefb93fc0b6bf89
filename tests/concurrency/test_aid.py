"""Two promises at once never go beyond the ceiling. The first test takes the lock away and shows that it is needed."""

import contextlib
import datetime as dt
import threading
from decimal import Decimal
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from django.db import connection

from tests.journey import builders
from tests.journey.builders import BY
from wegweiser.companies.models import Company
from wegweiser.journey import ledger, queries
from wegweiser.journey.actions import aid, steps
from wegweiser.journey.models import AidReservation, Step
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError

LONG_ENOUGH = 1.0  # seconds the one who holds the lock waits for somebody else to read


@pytest.fixture
def firm(contended):
    return builders.sized()


@pytest.fixture
def both_read_before_one_writes(monkeypatch):
    """After reading the ledger each waits for the other; with a lock the other cannot come, and it goes on alone."""
    barrier = threading.Barrier(2)
    read = ledger.promises

    def slow(*args, **kwargs):
        rows = read(*args, **kwargs)
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(LONG_ENOUGH)
        return rows

    monkeypatch.setattr(ledger, "promises", slow)


@pytest.fixture
def without_lock(monkeypatch):
    """Take the protocol apart: on PostgreSQL the row lock, on SQLite the immediate transaction that stands for it.

    On SQLite a deferred transaction would not do: the second writer's snapshot is stale, so it fails instead of
    overrunning. Without a transaction each statement stands alone, and the trail (which insists on one) is stilled.
    """
    monkeypatch.setattr(ledger, "lock", lambda company: [company])
    if connection.vendor == "sqlite":
        monkeypatch.setattr(aid, "transaction", SimpleNamespace(atomic=contextlib.nullcontext))
        monkeypatch.setattr(aid, "audit", Mock())


def reserve(firm):
    until = clock.today() + dt.timedelta(days=30)
    return lambda: aid.reserve(company=Company.objects.get(pk=firm.pk), amount=200_000, expires_on=until, by=BY)


def promised() -> Decimal:
    return sum(AidReservation.objects.values_list("amount", flat=True), Decimal(0))


def test_without_the_lock_both_promises_are_made(firm, at_once, both_read_before_one_writes, without_lock):
    results = at_once(reserve(firm), reserve(firm))
    assert [type(result) for result in results] == [AidReservation, AidReservation]
    assert promised() == 400_000


def test_with_the_lock_one_promise_is_refused(firm, at_once, both_read_before_one_writes):
    results = at_once(reserve(firm), reserve(firm))
    assert sorted(type(result).__name__ for result in results) == ["AidReservation", "DomainError"]
    assert next(result.code for result in results if isinstance(result, DomainError)) == "aid_exceeds_ceiling"
    assert promised() == 200_000
    assert queries.headroom(firm) == 100_000


def test_one_source_recorded_at_once_is_one_step(firm, at_once):
    source = builders.source()
    builders.topic()
    builders.partner()
    results = at_once(*[lambda: builders.step(firm, source=source)] * 4)
    assert {type(result) for result in results} == {Step}
    assert Step.objects.count() == 1


def test_one_step_is_taken_back_once(firm, at_once):
    step = builders.step(firm)
    results = at_once(*[lambda: steps.reverse(step=step, by=BY)] * 2)
    assert sorted(type(result).__name__ for result in results) == ["DomainError", "Step"]
    assert Step.objects.filter(reverses=step).count() == 1
