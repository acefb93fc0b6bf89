"""The small centre on a Monday in March, a firm of its own, and Jana who works there."""

from types import SimpleNamespace

import pytest

from tests.contact_point import BY, MONDAY
from tests.journey import builders
from tests.web.public.conftest import small_centre
from wegweiser.companies.actions import persons
from wegweiser.kernel import clock


@pytest.fixture
def world(db):
    with clock.stopped_at(MONDAY):
        yield from small_centre()


@pytest.fixture
def firm(world):
    found = builders.company("Fräserei Ölmann")
    found.postcode, found.place, found.street = "39104", "Magdeburg", "Breiter Weg 1"
    found.save()
    return found


@pytest.fixture
def jana(firm):
    return persons.find_or_create(name="Jana Ölmann", email="jana@oelmann.example", company=firm, by=BY)


@pytest.fixture
def other(world):
    """Another firm, with somebody of its own."""
    firm = builders.company("Tischlerei Kunz")
    person = persons.find_or_create(name="Karl Kunz", email="karl@kunz.example", company=firm, by=BY)
    return SimpleNamespace(firm=firm, person=person)
