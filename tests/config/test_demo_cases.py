"""A day's work for every adviser of the demo: something in each place of "Heute", no letter, no figure touched."""

import datetime as dt

import pytest

from tests import model_centre
from wegweiser.companies.models import Person
from wegweiser.config import demo, demo_cases, demo_year
from wegweiser.enquiries import queries
from wegweiser.enquiries.models import Appointment, Case, State
from wegweiser.journey.models import Step
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def advisers():
    model_centre.installed()
    found = demo.advisers(demo.logins())
    demo_year.make()
    return found


def test_each_adviser_finds_something_in_every_place_and_nothing_is_sent_or_counted(advisers):
    steps = Step.objects.count()
    assert demo_cases.make(advisers) == 7 * len(advisers) == 35
    assert demo_cases.make(advisers) == 0  # a second start keeps what is there
    assert set(Case.objects.values_list("state", flat=True)) == set(State.values)
    assert not Letter.objects.exists()
    assert not Person.objects.exists()
    assert Step.objects.count() == steps
    tomorrow = clock.at(clock.today()) + dt.timedelta(days=1)
    for member, partner in advisers:
        found = queries.today(member=member, day=clock.today())
        assert found.overdue
        assert found.due
        assert found.dates
        assert found.unlogged
        assert {case.partner for case in found.new} == {partner}
        assert Appointment.objects.filter(member=member, starts_at__gt=tomorrow, kind="visit").exists()


def test_nobody_is_told_of_a_login_that_leads_nowhere(advisers):
    said = demo.told(demo.logins())
    assert "demo-editor@" in said
    assert "demo-check-in@" in said
    assert "demo-reviewer@" not in said
