"""What the desk shows, to whom, and in how many questions to the database."""

import datetime as dt

import pytest

from tests import contact_point
from tests.contact_point import BY, MONDAY, case
from wegweiser.accounts.actions import tokens
from wegweiser.enquiries import queries
from wegweiser.enquiries.actions import appointments, cases, follow_ups
from wegweiser.enquiries.models import State
from wegweiser.kernel import clock

TODAY = MONDAY.date()
DAY = dt.timedelta(days=1)


def promise(world, due_on, **fields):
    given = {"partner": world.lead, "note": "Anrufen", "case": case(world.lead)}
    return follow_ups.set(due_on=due_on, by=BY, **{**given, **fields})[0]


def arrange(world, starts_at, member=None):
    member = member or world.anna
    return appointments.arrange(case=case(world.other), member=member, kind="talk", starts_at=starts_at, by=BY)[0]


def test_today_shows_what_is_to_be_done(world):
    dates = [arrange(world, MONDAY + dt.timedelta(hours=hours)) for hours in (3, -1)]
    arrange(world, MONDAY, world.ben)
    arrange(world, MONDAY + DAY)
    past = arrange(world, MONDAY - 2 * DAY)
    overdue, due = promise(world, TODAY - DAY), promise(world, TODAY, member=world.anna)
    promise(world, TODAY + DAY)
    promise(world, TODAY, member=world.ben)
    promise(world, TODAY, partner=world.other)
    follow_ups.done(follow_up=promise(world, TODAY), by=BY)
    today = queries.today(member=world.anna, day=TODAY)
    assert today.dates == dates[::-1]
    assert today.unlogged == [past, dates[1]]
    assert (today.overdue, today.due) == ([overdue], [due])
    assert len(today.new) == 6


def test_new_cases_come_by_urgency_and_day(world):
    later, soon = case(world.lead, answer_by=TODAY + 2 * DAY), case(world.lead, answer_by=TODAY)
    urgent = case(world.lead, answer_by=TODAY + 9 * DAY, urgent=True)
    cases.take(case=case(world.lead), member=world.anna, by=BY)
    case(world.other)
    assert queries.today(member=world.anna, day=TODAY).new == [urgent, soon, later]


@pytest.mark.parametrize("rows", [1, 3])
def test_today_asks_five_times(world, rows, django_assert_num_queries):
    for _ in range(rows):
        arrange(world, MONDAY - dt.timedelta(hours=1))
        promise(world, TODAY)
    with django_assert_num_queries(5):
        today = queries.today(member=world.anna, day=TODAY)
        assert [date.case.topic for date in today.dates] == [None] * len(today.dates)
        assert [row.case.company for row in today.due] == [None] * rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_inbox_asks_once(world, rows, django_assert_num_queries):
    for _ in range(rows):
        cases.take(case=case(world.lead, topic=world.topic), member=world.anna, by=BY)
    with django_assert_num_queries(1):
        assert [(row.topic.slug, row.adviser.name) for row in queries.inbox()] == [("netz", "Anna")] * rows


@pytest.mark.parametrize("rows", [1, 3])
def test_a_thread_asks_eight_times(world, rows, django_assert_num_queries):
    found = case(world.lead)
    for _ in range(rows):
        cases.note(case=found, member=world.anna, text="Gut.", by=BY)
    with django_assert_num_queries(8):
        thread = queries.thread(uuid=found.uuid, member=world.anna, day=TODAY)
        assert [row.member.name for row in thread.contributions] == ["Anna"] * rows


def test_the_inbox_filters(world):
    mine = case(world.lead, topic=world.topic, urgent=True, enquirer="press", intake="fair", firm="Blatt AG")
    case(world.other)
    taken = cases.take(case=case(world.other), member=world.ben, by=BY)
    assert list(queries.inbox(partner=world.lead)) == [mine]
    assert list(queries.inbox(topic=world.topic)) == [mine]
    assert list(queries.inbox(urgent=True)) == [mine]
    assert list(queries.inbox(enquirer="press")) == [mine]
    assert list(queries.inbox(adviser=world.ben)) == [taken]
    assert list(queries.inbox(states=[State.TAKEN])) == [taken]
    assert list(queries.inbox(text="blatt")) == [mine]


@pytest.mark.parametrize(
    "text",
    [
        *("jana", "ÖLMANN", "ölmann", "oelmann", "Oelmann", "firma.example", "fräse gmbh", "Fraese"),
        *("0391 5550123", "+49 391 5550123", "550123", "Tel.: 0391 5550123"),
    ],
)
def test_a_case_is_found_by_name_number_firm_and_mail(world, text):
    found = case(world.lead, phone="0391/5550123", firm="Fräse GmbH")
    case(world.lead, name="Otto", email="otto@werk.example", phone="0345 777")
    assert list(queries.search(text)) == [found]


