"""Dates for other programs: read by a calendar library that did not write them, and by a parser of Atom and JSON."""

import datetime as dt
import json
from xml.etree import ElementTree as ET

import pytest
import vobject
from django.utils.text import slugify

from tests.contact_point import MONDAY
from tests.web.public.conftest import BY
from wegweiser.catalogue.actions import entries
from wegweiser.catalogue.models import Availability, Entry
from wegweiser.catalogue.offers import Offer
from wegweiser.consortium.models import District
from wegweiser.kernel import clock
from wegweiser.kernel.translated import translated
from wegweiser.web import page_cache
from wegweiser.web.page_cache import PageCache

FEED = "/feeds/veranstaltungen.ics"
ATOM = "{http://www.w3.org/2005/Atom}"


def held(world, slug, *, days=10, topic=True, **given):
    starts = clock.now() + dt.timedelta(days=days)
    told = {
        "kind": "event",
        "slug": slugify(slug),
        "title": translated(slug.title(), f"{slug} in English"),
        "summary": translated("Kurz, und mit Komma."),
        "topics": (world.topic,) if topic else (),
        "partner": world.other,
        "contact": world.ben,
        "starts_at": starts,
        "ends_at": starts + dt.timedelta(hours=2),
        "attendance": "on_site",
        "place": "Halle, Markt 1",
    }
    return entries.publish(offer=Offer(**{**told, **given}), by=BY)


def dates(client, query="", path=FEED):
    """The feed as a calendar reads it, its dates by their title."""
    answer = client.get(path + query)
    assert answer.status_code == 200
    calendar = vobject.readOne(answer.text, validate=True)
    return calendar, {row.summary.value: row for row in getattr(calendar, "vevent_list", [])}


def test_a_calendar_reads_what_comes_and_what_was_over_for_less_than_a_week(client, world):
    held(world, "bald")
    held(world, "neulich", days=-6)
    held(world, "lange her", days=-9)
    calendar, found = dates(client)
    assert set(found) == {"Aufträge ohne Abtippen", "Bald", "Neulich"}
    row = found["Bald"]
    assert row.dtstart.value == MONDAY + dt.timedelta(days=10)
    assert row.dtend.value - row.dtstart.value == dt.timedelta(hours=2)
    assert row.location.value == "Halle, Markt 1"
    assert row.url.value.endswith("/veranstaltungen/bald/")
    assert row.uid.value.startswith(str(Entry.objects.get(slug="bald").uuid))
    assert calendar.x_wr_calname.value.startswith("Termine: ")
    assert calendar.refresh_interval.value == "PT1H"


def test_every_published_date_names_who_holds_it(client, world):
    """RFC 5546, 3.2.1: an ORGANIZER in each date of METHOD:PUBLISH."""
    held(world, "bald")
    _calendar, found = dates(client)
    _file, one = dates(client, path="/veranstaltungen/bald/termin.ics")
    rows = [*found.values(), *one.values()]
    assert len(rows) == 3
    for row in rows:
        assert row.organizer.value == "mailto:post@centre.example"
        assert row.organizer.params["CN"] == [world.centre.name.text("de")]
    world.centre.email = "neu@centre.example"
    world.centre.save()
    assert {row.organizer.value for row in dates(client)[1].values()} == {"mailto:neu@centre.example"}


def test_the_feed_speaks_the_language_of_its_address(client, world):
    held(world, "bald", attendance="online", place="")
    _calendar, found = dates(client, path="/en/feeds/veranstaltungen.ics")
    assert found["bald in English"].location.value == "online"
    assert "/en/" in found["bald in English"].url.value


@pytest.mark.parametrize("gone", ["off", "moved"])
def test_what_changes_keeps_its_name_and_gets_a_higher_number(client, world, gone):
    held(world, "bald")
    _calendar, before = dates(client)
    if gone == "off":
        held(world, "bald", availability=Availability.CANCELLED)
    else:
        held(world, "bald", days=12)
    _calendar, after = dates(client)
    row = after["Abgesagt: Bald" if gone == "off" else "Bald"]
    assert row.uid.value == before["Bald"].uid.value
    assert int(row.sequence.value) > int(before["Bald"].sequence.value)
    assert row.status.value == ("CANCELLED" if gone == "off" else "CONFIRMED")


def test_what_is_withdrawn_is_gone(client, world):
    held(world, "bald")
    entries.withdraw(kind="event", slug="bald", by=BY)
    assert "Bald" not in dates(client)[1]


def test_feeds_hold_what_was_chosen(client, world):
    district = District.objects.create(ags="15085", key="harz", name="Harz")
    held(world, "hier", format="Workshop", district=district)
    held(world, "anderswo", format="Fachtagung", partner=world.lead, topic=False)
    everything = {"Aufträge ohne Abtippen", "Hier", "Anderswo"}
    asked = {
        "": everything,
        "?thema=netz": everything - {"Anderswo"},
        f"?partner={world.lead.slug}": {"Anderswo"},
        "?format=workshop": {"Hier"},
        "?landkreis=harz": {"Hier"},
        "?landkreis=harz&format=fachtagung": set(),
    }
    for query, expected in asked.items():
        assert set(dates(client, query)[1]) == expected, query
    assert "(Workshop)" in dates(client, "?format=workshop")[0].x_wr_calname.value


