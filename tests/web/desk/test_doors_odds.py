"""The page of the door where somebody registered online, and what a device sends that nobody can read."""

import json
import uuid

import pytest
from django.urls import reverse

from tests.contact_point import BY
from tests.events import gatherings
from tests.events.world import guest
from wegweiser.events.actions import events, registrations
from wegweiser.events.actions.events import Places
from wegweiser.events.models import Registration, Seat
from wegweiser.kernel.translated import translated


@pytest.fixture
def here(world):
    return gatherings.of_today(world.lead, guests=1)


@pytest.fixture
def online(here):
    places = Places(chairs=20, pool=here.pool, label=here.pool.label)
    events.set_places(event=here.event, pools=[places, Places(chairs=5, way="online", label=translated("O"))], by=BY)
    pool = here.event.pools.get(way="online")
    row = registrations.register(
        event=here.event, pool=pool, submission=uuid.uuid4(), guest=guest(9), by=BY
    ).registration
    return row.seats.get()


def address(here, name="door"):
    return reverse(f"desk:{name}", kwargs={"uuid": here.event.uuid})


def sent(client, here, rows):
    body = json.dumps({"entries": rows})
    return client.post(address(here, "door_settle"), body, content_type="application/json")


def test_who_registered_online_is_found_and_gets_a_chair_with_one_button(anna, here, online):
    page = anna.get(address(here), {"q": "gast 9"}).text
    assert "Ist online angemeldet." in page
    assert "Platz geben und einlassen" in page.partition("data-row")[0]
    said = anna.post(address(here), {"do": "find", "q": online.uuid.hex}, follow=True).text
    assert "Ist online angemeldet." in said
    said = anna.post(address(here), {"do": "admit", "seat": online.uuid}, follow=True).text
    assert "Gast 9 ist da." in said
    assert 'data-count="here">1<' in said


@pytest.mark.parametrize(
    "nonsense",
    [
        {"id": "x", "verb": "arrive"},
        {"verb": "arrive"},
        "text",
        None,
        {"id": str(uuid.uuid4()), "verb": "a", "at": 3},
        {"id": str(uuid.uuid4()), "verb": "walk_in", "heads": "9" * 40, "name": "X"},
        {"id": [1], "verb": {}},
    ],
)
def test_one_entry_that_nobody_can_read_holds_up_no_other(anna, here, nonsense):
    seat = Seat.objects.get()
    answer = sent(anna, here, [nonsense, {"id": str(uuid.uuid4()), "verb": "arrive", "seat": str(seat.uuid)}])
    assert answer.status_code == 200
    seat.refresh_from_db()
    assert seat.presence == "attended"
    assert len(answer.json()["results"]) == 2


@pytest.mark.parametrize("heads", ["-2", "0", "9" * 30])
def test_a_forged_number_of_people_is_refused_in_words(anna, here, heads):
    given = {"do": "walk_in", "name": "X", "heads": heads, "pool": here.pool.uuid}
    assert anna.post(address(here), given).status_code in {302, 404}
    assert Registration.objects.count() == 1


def test_a_device_hears_of_what_changed_since_it_asked_last(anna, here):
    whole = anna.get(address(here, "door_list")).json()
    assert whole["whole"] is True
    seen = anna.get(address(here, "door_list"), {"seit": whole["seen"]}).json()
    assert seen["seen"] >= whole["seen"]
    assert anna.get(address(here, "door_list"), {"seit": "9" * 30}).json()["whole"] is True
