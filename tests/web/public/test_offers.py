"""A page for each kind of offer."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import override

from wegweiser.catalogue.actions import entries
from wegweiser.catalogue.models import Entry
from wegweiser.kernel import clock
from wegweiser.kernel.translated import translated
from wegweiser.web.public import details, offers

from .conftest import BY, change


@pytest.mark.parametrize(
    ("path", "texts"),
    [
        (
            "/veranstaltungen/auftraege/",
            ["Do, 12. März 2026, 10:00 bis 12:00 Uhr", "Halle, Markt 1", "kostenfrei", "Warteliste", "Ein Plan", "Ben"],
        ),
        ("/demonstratoren/scanner/", ["Texterkennung", "1 Stunde 30 Minuten", "kommt zu Ihnen in den Betrieb"]),
        (
            "/leuchtturmprojekte/druckerei/",
            ["−38 %", "vorher 50 %, nachher 12 %", "Druck GmbH, Halle, 20 Beschäftigte"],
        ),
        ("/checks/standort/", ["So läuft es ab", "Gespräch"]),
        ("/themen/netz/", ["Vernetzung", "Other", "Ben", "Aufträge ohne Abtippen"]),
    ],
)
def test_page_shows_what_there_is_to_know(client, world, path, texts):
    html = client.get(path).content.decode()
    assert [text for text in texts if text not in html] == []
    assert client.get(f"/en{path}").status_code == 200


def test_contact_page_names_person_and_number(client, world):
    html = client.get(f"/ansprechpersonen/{world.ben.slug}/").content.decode()
    assert "Ben" in html
    assert 'href="tel:+493915550100"' in html


def test_who_has_left_has_no_page(client, world):
    world.ben.memberships.update(valid_to=world.centre.loaded_on)
    assert client.get(f"/ansprechpersonen/{world.ben.slug}/").status_code == 404


@pytest.mark.parametrize("kind", ["veranstaltungen", "demonstratoren", "leuchtturmprojekte", "checks", "themen"])
def test_unknown_slug_is_not_found(client, world, kind):
    assert client.get(f"/{kind}/gibt-es-nicht/").status_code == 404


@pytest.mark.parametrize("kind", sorted(offers.PAGES))
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_renamed_address_leads_to_the_new_one_for_ever(client, world, kind, language):
    entry = Entry.objects.filter(kind=kind).first()
    with override(language):
        old = offers.href(entry)
        assert client.get(old).status_code == 200
        entries.rename(entry=entry, slug="neue-adresse", by=BY)
        new = reverse(f"public:{kind}", kwargs={"slug": "neue-adresse"})
        response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, new)
    # It may be renamed back: a browser that kept this for ever would go in a circle.
    assert response["Cache-Control"] == "no-cache"
    assert client.get(new).status_code == 200
    assert str(entry.title) in client.get(new).content.decode()


@pytest.mark.parametrize(
    "path",
    ["leitfaeden/postfach", "videos/rundgang", "aktuelles/eroeffnung", "foerderprogramme/digital", "werkzeuge/oee"],
)
def test_what_one_may_do_with_it_stands_on_the_page(client, world, path):
    assert "Lizenz" not in client.get(f"/{path}/").content.decode()
    change(path.partition("/")[2], licence="CC BY 4.0")
    html = client.get(f"/{path}/").content.decode()
    assert html.index("Lizenz") < html.index("CC BY 4.0")
    assert "Licence" in client.get(f"/en/{path}/").content.decode()


def test_withdrawn_offer_says_so_and_shows_others(client, world):
    entries.withdraw(kind="demonstrator", slug="scanner", by=BY)
    response = client.get("/demonstratoren/scanner/")
    assert response.status_code == 410
    assert "Aufträge ohne Abtippen" in response.content.decode()


def test_german_text_on_an_english_page_says_its_language(client, world):
    html = client.get("/en/demonstratoren/scanner/").content.decode()
    assert '<div lang="de">' in html


def test_date_as_a_calendar_file(client, world):
    response = client.get("/veranstaltungen/auftraege/termin.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    body = response.content.decode()
    assert "DTSTART:20260312T090000Z\r\n" in body
    assert "LOCATION:Halle\\, Markt 1\r\n" in body
    assert max(len(line.encode()) for line in body.split("\r\n")) <= 75


def test_duration_in_words():
    assert details._minutes(60) == "1 Stunde"
    assert details._minutes(45) == "45 Minuten"


def test_a_date_that_was_called_off_leaves_the_calendar(client, world):
    """The same date with a higher number: what a calendar took in before goes out again (RFC 5546)."""
    before = client.get("/veranstaltungen/auftraege/termin.ics").content.decode()
    change("auftraege", availability="off")
    after = client.get("/veranstaltungen/auftraege/termin.ics").content.decode()
    assert "METHOD:CANCEL" in after
    assert "STATUS:CANCELLED" in after
    numbers = [int(re.search(r"SEQUENCE:(\d+)", text)[1]) for text in (before, after)]
    assert numbers[0] < numbers[1]


def test_a_preview_elsewhere_shows_title_and_sentence(client, world):
    html = client.get("/veranstaltungen/auftraege/").content.decode()
    assert '<meta property="og:title" content="Aufträge ohne Abtippen">' in html
    assert '<meta property="og:description" content="Wie ein Auftrag nur einmal erfasst wird.">' in html
    english = client.get("/en/veranstaltungen/auftraege/").content.decode()
    assert '<meta property="og:title" content="Orders without retyping">' in english


@pytest.mark.parametrize("title", ['Auf"träge', "<b>fett</b>", "a & b"])
def test_a_title_stays_inside_the_preview(client, world, title):
    change("auftraege", title=translated(title))
    html = client.get("/veranstaltungen/auftraege/").content.decode()
    assert re.search(r'<meta property="og:title" content="([^"]*)">', html)[1] == escape(title)


def test_a_date_that_is_over_offers_no_place_to_search_engines(client, world):
    assert '"availability"' in client.get("/veranstaltungen/auftraege/").content.decode()
    event = Entry.objects.get(kind="event")
    change("auftraege", starts_at=event.starts_at - timedelta(days=30), ends_at=event.ends_at - timedelta(days=30))
    assert Entry.objects.get(kind="event").is_over(now=clock.now())
    assert '"availability"' not in client.get("/veranstaltungen/auftraege/").content.decode()


def test_a_video_is_one_to_search_engines(client, world):
    html = client.get("/videos/rundgang/").content.decode()
    assert '"@type": "VideoObject"' in html
    assert '"uploadDate": "2026-02-20"' in html
