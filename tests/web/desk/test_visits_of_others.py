"""Whose dates stand on whose pages: of who stands in, of who gave a date away, and of dates that were cancelled."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from tests.web.desk import staff
from tests.web.desk.test_visits import said
from wegweiser.companies.actions import companies, persons
from wegweiser.consortium.actions import absences
from wegweiser.consortium.models import Membership, Role
from wegweiser.enquiries.actions import appointments, cases, follow_ups
from wegweiser.enquiries.models import Case
from wegweiser.journey.models import Step
from wegweiser.kernel import clock


@pytest.fixture
def date(world):
    """Ben of another partner has a date in a case of Lead, of a firm that nobody knows."""
    case = contact_point.case(world.lead, topic=world.topic, phone="+493915550123")
    start = clock.now() + dt.timedelta(hours=2)
    return appointments.arrange(case=case, member=world.ben, kind="visit", starts_at=start, by=BY)[0]


def test_the_sheet_of_a_cancelled_date_names_nobody_whose_case_is_closed_to_its_reader(ben, date):
    sheet = reverse("desk:visit", kwargs={"uuid": date.uuid})
    assert "Jana Ölmann" in ben.get(sheet).content.decode()
    appointments.cancel(appointment=date, by=BY)
    assert ben.get(reverse("desk:case", kwargs={"uuid": date.case.uuid})).status_code == 404
    page = ben.get(sheet).content.decode()
    assert "Dieser Termin ist abgesagt." in page
    for word in ("Jana Ölmann", "jana@firma.example", "+493915550123"):
        assert word not in page


def test_who_reads_the_case_still_sees_whom_the_cancelled_date_was_with(client, world, date):
    appointments.cancel(appointment=date, by=BY)
    client.force_login(staff.login(world.anna))
    assert "Jana Ölmann" in client.get(reverse("desk:visit", kwargs={"uuid": date.uuid})).content.decode()


@pytest.fixture
def carla(client, world):
    """A colleague of Anna's, at the desk."""
    row = contact_point.member("Carla", world.lead)
    client.force_login(staff.login(row))
    return row


def visit_of_anna(world, days=0):
    case = contact_point.case(world.lead, topic=world.topic)
    start = clock.now() + dt.timedelta(days=days, hours=3)
    return appointments.arrange(case=case, member=world.anna, kind="visit", starts_at=start, by=BY)[0]


def away(member, deputy=None, days=2):
    last = clock.today() + dt.timedelta(days=days)
    return absences.enter(member=member, first_day=clock.today(), last_day=last, deputy=deputy, by=BY)[0]


@pytest.mark.parametrize("page", ["desk:today", "desk:visits"])
def test_who_stands_in_sees_the_dates_until_they_are_back(client, world, carla, page):
    within, later = visit_of_anna(world), visit_of_anna(world, days=3)
    away(world.anna, deputy=carla)
    shown = client.get(reverse(page)).content.decode()
    assert reverse("desk:visit", kwargs={"uuid": within.uuid}) in shown
    assert reverse("desk:visit", kwargs={"uuid": later.uuid}) not in shown


def test_where_nobody_is_named_every_colleague_stands_in(client, world, carla):
    follow_ups.set(
        case=visit_of_anna(world).case,
        partner=world.lead,
        member=world.anna,
        due_on=clock.today(),
        note="Muster schicken",
        by=BY,
    )
    assert "Muster schicken" not in client.get(reverse("desk:today")).content.decode()
    away(world.anna)
    shown = client.get(reverse("desk:today")).content.decode()
    assert "Muster schicken" in shown
    assert "Niemand ist benannt" in shown


def test_where_nobody_is_named_and_nothing_waits_nothing_is_said(client, world, carla):
    away(world.anna)
    assert "In Vertretung" not in client.get(reverse("desk:today")).content.decode()


def test_at_another_partner_nobody_stands_in(client, ben, world):
    visit_of_anna(world)
    away(world.anna)
    assert "In Vertretung" not in ben.get(reverse("desk:today")).content.decode()


def test_who_enters_days_reads_which_dates_lie_in_them(client, world, carla):
    case = visit_of_anna(world).case
    start = clock.now() + dt.timedelta(hours=5)
    appointments.arrange(case=case, member=carla, kind="visit", starts_at=start, by=BY)
    today = clock.today().isoformat()
    said = {"member": carla.pk, "first_day": today, "last_day": today}
    page = client.post(reverse("desk:absences"), said, follow=True).content.decode()
    assert "In diesen Tagen liegen noch Termine: 02.03.2026 15:00 Jana Ölmann." in page


def test_who_works_at_two_partners_says_for_which_the_visit_was(anna, world):
    firm = companies.find_or_create(name="Tischlerei Ahorn", phone="0391 5550177", by=BY)
    address = reverse("desk:firm_visit", kwargs={"uuid": firm.uuid})
    assert 'name="partner"' not in anna.get(address).content.decode()
    Membership.objects.create(member=world.anna, partner=world.other, role=Role.ADVISER, valid_from=contact_point.BEGIN)
    assert 'name="partner"' in anna.get(address).content.decode()
    answer = anna.post(address, said(topic=str(world.topic.pk), partner=str(world.other.pk)))
    assert answer.status_code == 302
    assert Case.objects.get().partner == world.other
    assert Step.objects.get().partner == world.other


@pytest.mark.parametrize("page", ["desk:today", "desk:visits"])
def test_dates_of_private_people_are_read_at_once_however_many_there_are(
    client, world, carla, page, django_assert_num_queries
):
    def visit(number):
        person = persons.find_or_create(name=f"Jana {number}", email=f"jana{number}@x.example", by=BY)
        case = contact_point.case(world.lead, topic=world.topic, name=person.name, email=person.email)
        cases.link(case=case, person=person, by=BY)
        start = clock.now() + dt.timedelta(hours=3 + number)
        appointments.arrange(case=case, member=world.anna, kind="visit", starts_at=start, by=BY)

    away(world.anna, deputy=carla)
    visit(0)
    client.get(reverse(page))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse(page))
    visit(1)
    visit(2)
    with django_assert_num_queries(len(one)):
        client.get(reverse(page))
