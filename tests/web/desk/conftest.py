"""The small centre on a Monday in March, and somebody of it logged in: Anna of its lead partner, or Ben."""

import pytest

from tests.contact_point import MONDAY
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.kernel import clock


@pytest.fixture
def world(db):
    with clock.stopped_at(MONDAY):
        yield from small_centre()


@pytest.fixture
def centre(world):
    """The same, where `world` is the module with an event."""
    return world


@pytest.fixture
def anna(client, world):
    client.force_login(staff.login(world.anna))
    return client


@pytest.fixture
def ben(client, world):
    """Ben holds the events: he is their contact, and adviser of their partner."""
    client.force_login(staff.login(world.ben))
    return client
