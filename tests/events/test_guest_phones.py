"""A guest with a telephone number behind which one asks for somebody: kept, dialled, counted and forgotten."""

import pytest
from django.urls import reverse

from tests.contact_point import BY
from tests.events import world as events_world
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.companies.models import Company
from wegweiser.consortium.models import Role
from wegweiser.crossings import attendance as histories
from wegweiser.crossings import personal_data
from wegweiser.events.actions import attendance, registrations
from wegweiser.kernel import clock, erasure

TYPED, STORED = "0391 5448619 App. 12", "+493915448619 App. 12"


@pytest.fixture
def held(db):
    with clock.stopped_at(events_world.MONDAY):
        for centre in small_centre():
            yield events_world.held(places=2, centre=centre)


@pytest.fixture
def row(held):
    return events_world.register(held, 1, phone=TYPED, firm="Kuhnert Metallbau").registration


def test_the_desk_dials_the_number_and_reads_the_extension(client, held, row):
    assert row.phone == STORED
    client.force_login(staff.hire(Role.MANAGEMENT, held.centre.lead))
    text = client.get(reverse("desk:event_guest", kwargs={"uuid": held.event.uuid, "guest": row.uuid})).text
    assert '<a href="tel:+493915448619">0391 5448619 App. 12</a>' in text


def test_another_extension_is_a_change_and_the_same_is_none(row):
    registrations.change(registration=row, phone="0391 / 544 86 19 App. 12", by=BY)
    row.refresh_from_db()
    assert row.phone == STORED
    registrations.change(registration=row, phone="0391 5448619 App. 13", by=BY)
    row.refresh_from_db()
    assert row.phone == "+493915448619 App. 13"


def test_their_firm_is_found_by_the_number_when_they_came(held, row):
    attendance.arrive(seat=row.seats.get(), by=BY)
    with clock.stopped_at(events_world.MONDAY + clock.dt.timedelta(days=60)):
        histories.settle(event=held.event, by=BY)
    assert Company.objects.filter(name="Kuhnert Metallbau").exists()


@pytest.mark.parametrize("asked", ["0391 5448619", TYPED])
def test_who_calls_is_found_with_all_that_is_kept(row, asked):
    who = personal_data.who(asked)
    found = erasure.plan_of(*who, day=clock.today())
    assert row.pk in {item.pk for item in found if item.fate.table == "events.Registration"}
