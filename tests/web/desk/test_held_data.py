"""The desk's page of what events still hold, and forgetting it now."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.contact_point import BY
from tests.events import world as events_world
from tests.web.desk import staff
from wegweiser.events.actions import attendance
from wegweiser.events.models import Registration
from wegweiser.kernel import clock

LATER = events_world.ENDS + dt.timedelta(days=20)


@pytest.fixture
def held(world):
    """An event of the other partner, over and settled."""
    found = events_world.held(centre=world)
    events_world.register(found, 1)
    with clock.stopped_at(LATER):
        attendance.settle(event=found.event, by=BY)
        yield found


@pytest.fixture
def ben(client, held):
    client.force_login(staff.login(held.centre.ben))
    return client


def page(held):
    return reverse("desk:event_held_data", kwargs={"uuid": held.event.uuid})


def test_the_list_says_what_is_held_since_when_and_until_when(ben, held):
    shown = ben.get(reverse("desk:held_data"))
    (line,) = shown.context["page"]
    assert (line["held"].guests, line["since"], line["held"].erased_on) == (1, "02.03.2026", dt.date(2028, 3, 10))
    text = shown.content.decode()
    assert page(held) in text
    assert "10.03.2028" in text


def test_one_click_forgets_and_the_page_says_so(ben, held):
    before = ben.get(page(held)).content.decode()
    assert "1 Eintrag verliert Name, Adresse und Antworten." in before
    after = ben.post(page(held), {"do": "forget"}, follow=True).content.decode()
    assert "1 Eintrag ist vergessen." in after
    assert "Hier steht kein Name mehr" in after
    assert Registration.objects.get().name == ""


def test_while_something_needs_it_there_is_no_button_and_a_post_changes_nothing(ben, held):
    with clock.stopped_at(events_world.ENDS + dt.timedelta(days=2)):
        text = ben.get(page(held)).content.decode()
        assert "Mails nach dem Termin gehen noch hinaus" in text
        assert 'value="forget"' not in text
        refused = ben.post(page(held), {"do": "forget"}, follow=True).content.decode()
    assert "Das geht noch nicht" in refused
    assert Registration.objects.get().name


def test_another_partners_events_are_not_there(held, client):
    client.force_login(staff.login(held.centre.anna))
    assert list(client.get(reverse("desk:held_data")).context["page"]) == []
    assert client.get(page(held)).status_code == 404


def test_the_management_sees_those_of_all(held, client):
    client.force_login(staff.hire("management", held.centre.lead))
    assert len(list(client.get(reverse("desk:held_data")).context["page"])) == 1
    assert client.get(reverse("desk:held_data"), {"partner": "lead"}).context["guests"] == 0
    assert client.get(reverse("desk:held_data"), {"zeit": "kommend"}).context["guests"] == 0


def test_more_events_cost_no_more_queries(ben, held):
    counts = []
    for more in (0, 3):
        for number in range(more):
            with clock.stopped_at(held.event.recorded_at):
                events_world.register(events_world.held(centre=held.centre), number + 1)
        ben.get(reverse("desk:held_data"))
        with CaptureQueriesContext(connection) as made:
            ben.get(reverse("desk:held_data"))
        counts.append(len(made))
    assert counts == [21, 21]
