"""The door where things are not as expected: somebody who registered online, an entry that is nonsense, a long list."""

import uuid

import pytest

from tests.contact_point import BY, MONDAY
from tests.events.world import STARTS, guest, held, register
from wegweiser.crossings import door as crossing
from wegweiser.crossings.door import Entry
from wegweiser.events import door, queries
from wegweiser.events.actions import attendance, events, registrations
from wegweiser.events.actions.events import Places
from wegweiser.events.models import Event, Registration, Seat
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR
from wegweiser.kernel.translated import translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def hybrid():
    """One chair, five places online, and somebody online for two."""
    with clock.stopped_at(MONDAY):
        here = held(places=1)
        pools = [
            Places(chairs=2, pool=here.pool, label=here.pool.label),
            Places(chairs=2, way="online", label=translated("Online")),
        ]
        events.set_places(event=here.event, pools=pools, by=BY)
        online = here.event.pools.get(way="online")
        registrations.register(
            event=here.event, pool=online, submission=uuid.uuid4(), guest=guest(9, places=2), by=VISITOR
        )
    with clock.stopped_at(STARTS):
        yield here.event


def seat() -> Seat:
    return Seat.objects.filter(registration__email="gast9@firma.example").order_by("position")[0]


def codes(event: Event, *entries: Entry) -> list[str]:
    return [row.code for row in crossing.settle(event=event, entries=entries, by=BY)]


def entry(verb: str, **given: object) -> Entry:
    return Entry(id=uuid.uuid4(), verb=verb, **given)


def test_who_registered_online_is_known_at_the_door_and_not_let_in_without_a_chair(hybrid):
    there = {pool.pk for pool in door.pools(hybrid)}
    assert next(row.pk for row in door.found(hybrid, "gast 9")) == seat().pk
    assert door.trouble(seat(), there) == "registered_online"
    assert codes(hybrid, entry("arrive", seat=seat().uuid)) == ["registered_online"]


def test_with_one_button_they_change_to_the_chairs_and_count_once(hybrid):
    assert codes(hybrid, entry("admit", seat=seat().uuid)) == [""]
    assert door.counts(hybrid) == door.Counts(here=2, registered=2, free=0)
    assert [room.free for room in queries.rooms_of(hybrid)] == [0, 2]
    assert Registration.objects.count() == 1


def test_where_no_chair_is_free_they_stay_online(hybrid):
    register_ = Registration.objects.get()
    walk_in = entry("walk_in", name="Uwe", pool=hybrid.pools.get(way="on_site").uuid)
    assert codes(hybrid, walk_in, entry("admit", seat=seat().uuid)) == ["", "full"]
    register_.refresh_from_db()
    assert register_.pool.way == "online"


def test_where_everything_is_online_nobody_is_asked_for_a_chair():
    with clock.stopped_at(MONDAY):
        here = held(places=2)
        type(here.pool).objects.update(way="online")
        register(here)
    with clock.stopped_at(STARTS):
        assert codes(here.event, entry("arrive", seat=Seat.objects.get().uuid)) == [""]


@pytest.mark.parametrize("heads", [0, -3])
def test_a_number_that_is_none_is_refused_and_holds_up_nobody(hybrid, heads):
    pool = hybrid.pools.get(way="on_site").uuid
    found = codes(hybrid, entry("walk_in", name="Uwe", pool=pool, heads=heads), entry("walk_in", name="Ina", pool=pool))
    assert found == ["places_not_allowed", ""]


def test_a_device_that_asks_again_hears_only_of_those_with_whom_anything_happened(monkeypatch):
    monkeypatch.setattr(door, "OVERLAP", 0)
    with clock.stopped_at(MONDAY):
        here = held(places=9)
        rows = [register(here, number).registration for number in (1, 2, 3)]
    with clock.stopped_at(STARTS):
        before = door.seen()
        assert door.changed(here.event, since=before) == []
        crossing.settle(event=here.event, entries=[entry("arrive", seat=rows[0].seats.get().uuid)], by=BY)
        registrations.cancel(registration=rows[1], by=BY)
        assert [one.registration_id for one in door.changed(here.event, since=before)] == [rows[0].pk, rows[1].pk]
        assert door.changed(here.event, since=0) is None
        attendance.settle(event=here.event, by=BY)
        assert door.changed(here.event, since=before) is None  # that is about all of them
