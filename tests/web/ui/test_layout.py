"""The skeleton: it needs nothing from the context, and knows two languages."""

import re
from types import SimpleNamespace

import pytest
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.test import override_settings
from django.urls import path
from django.utils.translation import override

from wegweiser.web.ui import navigation


def page(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("angebote/", page), path("angebote/x/", page), path("wirkung/", page)]
CENTRE = SimpleNamespace(
    name="Zentrum",
    claim="Ein Satz",
    phone="030 23125-1",
    reachable_text="",
    funder_line="Gefördert durch",
    funder_logo="/logo.svg",
    funder_alt="Bundesadler",
    style_url="/centre.css",
)


@pytest.mark.parametrize("layout", ["base", "desk"])
def test_a_page_needs_nothing_from_its_context(render, layout):
    text = render(f'{{% extends "ui/{layout}.html" %}}')
    assert "<title></title>" in text
    assert 'href="/impressum/"' in text


def test_the_centre_gives_name_funder_and_look(render):
    text = render('{% extends "ui/base.html" %}{% block title %}Start{% endblock %}', centre=CENTRE)
    assert "<title>Start · Zentrum</title>" in text
    assert "Gefördert durch" in text
    assert '<link rel="stylesheet" href="/centre.css">' in text


def test_the_language_switch_keeps_page_and_parameters(render):
    with override("de"):
        assert render("{% load ui %}{% switch_language 'en' %}", path="/bausteine/?a=1") == "/en/bausteine/?a=1"
    with override("en"):
        assert render("{% load ui %}{% switch_language 'de' %}", path="/en/bausteine/") == "/bausteine/"


def test_addresses_follow_the_language():
    with override("en"):
        assert navigation.address("/impressum/") == "/en/impressum/"


@override_settings(ROOT_URLCONF="tests.web.ui.test_layout")
def test_a_link_shows_once_its_address_exists_and_knows_where_one_is():
    found = navigation.links("public", "/angebote/x/")
    assert [(link.href, link.current) for link in found] == [("/angebote/", True), ("/wirkung/", False)]


def test_nothing_is_inline(render):
    text = render('{% extends "ui/base.html" %}', centre=CENTRE)
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=", text)


@pytest.mark.parametrize("code", [403, 404, 500])
def test_an_error_page_needs_no_request(code):
    page = get_template(f"{code}.html").render()
    assert "Zur Startseite" in page
