"""How one takes part is said by the places there are, wherever the offer is read."""

import uuid

import pytest

from tests import contact_point
from tests.contact_point import BY
from tests.events import world
from wegweiser.catalogue.actions import drafts
from wegweiser.catalogue.drafts import work
from wegweiser.catalogue.models import Draft, DraftState, Entry
from wegweiser.events import arrangement
from wegweiser.events.actions import copies, events
from wegweiser.events.actions.copies import When
from wegweiser.events.actions.events import Places
from wegweiser.kernel import clock


@pytest.fixture(autouse=True)
def monday(db):
    with clock.stopped_at(contact_point.MONDAY):
        yield


@pytest.fixture
def held(monday):
    return world.held()


def places(event, *ways):
    known = {pool.way: pool for pool in event.pools.all()}
    rows = [Places(chairs=5, way=way, label=arrangement.WAYS[way], pool=known.get(way)) for way in ways]
    return events.set_places(event=event, pools=rows, by=BY)


@pytest.mark.parametrize(
    ("ways", "told"), [(["on_site", "online"], "hybrid"), (["online"], "online"), (["on_site"], "on_site")]
)
def test_the_entry_says_how_one_takes_part(held, ways, told):
    places(held.event, *ways)
    assert Entry.objects.get().attendance == told
    assert work(held.draft.uuid).content["attendance"] == told


def test_registration_that_is_set_up_says_it_at_once():
    draft = world.published(contact_point.world())
    pools = [Places(chairs=5, way="online", label=arrangement.WAYS["online"])]
    events.open_registration(draft=draft, pools=pools, settings={}, by=BY)
    assert Entry.objects.get().attendance == "online"


def test_followers_of_the_catalogue_hear_of_it(held):
    before = Entry.objects.get().changed
    places(held.event, "on_site", "online")
    assert Entry.objects.get().changed > before


def test_what_somebody_writes_meanwhile_stays_unpublished(held):
    told = work(held.draft.uuid)
    drafts.write(uuid=told.uuid, seen=told.stamp, content={**told.content, "summary": {"de": "Neu."}}, by=BY)
    places(held.event, "on_site", "online")
    found = work(held.draft.uuid)
    assert (found.state, found.content["attendance"]) == (DraftState.CHANGED, "hybrid")
    entry = Entry.objects.get()
    assert (entry.attendance, entry.summary["de"]) == ("hybrid", "Wo steht welcher Auftrag?")


def test_what_is_published_says_what_there_are_places_for(held):
    """Also where an editor's text, or an older version of it, says otherwise."""
    places(held.event, "on_site", "online")
    told = work(held.draft.uuid)
    drafts.write(uuid=told.uuid, seen=told.stamp, content={**told.content, "attendance": "online"}, by=BY)
    drafts.publish(uuid=told.uuid, seen=work(told.uuid).stamp, by=BY)
    events.follow(event=held.event, by=BY)
    assert Entry.objects.get().attendance == "hybrid"


def test_what_was_set_up_before_is_put_right_by_the_worker(held):
    places(held.event, "on_site", "online")
    Entry.objects.update(attendance="on_site")
    assert events.follow_all(by=BY) == 0
    assert Entry.objects.get().attendance == "hybrid"


def test_a_draft_with_places_in_a_house_needs_to_say_where(held):
    draft = drafts.create(
        kind="event", content=world.document(place="", attendance="online"), submission=uuid.uuid4(), by=BY
    )
    pools = [Places(chairs=5, way="online", label=arrangement.WAYS["online"])]
    event = events.open_registration(draft=draft, pools=pools, settings={}, by=BY)
    assert "place_missing" not in {row.code for row in work(draft.uuid).readiness.missing}
    places(event, "online", "on_site")
    assert "place_missing" in {row.code for row in work(draft.uuid).readiness.missing}


def test_a_copy_of_an_offer_with_two_ways_has_places_for_both(held):
    draft = world.published(held.centre, title={"de": "Beides"}, attendance="hybrid", details={"capacity": 12})
    made = copies.make(source=draft.uuid, when=When(starts_at=world.STARTS), submission=uuid.uuid4(), by=BY).event
    assert [(pool.way, pool.chairs) for pool in made.pools.all()] == [("on_site", 12), ("online", 12)]
    assert Draft.objects.get(event=made).content["attendance"] == "hybrid"
