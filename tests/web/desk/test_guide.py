"""The help at the desk: for each role what it can do, in the words that the buttons have."""

import re

import pytest
from django.urls import resolve

from tests import contact_point
from tests.messages import texts
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.consortium.models import Role
from wegweiser.kernel import clock
from wegweiser.web.desk import guide
from wegweiser.web.ui import navigation

EVERYBODY = {"zugang"}


@pytest.fixture
def world(db):
    with clock.stopped_at(contact_point.MONDAY):
        yield from small_centre()


def shown(client) -> list[str]:
    html = client.get("/desk/hilfe/").content.decode()
    chapters = re.findall(r'<h2 id="(\w+)">', html)
    assert re.findall(r'<a href="#(\w+)">', html[html.index("ww-contents") :]) == chapters[:-1]
    return chapters[:-1]


@pytest.mark.parametrize(
    ("role", "some", "none"),
    [
        (Role.ADVISER, {"heute", "anruf", "anliegen", "barriere", "angebote", "unbekannt"}, {"planung", "team"}),
        (Role.MANAGEMENT, {"heute", "bericht", "auswertung", "planung", "team"}, set()),
        (Role.EDITOR, {"angebote"}, {"anliegen", "bericht", "team"}),
        (Role.FUNDER, {"bericht", "auswertung"}, {"anliegen", "betriebe", "angebote", "unbekannt"}),
        (Role.ADMINISTRATOR, {"team", "angebote"}, {"anliegen", "bericht"}),
        (Role.CHECK_IN, set(), {"anliegen", "angebote"}),
    ],
)
def test_it_shows_to_each_role_what_it_can_do_and_each_way_is_open(client, world, role, some, none):
    client.force_login(staff.hire(role, None if role in {Role.FUNDER, Role.ADMINISTRATOR} else world.lead))
    chapters = shown(client)
    assert some | EVERYBODY <= set(chapters)
    assert not none & set(chapters)
    for chapter in guide.CHAPTERS:
        if chapter.key in chapters:
            assert client.get(chapter.path).status_code == 200, chapter.key


def test_every_way_is_an_address_in_both_languages():
    for chapter in guide.CHAPTERS:
        assert resolve(chapter.path)
        assert navigation.exists(chapter.path)


def test_every_button_it_names_exists():
    known = {text if isinstance(text, str) else text[0] for _context, text in texts()}
    said = {str(step) for chapter in guide.CHAPTERS for step in chapter.steps}
    named = {word for step in said for word in re.findall(r"„([^“]+)“", step)}
    assert len(named) > 25
    assert named - known == set()


def test_it_covers_every_entry_of_the_desk_menu():
    menu = {href for _label, href in navigation.MENUS["desk"] if navigation.exists(href)} - {"/desk/hilfe/"}
    assert menu <= {chapter.path for chapter in guide.CHAPTERS}


def test_it_speaks_english(client, world):
    client.force_login(staff.hire(Role.MANAGEMENT, world.lead))
    html = client.get("/en/desk/hilfe/").content.decode()
    assert "“Take on” shows everybody" in html
    assert 'href="/en/desk/anliegen/"' in html


def test_whoever_takes_a_call_down_reads_how_the_talk_is_logged_with_it(client, world):
    client.force_login(staff.hire(Role.ADVISER, world.lead))
    page = client.get("/desk/hilfe/").text
    call = page[page.index('<h2 id="anruf">') : page.index('<h2 id="anliegen">')]
    assert "wie viele Minuten Sie gesprochen haben" in call
    assert 'name="minutes"' in client.get("/desk/neu/").text
