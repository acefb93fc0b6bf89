"""What search engines read of each kind of page: types and properties that schema.org knows, and what the page says."""

import json
import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from wegweiser.catalogue.actions import networks
from wegweiser.consortium.models import Network
from wegweiser.kernel.translated import translated
from wegweiser.web.public import structured

from .conftest import BY, change

# The properties we use, as schema.org (30.0) has them for each type.
THING = {"@type", "@id", "name", "description", "url", "image"}
ORGANISATION = {*THING, "email", "telephone", "address", "areaServed", "memberOf"}
ARTICLE = {*THING, "headline", "publisher", "datePublished"} - {"name"}
SERVICE = {*THING, "provider", "broker", "areaServed", "hasOfferCatalog"}
KNOWN = {
    "Organization": ORGANISATION,
    "Person": {*THING, "jobTitle", "email", "telephone", "worksFor"},
    "Event": {
        *(*THING, "organizer", "eventStatus", "inLanguage", "startDate", "endDate", "eventAttendanceMode"),
        *("location", "offers", "isAccessibleForFree", "maximumAttendeeCapacity", "remainingAttendeeCapacity"),
        *("maximumPhysicalAttendeeCapacity", "maximumVirtualAttendeeCapacity"),
    },
    "Place": {*THING, "address"},
    "VirtualLocation": THING,
    "Offer": {*THING, "price", "priceCurrency", "availability", "validFrom", "validThrough"},
    "Article": ARTICLE,
    "NewsArticle": ARTICLE,
    "Service": SERVICE,
    "GovernmentService": SERVICE,
    "VideoObject": {*THING, "provider", "uploadDate", "duration", "thumbnailUrl", "contentUrl"},
    "OfferCatalog": {*THING, "itemListElement"},
    "ItemList": {*THING, "itemListElement"},
    "ListItem": {*THING, "position", "item"},
}
KINDS = {
    "event": "auftraege",
    "demonstrator": "scanner",
    "lighthouse_project": "druckerei",
    "check": "standort",
    "guide": "postfach",
    "video": "rundgang",
    "programme": "digital",
    "tool": "oee",
    "news": "eroeffnung",
    "topic": "netz",
    "partner": "other",
    "contact": None,
    "home": None,
    "networks": None,
}


@pytest.fixture
def network(world):
    texts = {"name": translated("Netz Nord", "Network North"), "summary": translated("Alle Betriebe im Norden")}
    more = {"scope": translated("Norden"), "refer_when": translated("es um Messen geht")}
    values = {**texts, **more, "website": "https://netz.example/"}
    return networks.add(values=values, submission="b4c6d7a2-5d0f-4a77-9a53-4d4f9f2d8f10", by=BY)


def data(client, address: str) -> dict:
    html = client.get(address).content.decode()
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return json.loads(found)


def faults(block: object, where: str = "") -> list[str]:
    """What schema.org does not know, what is empty, and addresses that lead nowhere outside of the page."""
    if isinstance(block, list):
        return [told for part in block for told in faults(part, where)]
    if not isinstance(block, dict):
        return []
    known = KNOWN.get(block.get("@type", ""))
    if known is None:
        return [f"{where}: a type {block.get('@type')}"]
    found = [f"{where}{name}: unknown" for name in block if name not in known]
    found += [f"{where}{name}: empty" for name, value in block.items() if value in ("", None, [], {})]
    urls = [block[name] for name in ("@id", "url", "image") if name in block]
    found += [f"{where}{url}: not absolute" for url in urls if not re.match(r"https?://[^/]+/", url)]
    return found + [told for name, part in block.items() for told in faults(part, f"{where}{name}.")]


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_kind_of_page_says_what_schema_org_knows(client, world, network, language):
    slugs = {**KINDS, "contact": world.ben.slug, "topic": world.topic.slug}
    wrong = {}
    for name, slug in slugs.items():
        with override(language):
            address = reverse(f"public:{name}", kwargs={"slug": slug} if slug else None)
        found = data(client, address)
        assert found.pop("@context") == "https://schema.org"
        if told := faults(found):
            wrong[name] = told
    assert wrong == {}


@pytest.mark.parametrize(
    ("address", "film"),
    [("https://video.example/rundgang.mp4?v=2", True), ("https://video.example/w/rundgang", False), ("", False)],
)
def test_a_video_says_how_long_it_is_and_where_the_film_lies_if_that_is_known(client, world, address, film):
    details = {"published_on": "2026-02-20", "video_minutes": 4}
    change("rundgang", source_url=address, image="/bilder/1.webp", details=details)
    found = data(client, "/videos/rundgang/")
    assert (found["duration"], found["thumbnailUrl"]) == ("PT4M", "http://localhost:8000/bilder/1.webp")
    assert found.get("contentUrl") == (address if film else None)


def test_the_check_sees_what_is_wrong():
    block = {"@type": "Event", "url": "/x/", "colour": "red", "name": "", "location": {"@type": "Spot"}}
    assert len(faults(block)) == 4


def test_a_topic_is_a_service_of_its_partner_with_its_offers(client, world):
    found = data(client, f"/en/themen/{world.topic.slug}/")
    assert (found["@type"], found["name"]) == ("Service", world.topic.title.text("en"))
    assert found["url"].endswith(f"/en/themen/{world.topic.slug}/")
    assert found["provider"]["name"] == "Other"
    assert found["broker"]["url"].endswith("/en/")
    offered = found["hasOfferCatalog"]["itemListElement"]
    assert "Orders without retyping" in {row["name"] for row in offered}
    for row in offered:
        assert client.get(row["url"].split("//", 1)[1].partition("/")[2].join(("/", ""))).status_code == 200


def test_a_partner_is_a_member_of_the_centre_while_it_carries_it(client, world):
    found = data(client, "/partner/other/")
    assert (found["@type"], found["memberOf"]["@type"]) == ("Organization", "Organization")
    assert "memberOf" not in json.loads(structured.partner(world.other, of=None))


def test_networks_are_a_list_of_organisations_and_no_part_of_the_centre(client, network):
    found = data(client, "/en/netzwerke/")
    (row,) = (row for row in found["itemListElement"] if row["item"]["name"] == "Network North")
    assert row["item"] == {
        "@type": "Organization",
        "@id": f"{found['url']}#{network.slug}",
        "name": "Network North",
        "description": "Alle Betriebe im Norden",
        "areaServed": "Norden",
        "url": "https://netz.example/",
    }
    assert [row["position"] for row in found["itemListElement"]] == [1]


def test_a_centre_without_networks_says_nothing_of_them(client, world):
    Network.objects.all().delete()
    assert "ld+json" not in client.get("/netzwerke/").content.decode()
