"""A day's work for every adviser of the demo: something in each place of "Heute", no letter, no figure touched."""

import datetime as dt
import re

import pytest

from tests import model_centre
from wegweiser.companies import queries as companies
from wegweiser.companies.models import Company, Person
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


def test_the_firms_and_people_of_the_demo_have_numbers_of_films_and_are_found_by_them(advisers):
    demo_cases.make(advisers)
    numbers = list(Company.objects.values_list("phone", flat=True)) + list(
        Person.objects.values_list("phone", flat=True)
    )
    assert len(set(numbers)) == len(numbers) == Company.objects.count() + Person.objects.count()
    of_cases = list(Case.objects.values_list("phone", flat=True))
    reserved = re.compile(r"\+49(6990009|3023125|4066969)[0-9]{3}")
    assert all(reserved.fullmatch(number) for number in [*numbers, *of_cases])

    known = Case.objects.exclude(company=None).select_related("company", "person")
    assert known.count() == 6 * len(advisers)
    for case in known:
        assert case.person.name == case.name
        assert case.person in [position.person for position in case.company.positions.all()]
        for number in (case.company.phone, case.phone):
            found = companies.search(number, places=True)
            assert case.company in found.companies or case.person in found.persons


def test_nobody_is_told_of_a_login_that_leads_nowhere(advisers):
    said = demo.told(demo.logins())
    assert "demo-editor@" in said
    assert "demo-check-in@" in said
    assert "demo-reviewer@" not in said
