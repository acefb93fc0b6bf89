import pytest

from tests import contact_point
from tests.web.public.conftest import small_centre
from wegweiser.kernel import clock


@pytest.fixture
def world(db):
    with clock.stopped_at(contact_point.MONDAY):
        yield contact_point.world()


@pytest.fixture
def centre(db):
    """The small centre with its offers, so that the real matching has something to find."""
    with clock.stopped_at(contact_point.MONDAY):
        yield from small_centre()
