import pytest

from tests import contact_point
from wegweiser.kernel import clock


@pytest.fixture
def world(db):
    with clock.stopped_at(contact_point.MONDAY):
        yield contact_point.world()


@pytest.fixture(autouse=True)
def _addresses(settings):
    settings.ROOT_URLCONF = "tests.crossings.urls"
    settings.BASE_URL = "https://zentrum.example"
