"""What a device kept and sends when the date, the case or the day are no longer what they were."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from wegweiser.companies.actions import companies
from wegweiser.consortium.models import Membership, Role
from wegweiser.crossings import enquiries, firms
from wegweiser.enquiries.actions import appointments, cases
from wegweiser.enquiries.models import Case, Contribution
from wegweiser.journey.models import Step
from wegweiser.kernel import clock

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def case(world):
    row = contact_point.case(world.lead, topic=world.topic, firm="Fräserei Ölmann", phone="+493915550123")
    firms.link(case=row, by=BY)
    return row


@pytest.fixture
def date(world, case):
    start = clock.now() - dt.timedelta(hours=2)
    return appointments.arrange(case=case, member=world.anna, kind="visit", starts_at=start, by=BY)[0]


def said(**given):
    start = {
        "submission": str(uuid.UUID(int=5)),
        "minutes": "45",
        "text": "Scanner",
        "day": clock.today().isoformat(),
        "kind": "visit",
        "format": "inform",
        "visibility": "partner",
    }
    return {**start, **given}


def send(client, row, **given):
    name = "visit" if hasattr(row, "starts_at") else "firm_visit"
    return client.post(reverse(f"desk:{name}", kwargs={"uuid": row.uuid}), said(**given), **JSON)


# --- The date is no more ---------------------------------------------------------------------------------------------


def test_a_visit_whose_date_was_cancelled_stands_beside_it(anna, world, date):
    appointments.cancel(appointment=date, by=BY)
    refused = send(anna, date)
    assert (refused.status_code, refused.json()["apart"]) == (409, True)
    assert "abgesagt" in refused.json()["problem"]
    assert send(anna, date, apart="1").status_code == 200
    row = Contribution.objects.get()
    date.refresh_from_db()
    assert (row.case, date.log_id, Step.objects.count()) == (date.case, None, 1)


def test_a_visit_to_a_case_that_was_given_away_before_is_written_down_at_the_firm(anna, world, date):
    hand_over(world, date.case)
    tomorrow = clock.now() + dt.timedelta(days=1)
    with clock.stopped_at(tomorrow):
        refused = send(anna, date, day=tomorrow.date().isoformat())
        assert (refused.status_code, refused.json()["apart"]) == (409, True)
        assert "bei diesem Betrieb" in refused.json()["problem"]
        assert send(anna, date, day=tomorrow.date().isoformat(), apart="1").status_code == 200
        assert send(anna, date, day=tomorrow.date().isoformat(), apart="1").status_code == 200
    row = Contribution.objects.get(kind="visit")
    assert (row.case.partner, row.case.company, row.case.topic) == (world.lead, date.case.company, world.topic)
    assert row.case != date.case
    assert Step.objects.get().partner == world.lead


def test_where_no_firm_is_known_nothing_is_offered_that_cannot_work(anna, world):
    row = contact_point.case(world.lead, topic=world.topic)
    start = clock.now() - dt.timedelta(hours=2)
    date = appointments.arrange(case=row, member=world.anna, kind="visit", starts_at=start, by=BY)[0]
    hand_over(world, row)
    tomorrow = clock.now() + dt.timedelta(days=1)
    with clock.stopped_at(tomorrow):
        assert send(anna, date, day=tomorrow.date().isoformat()).json()["apart"] is False


def test_who_went_along_from_another_partner_writes_it_down_at_the_firm(ben, world, case):
    start = clock.now() - dt.timedelta(hours=2)
    date = appointments.arrange(case=case, member=world.ben, kind="visit", starts_at=start, by=BY)[0]
    assert send(ben, date).json()["apart"] is True
    assert send(ben, date, apart="1", topic=str(world.topic.pk)).status_code == 200
    assert Contribution.objects.get(kind="visit").case.partner == world.other


def hand_over(world, case):
    cases.hand_over(case=case, partner=world.other, note="Für euch.", member=world.anna, by=BY)


# --- The case is closed ----------------------------------------------------------------------------------------------


def test_a_log_that_arrived_is_not_told_that_it_failed(anna, world, case):
    answer = send(anna, case.company, case=str(case.pk)).json()
    enquiries.close(case=case, outcome="helped", by=BY)
    again = send(anna, case.company, case=str(case.pk))
    assert (again.status_code, again.json()["next"]) == (200, answer["next"])
    assert Contribution.objects.count() == 1


def test_a_log_of_a_case_that_was_closed_meanwhile_stands_in_it(anna, world, case):
    enquiries.close(case=case, outcome="helped", by=BY)
    assert send(anna, case.company, case=str(case.pk)).status_code == 200
    assert Contribution.objects.get().case == case
    assert Case.objects.count() == 1


def test_a_case_that_is_no_more_mine_makes_no_new_one_unasked(anna, world, case):
    other = contact_point.case(world.other, topic=world.topic)
    refused = send(anna, case.company, case=str(other.pk), topic=str(world.topic.pk))
    assert (refused.status_code, Case.objects.count()) == (422, 2)


# --- The day, and the partner ----------------------------------------------------------------------------------------


def test_a_day_in_the_future_is_put_right_on_the_sheet(anna, date):
    refused = send(anna, date, day=(clock.today() + dt.timedelta(days=1)).isoformat())
    assert (refused.status_code, refused.json()["apart"]) == (422, False)
    assert refused.json()["problem"] == "Tag: Der Tag liegt in der Zukunft."


def test_who_works_at_two_partners_says_for_which_it_was(anna, world):
    firm = companies.find_or_create(name="Tischlerei Ahorn", phone="0391 5550177", by=BY)
    page = reverse("desk:firm_visit", kwargs={"uuid": firm.uuid})
    assert 'name="partner"' not in anna.get(page).content.decode()
    begin = dt.date(2020, 1, 1)
    Membership.objects.create(member=world.anna, partner=world.other, role=Role.ADVISER, valid_from=begin)
    assert 'name="partner"' in anna.get(page).content.decode()
    answer = send(anna, firm, topic=str(world.topic.pk), partner=str(world.other.pk))
    assert answer.status_code == 200
    assert (Case.objects.get().partner, Step.objects.get().partner) == (world.other, world.other)
