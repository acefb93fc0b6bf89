"""The small centre on a Monday in March, a firm of its own, and Jana who works there."""

import re
from types import SimpleNamespace

import pytest

from tests.contact_point import BY, MONDAY
from tests.journey import builders
from tests.web.public.conftest import small_centre
from wegweiser.companies.actions import persons
from wegweiser.crossings import entrances
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter


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


@pytest.fixture
def access(firm, jana):
    return entrances.open_for(company=firm, person=jana, right="persons", by=BY)


@pytest.fixture
def log_in(client):
    """Let somebody in as the link of their mail does."""

    def let_in(access):
        entrances.ask(mail=access.person.email, language="de", by=BY)
        letter = Letter.objects.filter(recipient_mail=access.person.email).order_by("-id")[0]
        client.post(re.search(r"http://localhost:8000(/mein-betrieb/einloggen/\S+)", letter.text).group(1))
        return client

    return let_in


@pytest.fixture
def inside(log_in, access):
    """The client as Jana, who manages the persons of her firm."""
    return log_in(access)
