"""Two editors who save at once: one is told. The first test takes the lock away and shows that it is needed."""

import contextlib
import threading
import uuid
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from django.db import connection

from wegweiser.catalogue import content as contents
from wegweiser.catalogue import drafts as works
from wegweiser.catalogue.actions import drafts, entries
from wegweiser.catalogue.models import Draft, Entry, Kind
from wegweiser.catalogue.offers import Offer
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import translated

BY = Actor.system("test")
LONG_ENOUGH = 1.0  # seconds the one who holds the lock waits for somebody else to read


def told(title):
    return {**contents.empty(Kind.NEWS), "title": {"de": title}}


@pytest.fixture
def draft(contended):
    entries.publish(offer=Offer(kind=Kind.TOOL, slug="erster", title=translated("Erster")), by=BY)
    return drafts.create(kind=Kind.NEWS, content=told("Anfang"), submission=uuid.uuid4(), by=BY)


@pytest.fixture
def both_read_before_one_writes(monkeypatch):
    """After looking at the stamp each waits for the other; with a lock the other cannot come."""
    barrier = threading.Barrier(2)
    look = drafts._open

    def slow(*given):
        found = look(*given)
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(LONG_ENOUGH)
        return found

    monkeypatch.setattr(drafts, "_open", slow)


@pytest.fixture
def without_lock(monkeypatch):
    """On PostgreSQL the row lock, on SQLite the immediate transaction that stands for it."""
    monkeypatch.setattr(entries, "hold", lambda *, by: None)
    if connection.vendor == "sqlite":
        monkeypatch.setattr(drafts, "transaction", SimpleNamespace(atomic=contextlib.nullcontext))
        monkeypatch.setattr(drafts, "audit", Mock())


def save(draft, title):
    stamp = works.work(draft.uuid).stamp
    return lambda: drafts.write(uuid=draft.uuid, seen=stamp, content=told(title), by=BY)


def refused(results):
    return [result.code for result in results if isinstance(result, DomainError)]


def test_without_the_lock_one_overwrites_the_other(draft, at_once, both_read_before_one_writes, without_lock):
    assert refused(at_once(save(draft, "a"), save(draft, "b"))) == []


def test_with_the_lock_one_of_two_is_told(draft, at_once, both_read_before_one_writes):
    results = at_once(save(draft, "a"), save(draft, "b"))
    assert refused(results) == ["changed_meanwhile"]
    kept = next(result for result in results if isinstance(result, Draft))
    assert Draft.objects.get().content["title"] == kept.content["title"]


def test_of_many_exactly_one_is_kept(draft, at_once):
    results = at_once(*[save(draft, f"Titel {number}") for number in range(6)])
    assert refused(results) == ["changed_meanwhile"] * 5


def test_an_entry_that_two_begin_to_edit_gets_one_draft(draft, at_once):
    entry = Entry.objects.get(slug="erster")
    found = works.work(entry.uuid)

    def begin(title):
        content = {**found.content, "title": {"de": title}}
        return lambda: drafts.write(uuid=entry.uuid, seen=found.stamp, content=content, by=BY)

    assert refused(at_once(begin("a"), begin("b"))) == ["changed_meanwhile"]
    assert Draft.objects.filter(entry=entry).count() == 1


def test_one_address_for_two_drafts_is_numbered(draft, at_once):
    def create():
        return drafts.create(kind=Kind.NEWS, content=told("Gleich"), submission=uuid.uuid4(), by=BY)

    assert sorted(result.slug for result in at_once(create, create)) == ["gleich", "gleich-2"]
