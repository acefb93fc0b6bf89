"""A day's work for every adviser of the demo: something in each place of "Heute", no letter, no figure touched."""

import datetime as dt
import re

import pytest

from tests import model_centre
from wegweiser.companies import queries as companies
from wegweiser.companies.models import Company, Person
from wegweiser.config import demo, demo_cases, demo_passed_on, demo_words
from wegweiser.consortium import calendar
from wegweiser.enquiries import answer_times, queries
from wegweiser.enquiries.actions import reminders
from wegweiser.enquiries.models import Appointment, Case, State
from wegweiser.journey.models import Step
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.outbox.models import Letter

pytestmark = pytest.mark.django_db
BY = Actor.system("test")


@pytest.fixture
def advisers():
    return model_centre.with_year()


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


@pytest.mark.parametrize("weekday", range(7))
def test_a_demo_day_is_a_well_kept_desk_with_one_overdue_answer_at_all(advisers, weekday):
    """Whichever day of the week the demo is begun, also once the reminders of its morning are written."""
    day = clock.today() + dt.timedelta(days=(weekday - clock.today().weekday()) % 7)
    with clock.stopped_at(clock.at(day, dt.time(9, 30))):
        demo_cases.make(advisers)
        demo_passed_on.make(advisers)
        reminders.remind(by=BY)
        told = queries.to_answer(member=advisers[0][0], day=day, led=set(), everywhere=True)
        assert len([case for case in told if case.due_by < day]) <= 1
        owed = [case for case in told if case.due_by == day]
        assert all(case.reply_by for case in owed), "beside it only who wrote again and hears from us today"
        assert len(owed) <= 1
        late = Case.objects.filter(answer_times.late(day))
        assert late.count() == 1
        assert Appointment.objects.filter(case__in=late, log=None, starts_at__lt=clock.now()).exists(), "it says why"
        for member, _partner in advisers:
            found = queries.today(member=member, day=day)
            assert len(found.overdue) == len(found.due) == len(found.dates) == 1
            assert len(found.new) == 2


def test_who_asks_is_of_a_trade_and_size_that_fits_and_nobody_asks_under_two_names(advisers):
    demo_cases.make(advisers)
    demo_passed_on.make(advisers)
    every = {
        question.text: question
        for page in (demo_words.QUESTIONS, demo_words.REFERRED, demo_words.MOVED)
        for questions in page.values()
        for question in questions
    }
    cases = list(Case.objects.select_related("company"))
    firms = demo_words.Firms(case.company for case in cases if case.company)
    for case in cases:
        assert case.text in every
        assert case.company is None or firms.fits(every[case.text], case.company), case.text
    assert len({case.name for case in cases}) == len(cases)


def test_what_was_answered_arranged_and_promised_follows_in_time(advisers):
    demo_cases.make(advisers)
    demo_passed_on.make(advisers)
    names = {member.name for member, _partner in advisers}
    for case in Case.objects.prefetch_related("thread__member", "appointments", "follow_ups", "referrals"):
        answers = [one for one in case.thread.all() if one.kind == "mail_out"]
        incoming = [one for one in case.thread.all() if one.kind == "mail_in"]
        assert len(answers) <= 1
        assert all(clock.local(row.recorded_at).date() <= case.answer_by for row in answers)
        assert not incoming or answers, "nobody replies to what was not written"
        for date in case.appointments.all():
            day = clock.local(date.starts_at)
            told = f"{day.day}.{day.month}. um {day:%H:%M} Uhr"
            assert not answers or told in answers[0].text
        for row in case.referrals.all():
            assert row.recipient in answers[0].text
        moved = case.changes.filter(verb="hand_over").exists()
        if answers and moved:
            assert [name for name in names if name in answers[0].text] != [case.adviser.name]
            assert answers[0].offers
        for row in case.follow_ups.exclude(done_at=None):
            assert calendar.is_working_day(clock.local(row.done_at).date(), land="ST")


def test_nobody_is_told_of_a_login_that_leads_nowhere(advisers):
    said = demo.told(demo.logins())
    assert "demo-editor@" in said
    assert "demo-check-in@" in said
    assert "demo-reviewer@" not in said
