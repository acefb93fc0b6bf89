"""Django behind the layer that keeps pages: which pages are kept, and who always sees the present one."""

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.test import override_settings
from django.test.client import FakePayload

from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.kernel.translated import translated
from wegweiser.web.page_cache import FRESH_COOKIE, PageCache

KEPT = [
    *("/", "/en/", "/notfall/", "/netzwerke/", "/veranstaltungen/auftraege/", "/demonstratoren/scanner/"),
    *("/leuchtturmprojekte/druckerei/", "/checks/standort/", "/themen/netz/"),
    *("/impressum/", "/datenschutz/", "/leichte-sprache/", "/anliegen/", "/en/anliegen/"),
]


@pytest.fixture
def centre(db):
    yield from small_centre()


@pytest.fixture
def ask(centre, monkeypatch):
    # A request closes its connections at both ends; that of the test has to stay open.
    for signal in (request_started, request_finished):
        monkeypatch.setattr(signal, "receivers", [])
        signal.sender_receivers_cache.clear()
    layer = PageCache(WSGIHandler(), personal=("sessionid", "messages"), now=lambda: 100.0)

    def ask(path, cookie="", body=None):
        environ = {
            "REQUEST_METHOD": "GET" if body is None else "POST",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": cookie,
            "wsgi.url_scheme": "http",
            "wsgi.input": FakePayload(body or b""),
        }
        if body is not None:
            environ |= {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body))}
        told = []
        text = b"".join(layer(environ, lambda status, headers, *_rest: told.extend([status, headers])))
        return told[0], dict(told[1]), text.decode()

    return ask


@pytest.mark.parametrize("path", KEPT)
def test_a_public_page_is_kept_and_asks_nothing_of_the_database_again(ask, path, django_assert_num_queries):
    first = ask(path)
    assert first[0] == "200 OK"
    assert first[1]["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "csrfmiddlewaretoken" not in first[2]
    with django_assert_num_queries(0):
        assert ask(path) == first


@pytest.mark.parametrize("path", ["/barrierefreiheit/", "/anliegen/stand/none/", "/konto/login/", "/desk/", "/healthz"])
def test_what_is_somebodys_own_is_not_kept(ask, path):
    assert "public" not in ask(path)[1].get("Cache-Control", "")


def test_a_change_shows_at_once_to_staff_and_to_who_has_just_sent_something(ask, centre, client):
    client.force_login(staff.login(centre.ben))
    session = f"sessionid={client.cookies['sessionid'].value}"
    assert "Neuer Name" not in ask("/")[2]
    centre.centre.name = translated("Neuer Name")
    centre.centre.save()
    assert "Neuer Name" in ask("/", cookie=session)[2]
    assert "Neuer Name" in ask("/", cookie=f"{FRESH_COOKIE}=1")[2]
    assert "Neuer Name" not in ask("/")[2]


def test_a_question_needs_no_token_and_leaves_no_cookie_but_the_one_of_the_form(ask):
    status, headers, text = ask("/anliegen/", body=b"text=Wir+tippen+jeden+Auftrag+dreimal+ab")
    assert status == "200 OK"
    assert "csrfmiddlewaretoken" in text
    assert FRESH_COOKIE not in headers.get("Set-Cookie", "")


def test_the_form_that_sends_is_refused_without_a_token(ask):
    assert ask("/anliegen/senden/", body=b"text=x")[0] == "403 Forbidden"


@override_settings(ALLOWED_HOSTS=["other.example"])
def test_a_foreign_host_is_refused_and_not_kept(ask):
    assert ask("/")[0] == "400 Bad Request"
