"""Entries published at once get different numbers. The first test takes the lock away and shows that it is needed."""

import contextlib
import itertools
import threading
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from django.db import connection

from wegweiser.catalogue import matches
from wegweiser.catalogue.actions import entries
from wegweiser.catalogue.models import Change, Entry, Kind
from wegweiser.catalogue.offers import Offer
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.translated import translated

BY = Actor.system("test")
LONG_ENOUGH = 1.0  # seconds the one who holds the lock waits for somebody else to read


@pytest.fixture
def shelf(contended):
    """A catalogue that has handed out a number before, so that both start from the same row."""
    matches.forget()
    yield entries.publish(offer=offer("first"), by=BY)
    matches.forget()


@pytest.fixture
def both_read_before_one_writes(monkeypatch):
    """After reading the last number each waits for the other; with a lock the other cannot come."""
    barrier = threading.Barrier(2)
    hand_out = entries._next

    def slow(change):
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(LONG_ENOUGH)
        return hand_out(change)

    monkeypatch.setattr(entries, "_next", slow)


@pytest.fixture
def without_lock(monkeypatch):
    """Take the protocol apart: on PostgreSQL the row lock, on SQLite the immediate transaction that stands for it.

    Without a transaction each statement stands alone, and the trail (which insists on one) is stilled.
    """
    monkeypatch.setattr(entries, "_lock", lambda: Change.objects.get(pk=1))
    if connection.vendor == "sqlite":
        monkeypatch.setattr(entries, "transaction", SimpleNamespace(atomic=contextlib.nullcontext))
        monkeypatch.setattr(entries, "audit", Mock())


def offer(slug, title="Titel"):
    return Offer(kind=Kind.TOOL, slug=slug, title=translated(title))


def publish(slug, title="Titel"):
    return lambda: entries.publish(offer=offer(slug, title), by=BY)


def numbers(results):
    """The numbers handed out; whatever went wrong instead is raised."""
    for result in results:
        if isinstance(result, Exception):
            raise result
    return [result.changed for result in results]


def clashes(results):
    """Whether one number was handed out twice, or the database refused the second."""
    failed = any(isinstance(result, Exception) for result in results)
    return failed or len(set(numbers(results))) < len(results)


def test_without_the_lock_two_entries_clash(shelf, at_once, both_read_before_one_writes, without_lock):
    assert clashes(at_once(publish("a"), publish("b")))


def test_with_the_lock_they_get_one_number_each(shelf, at_once, both_read_before_one_writes):
    results = at_once(publish("a"), publish("b"))
    assert sorted(numbers(results)) == [shelf.changed + 1, shelf.changed + 2]
    assert not clashes(results)


def test_many_entries_get_numbers_without_a_gap(shelf, at_once):
    results = at_once(*[publish(f"entry-{number}") for number in range(8)])
    assert sorted(numbers(results)) == list(range(shelf.changed + 1, shelf.changed + 9))
    assert Change.objects.get().last == max(Entry.objects.values_list("changed", flat=True))


def test_the_number_of_one_entry_only_grows(shelf, at_once):
    """Each writer goes on with its entry; its later change never gets a number below an earlier one."""

    def three_times(slug):
        return lambda: [entries.publish(offer=offer(slug, f"Titel {turn}"), by=BY).changed for turn in range(3)]

    handed_out = at_once(*[three_times(slug) for slug in "abcd"])
    assert [seen for seen in handed_out if isinstance(seen, Exception)] == []
    assert all(seen == sorted(set(seen)) for seen in handed_out)
    assert len(set(itertools.chain(*handed_out))) == 12


def test_one_entry_published_at_once_is_one_row(shelf, at_once):
    results = at_once(*[publish("same")] * 4)
    assert set(numbers(results)) == {shelf.changed + 1}
    assert Entry.objects.filter(slug="same").count() == 1
