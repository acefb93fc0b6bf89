"""In the demo nothing goes out: whoever tries it reads the mails at the desk. Nowhere else is there such a list."""

import pytest
from django.urls import reverse

from tests.contact_point import MONDAY
from tests.events import world
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.consortium.models import Role
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter
from wegweiser.web.desk import letters


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


WARNS, CALM = "kein Mailserver", "In der Demo geht keine E-Mail hinaus"


@pytest.mark.parametrize("role", [Role.MANAGEMENT, Role.ADVISER])
def test_the_post_of_the_demo_says_calmly_that_nothing_goes_out(client, held, settings, role):
    settings.DEMO, settings.EMAIL_HOST = True, ""
    client.force_login(staff.hire(role, held.centre.lead))
    page = post(client)
    assert WARNS not in page
    assert page.count(CALM) == 1
    assert ("Die Geschäftsstelle liest sie hier" in page) is (role == Role.ADVISER)
    Letter.objects.all().delete()
    assert post(client).count(CALM) == 1


@pytest.mark.parametrize(("demo", "host", "said"), [(True, "", CALM), (False, "", WARNS), (True, "mail.example", "")])
def test_wherever_a_mail_is_written_the_demo_says_where_it_can_be_read(client, held, settings, demo, host, said):
    settings.DEMO, settings.EMAIL_HOST = demo, host
    assert all((text in letters.on_its_way()) is (text == said) for text in (WARNS, CALM))
    client.force_login(staff.hire(Role.ADMINISTRATOR, None))
    person = reverse("desk:team_person", args=[held.centre.anna.uuid])
    for address in (reverse("desk:today"), person):
        page = client.get(address).text
        assert all((text in page) is (text == said) for text in (WARNS, CALM)), address
    page = client.post(person, {"do": "invite"}, follow=True).text
    assert all((text in page) is (text == said) for text in (WARNS, CALM))
