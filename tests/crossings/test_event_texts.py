"""An event that somebody wants to come to does not vanish: it is called off first, and everybody hears of it."""

import datetime as dt

import pytest

from tests.contact_point import BY, MONDAY
from tests.events.world import ENDS, held, register
from wegweiser.catalogue.drafts import work
from wegweiser.catalogue.models import Entry
from wegweiser.crossings import event_texts
from wegweiser.events.actions import events, registrations
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday():
    with clock.stopped_at(MONDAY):
        yield


def withdraw(world) -> None:
    event_texts.withdraw(uuid=world.draft.uuid, seen=work(world.draft.uuid).stamp, by=BY)


def is_public(world) -> bool:
    return Entry.objects.filter(pk=world.draft.entry_id, withdrawn_at=None).exists()


@pytest.mark.parametrize("number", [1, 2])
def test_who_has_or_wants_a_place_keeps_the_event_public(number):
    world = held(places=1)
    rows = [register(world, guest).registration for guest in (1, 2)]
    with pytest.raises(DomainError, match="guests_registered"):
        withdraw(world)
    registrations.cancel(registration=rows[2 - number], by=BY)
    with pytest.raises(DomainError, match="guests_registered"):
        withdraw(world)
    assert is_public(world)


def test_once_it_is_called_off_it_can_be_withdrawn():
    world = held()
    register(world)
    events.cancel(event=world.event, reason="Sturm", by=BY)
    withdraw(world)
    assert not is_public(world)


def test_without_guests_it_can_be_withdrawn():
    world = held()
    row = register(world).registration
    registrations.cancel(registration=row, by=BY)
    withdraw(world)
    assert not is_public(world)


def test_what_is_over_can_be_withdrawn():
    world = held()
    register(world)
    with clock.stopped_at(ENDS + dt.timedelta(minutes=1)):
        withdraw(world)
    assert not is_public(world)
