"""What is put right at the desk moves nobody's code to somebody else."""

import pytest
from django.urls import reverse

from tests.contact_point import BY
from tests.events import gatherings
from wegweiser.events.actions import registrations

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(world):
    here = gatherings.of_today(world.lead, guests=0)
    found = gatherings.register(here, name="Ada", email="ada@firma.example", places=3, names=["Ada", "Bo", "Cem"])
    return registrations.change(registration=found, names=["Ada", "", "Cem"], by=BY)


def change(anna, row, **sent) -> int:
    there = reverse("desk:event_guest", kwargs={"uuid": row.event.uuid, "guest": row.uuid})
    told = {"do": "change", "change-places": "3", "change-names": "Ada\r\nCem", "change-phone": ""}
    return anna.post(there, {**told, **sent}).status_code


def named(row) -> list[tuple[int, str]]:
    return list(row.seats.filter(given_back_at=None).values_list("position", "name"))


def test_a_telephone_number_put_right_leaves_the_names_alone(anna, row):
    assert change(anna, row, **{"change-phone": "0391 4090123"}) == 302
    row.refresh_from_db()
    assert row.phone
    assert named(row) == [(1, "Ada"), (2, ""), (3, "Cem")]


def test_who_is_not_named_any_more_gives_their_own_seat_back(anna, row):
    registrations.change(registration=row, names=["Ada", "Bo", "Cem"], by=BY)
    assert change(anna, row, **{"change-places": "2"}) == 302
    assert named(row) == [(1, "Ada"), (3, "Cem")]


def test_more_names_than_places_are_refused_and_nothing_changes(anna, row):
    assert change(anna, row, **{"change-places": "1"}) == 422
    assert named(row) == [(1, "Ada"), (2, ""), (3, "Cem")]
