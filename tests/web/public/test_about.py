"""Pages that help: easy language, and what stands there when something went wrong."""

import re

import pytest
from django.test import Client, RequestFactory

from wegweiser.web import context
from wegweiser.web.public.views import errors


def test_easy_language_keeps_its_sentences_short_and_names_the_number(client, world):
    html = client.get("/leichte-sprache/").content.decode()
    prose = html[html.index("ww-easy") : html.index("</main>")]
    sentences = [re.sub(r"<[^>]+>", "", text).strip() for text in re.findall(r"<p>(.*?)</p>", prose)]
    assert len(sentences) > 20
    assert max(len(sentence.split()) for sentence in sentences) <= 12
    assert 'href="tel:+493915550199"' in html


def test_a_page_that_is_not_there_takes_a_question_and_names_the_number(client, world):
    response = client.get("/gibt-es-nicht/")
    html = response.content.decode()
    assert response.status_code == 404
    assert 'action="/anliegen/"' in html
    assert 'href="tel:+493915550199"' in html


def test_a_form_without_its_token_says_what_to_do(world):
    response = Client(enforce_csrf_checks=True).post("/anliegen/senden/", {"text": "x"})
    assert response.status_code == 403
    assert "Bitte senden Sie das noch einmal" in response.content.decode()


@pytest.mark.parametrize("known", [True, False])
def test_our_own_failure_is_told_without_a_database(client, request, known, monkeypatch):
    monkeypatch.setitem(context._last, "phone", "")
    if known:
        request.getfixturevalue("world")
        client.get("/")
    response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert ("tel:+493915550199" in response.content.decode()) is known
    assert "Der Fehler ist festgehalten" in response.content.decode()
