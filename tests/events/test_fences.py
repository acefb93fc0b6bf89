"""Periodic work over many events: where it fails for one, the others are done, and the job tells that it failed."""

import datetime as dt
import uuid
from unittest import mock

import pytest

from tests.contact_point import BY, MONDAY
from tests.events import inviting_world, world
from tests.events.test_growth import fill
from wegweiser.catalogue.actions import drafts
from wegweiser.catalogue.drafts import work
from wegweiser.events import inviting, jobs
from wegweiser.events.actions import attendance, events, forgetting, invitations, letters, registrations
from wegweiser.events.inviting import Filter
from wegweiser.events.models import Event, Forgetting, News, Registration, State
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR


class Broken(Exception):
    """What nobody thought of."""


@pytest.fixture
def two(db):
    """The one that fails comes first."""
    with clock.stopped_at(MONDAY):
        first = world.held(places=60)
        yield first, world.held(places=60, centre=first.centre)


@pytest.fixture
def broken(two):
    """A function that fails for the first of them."""

    def instead_of(module, name, event=lambda given: given["registration"].event_id):
        real = getattr(module, name)

        def failing(*positional, **given):
            if event(positional[0] if positional else given) == two[0].event.pk:
                raise Broken
            return real(*positional, **given)

        return mock.patch.object(module, name, failing)

    return instead_of


def test_offers_lapse(two, broken):
    for held in two:
        pool = held.event.pools.get()
        events.set_places(event=held.event, pools=[events.Places(chairs=1, pool=pool, label=pool.label)], by=BY)
        first = world.register(held, 1).registration
        world.register(held, 2)
        registrations.cancel(registration=first, by=VISITOR)
    later = clock.stopped_at(MONDAY + dt.timedelta(hours=30))
    with later, broken(letters, "tell"), pytest.raises(Broken):
        jobs.lapse()
    assert [world.states(held)[1] for held in two] == [State.OFFERED, State.LAPSED]


def test_guests_hear_of_a_change(two, broken):
    for held in two:
        fill(held, 30, State.CONFIRMED)
        events.cancel(event=held.event, reason="Krank", by=BY)
    with broken(letters, "tell"), pytest.raises(Broken):
        jobs.tell()
    assert [News.objects.get(event=held.event).ended_at is None for held in two] == [True, False]


def test_what_moved_is_followed(two, broken):
    for held in two:
        world.register(held, 1)
        offer = work(held.draft.uuid)
        drafts.write(uuid=offer.uuid, seen=offer.stamp, content={**offer.content, "place": "Jena"}, by=BY)
        drafts.publish(uuid=offer.uuid, seen=work(offer.uuid).stamp, by=BY)
    with broken(letters, "tell"), pytest.raises(Broken):
        jobs.follow()
    assert [Event.objects.get(pk=held.event.pk).told["place"] for held in two] == ["Halle, Marktplatz 1", "Jena"]


def test_guests_are_forgotten(two, broken):
    for held in two:
        fill(held, 2, State.CONFIRMED)
    with clock.stopped_at(world.ENDS):
        for held in two:
            attendance.settle(event=held.event, by=BY)
            Forgetting.objects.create(event=held.event, by=str(BY))
        with broken(forgetting, "_next", lambda event: event.pk), pytest.raises(Broken):
            jobs.forget()
    left = Registration.objects.exclude(name="").values_list("event", flat=True)
    assert set(left) == {two[0].event.pk}


def test_people_are_invited(two, broken):
    inviting_world.person("Jana")
    for held in two:
        invitations.order(event=held.event, submission=uuid.uuid4(), chosen=Filter(), by=BY)
    with broken(invitations, "_letter", lambda event: event.pk), pytest.raises(Broken):
        jobs.invite()
    assert inviting.letters().count() == 1
