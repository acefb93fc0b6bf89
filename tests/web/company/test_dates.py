"""The dates of the workspace: events, talks and the plan in one list, each and all of them for the calendar."""

import datetime as dt
import html
import re

import icalendar
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.events import world as events_world
from wegweiser.companies.actions import persons
from wegweiser.crossings import colleagues, entrances
from wegweiser.enquiries.actions import appointments
from wegweiser.events.actions import events, registrations
from wegweiser.journey.actions import plans
from wegweiser.kernel import addresses, clock
from wegweiser.kernel.models import AuditEvent

PATH = "/mein-betrieb/termine/"
LATER = MONDAY + dt.timedelta(days=40)


@pytest.fixture
def held(world):
    return events_world.held(places=2, centre=world)


@pytest.fixture
def mine(held, firm):
    return events_world.register(held, email="jana@oelmann.example", name="Jana Ölmann", company=firm).registration


@pytest.fixture
def talk(world, firm, jana):
    case = contact_point.case(world.lead, company=firm, person=jana)
    given = {"member": world.anna, "kind": "visit", "starts_at": LATER, "minutes": 60, "place": "Breiter Weg 1"}
    return appointments.arrange(case=case, **given, by=BY)[0]


@pytest.fixture
def step(firm):
    return plans.plan(company=firm, title="Scanner ausprobieren", due_on=LATER.date(), by=BY)


def page(client):
    return html.unescape(client.get(PATH).text)


def address(client):
    """The secret address, shown once."""
    shown = client.post(PATH, {"act": "start"})
    assert shown.status_code == 200
    return re.search(r"http://localhost:8000(/mein-betrieb/termine/kalender/\S+?\.ics)", shown.text).group(1)


def dates(body):
    return {str(row["uid"]): row for row in icalendar.Calendar.from_ical(body).walk("VEVENT")}


def test_everything_stands_in_one_list_by_month(log_in, access, mine, talk, step):
    client = log_in(access)
    text = page(client)
    assert re.findall(r"<h2 id=\"monat-([\d-]+)\"", text) == ["2026-03", "2026-04"]
    named = ("Aufträge im Blick", "Fahrplan: Scanner ausprobieren", "Vor-Ort-Termin mit Anna")
    assert [text.index(name) for name in named] == sorted(text.index(name) for name in named)
    assert "Als Nächstes am 9. März" in html.unescape(client.get("/mein-betrieb/").text)


def test_the_calendar_holds_the_same_under_the_names_of_the_mails(log_in, access, mine, talk, step):
    client = log_in(access)
    found = dates(client.get(address(client)).content)
    assert set(found) == {addresses.identity(row.uuid) for row in (mine, talk, step)}
    plan = found[addresses.identity(step.uuid)]
    assert plan["dtstart"].dt == step.due_on
    visit = found[addresses.identity(talk.uuid)]
    assert (visit["dtstart"].dt, str(visit["location"])) == (LATER, "Breiter Weg 1")


def test_each_date_can_be_taken_along(log_in, access, mine, talk, step):
    client = log_in(access)
    links = re.findall(r'href="(/mein-betrieb/termine/\w+/[\w-]+\.ics)"', page(client))
    assert len(links) == 3
    files = [dates(client.get(link).content) for link in links]
    assert [len(found) for found in files] == [1, 1, 1]
    told = [*files, dates(client.get(address(client)).content)]
    assert {str(row["organizer"]) for found in told for row in found.values()} == {"mailto:post@centre.example"}


def test_a_place_on_the_waiting_list_is_shown_and_no_date_of_a_calendar_yet(log_in, access, firm, held):
    events_world.register(held, 1, places=2)
    events_world.register(held, 2, email="jana@oelmann.example", name="Jana Ölmann", company=firm)
    client = log_in(access)
    assert "auf der Warteliste" in page(client)
    assert ".ics" not in page(client)
    assert dates(client.get(address(client)).content) == {}


