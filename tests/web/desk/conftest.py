"""The small centre on a Monday in March, and Anna of its lead partner logged in."""

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
def anna(client, world):
    client.force_login(staff.login(world.anna))
    return client