@pytest.mark.parametrize("name", ["thema", "partner", "format", "landkreis"])
def test_who_asks_for_what_is_not_there_does_not_get_other_dates(client, world, name):
    for path in (FEED, "/feeds/veranstaltungen.atom", "/feeds/veranstaltungen.jsonld", "/feeds/termine/"):
        assert client.get(f"{path}?{name}=unbekannt").status_code == 404


def test_a_calendar_that_has_the_newest_state_is_told_so(world, client, settings):
    """Through the layer that stands before Django: 304 with the same tag, until something changes."""
    moment = [100.0]

    def django(environ, start):
        answer = client.get(environ["PATH_INFO"])
        start(f"{answer.status_code} OK", list(answer.headers.items()))
        return [answer.content]

    site = PageCache(django, personal=(settings.SESSION_COOKIE_NAME,), now=lambda: moment[0])

    def ask(**headers):
        told = []
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": FEED, "HTTP_HOST": "localhost", **headers}
        b"".join(site(environ, lambda status, found, *_: told.extend([status, dict(found)])))
        return told

    status, headers = ask()
    assert status.startswith("200")
    assert headers["Last-Modified"]
    moment[0] += 60
    assert ask(HTTP_IF_NONE_MATCH=headers["ETag"])[0].startswith("304")
    held(world, "neu")
    moment[0] += 60
    status, newer = ask(HTTP_IF_NONE_MATCH=headers["ETag"])
    assert status.startswith("200")
    assert newer["ETag"] != headers["ETag"]
    assert page_cache.MARK not in newer


def test_atom_names_new_dates_the_newest_first(client, world):
    with clock.stopped_at(clock.now() + dt.timedelta(minutes=5)):
        held(world, "neu")
    held(world, "vorbei", days=-3)
    held(world, "fällt aus", availability=Availability.CANCELLED)
    answer = client.get("/feeds/veranstaltungen.atom")
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.content)
    titles = [row.findtext(f"{ATOM}title") for row in feed.findall(f"{ATOM}entry")]
    assert titles == ["Neu", "Aufträge ohne Abtippen"]
    assert "Halle, Markt 1" in feed.find(f"{ATOM}entry").findtext(f"{ATOM}summary")


def test_the_catalogue_of_dates_is_data(client, world):
    held(world, "online", attendance="online", place="", days=20)
    held(world, "fällt aus", availability=Availability.CANCELLED, days=21)
    answer = client.get("/feeds/veranstaltungen.jsonld")
    assert answer["Content-Type"].startswith("application/ld+json")
    told = json.loads(answer.content)
    assert (told["@type"], told["numberOfItems"]) == ("ItemList", 3)
    items = {row["item"]["name"]: row["item"] for row in told["itemListElement"]}
    assert items["Online"]["location"]["@type"] == "VirtualLocation"
    assert items["Online"]["organizer"]["name"] == str(world.other.name)
    assert items["Fällt Aus"]["eventStatus"].endswith("/EventCancelled")


def test_any_page_may_show_the_list_in_a_frame_and_no_other_page_of_ours(client, world):
    answer = client.get("/feeds/termine/")
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert not answer.has_header("X-Frame-Options")
    assert "<script" not in answer.text
    assert not answer.cookies
    other = client.get("/veranstaltungen/")
    assert "frame-ancestors 'none'" in other["Content-Security-Policy"]
    assert other["X-Frame-Options"] == "DENY"


def test_the_list_is_as_long_as_asked_and_names_no_date_that_is_off(client, world):
    for number in range(8):
        held(world, f"tag {number}", days=20 + number)
    held(world, "fällt aus", days=1, availability=Availability.CANCELLED)

    def count(query=""):
        return client.get(f"/feeds/termine/{query}").text.count('class="title"')

    assert [count(), count("?max=2"), count("?max=0"), count("?max=viele"), count("?max=99")] == [5, 2, 1, 5, 9]
    assert "Fällt Aus" not in client.get("/feeds/termine/").text
    assert 'target="_blank"' in client.get("/feeds/termine/").text


def test_a_page_explains_the_addresses_and_shows_those_that_were_chosen(client, world):
    page = client.get("/termine-abonnieren/")
    assert 'href="webcal://' in page.text
    assert "/feeds/veranstaltungen.ics</code>" in page.text
    chosen = client.get("/termine-abonnieren/?thema=netz")
    assert "veranstaltungen.ics?thema=netz" in chosen.text
    assert "feeds/termine/?thema=netz" in chosen.text
    assert "/termine-abonnieren/" in client.get("/veranstaltungen/").text


def test_hostile_texts_break_neither_feed_nor_list(client, world):
    held(world, "boese", title=translated("<script>x</script>\r\nEND:VEVENT\x07"), summary=translated("]]></x>;,\\"))
    assert len(dates(client)[1]) == 2
    assert "<script>x" not in client.get("/feeds/termine/").text
    ET.fromstring(client.get("/feeds/veranstaltungen.atom").content)
    json.loads(client.get("/feeds/veranstaltungen.jsonld").content)