@pytest.mark.parametrize("text", ["michael mueller", "Michael Müller", "MICHAEL MUELLER"])
def test_each_word_may_have_its_umlauts_in_another_way(world, text):
    found = case(world.lead, name="Michael Müller", email="", phone="0391 5550123")
    assert list(queries.search(text)) == [found]


def test_a_case_is_found_by_its_number(world):
    found = case(world.lead)
    case(world.lead)
    assert list(queries.search(found.reference.lower().replace("-", " "))) == [found]


@pytest.mark.parametrize("text", ["", "%", "_", "'; DROP TABLE", "12"])
def test_what_is_no_name_finds_nothing(world, text):
    case(world.lead, phone="0391 5550123")
    assert list(queries.search(text)) == []


def read(found, member):
    return [row.text for row in queries.readable(case=found, member=member, day=TODAY)]


def test_each_reads_what_they_may(world):
    colleague = contact_point.member("Carla", world.lead)
    found = case(world.lead)
    for visibility in ("mine", "partner", "all"):
        cases.note(case=found, member=world.anna, text=visibility, visibility=visibility, by=BY)
    assert read(found, world.anna) == ["mine", "partner", "all"]
    assert read(found, colleague) == ["partner", "all"]
    assert read(found, world.ben) == ["all"]
    cases.hand_over(case=found, partner=world.other, note="Bitte", member=world.anna, by=BY)
    cases.note(case=found, member=world.ben, text="neu", by=BY)
    assert read(found, world.ben) == ["partner", "all", "Bitte", "neu"]
    assert read(found, colleague) == ["partner", "all", "Bitte"]
    everywhere = queries.readable(case=found, member=colleague, day=TODAY, everywhere=True)
    assert [row.text for row in everywhere] == ["partner", "all", "Bitte", "neu"]


def test_a_foreign_case_is_not_there(world):
    found = case(world.lead)
    assert queries.thread(uuid=found.uuid, member=world.ben, day=TODAY) is None
    assert queries.thread(uuid=found.uuid, member=world.ben, day=TODAY, everywhere=True).case == found
    cases.hand_over(case=found, partner=world.other, note="Bitte", member=world.anna, by=BY)
    assert queries.thread(uuid=found.uuid, member=world.ben, day=TODAY).case == found
    assert queries.thread(uuid=found.uuid, member=world.anna, day=TODAY).case == found


def test_who_wrote_once_sees_their_own_promises_and_dates_only(world):
    found = case(world.lead)
    cases.note(case=found, member=world.ben, text="dazu", by=BY)
    for member, partner in ((world.anna, world.lead), (world.ben, world.other)):
        follow_ups.set(case=found, partner=partner, member=member, due_on=TODAY, note=member.name, by=BY)
        appointments.arrange(case=found, member=member, kind="talk", starts_at=MONDAY + DAY, by=BY)

    def names(member, **reach):
        thread = queries.thread(uuid=found.uuid, member=member, day=TODAY, **reach)
        return [row.note for row in thread.follow_ups], [row.member.name for row in thread.appointments]

    assert names(world.ben) == (["Ben"], ["Ben"])
    assert names(world.anna) == (["Anna", "Ben"], ["Anna", "Ben"])
    assert names(world.ben, everywhere=True) == (["Anna", "Ben"], ["Anna", "Ben"])


def test_a_visitor_sees_on_which_day_we_talked_but_no_note(world):
    found = case(world.lead)
    cases.log(case=found, member=world.anna, kind="talk", day=TODAY, minutes=20, text="intern", by=BY)
    assert (queries.status(found).talked_on, queries.status(found).answers) == ([TODAY], [])


def test_a_visitor_sees_their_words_and_our_answers_only(world):
    found = case(world.lead)
    cases.take(case=found, member=world.anna, by=BY)
    cases.note(case=found, member=world.anna, text="schwierig", visibility="all", by=BY)
    cases.answer(case=found, member=world.anna, text="Gern.", by=BY)
    appointments.arrange(case=found, member=world.anna, kind="talk", starts_at=MONDAY - DAY, by=BY)
    date = appointments.arrange(case=found, member=world.anna, kind="talk", starts_at=MONDAY + DAY, by=BY)[0]
    status = queries.status(found)
    assert (status.text, status.state, status.contact) == ("Unsere Fräse steht zu oft.", "answered", world.anna)
    assert [answer.text for answer in status.answers] == ["Gern."]
    assert status.dates == [date]


def test_a_status_link_opens_its_case_until_it_is_over(world):
    found = case(world.lead)
    given = {"subject": found.uuid, "expires": MONDAY + DAY, "by": BY}
    secret = tokens.issue(purpose=queries.STATUS_LINK, **given)
    other = tokens.issue(purpose="something-else", **given)
    assert queries.case_behind(secret) == found
    assert queries.case_behind(other) is None
    with clock.stopped_at(MONDAY + DAY):
        assert queries.case_behind(secret) is None
