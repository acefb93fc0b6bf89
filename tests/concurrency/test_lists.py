"""Two who take over the same list at once make each firm once. Without the lock they do not."""

import contextlib
import threading
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from django.db import connection

from wegweiser.companies import lists as reads
from wegweiser.companies.actions import lists
from wegweiser.companies.models import Company
from wegweiser.kernel import locks
from wegweiser.kernel.actor import Actor

BY = Actor.system("test")
LIST = "Firma;PLZ\nAbel Metallbau;39104\nKain Möbel;06108\n".encode()
LONG_ENOUGH = 1.0  # seconds the one who holds the lock waits for the other to look


@pytest.fixture
def both_look_before_one_writes(monkeypatch):
    barrier, write = threading.Barrier(2), lists._write

    def slow(*args):
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(LONG_ENOUGH)
        write(*args)

    monkeypatch.setattr(lists, "_write", slow)


def take():
    return lists.take(opened=reads.open_list(LIST), name="liste.csv", by=BY).counts()


def test_each_firm_is_made_once(at_once, both_look_before_one_writes):
    counts = at_once(take, take)
    assert sorted(found["created"] for found in counts) == [0, 2]
    assert Company.objects.count() == 2


def test_without_the_lock_they_are_made_twice(at_once, both_look_before_one_writes, monkeypatch):
    """Negative control: on PostgreSQL the lock is gone, on SQLite the immediate transaction that stands for it."""
    monkeypatch.setattr(locks, "hold", lambda *names: None)
    if connection.vendor == "sqlite":
        monkeypatch.setattr(lists, "transaction", SimpleNamespace(atomic=contextlib.nullcontext))
        monkeypatch.setattr(lists, "audit", Mock())
    results = at_once(take, take)
    assert any(isinstance(found, Exception) for found in results) or Company.objects.count() > 2
