"""A guest's own calendar: its address goes to the mailbox alone, shows what that mailbox was told, and can be ended."""

import re

import pytest
import vobject

from tests.events import world as events_world
from tests.events.world import held, register
from wegweiser.events.actions import events, letters, registrations
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR
from wegweiser.outbox.models import Letter


@pytest.fixture
def event(db):
    with clock.stopped_at(events_world.MONDAY):
        yield held(places=1)


def page(row) -> str:
    return f"/anmeldung/{letters.link(registration=row, by=VISITOR)}/kalender/"


def sent() -> str:
    text = Letter.objects.order_by("-id").first().text
    return re.search(r"/feeds/meine-termine/\S+\.ics", text)[0]


def feed(client, address):
    calendar = vobject.readOne(client.get(address).text, validate=True)
    return getattr(calendar, "vevent_list", [])


def test_the_address_goes_to_the_mailbox_and_shows_the_date_of_the_invitation(client, event):
    row = register(event).registration
    answer = client.post(page(row), {"act": "send"}, follow=True)
    assert "meine-termine" not in answer.text
    assert Letter.objects.order_by("-id").first().recipient_mail == row.email
    (date,) = feed(client, sent())
    assert date.uid.value.startswith(str(row.uuid))
    assert date.status.value == "CONFIRMED"
    assert date.organizer.value == "mailto:post@centre.example"


def test_who_waits_has_no_date_and_who_moved_up_has_one(client, event):
    first, second = register(event, 1).registration, register(event, 2).registration
    client.post(page(second), {"act": "send"})
    address = sent()
    assert feed(client, address) == []
    registrations.cancel(registration=first, by=VISITOR)
    registrations.accept(registration=second, by=VISITOR)
    assert len(feed(client, address)) == 1


def test_the_calendar_learns_that_it_is_off(client, event):
    row = register(event).registration
    client.post(page(row), {"act": "send"})
    address = sent()
    before = int(feed(client, address)[0].sequence.value)
    events.cancel(event=event.event, reason="Sturm", by=events_world.BY)
    (date,) = feed(client, address)
    assert date.status.value == "CANCELLED"
    assert int(date.sequence.value) > before


def test_a_stranger_with_the_same_event_sees_nothing_of_others(client, db):
    with clock.stopped_at(events_world.MONDAY):
        many = held(places=5)
        mine, _other = register(many, 1).registration, register(many, 2).registration
        client.post(page(mine), {"act": "send"})
        assert len(feed(client, sent())) == 1


def test_a_new_address_ends_the_one_before_and_it_can_be_ended(client, event):
    row = register(event).registration
    client.post(page(row), {"act": "send"})
    old = sent()
    client.post(page(row), {"act": "send"})
    new = sent()
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)
    client.post(page(row), {"act": "end"})
    assert client.get(new).status_code == 404
    assert "ungültig" in client.get(page(row) + "?stand=beendet").text


def test_who_is_erased_has_no_feed(client, event):
    row = register(event).registration
    client.post(page(row), {"act": "send"})
    address = sent()
    registrations.erase(registration=row, by=events_world.BY)
    assert client.get(address).status_code == 404
    assert client.get("/feeds/meine-termine/geraten.ics").status_code == 404


def test_a_new_address_and_the_end_reach_all_registrations_of_the_mailbox(client, event):
    first = register(event).registration
    other = register(held(centre=event.centre)).registration
    client.post(page(first), {"act": "send"})
    old = sent()
    assert len(feed(client, old)) == 2
    client.post(page(other), {"act": "send"})
    assert client.get(old).status_code == 404
    new = sent()
    client.post(page(first), {"act": "end"})
    assert client.get(new).status_code == 404
