"""The page of an event where registration is taken here: what it says of places, and where its button leads."""

import datetime as dt
import html
import json
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contact_point import BY, MONDAY
from tests.events import world as events_world
from tests.web.public.conftest import small_centre
from wegweiser.events.actions import events
from wegweiser.events.actions.events import Places
from wegweiser.events.models import Event
from wegweiser.kernel import clock
from wegweiser.kernel.translated import translated


@pytest.fixture
def world(db):
    with clock.stopped_at(MONDAY):
        yield from small_centre()


@pytest.fixture
def held(world):
    return events_world.held(places=3, centre=world)


def page(client, held, path=""):
    slug = held.draft.entry.slug
    cache.clear()
    return html.unescape(client.get(f"{path}/veranstaltungen/{slug}/").text)


def data(text):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])


def form(held):
    return f"/veranstaltungen/{held.draft.entry.slug}/anmelden/"


def test_the_button_leads_to_the_form_and_the_places_that_are_left_are_counted(client, held):
    text = page(client, held)
    assert f'href="{form(held)}"' in text
    assert "noch 3 Plätze" in text
    assert "Anmelden oder fragen" not in text
    for number in (1, 2):
        events_world.register(held, number)
    assert "noch 1 Platz" in page(client, held)
    assert "1 place left" in page(client, held, "/en")


def test_an_event_without_registration_here_keeps_its_way(client, world):
    text = client.get("/veranstaltungen/auftraege/").text
    assert "/anliegen/?zu=auftraege#senden" in text
    assert "/anmelden/" not in text


def test_a_full_one_offers_its_waiting_list_or_says_so(client, held):
    for number in range(1, 4):
        events_world.register(held, number)
    text = page(client, held)
    assert "nur noch Warteliste" in text
    assert "Auf die Warteliste" in text
    events.change(event=held.event, settings={"waiting_list": False}, by=BY)
    text = page(client, held)
    assert "ausgebucht" in text
    assert f'href="{form(held)}"' not in text
    assert data(text)["offers"]["availability"] == "https://schema.org/SoldOut"


def test_before_it_opens_and_after_it_closed(client, held):
    opens = MONDAY + dt.timedelta(days=1)
    events.change(event=held.event, settings={"opens_at": opens, "closes_at": opens + dt.timedelta(days=1)}, by=BY)
    text = page(client, held)
    assert "Anmeldung ab Dienstag, 3. März" in text
    assert f'href="{form(held)}"' not in text
    assert data(text)["offers"]["availability"] == "https://schema.org/PreOrder"
    with clock.stopped_at(opens):
        assert "bis Mittwoch, 4. März" in page(client, held)
    with clock.stopped_at(opens + dt.timedelta(days=2)):
        text = page(client, held)
        assert "Die Anmeldung ist geschlossen." in text
        assert f'href="{form(held)}"' not in text


def test_room_way_in_and_agenda_stand_on_it(client, held):
    agenda = [{"at": "10:00", "title": {"de": "Ankommen", "en": "Arrival"}, "speaker": "Ben"}]
    settings = {"room": "Raum 1.05", "access": translated("Stufenlos, Aufzug", "Step-free"), "agenda": agenda}
    events.change(event=held.event, settings=settings, by=BY)
    text = page(client, held)
    for said in ("Raum 1.05", "Stufenlos, Aufzug", "Ablauf", "10:00", "Ankommen", "Ben"):
        assert said in text
    assert "Arrival" in page(client, held, "/en")


def test_both_ways_of_taking_part_have_their_places(client, held):
    pools = [Places(chairs=3, pool=held.pool), Places(chairs=40, way="online")]
    events.set_places(event=held.event, pools=pools, by=BY)
    text = page(client, held)
    assert "Vor Ort: noch 3 Plätze; Online: noch 40 Plätze" in text
    told = data(text)
    assert told["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [place["@type"] for place in told["location"]] == ["Place", "VirtualLocation"]
    assert (told["maximumPhysicalAttendeeCapacity"], told["maximumVirtualAttendeeCapacity"]) == (3, 40)


def test_a_consultation_day_counts_its_free_times(client, held):
    starts = events_world.STARTS
    slots = [
        Places(
            chairs=1,
            starts_at=starts + dt.timedelta(minutes=n * 30),
            ends_at=starts + dt.timedelta(minutes=n * 30 + 30),
        )
        for n in range(4)
    ]
    events.set_places(event=held.event, pools=slots, by=BY)
    assert "noch 4 Termine frei" in page(client, held)


def test_search_engines_read_the_same(client, held):
    told = data(page(client, held))
    assert told["eventStatus"] == "https://schema.org/EventScheduled"
    assert told["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert told["inLanguage"] == held.draft.entry.languages
    assert (told["maximumAttendeeCapacity"], told["remainingAttendeeCapacity"]) == (3, 3)
    assert (told["offers"]["price"], told["offers"]["availability"]) == ("0.00", "https://schema.org/InStock")
    events.cancel(event=held.event, reason="Krank", by=BY)
    told = data(page(client, held))
    assert told["eventStatus"] == "https://schema.org/EventCancelled"
    assert "offers" not in told


def test_the_link_of_a_multiplier_reaches_the_form(client, held):
    slug = held.draft.entry.slug
    assert f"{form(held)}?von=hwk" in client.get(f"/veranstaltungen/{slug}/?von=hwk").text


def test_the_number_of_queries_does_not_grow_with_the_places(client, held):
    def count():
        page(client, held)
        with CaptureQueriesContext(connection) as found:
            page(client, held)
        return len(found)

    one = count()
    starts = events_world.STARTS
    pools = [Places(chairs=2, starts_at=starts, ends_at=starts + dt.timedelta(minutes=10 * n)) for n in range(1, 12)]
    events.set_places(event=held.event, pools=pools, by=BY)
    assert count() == one
    assert Event.objects.get().pools.count() == 11


SMALLER_FIRST = "Passt eine kleinere Gruppe auf einen freien Platz, kommt sie vor einer größeren dran."


@pytest.mark.parametrize("fill", [True, False])
@pytest.mark.parametrize("places", [3, 2])  # all are taken; one is left, and a group waits
def test_who_would_wait_reads_beforehand_that_smaller_groups_may_go_first(client, held, fill, places):
    events.change(event=held.event, settings={"fill": fill}, by=BY)
    form = f"/veranstaltungen/{held.draft.entry.slug}/anmelden/"
    assert SMALLER_FIRST not in page(client, held) + client.get(form).text
    events_world.register(held, 1, places=places)
    events_world.register(held, 2, places=2)
    assert (SMALLER_FIRST in page(client, held)) is fill
    assert (SMALLER_FIRST in client.get(form).text) is fill


def test_without_a_waiting_list_nothing_is_said_of_its_order(client, held):
    events.change(event=held.event, settings={"fill": True, "waiting_list": False}, by=BY)
    events_world.register(held, 1, places=3)
    assert SMALLER_FIRST not in page(client, held)
