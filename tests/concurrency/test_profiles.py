"""Two who describe a partner at once: one is told. The first test takes the lock away and shows that it is needed."""

import contextlib
import threading
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from django.db import connection

from wegweiser.consortium import profiles
from wegweiser.consortium.actions import partners
from wegweiser.consortium.models import Partner
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import translated

BY = Actor.system("test")
LONG_ENOUGH = 1.0  # seconds the one who holds the lock waits for somebody else to read


@pytest.fixture
def partner(contended):
    return Partner.objects.create(key="a", slug="a", name=translated("Anfang"), short_name="A", city="Halle")


@pytest.fixture
def both_read_before_one_writes(monkeypatch):
    """After looking at the stamp each waits for the other; with a lock the other cannot come."""
    barrier = threading.Barrier(2)
    look = partners._read

    def slow(row):
        found = look(row)
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(LONG_ENOUGH)
        return found

    monkeypatch.setattr(partners, "_read", slow)


@pytest.fixture
def without_lock(monkeypatch):
    """On PostgreSQL the row lock, on SQLite the immediate transaction that stands for it."""
    monkeypatch.setattr(partners, "_read", lambda row: Partner.objects.get(pk=row.pk))
    if connection.vendor == "sqlite":
        monkeypatch.setattr(partners, "transaction", SimpleNamespace(atomic=contextlib.nullcontext))
        monkeypatch.setattr(partners, "audit", Mock())


def save(partner, name):
    values = {**profiles.told(partner), "name": translated(name)}
    return lambda: partners.change(partner=partner, values=values, seen=profiles.stamp(partner), by=BY)


def refused(results):
    return [result.code for result in results if isinstance(result, DomainError)]


def test_without_the_lock_one_overwrites_the_other(partner, at_once, without_lock, both_read_before_one_writes):
    assert refused(at_once(save(partner, "a"), save(partner, "b"))) == []


def test_with_it_the_second_is_told_and_the_first_stays(partner, at_once, both_read_before_one_writes):
    results = at_once(save(partner, "a"), save(partner, "b"))
    assert refused(results) == ["changed_meanwhile"]
    first = next(result for result in results if isinstance(result, Partner))
    partner.refresh_from_db()
    assert partner.name == first.name