def test_what_is_off_says_so_and_goes_from_the_calendar(log_in, access, held, mine, talk):
    client = log_in(access)
    registrations.cancel(registration=mine, by=BY)
    appointments.cancel(appointment=talk, by=BY)
    found = dates(client.get(address(client)).content)
    assert {str(row["status"]) for row in found.values()} == {"CANCELLED"}
    assert page(client).count("abgesagt") == 2


def test_an_event_that_is_off_says_so(log_in, access, held, mine):
    events.cancel(event=held.event, reason="Krankheit", by=BY)
    assert "fällt aus" in page(log_in(access))


def test_what_is_over_is_gone_from_the_list_and_stays_a_week_in_the_calendar(log_in, access, mine):
    client = log_in(access)
    feed = address(client)
    with clock.stopped_at(events_world.ENDS + dt.timedelta(days=1)):
        assert "Aufträge im Blick" not in html.unescape(log_in(access).get(PATH).text)
        assert len(dates(client.get(feed).content)) == 1
    with clock.stopped_at(events_world.ENDS + dt.timedelta(days=9)):
        assert dates(client.get(feed).content) == {}


def test_the_address_is_shown_once_and_a_new_one_ends_it(log_in, access, mine):
    client = log_in(access)
    first = address(client)
    assert first not in page(client)
    second = address(client)
    assert [client.get(one).status_code for one in (first, second)] == [404, 200]
    client.post(PATH, {"act": "end"})
    assert client.get(second).status_code == 404
    told = AuditEvent.objects.filter(event__startswith="access:calendar").order_by("id").values_list("event", flat=True)
    assert list(told) == ["access:calendar_given"] * 2 + ["access:calendar_ended"]


def test_who_may_not_enter_any_more_reads_no_calendar(log_in, access, mine, client):
    feed = address(log_in(access))
    entrances.end(access=access, by=BY, may_be_last=True)
    assert client.get(feed).status_code == 404


def test_who_may_see_only_their_own_sees_no_plan_and_no_colleague(log_in, firm, access, mine, step):
    uwe = persons.find_or_create(name="Uwe", email="uwe@oelmann.example", company=firm, by=BY)
    client = log_in(colleagues.invite(company=firm, name=uwe.name, mail=uwe.email, right="own", language="de", by=BY))
    assert "Nichts steht an" in page(client)
    assert dates(client.get(address(client)).content) == {}


def test_another_firms_date_is_not_there(log_in, other, mine, talk, step):
    client = log_in(entrances.open_for(company=other.firm, person=other.person, right="persons", by=BY))
    for kind, row in (("event", mine), ("appointment", talk), ("plan", step)):
        assert client.get(f"{PATH}{kind}/{row.uuid}.ics").status_code == 404
    assert client.get(f"{PATH}unsinn/{mine.uuid}.ics").status_code == 404


def test_the_address_speaks_the_language_of_its_reader(log_in, access, step):
    access.person.language = "en"
    access.person.save()
    client = log_in(access)
    assert "SUMMARY:Plan: Scanner ausprobieren" in client.get(address(client)).text


def test_titles_are_in_the_language_of_the_page(log_in, access, mine):
    client = log_in(access)
    assert "Aufträge im Blick" in page(client)
    english = html.unescape(client.get(f"/en{PATH}").text)
    assert "Orders in view" in english
    assert "Aufträge im Blick" not in english


def test_more_dates_cost_no_more_queries(log_in, access, firm, world, held, mine, step):
    client, counts = log_in(access), []
    for more in (0, 3):
        for number in range(more):
            one = events_world.held(centre=world)
            events_world.register(one, number + 5, name="Jana Ölmann", company=firm)
            plans.plan(company=firm, title=f"Schritt {number}", due_on=LATER.date(), by=BY)
        client.get(PATH)
        with CaptureQueriesContext(connection) as made:
            client.get(PATH)
        counts.append(len(made))
    assert counts[0] == counts[1]
