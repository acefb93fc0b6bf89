"""Entries that a process has read: after a change only what has changed is read again, and nothing is older."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.public.conftest import BY, small_centre
from wegweiser.catalogue import held
from wegweiser.catalogue.actions import entries
from wegweiser.catalogue.models import Entry, Kind
from wegweiser.catalogue.offers import Offer
from wegweiser.consortium.models import Topic
from wegweiser.kernel.translated import translated

KINDS = (Kind.CHECK, Kind.GUIDE)
SLUGS = ("a", "b", "c")


@pytest.fixture
def world(db):
    yield from small_centre()


def publish(slug: str, title: str, kind: str = Kind.CHECK, **more) -> Entry:
    return entries.publish(offer=Offer(kind=kind, slug=slug, title=translated(title), **more), by=BY)


def known() -> dict[tuple[str, str], str]:
    """What the process says of all entries: their titles by kind and slug, and in lists."""
    places = list(held.places())
    assert [row.pk for row in held.by_ids([place.pk for place in places])] == [place.pk for place in places]
    assert places == sorted(places, key=lambda row: (row.sort_key, row.pk))
    return {(place.kind, place.slug): str(held.entry(place.kind, place.slug).title) for place in places}


def stored() -> dict[tuple[str, str], str]:
    return {(row.kind, row.slug): str(row.title) for row in Entry.objects.filter(withdrawn_at=None, origin="here")}


def test_what_has_not_changed_is_not_read_again(world):
    known()
    kept = held.entry(Kind.CHECK, "standort")
    publish("neu", "Neu")
    assert held.entry(Kind.CHECK, "standort") is kept
    publish("standort", "Anders")
    assert str(held.entry(Kind.CHECK, "standort").title) == "Anders"


def test_a_topic_that_is_called_otherwise_shows_at_an_entry_that_has_not_changed(world):
    known()
    entry = Entry.objects.filter(topic_rows__isnull=False, withdrawn_at=None, origin="here").first()
    Topic.objects.update(title=translated("Umbenannt"))
    publish("neu", "Neu")
    topics = [str(row.topic.title) for row in held.entry(entry.kind, entry.slug).topic_rows.all()]
    assert set(topics) == {"Umbenannt"}


def test_more_changes_than_are_looked_for_one_by_one(world):
    publish("a", "Vorher")
    known()
    publish("a", "Nachher")
    for number in range(held.FEW + 1):
        publish(f"n{number}", f"Neu {number}")
    assert known() == stored()


def test_topics_and_places_follow_a_change(world):
    publish("a", "Aa", topics=(world.topic,))
    (before,) = (row for row in held.places() if row.slug == "a")
    publish("a", "Zz", topics=())
    (after,) = (row for row in held.places() if row.slug == "a")
    assert (before.topics, after.topics) == ((world.topic.pk,), ())
    entries.rename(entry=Entry.objects.get(slug="a"), slug="z", by=BY)
    assert {row.slug for row in held.places()} & {"a", "z"} == {"z"}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["publish", "withdraw", "look"]),
            st.sampled_from(KINDS),
            st.sampled_from(SLUGS),
            st.sampled_from(["Eins", "Zwei", "Drei"]),
        ),
        max_size=12,
    )
)
def test_whatever_is_changed_the_process_says_what_is_stored(world, steps):
    """Examples follow each other: what one leaves is what the next begins with."""
    for what, kind, slug, title in steps:
        if what == "publish":
            publish(slug, title, kind)
        elif what == "withdraw":
            entries.withdraw(kind=kind, slug=slug, by=BY)
        else:
            assert known() == stored()
    assert known() == stored()
