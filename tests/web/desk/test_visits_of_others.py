"""Whose dates stand on whose pages: of who stands in, of who gave a date away, and of dates that were cancelled."""

import datetime as dt

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from tests.web.desk import staff
from wegweiser.enquiries.actions import appointments
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
