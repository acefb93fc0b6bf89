"""A guest's own page is rendered once for all who are shown the same, and says to each what is theirs."""

import datetime as dt
import re
import uuid

import pytest
from django.test import Client, RequestFactory

from tests.contact_point import BY, MONDAY
from tests.events import world as events_world
from tests.web.public.conftest import small_centre
from wegweiser.consortium.models import Centre
from wegweiser.events.actions import attendance, events, letters, registrations
from wegweiser.kernel import clock, stand_ins
from wegweiser.kernel.actor import VISITOR
from wegweiser.web.public import blank_form, rendered_once
from wegweiser.web.public.rendered_once import Own
from wegweiser.web.public.views import own_registration as views

ODD = 'O\'Neil & "Söhne" <b>{{ x }}</b> \\1 {% if %}'


@pytest.fixture
def held(db):
    rendered_once._pages.clear()
    with clock.stopped_at(MONDAY):
        for world in small_centre():
            yield events_world.held(places=9, centre=world)


@pytest.fixture
def rendered(monkeypatch):
    """How often a page was rendered for all."""
    found, render = [], rendered_once.render
    monkeypatch.setattr(rendered_once, "render", lambda *args: found.append(args) or render(*args))
    return found


def link(row, language=""):
    return f"{language}/anmeldung/{letters.link(registration=row, by=VISITOR)}/"


def signless(text):
    return re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]{64}', r"\1", text)


def see(address):
    response = Client().get(address)
    return response.status_code, signless(response.content.decode())


def alone(address, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(blank_form, "is_by_nobody", lambda _request: False)
        return see(address)


def of_two(held, **settings):
    """Two who are shown the same, the second one with what must be escaped."""
    if settings:
        events.change(event=held.event, settings=settings, by=BY)
    names = [] if settings.get("listing") == "heads" else [ODD, ODD[::-1]]
    first = events_world.register(held, 1, places=2, names=names and ["Ada", "Bert"]).registration
    second = events_world.register(held, 2, places=2, name=ODD, firm=ODD, email="o'neil&co@gmial.com", names=names)
    return first, second.registration


def confirmed(held):
    return of_two(held)


def head_count(held):
    return of_two(held, listing="heads")


def unconfirmed(held):
    return of_two(held, opt_in=True)


def waiting(held):
    events.set_places(event=held.event, pools=[events.Places(chairs=3, pool=held.pool)], by=BY)
    events_world.register(held, 3, places=2)
    return of_two(held)


def cancelled(held):
    rows = of_two(held)
    for row in rows:
        registrations.cancel(registration=row, by=BY)
    return rows


def event_cancelled(held):
    rows = of_two(held)
    events.cancel(event=held.event, reason=ODD, by=BY)
    return rows


def agreed(held):
    words = {"text": "Fotos dürfen gezeigt werden.", "language": "de", "version": 1}
    given = {"answers": {str(uuid.uuid4()): words, str(uuid.uuid4()): "eine Maschine"}}
    return [events_world.register(held, n, name=f"{n} {ODD}", **given).registration for n in (1, 2)]


def over(held):
    rows = of_two(held)
    for row in rows:
        for seat in row.seats.all():
            attendance.arrive(seat=seat, by=BY)
    return rows


STATES = [confirmed, head_count, unconfirmed, waiting, cancelled, event_cancelled, agreed, over]


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("state", STATES)
def test_it_says_what_a_page_says_that_is_rendered_for_one_alone(held, monkeypatch, rendered, state, language):
    rows = state(held)
    with clock.stopped_at(events_world.ENDS + dt.timedelta(hours=1) if state is over else MONDAY):
        for row in rows:
            address = link(row, language)
            assert see(address) == see(address) == alone(address, monkeypatch)
    assert 0 < len(rendered) <= 2


def test_a_second_guest_is_shown_what_was_rendered_for_the_first(held, rendered):
    for number in range(1, 5):
        row = events_world.register(held, number, places=2, names=[f"Ada {number}", f"Bert {number}"]).registration
        status, text = see(link(row))
        said = re.sub(r"<[^>]+>", "", text)
        assert (status, f"Gast {number}, Betrieb {number} GmbH" in said, f"Ada {number}" in said) == (200, True, True)
        assert not [other for other in range(1, 5) if other != number and f"Ada {other}" in text]
    assert len(rendered) == 1


def test_nothing_of_a_guest_is_in_what_is_kept(held):
    row = events_world.register(held, 1, places=2, names=["Ada Alt", "Bert Blau"], name="Zoe Zorn").registration
    address = link(row)
    see(address)
    kept = "".join(text for page in rendered_once._pages.values() for text, _name in page.parts)
    kept += repr(list(rendered_once._pages))
    theirs = ["Ada", "Blau", "Zoe", "Betrieb 1", "gast1@", address.split("/")[2], str(row.uuid)]
    theirs += [str(seat.uuid) for seat in row.seats.all()]
    assert [one for one in theirs if one in kept] == []
    assert "Für den Einlass" in kept


def test_whatever_it_shows_is_shown_as_it_is_now(held, monkeypatch):
    address = link(events_world.register(held).registration)
    before = see(address)
    events.change(event=held.event, settings={"room": "Saal 2"}, by=BY)
    assert see(address) == alone(address, monkeypatch) != before
    centre = Centre.objects.get()
    centre.phone = "+4930123"
    centre.save()
    assert see(address) == alone(address, monkeypatch)


def test_a_visitor_to_whom_something_is_said_gets_a_page_of_their_own(held, rendered):
    row = events_world.register(held, places=2, names=["Ada", "Bert"]).registration
    client, address = Client(), link(row)
    assert "Gespeichert." in client.post(address, {"act": "change"}, follow=True).content.decode()
    del client.cookies["messages"]  # Django has taken it back
    assert "Gespeichert." not in client.get(address).content.decode()
    assert len(rendered) == 1


def test_the_form_on_it_can_be_sent(held):
    row = events_world.register(held).registration
    see(link(row))
    client, address = Client(enforce_csrf_checks=True), link(row)
    sign = dict(events_world.hidden(client.get(address).content.decode()))["csrfmiddlewaretoken"]
    assert client.post(address, {"act": "cancel", "csrfmiddlewaretoken": sign}).status_code == 200
    assert client.post(address, {"act": "cancel"}).status_code == 403


def test_what_does_not_say_all_of_itself_is_no_part_of_a_key(held):
    row = events_world.register(held).registration
    request = RequestFactory().get("/")
    with pytest.raises(TypeError):
        rendered_once.page(request, views.PAGE, {"row": row}, Own(apart=True), secret="x")


def test_all_threads_have_the_same_stand_ins():
    first = Own(apart=True).text("name", "Ada")
    stand_ins.stand_in.cache_clear()  # as if another thread had asked at the same time
    assert Own(apart=True).text("name", "Bert") == first
