"""A web process makes its lists anew beside its visitors when the catalogue changes."""

import threading

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.utils.translation import override

from tests.web.public.conftest import BY, small_centre
from wegweiser.catalogue import search
from wegweiser.catalogue.actions import entries
from wegweiser.catalogue.models import Entry
from wegweiser.catalogue.offers import Offer
from wegweiser.catalogue.search import Wish
from wegweiser.catalogue.shelf import Shelf
from wegweiser.config import renew
from wegweiser.kernel.translated import translated
from wegweiser.web.page_cache import FRESH_COOKIE, MARK, ONCE, PAGE
from wegweiser.web.public.templatetags import parts
from wegweiser.web.ui import navigation


@pytest.fixture
def centre(db):
    parts.RENDERED.clear()
    yield from small_centre()


@pytest.fixture
def built(monkeypatch):
    """The threads that built a shelf."""
    threads = []
    build = Shelf.__init__
    monkeypatch.setattr(
        Shelf, "__init__", lambda *given: (threads.append(threading.current_thread().name), build(*given))[1]
    )
    return threads


@pytest.fixture
def look(centre, monkeypatch):
    """A look, as the thread does it. A request closes its connections at both ends; the test's has to stay open."""
    monkeypatch.setattr(navigation, "_empty", None)

    def look(application=None):
        with monkeypatch.context() as patch:
            for signal in (request_started, request_finished):
                patch.setattr(signal, "receivers", [])
                signal.sender_receivers_cache.clear()
            found = renew.look(application or WSGIHandler())
        for signal in (request_started, request_finished):
            signal.sender_receivers_cache.clear()
        return found

    return look


def publish(*, slug: str = "standort") -> None:
    entries.publish(offer=Offer(kind="check", slug=slug, title=translated("Werkstattcheck")), by=BY)


def test_menus_name_no_list_that_holds_nothing_and_name_it_again_with_its_first_entry(look):
    def named():
        return {link.href for menu in ("public", "footer") for link in navigation.links(menu, "/")}

    Entry.objects.filter(kind="check").delete()
    Entry.objects.filter(kind="event").delete()
    search.find(Wish())  # as the first visitor does
    assert "/checks/" in named()  # nobody has looked yet
    assert not look()
    assert "/checks/" not in named()
    assert {"/angebote/", "/veranstaltungen/", "/demonstratoren/"} <= named()
    with override("en"):
        assert "/en/checks/" not in named()
    publish()
    assert look()
    assert "/checks/" in named()


def test_a_look_builds_the_search_and_renders_every_list_once(look, built):
    assert look()
    rendered = len(parts.RENDERED)
    assert rendered > 10
    assert len(built) == 1
    assert not look()
    assert (len(parts.RENDERED), len(built)) == (rendered, 1)


def test_no_visitor_builds_or_renders_what_a_look_has(look, built, client):
    look()
    publish()
    look()
    rendered = set(parts.RENDERED)
    for path in ("/angebote/", "/en/angebote/", "/checks/", "/veranstaltungen/", "/demonstratoren/"):
        client.get(path)
    assert "Werkstattcheck" in client.get("/checks/").content.decode()
    assert len(built) == 2
    assert set(parts.RENDERED) == rendered


def test_until_the_next_look_a_visitor_gets_what_was_and_it_is_not_kept(look, built, client):
    look()
    publish(slug="neu")
    answer = client.get("/checks/")
    assert "Werkstattcheck" not in answer.content.decode()
    assert answer[MARK] == ONCE
    assert len(built) == 1
    look()
    answer = client.get("/checks/")
    assert "Werkstattcheck" in answer.content.decode()
    assert answer[MARK] == PAGE


def test_a_look_renews_the_matching_as_well(look, monkeypatch):
    looked = []
    monkeypatch.setattr(renew.matches, "keep_up", lambda: looked.append(1))
    look()
    look()
    assert len(looked) == 2


def test_who_changed_it_waits_for_what_is(look, built, client):
    look()
    publish()
    client.cookies[FRESH_COOKIE] = "1"
    assert "Werkstattcheck" in client.get("/checks/").content.decode()
    assert len(built) == 2


def test_when_nobody_has_looked_for_a_second_a_visitor_builds_it(look, built, client, monkeypatch):
    look()
    publish()
    monkeypatch.setattr(search, "LOOKED_SECONDS", 0.0)
    assert "Werkstattcheck" in client.get("/checks/").content.decode()
    assert len(built) == 2


def test_all_pages_of_a_long_list_are_rendered(look):
    for number in range(50):
        entries.publish(offer=Offer(kind="check", slug=f"c{number}", title=translated(f"Check {number}")), by=BY)
    asked = []
    handler = WSGIHandler()

    def seen(environ, start):
        asked.append((environ["PATH_INFO"], environ["QUERY_STRING"]))
        return handler(environ, start)

    look(seen)
    assert {query for path, query in asked if path == "/checks/"} == {"", "seite=2", "seite=3"}


def test_a_failing_look_is_told_once_and_ends_nothing(db, monkeypatch, caplog):
    looks = []

    def look(application):
        looks.append(application)
        if len(looks) == 4:
            raise SystemExit
        raise RuntimeError("no database")

    monkeypatch.setattr(renew, "look", look)
    with pytest.raises(SystemExit):
        renew.run(None, pause=0)
    assert caplog.text.count("could not be made anew") == 1
