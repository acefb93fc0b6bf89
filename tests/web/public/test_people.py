"""Topics, partners, contact persons and what machines read of them."""

import json
import re
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse

from wegweiser.catalogue import drafts as works
from wegweiser.catalogue.actions import drafts, entries
from wegweiser.catalogue.models import Entry
from wegweiser.kernel import clock
from wegweiser.kernel.translated import translated
from wegweiser.web.public import cards, structured
from wegweiser.web.public.views import machines

from .conftest import BY, change

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def data(html: str) -> dict:
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1])


def test_a_contact_person_fits_into_an_address_book(client, world):
    response = client.get(f"/ansprechpersonen/{world.ben.slug}/karte.vcf")
    text = response.content.decode()
    assert response["Content-Type"] == "text/vcard; charset=utf-8"
    assert text.startswith("BEGIN:VCARD\r\nVERSION:4.0\r\n")
    assert "FN:Ben\r\n" in text
    assert "TEL;TYPE=work;VALUE=uri:tel:+493915550100\r\n" in text.replace("VALUE=uri;TYPE=work", "TYPE=work;VALUE=uri")
    assert text.endswith("END:VCARD\r\n")


def test_no_name_breaks_a_card():
    text = cards.vcard(
        uid="urn:uuid:1",
        name="Dr. Ä;, Ö\nX",
        role="a,b;c",
        organisation="",
        mail="",
        phone="",
        address="https://zentrum.example/",
    )
    assert "N:X;Ä\\;\\, Ö;;Dr.;" in text.replace("\r\n ", "")
    assert "ORG" not in text


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Henrike Vollborn", "Vollborn;Henrike;;;"),
        ("Dr. Henrike Vollborn", "Vollborn;Henrike;;Dr.;"),
        ("Prof. Dr.-Ing. habil. Ruben Karl Ahlers", "Ahlers;Ruben Karl;;Prof. Dr.-Ing. habil.;"),
        ("Anna von der Heide, M.Sc.", "von der Heide;Anna;;;M.Sc."),
        ("Ben", "Ben;;;;"),
        ("Dr. Ben", "Ben;;;Dr.;"),
        ("", ";;;;"),
    ],
)
def test_a_title_is_no_given_name(name, parts):
    told = {"uid": "urn:uuid:1", "role": "", "organisation": "", "mail": "", "phone": "", "address": ""}
    assert f"\r\nN:{parts}\r\n" in cards.vcard(name=name, **told)


def test_what_a_search_engine_reads_is_what_the_page_says(client, world):
    found = data(client.get("/veranstaltungen/auftraege/").content.decode())
    assert (found["@type"], found["name"], found["isAccessibleForFree"]) == ("Event", "Aufträge ohne Abtippen", True)
    assert found["location"]["name"] == "Halle, Markt 1"
    english = data(client.get("/en/veranstaltungen/auftraege/").content.decode())
    assert english["name"] == "Orders without retyping"


def test_no_text_ends_the_block_it_stands_in():
    nasty = {"name": "</script><script>alert(1)</script>&amp;"}
    text = structured.block(nasty)
    assert "<" not in text
    assert json.loads(text)["name"] == nasty["name"]


def test_news_are_a_feed(client, world):
    feed = ET.fromstring(client.get("/feeds/aktuelles.atom").content)
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text == "Neues Labor"
    assert entry.find(f"{ATOM}updated").text == "2026-02-20T12:00:00+00:00"


def test_news_that_were_corrected_show_as_changed(client, world):
    entry = Entry.objects.get(slug="eroeffnung")
    found = works.of_entry(entry)
    said = {name: {"de": "Ein Labor für alle.", "en": ""} for name in ("title", "summary", "text")}
    content = {**found.content, **said}
    draft = drafts.write(uuid=entry.uuid, seen=found.stamp, content=content, by=BY)
    drafts.publish(uuid=draft.uuid, seen=works.of_draft(draft).stamp, by=BY)
    (row,) = ET.fromstring(client.get("/feeds/aktuelles.atom").content).findall(f"{ATOM}entry")
    assert row.find(f"{ATOM}published").text == "2026-02-20T12:00:00+00:00"
    assert row.find(f"{ATOM}updated").text == clock.now().isoformat()


def test_a_control_character_from_a_text_processor_does_not_end_the_feed(client, world):
    change("eroeffnung", title=translated("Neu\x0bes \x1fLabor"))
    (entry,) = ET.fromstring(client.get("/feeds/aktuelles.atom").content).findall(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text.replace(" ", "") == "NeuesLabor"


def test_the_list_of_news_leads_to_its_feed(client, world):
    html = client.get("/aktuelles/").content.decode()
    assert '<link rel="alternate" type="application/atom+xml"' in html
    assert html.count("/feeds/aktuelles.atom") == 2
    assert "atom+xml" not in client.get("/checks/").content.decode()


def test_the_sitemap_is_made_once_and_again_when_a_page_goes(client, world, monkeypatch):
    made = []
    whole = machines._sitemap
    monkeypatch.setattr(machines, "_sitemap", lambda: made.append(1) or whole())
    machines.MAPS.clear()
    first = client.get("/sitemap.xml").content
    assert client.get("/sitemap.xml").content == first
    assert len(made) == 1
    entries.withdraw(kind="check", slug="standort", by=BY)
    assert b"/checks/standort/" not in client.get("/sitemap.xml").content
    assert len(made) == 2


def test_the_sitemap_names_every_page_in_both_languages(client, world):
    tree = ET.fromstring(client.get("/sitemap.xml").content)
    found = {node.text for node in tree.iter(f"{SITEMAP}loc")}
    paths = {"/", "/en/", "/veranstaltungen/auftraege/", "/en/leitfaeden/postfach/", f"/partner/{world.lead.slug}/"}
    assert {f"http://localhost:8000{path}" for path in (*paths, "/wirkung/", "/en/leichte-sprache/")} <= found
    for address in found:
        assert client.get(address.removeprefix("http://localhost:8000")).status_code == 200, address


def test_every_list_says_in_a_preview_what_it_is(client, world):
    told = {}
    for name in machines.LISTS:
        html = client.get(reverse(f"public:{name}")).content.decode()
        told.setdefault(re.search(r'<meta property="og:description" content="([^"]*)">', html)[1], []).append(name)
    assert "" not in told
    assert [names for names in told.values() if len(names) > 1] == []


def test_crawlers_are_kept_from_the_desk(client, db):
    assert "Disallow: /desk/" in client.get("/robots.txt").content.decode()


@pytest.mark.parametrize(
    ("path", "there"),
    [("/", True), ("/angebote/?q=x", True), ("/anliegen/stand/geheim/", False), ("/konto/einloggen/", False)],
)
def test_a_page_names_its_one_address_unless_it_is_nobodys_business(client, world, path, there):
    html = client.get(path).content.decode()
    assert ('rel="canonical"' in html) == there
    if there:
        assert f'<link rel="canonical" href="http://localhost:8000{path.split("?")[0]}">' in html
