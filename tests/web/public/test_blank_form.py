"""The empty form is rendered once and says the same as a form that was rendered for one visitor alone."""

import re

import pytest
from django.test import Client

from tests.contact_point import BY, MONDAY
from tests.events import world as events_world
from tests.web.public.conftest import small_centre
from wegweiser.events.actions import events, questions
from wegweiser.events.actions.questions import Asked
from wegweiser.events.models import Registration
from wegweiser.kernel import clock
from wegweiser.kernel.translated import translated
from wegweiser.web.public import blank_form
from wegweiser.web.public.views import registrations as views


@pytest.fixture
def held(db):
    blank_form._pages.clear()
    with clock.stopped_at(MONDAY):
        for world in small_centre():
            yield events_world.held(places=500, centre=world)


@pytest.fixture
def rendered(monkeypatch):
    """How often a form was rendered."""
    found, form = [], views._form
    monkeypatch.setattr(views, "_form", lambda *args, **given: found.append(args) or form(*args, **given))
    return found


def address(held, language=""):
    return f"{language}/veranstaltungen/{held.draft.entry.slug}/anmelden/"


def hidden(text):
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))


def plain(text):
    """Without what is each visitor's own."""
    return re.sub(r'(<input type="hidden" name="\w+" value=")[^"]*', r"\1", text)


def ask(held, language="", **given):
    return Client().get(address(held, language), **given).content.decode()


def alone(held, monkeypatch, language=""):
    with monkeypatch.context() as patch:
        patch.setattr(blank_form, "is_for_everybody", lambda _request: False)
        return ask(held, language)


@pytest.mark.parametrize("language", ["", "/en"])
def test_it_says_what_a_form_says_that_is_rendered_for_one_alone(held, monkeypatch, rendered, language):
    asked = [Asked(kind="text", label=translated("Ihre Maschine", "Your machine"))]
    questions.set_all(event=held.event, asked=asked, by=BY)
    expected = alone(held, monkeypatch, language)
    first, second = ask(held, language), ask(held, language)
    assert len(rendered) == 2, "once alone, once for everybody"
    assert plain(first) == plain(second) == plain(expected)
    assert blank_form.PLACES not in second


def test_each_visitor_has_their_own_number_and_sign(held):
    first, second = hidden(ask(held)), hidden(ask(held))
    assert first.keys() == second.keys() >= {"csrfmiddlewaretoken", "submission", "stamp"}
    assert first["csrfmiddlewaretoken"] != second["csrfmiddlewaretoken"]
    assert first["submission"] != second["submission"]


def test_a_registration_renders_nothing_anew_and_the_number_is_the_new_one(held, rendered):
    assert "noch 500 Plätze" in ask(held)
    events_world.register(held)
    assert "noch 499 Plätze" in ask(held)
    assert len(rendered) == 1


@pytest.mark.parametrize("change", ["settings", "places", "question", "last place"])
def test_whatever_it_shows_is_shown_as_it_is_now(held, monkeypatch, change):
    ask(held)
    if change == "settings":
        events.change(event=held.event, settings={"most_places": 3}, by=BY)
    elif change == "places":
        pools = [events.Places(chairs=4, pool=held.pool), events.Places(chairs=9, way="online")]
        events.set_places(event=held.event, pools=pools, by=BY)
    elif change == "question":
        questions.set_all(event=held.event, asked=[Asked(kind="text", label=translated("Neu?"))], by=BY)
    else:
        events.set_places(event=held.event, pools=[events.Places(chairs=1, pool=held.pool)], by=BY)
        events_world.register(held)
    assert plain(ask(held)) == plain(alone(held, monkeypatch))


def test_what_is_put_in_is_escaped(held, monkeypatch):
    monkeypatch.setattr(views.enrolment, "places", lambda _found: ["<b>3</b>"])
    ask(held)
    assert "&lt;b&gt;3&lt;/b&gt;" in ask(held)


@pytest.mark.parametrize("cookie", ["sessionid", "messages"])
def test_whom_we_know_gets_a_form_of_their_own(held, rendered, cookie):
    ask(held)
    client = Client()
    client.cookies[cookie] = "x"
    client.get(address(held))
    client.get(address(held))
    assert len(rendered) == 3


def test_a_form_that_was_kept_can_be_sent(held):
    ask(held)
    client = Client(enforce_csrf_checks=True)
    typed = hidden(client.get(address(held)).content.decode())
    typed |= {"name": "Ida", "email": "ida@firma.example", "places": "1"}
    with clock.stopped_at(clock.now() + clock.dt.timedelta(minutes=1)):
        assert client.post(address(held), typed).status_code == 302
    assert str(Registration.objects.get().submission) == typed["submission"]
