"""The gallery shows every component, in the demo only."""

import re

import pytest
from django.template.loader import get_template

from wegweiser.web.ui.components import declared_options, template_folders, uses

INNER = {"field_error", "date_tile"}  # seen inside of others


@pytest.mark.parametrize(("address", "language"), [("/bausteine/", "de"), ("/en/bausteine/", "en")])
def test_it_shows_in_both_languages(client, demo, address, language):
    page = client.get(address).content.decode()
    assert f'<html lang="{language}"' in page


def test_outside_of_the_demo_it_does_not_exist(client, settings):
    settings.DEMO = False
    assert client.get("/bausteine/").status_code == 404


def test_it_has_no_inline_style_or_script(client, demo):
    page = client.get("/bausteine/").content.decode()
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=", page)
    assert "javascript:" not in page


def test_no_request_goes_to_a_third_party(client, demo):
    page = client.get("/bausteine/").content.decode()
    assert not re.search(r'(?:src|action)="(?:https?:)?//|<link[^>]+href="(?:https?:)?//', page)


def test_every_id_is_unique(client, demo):
    found = re.findall(r'\sid="([^"]+)"', client.get("/bausteine/").content.decode())
    assert sorted(found) == sorted(set(found))


def test_no_component_is_missing():
    sources = [folder / "ui" for folder in template_folders()]
    shown = {
        use.component.replace("-", "_")
        for folder in sources
        for path in folder.rglob("*.html")
        for use in uses(path.read_text())
    }
    assert set(declared_options()) - INNER <= shown
    assert get_template("ui/gallery.html")
