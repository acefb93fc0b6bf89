"""The page of the door, as forms and as a device talks to it."""

import json
import uuid

import pytest
from django.urls import reverse

from tests.events import gatherings
from tests.web.desk import staff
from wegweiser.events.models import Registration, Seat
from wegweiser.kernel import clock


@pytest.fixture
def here(world):
    return gatherings.of_today(world.lead)


def address(here, name="door"):
    return reverse(f"desk:{name}", kwargs={"uuid": here.event.uuid})


def seat(number=1):
    return Seat.objects.get(registration__email=f"gast{number}@firma.example")


def said(client, here, **given):
    return client.post(address(here), given, follow=True).content.decode()


def test_three_letters_find_a_guest_and_one_button_lets_them_in(anna, here):
    page = anna.get(address(here), {"q": "gast 1"}).content.decode()
    assert "Betrieb 1 GmbH" in page
    assert "Betrieb 2 GmbH" not in page
    assert "Gast 1 ist da." in said(anna, here, do="arrive", seat=seat().uuid)
    assert seat().presence == "attended"


def test_a_scanner_without_scripts_lets_in_by_enter(anna, here):
    assert "Gast 1 ist da." in said(anna, here, do="find", q=seat().uuid.hex.upper())
    assert "War schon um" in said(anna, here, do="find", q=seat().uuid.hex.upper())
    assert "kennt die Veranstaltung nicht" in said(anna, here, do="find", q=uuid.uuid4().hex)


def test_counts_stand_on_the_page(anna, here):
    said(anna, here, do="arrive", seat=seat().uuid)
    page = anna.get(address(here)).content.decode()
    for name, number in {"here": 1, "registered": 2, "free": 18}.items():
        assert f'data-count="{name}">{number}<' in page


def test_undo_opens_a_place_again(anna, here):
    said(anna, here, do="arrive", seat=seat().uuid)
    assert "Gast 1 ist wieder offen." in said(anna, here, do="undo", seat=seat().uuid, of=seat().arrival)
    assert seat().presence == ""


def test_somebody_without_a_registration_is_in_with_one_button_and_once(anna, here):
    sent = {"do": "walk_in", "name": "Uwe", "firm": "Krause", "heads": 2, "pool": here.pool.uuid}
    sent["submission"] = uuid.uuid4()
    assert "Uwe ist da." in said(anna, here, **sent)
    said(anna, here, **sent)
    assert list(Registration.objects.filter(name="Uwe").values_list("places", "firm")) == [(2, "Krause")]


def test_a_group_comes_in_by_its_head_count(anna, here):
    row = gatherings.register(here, name="Petra Müller", email="p@m.example", places=4)
    assert "Wie viele sind da?" in anna.get(address(here), {"q": "petra"}).content.decode()
    assert "3 Personen sind dazugekommen" in said(anna, here, do="heads", registration=row.uuid, heads=3)
    assert "Bitte eine Zahl" in said(anna, here, do="heads", registration=row.uuid, heads="viele")
    assert row.seats.filter(presence="attended").count() == 3


def test_hostile_names_are_shown_harmlessly(anna, here):
    gatherings.register(here, name="<script>alert(1)</script>", email="x@x.example")
    assert "<script>alert" not in anna.get(address(here), {"q": "script"}).content.decode()


@pytest.mark.parametrize("given", [{"do": "arrive", "seat": "kein"}, {"do": "arrive", "seat": "1"}, {"do": "heads"}])
def test_nonsense_finds_nothing(anna, here, given):
    assert anna.post(address(here), given).status_code == 404


def test_a_device_gets_everybody_with_what_it_needs_and_no_more(anna, here):
    told = anna.get(address(here, "door_list")).json()
    assert {row["name"] for row in told["seats"]} == {"Gast 1", "Gast 2"}
    assert set(told["seats"][0]) == {"id", "group", "name", "by", "firm", "first", "code", "words", "here", "of"}
    assert told["until"] > clock.now().isoformat()


def test_what_a_device_did_settles_entry_by_entry(anna, here):
    entries = [
        {"id": str(uuid.uuid4()), "verb": "arrive", "seat": str(seat(1).uuid), "at": clock.now().isoformat()},
        {"id": str(uuid.uuid4()), "verb": "arrive", "seat": str(uuid.uuid4()), "at": clock.now().isoformat()},
        {"id": str(uuid.uuid4()), "verb": "walk_in", "name": "Uwe", "pool": str(here.pool.uuid), "heads": 1},
    ]
    for _twice in range(2):
        answer = anna.post(address(here, "door_settle"), json.dumps({"entries": entries}), "application/json").json()
        assert [row["code"] for row in answer["results"]] == ["", "seat_unknown", ""]
        assert {row["name"] for row in answer["seats"]} == {"Gast 1", "Uwe"}
    assert Registration.objects.count() == 3


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"entries": 1}'])
def test_nonsense_from_a_device_changes_nothing(anna, here, body):
    assert anna.post(address(here, "door_settle"), body, "application/json").status_code == 400


def test_who_only_checks_in_lands_at_the_doors_of_today(client, world, here):
    client.force_login(staff.hire("check_in", world.lead))
    assert client.get(reverse("desk:today"))["Location"] == reverse("desk:doors")
    page = client.get(reverse("desk:doors")).content.decode()
    assert "Aufträge im Blick" in page
    assert "Die nächsten 30 Tage" not in page
    assert "/desk/betriebe/" not in page


def test_the_list_lasts_until_the_attendance_is_settled(anna, here):
    here.event.settled_at = clock.now()
    here.event.save()
    assert anna.get(address(here, "door_list")).json()["until"] == ""
