"""Two who put one fact right at once do not overwrite each other unseen. Without the lock they do."""

import contextlib
import datetime as dt
import threading
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from django.db import connection

from tests.journey import builders
from tests.journey.builders import BY
from wegweiser.companies import queries
from wegweiser.companies.actions import facts
from wegweiser.companies.models import Fact
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError

LONG_ENOUGH = 1.0  # seconds the one who holds the lock waits for somebody else to look


@pytest.fixture
def both_look_before_one_writes(monkeypatch):
    barrier = threading.Barrier(2)
    look = queries.known

    def slow(*args):
        found = look(*args)
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(LONG_ENOUGH)
        return found

    monkeypatch.setattr(facts, "queries", SimpleNamespace(known=slow, fact=queries.fact))


@pytest.fixture
def without_lock(monkeypatch):
    """Take the protocol apart: on PostgreSQL the row lock, on SQLite the immediate transaction that stands for it."""
    monkeypatch.setattr(facts, "lock_firm", lambda company: [company])
    if connection.vendor == "sqlite":
        monkeypatch.setattr(facts, "transaction", SimpleNamespace(atomic=contextlib.nullcontext))
        monkeypatch.setattr(facts, "audit", Mock())


def both():
    """One says it was always medium, the other that it has changed to large."""
    firm = builders.company(size="small")
    seen = Fact.objects.get(company=firm)
    since = clock.today() - dt.timedelta(days=9)
    return [
        lambda: facts.put_right(fact=seen, value="medium", by=BY),
        lambda: facts.change(company=firm, kind="size", value="large", since=since, seen=seen, by=BY),
    ]


def test_without_the_lock_both_are_written(at_once, both_look_before_one_writes, without_lock):
    at_once(*both())
    assert Fact.objects.count() == 3


def test_with_the_lock_the_second_is_told(at_once, both_look_before_one_writes):
    results = at_once(*both())
    assert [error.code for error in results if isinstance(error, DomainError)] == ["changed_meanwhile"]
    assert Fact.objects.count() == 2
