"""Ways out of a list: to its map, to all offers where it holds nothing; and what its cards and boxes say."""

import html
import re

import pytest

from tests.web.public.conftest import change
from wegweiser.catalogue import search
from wegweiser.consortium.models import District, DistrictOutline

EMPTY = "Dazu steht hier gerade nichts"


def way(page) -> tuple[str, str] | None:
    found = re.search(r'<a href="([^"]*)#treffer">(\d+ Treffer in allen Angeboten)</a>', page.text)
    return (html.unescape(found[1]), found[2]) if found else None


@pytest.mark.parametrize(
    ("asked", "href"),
    [
        ("/veranstaltungen/?q=texterkennung", "/angebote/?q=texterkennung"),
        ("/veranstaltungen/?q=texterkennung&wann=woche", "/angebote/?q=texterkennung"),
        ("/angebote/?q=texterkennung&art=termin", "/angebote/?q=texterkennung"),
        ("/checks/?q=texterkennung&thema=netz", "/angebote/?q=texterkennung&thema=netz"),
    ],
)
def test_a_list_that_holds_nothing_leads_to_what_there_is_elsewhere(client, world, asked, href):
    page = client.get(asked)
    assert EMPTY in page.text
    assert way(page) == (href, "1 Treffer in allen Angeboten")
    there = client.get(href)
    assert there.context["page"].paginator.count == 1
    assert "Belege scannen" in there.text


@pytest.mark.parametrize("asked", ["/angebote/?q=texterkennung", "/demonstratoren/?q=texterkennung"])
def test_a_list_that_holds_something_has_no_such_way(client, world, asked):
    assert way(client.get(asked)) is None


def test_where_nothing_is_found_anywhere_nothing_is_promised(client, world):
    page = client.get("/veranstaltungen/?q=xyzzyqwx")
    assert EMPTY in page.text
    assert way(page) is None


@pytest.fixture
def halle(world):
    district = District.objects.create(ags="15002", key="halle", name="Halle")
    given = {"width": 100, "height": 100, "x": 50, "y": 50, "latitude": 51.5, "longitude": 11.9}
    DistrictOutline.objects.create(district=district, path="M0 0l90 0 0 90z", **given)
    search.forget()
    return district


def test_the_map_is_one_step_from_the_filters_where_something_lies_in_a_district(client, halle):
    without = client.get("/veranstaltungen/").text
    assert 'id="karte"' not in without
    assert 'href="#karte"' not in without
    change("auftraege", district=halle)
    body = client.get("/veranstaltungen/").text
    assert body.index('class="ww-filters"') < body.index('href="#karte"') < body.index("ww-day-row")
    assert body.index("ww-day-row") < body.index('id="karte"')
    assert "<path " in body[body.index('id="karte"') :]
    assert 'href="#karte"' not in client.get("/checks/").text


def test_news_tell_their_day_in_lists(client, world):
    assert "20. Februar 2026" in client.get("/aktuelles/").text
    assert "20 February 2026" in client.get("/en/aktuelles/").text
    assert "20. Februar 2026" not in client.get("/leitfaeden/").text


@pytest.mark.parametrize(
    ("path", "told"),
    [("leuchtturmprojekte/druckerei", False), ("aktuelles/eroeffnung", False), ("demonstratoren/scanner", True)],
)
def test_a_box_names_the_language_only_of_what_one_takes_part_in(client, world, path, told):
    for slug in ("druckerei", "eroeffnung", "scanner"):
        change(slug, languages=["de"])
    page = client.get(f"/{path}/")
    assert (("Sprache", "Deutsch") in {(fact.term, fact.text) for fact in page.context["facts"]}) is told
