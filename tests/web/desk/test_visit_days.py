"""What is written down on the sheet of a date on another day than that of the date."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from wegweiser.crossings import firms
from wegweiser.enquiries import visits
from wegweiser.enquiries.actions import appointments
from wegweiser.enquiries.models import Contribution
from wegweiser.kernel import clock

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def date(world):
    case = contact_point.case(world.lead, topic=world.topic, firm="Fräserei Ölmann", phone="+493915550123")
    firms.link(case=case, by=BY)
    start = clock.now() + dt.timedelta(days=2)
    return appointments.arrange(case=case, member=world.anna, kind="visit", starts_at=start, by=BY)[0]


def sheet(date):
    return reverse("desk:visit", kwargs={"uuid": date.uuid})


def said(**given):
    start = {
        "submission": str(uuid.uuid4()),
        "minutes": "15",
        "text": "Fragt, ob wir den Scanner mitbringen.",
        "day": clock.today().isoformat(),
        "kind": "talk",
        "format": "inform",
        "visibility": "partner",
    }
    return {**start, **given}


def test_a_call_before_the_date_is_not_the_date(anna, world, date):
    answer = anna.post(sheet(date), said(), **JSON).json()
    date.refresh_from_db()
    assert date.log_id is None
    assert list(visits.dates(member=world.anna, day=clock.today())) == [date]
    assert "Der Termin am 04.03.2026 bleibt bestehen." in answer["said"]
    assert Contribution.objects.get().kind == "talk"
    assert "Danach festhalten" in anna.get(sheet(date)).content.decode()


def test_on_its_day_and_afterwards_it_is(anna, world, date):
    with clock.stopped_at(date.starts_at + dt.timedelta(days=1)):
        answer = anna.post(sheet(date), said(kind="visit", day=date.starts_at.date().isoformat()), **JSON).json()
    date.refresh_from_db()
    assert date.log_id is not None
    assert "bleibt" not in answer["said"]
