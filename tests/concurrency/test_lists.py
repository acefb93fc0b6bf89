"""Two who take over the same list at once make each firm once. Without the lock they do not."""

import contextlib
import threading
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from django.db import connection

from wegweiser.companies import list_claims
from wegweiser.companies import lists as reads
from wegweiser.companies.actions import list_chunks, lists
from wegweiser.companies.models import Company, FirmList
from wegweiser.kernel import locks
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

BY = Actor.system("test")
LIST = "Firma;PLZ\nAbel Metallbau;39104\nKain Möbel;06108\n".encode()
LONG_ENOUGH = 1.0  # seconds the one who holds the lock waits for the other to look


@pytest.fixture
def both_look_before_one_writes(monkeypatch):
    barrier, write = threading.Barrier(2), list_chunks.write

    def slow(**said):
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(LONG_ENOUGH)
        write(**said)

    monkeypatch.setattr(list_chunks, "write", slow)


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
        monkeypatch.setattr(list_claims, "transaction", SimpleNamespace(atomic=contextlib.nullcontext))
        monkeypatch.setattr(list_chunks, "audit", Mock())
        monkeypatch.setattr(lists, "audit", Mock())
    results = at_once(take, take)
    assert any(isinstance(found, Exception) for found in results) or Company.objects.count() > 2


def take_uploaded():
    return lists.take_uploaded(source=FirmList.objects.get(), by=BY).counts()


@pytest.fixture(params=[True])
def both_read_before_one_claims(monkeypatch, request):
    """With `False` nobody claims."""
    barrier, claimed, is_on = threading.Barrier(2), list_claims.claimed, request.param

    @contextlib.contextmanager
    def slow(source):
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(LONG_ENOUGH)
        with claimed(source) if is_on else contextlib.nullcontext():
            yield

    monkeypatch.setattr(list_claims, "claimed", slow)


def test_one_of_two_takes_an_uploaded_list_over(at_once, both_read_before_one_claims):
    lists.upload(name="liste.csv", data=LIST, by=BY)
    results = at_once(take_uploaded, take_uploaded)
    (refused,) = [found for found in results if isinstance(found, DomainError)]
    assert refused.code in {"list_being_taken", "list_taken_already"}
    assert (FirmList.objects.get().counts["created"], Company.objects.count()) == (2, 2)


@pytest.mark.parametrize("both_read_before_one_claims", [False], indirect=True)
def test_without_the_claim_both_do(at_once, both_read_before_one_claims):
    """Negative control: the second finds nothing new, and whoever ends last writes the result."""
    lists.upload(name="liste.csv", data=LIST, by=BY)
    results = at_once(take_uploaded, take_uploaded)
    assert sorted(found["created"] for found in results) == [0, 2]
