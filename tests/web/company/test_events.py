"""The section of the workspace about events: one's own registrations, those of the firm, and giving places back."""

import datetime as dt
import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contact_point import BY, MONDAY
from tests.events import world as events_world
from wegweiser.companies.actions import persons
from wegweiser.crossings import entrances
from wegweiser.events.models import Registration
from wegweiser.kernel import clock

PATH = "/mein-betrieb/veranstaltungen/"


@pytest.fixture
def held(world):
    return events_world.held(places=5, centre=world)


@pytest.fixture
def mine(held, firm):
    return events_world.register(held, email="Jana@oelmann.example", name="Jana Ölmann", company=firm).registration


def test_the_section_shows_what_is_to_come(log_in, access, mine):
    client = log_in(access)
    assert "1 kommende" in client.get("/mein-betrieb/").text
    text = html.unescape(client.get(PATH).text)
    assert "Aufträge im Blick" in text
    assert "angemeldet" in text
    assert "Montag, 9. März 2026" in text


def test_what_comes_next_stands_first_and_what_was_last(log_in, access, firm, world):
    week = dt.timedelta(days=7)
    for number in (2, 0, 1):
        held = events_world.held(places=5, centre=world, starts_at=events_world.STARTS + number * week)
        events_world.register(held, email="jana@oelmann.example", name="Jana Ölmann", company=firm)
    with clock.stopped_at(events_world.STARTS + dt.timedelta(days=1)):
        text = html.unescape(log_in(access).get(PATH).text)
    days = [text.index(day) for day in ("16. März 2026", "23. März 2026", "9. März 2026")]
    assert days == sorted(days)


def test_cancelling_asks_first(log_in, access, mine):
    client = log_in(access)
    page = client.post(PATH, {"act": "cancel", "anmeldung": str(mine.uuid)})
    assert "Möchten Sie wirklich absagen?" in page.text
    mine.refresh_from_db()
    assert mine.state == "confirmed"
    client.post(PATH, {"act": "cancel_indeed", "anmeldung": str(mine.uuid)})
    mine.refresh_from_db()
    assert mine.state == "cancelled"


def test_another_firm_sees_nothing_and_changes_nothing(log_in, other, mine):
    client = log_in(entrances.open_for(company=other.firm, person=other.person, right="persons", by=BY))
    assert "Aufträge im Blick" not in html.unescape(client.get(PATH).text)
    assert client.post(PATH, {"act": "cancel_indeed", "anmeldung": str(mine.uuid)}).status_code == 404
    assert client.post(PATH, {"act": "cancel_indeed", "anmeldung": "x"}).status_code == 404
    mine.refresh_from_db()
    assert mine.state == "confirmed"


def test_who_may_see_only_their_own_does_not_see_a_colleagues(log_in, access, firm, mine):
    uwe = persons.find_or_create(name="Uwe", email="uwe@oelmann.example", company=firm, by=BY)
    client = log_in(entrances.open_for(company=firm, person=uwe, right="own", by=BY))
    assert "Aufträge im Blick" not in html.unescape(client.get(PATH).text)


def test_what_is_over_cannot_be_cancelled(log_in, access, mine):
    with clock.stopped_at(events_world.STARTS + dt.timedelta(minutes=5)):
        client = log_in(access)
        assert 'value="cancel"' not in client.get(PATH).text
        client.post(PATH, {"act": "cancel_indeed", "anmeldung": str(mine.uuid)})
    assert Registration.objects.get().state == "confirmed"


def test_a_known_person_finds_the_form_filled_in_and_registers_for_the_firm(log_in, access, held, firm):
    client = log_in(access)
    path = f"/veranstaltungen/{held.draft.entry.slug}/anmelden/"
    page = html.unescape(client.get(path).text)
    assert 'value="Jana Ölmann"' in page
    assert 'value="jana@oelmann.example"' in page
    hidden = dict(events_world.hidden(page))
    typed = {**hidden, "name": "Jana Ölmann", "email": "jana@oelmann.example", "firm": "Fräserei Ölmann", "places": "1"}
    with clock.stopped_at(MONDAY + dt.timedelta(minutes=1)):
        assert client.post(path, typed).status_code == 302
    assert Registration.objects.get().company == firm


def test_three_registrations_cost_as_many_queries_as_one(log_in, access, mine, firm, world):
    client = log_in(access)

    def count():
        client.get(PATH)
        with CaptureQueriesContext(connection) as found:
            page = client.get(PATH)
        return len(found), len(page.content)

    one, size = count()
    for number in range(2, 4):
        another = events_world.held(centre=world)
        events_world.register(another, number, company=firm)
    three, larger = count()
    assert larger > size
    assert one == three == 6
