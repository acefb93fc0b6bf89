"""Who was at a talk or visit: hours are theirs, not of whoever writes it down."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from tests.web.desk import staff
from tests.web.desk.test_visits import JSON, said
from wegweiser.companies.actions import companies
from wegweiser.enquiries.actions import appointments
from wegweiser.enquiries.models import Contribution
from wegweiser.journey.models import Step
from wegweiser.kernel import clock


@pytest.fixture
def carla(client, world):
    """A colleague of Anna's, at the desk."""
    row = contact_point.member("Carla", world.lead)
    contact_point.let_in(world.anna)
    client.force_login(staff.login(row))
    return row


@pytest.fixture
def date(world):
    case = contact_point.case(world.lead, topic=world.topic, firm="Fräserei Ölmann")
    start = clock.now() - dt.timedelta(hours=2)
    return appointments.arrange(case=case, member=world.anna, kind="visit", starts_at=start, by=BY)[0]


def hours():
    return {row.staff_number: row.hours for row in Step.objects.get().contributions.all()}


def ticked(page, member):
    return re.search(f'value="{member.uuid}" id="[^"]*" checked', page) is not None


def test_two_at_one_visit_are_one_step_with_the_hours_of_both(client, world, carla, date):
    both = [str(world.anna.uuid), str(carla.uuid)]
    client.post(reverse("desk:visit", kwargs={"uuid": date.uuid}), said(present=both), **JSON)
    assert hours() == {world.anna.staff_number: Decimal("0.75"), carla.staff_number: Decimal("0.75")}


def test_who_writes_down_the_date_of_a_colleague_writes_down_their_hours(client, world, carla, date):
    sheet = reverse("desk:visit", kwargs={"uuid": date.uuid})
    page = client.get(sheet).content.decode()
    assert ticked(page, world.anna)
    assert not ticked(page, carla)
    client.post(sheet, said(present=[str(world.anna.uuid)]))
    assert list(hours()) == [world.anna.staff_number]
    assert Contribution.objects.get(kind="visit").member == carla


def test_a_device_that_does_not_know_the_question_counts_who_writes(client, world, carla, date):
    client.post(reverse("desk:visit", kwargs={"uuid": date.uuid}), said(), **JSON)
    assert list(hours()) == [carla.staff_number]


def test_on_the_page_of_a_case_it_is_asked_as_well(client, world, carla, date):
    address = reverse("desk:case", kwargs={"uuid": date.case.uuid})
    page = client.get(address).content.decode()
    assert ticked(page, world.anna)
    given = {"kind": "visit", "day": clock.today().isoformat(), "minutes": "60", "format": "inform"}
    given |= {"appointment": date.pk, "firm": "Fräserei Ölmann", "present": [str(world.anna.uuid), str(carla.uuid)]}
    answer = client.post(address, {"do": "log"} | {f"log-{name}": value for name, value in given.items()})
    assert answer.status_code == 302
    assert hours() == {world.anna.staff_number: Decimal(1), carla.staff_number: Decimal(1)}


def test_at_a_firm_without_a_date_whoever_is_there_is_asked(client, world, carla):
    firm = companies.find_or_create(name="Tischlerei Ahorn", phone="0391 5550177", by=BY)
    sheet = reverse("desk:firm_visit", kwargs={"uuid": firm.uuid})
    assert ticked(client.get(sheet).content.decode(), carla)
    client.post(sheet, said(topic=str(world.topic.pk), present=[str(world.anna.uuid), str(carla.uuid)]))
    assert len(hours()) == 2


def test_who_is_alone_is_not_asked(client, world, date):
    client.force_login(staff.login(world.anna))
    assert "Wer war dabei?" not in client.get(reverse("desk:visit", kwargs={"uuid": date.uuid})).content.decode()
