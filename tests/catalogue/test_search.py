"""The search of a process after a change: who may get what was, and who waits for what is."""

import threading

import pytest

from tests import contact_point
from wegweiser.catalogue import search
from wegweiser.catalogue.actions import entries
from wegweiser.catalogue.models import Kind
from wegweiser.catalogue.offers import Offer
from wegweiser.catalogue.search import Wish
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.translated import translated

BY = Actor.system("test")


@pytest.fixture
def world(db):
    search.forget()
    yield contact_point.world()
    search.forget()


def publish(slug, **more):
    offer = Offer(kind=Kind.NEWS, slug=slug, title=translated(slug.title()), **more)
    return entries.publish(offer=offer, by=BY)


def test_while_one_thread_builds_others_get_what_was_and_are_told(world):
    publish("alt")
    assert len(search.find(Wish()).ids) == 1
    publish("neu")
    with search._lock:  # somebody builds
        found = search.find(Wish())
    assert (len(found.ids), found.outdated) == (1, True)
    found = search.find(Wish())
    assert (len(found.ids), found.outdated) == (2, False)


def test_who_must_see_what_is_true_waits_for_it(world):
    publish("alt")
    search.find(Wish())
    publish("neu")
    search._lock.acquire()
    release = threading.Timer(0.2, search._lock.release)
    release.start()
    found = search.find(Wish(), now=True)
    release.join()
    assert (len(found.ids), found.outdated) == (2, False)


def test_news_stand_with_the_newest_first(world):
    for slug, day in (("zebra", "2026-02-01"), ("affe", "2026-01-01"), ("maus", "2026-03-01")):
        publish(slug, details={"published_on": day})
    found = search.listed(search.find(Wish(kinds=frozenset({Kind.NEWS}))).ids)
    assert [entry.slug for entry in found] == ["maus", "zebra", "affe"]
