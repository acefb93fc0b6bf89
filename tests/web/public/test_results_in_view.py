"""Whoever sends a search or follows one of its links begins at what was found, not at the top of the page."""

import re

import pytest

from wegweiser.web.public import wishes

LISTS = ["angebote", "veranstaltungen", "demonstratoren", "leuchtturmprojekte", "checks", "leitfaeden"]


@pytest.mark.parametrize("path", LISTS)
def test_the_form_leads_to_the_results(client, world, path):
    body = client.get(f"/{path}/").content.decode()
    assert 'action="#treffer"' in body
    assert body.index('class="ww-filters"') < body.index('id="treffer"') < body.index('role="status"')


@pytest.mark.parametrize("query", ["", "?q=auftrag", "?q=auftrag&art=termin", "?wann=woche", "?q=xyzzyqwx"])
@pytest.mark.parametrize("path", ["angebote", "veranstaltungen"])
def test_each_link_that_changes_the_list_does_so_too(client, world, path, query):
    body = client.get(f"/{path}/{query}").content.decode()
    links = re.findall(r'href="(\?[^"]*)"', body[body.index('id="liste"') : body.index("</main>")])
    assert [link for link in links if not link.endswith("#treffer")] == []


@pytest.mark.parametrize(
    ("query", "is_open"),
    [
        ("", False),
        ("?q=auftrag", False),
        ("?wann=monat", True),
        ("?q=auftrag&form=online", True),
        ("?ort=Halle", False),
    ],
)
def test_filters_are_open_only_where_one_of_them_is_set(client, world, query, is_open):
    body = client.get(f"/veranstaltungen/{query}").content.decode()
    assert ('<details class="ww-filters" open>' in body) is is_open


def test_what_htmx_gets_has_the_results_in_it(client, world):
    part = client.get("/angebote/?q=auftrag", headers={"HX-Request": "true"}).content.decode()
    assert part.split("#}")[-1].strip().startswith('<div id="liste"')
    assert 'id="treffer"' in part


def test_a_span_stays_with_the_next_search_until_days_are_named(client, world):
    assert (
        '<input type="hidden" name="wann" value="monat">' in client.get("/veranstaltungen/?wann=monat").content.decode()
    )
    asked = wishes.read({"wann": "monat", "von": "2026-03-01"})
    assert (asked["wann"], asked["von"]) == ("", "2026-03-01")
    named = client.get("/veranstaltungen/?von=2026-03-01&q=auftrag").content.decode()
    assert "?q=auftrag&amp;wann=woche#treffer" in named
