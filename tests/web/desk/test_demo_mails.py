"""In the demo nothing goes out: whoever tries it reads the mails at the desk. Nowhere else is there such a list."""

import pytest
from django.urls import reverse

from tests.contact_point import MONDAY
from tests.events import world
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.consortium.models import Role
from wegweiser.kernel import clock


@pytest.fixture
def held(db):
    with clock.stopped_at(MONDAY):
        for centre in small_centre():
            made = world.held(places=2, centre=centre)
            world.register(made, 1)
            yield made


def post(client):
    return " ".join(client.get(reverse("desk:letters")).content.decode().split())


def test_mails_of_the_demo_are_read_with_their_links(client, held, settings):
    settings.DEMO, settings.EMAIL_HOST = True, ""
    client.force_login(staff.hire(Role.MANAGEMENT, held.centre.lead))
    page = post(client)
    assert "gast1@firma.example" in page
    assert '<a href="http://localhost:8000/anmeldung/' in page


@pytest.mark.parametrize(("demo", "host"), [(False, ""), (True, "mail.example")])
def test_a_house_with_real_guests_has_no_such_list(client, held, settings, demo, host):
    settings.DEMO, settings.EMAIL_HOST = demo, host
    client.force_login(staff.hire(Role.MANAGEMENT, held.centre.lead))
    assert "gast1@firma.example" not in post(client)


def test_an_adviser_of_the_demo_does_not_see_everybody_s(client, held, settings):
    settings.DEMO, settings.EMAIL_HOST = True, ""
    client.force_login(staff.hire(Role.ADVISER, held.centre.lead))
    assert "gast1@firma.example" not in post(client)
