"""With a photograph on every offer no page grows heavy: on a phone of three dots per pixel and on a wide screen."""

import gzip
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from tests.browser.test_pages import LIGHT, SAMPLES
from tests.contact_point import BY
from tests.files.paint import photograph
from tests.web.public.conftest import small_centre
from wegweiser.catalogue.actions import entries
from wegweiser.catalogue.models import Entry, Kind
from wegweiser.catalogue.offers import Offer
from wegweiser.files import queries
from wegweiser.files.actions import pictures
from wegweiser.files.models import Rendition
from wegweiser.kernel.translated import translated

SCREENS = {"phone": (360, 640, 3), "wide": (1280, 900, 1)}
LISTS = ["offers", "events", "demonstrators", "lighthouse_projects", "guides", "news_list"]
MOST = {False: 960, True: 480}  # pixels of the file: of a page, of a card
# Each picture and whether one sees it before one scrolls; those further down come when they are near.
PICTURES = """() => [...document.querySelectorAll('.ww-picture img')].map(it => ({
  file: it.currentSrc, lazy: it.loading === 'lazy', card: it.closest('article article, .ww-grid, .ww-card') !== null,
  seen: it.getBoundingClientRect().top < innerHeight}))"""


@pytest.fixture
def centre(transactional_db, settings, tmp_path):
    settings.HOME = tmp_path
    for found in small_centre():
        told = {"kind": Kind.LIGHTHOUSE_PROJECT, "topics": (found.topic,), "partner": found.other}
        for number in range(3):
            entries.publish(offer=Offer(slug=f"halle-{number}", title=translated(f"Halle {number}"), **told), by=BY)
        picture = pictures.add(data=photograph(1920, 1440), alt=translated("Eine Halle"), ratio="4:3", by=BY)
        for entry in Entry.objects.all():
            entry.image, entry.details = queries.image(picture), {**entry.details, "picture": queries.document(picture)}
            entry.save()
        yield found


@pytest.mark.parametrize("screen", SCREENS)
def test_no_page_grows_heavy_with_a_photograph(centre, live_server, browser: Browser, screen):
    width, height, dots = SCREENS[screen]
    look = {"viewport": {"width": width, "height": height}, "device_scale_factor": dots}
    stored = {queries.address(row.digest): row for row in Rendition.objects.filter(shown=True)}
    files: dict[str, int] = {}
    slugs = {**SAMPLES, "contact": centre.ben.slug, "topic": centre.topic.slug}
    wrong, seen = [], 0
    for name in [*(name for name in SAMPLES if name != "register"), *LISTS]:
        # Each page is somebody's first: where Chromium has a larger picture, it takes that.
        context = browser.new_context(base_url=live_server.url, **look)
        page, answers = context.new_page(), set[str]()
        page.on("response", lambda answer, answers=answers: answers.add(answer.url))
        page.goto(reverse(f"public:{name}", kwargs={"slug": slugs[name]} if name in slugs else None), wait_until="load")
        there = page.evaluate(PICTURES)
        wrong += [f"{name}: does not wait" for found in there if not found["seen"] and not found["lazy"]]
        needed = {it for it in answers if not it.endswith(".woff2") and urlsplit(it).path not in stored}
        for address in needed - files.keys():
            files[address] = len(gzip.compress(page.request.get(address).body(), 6))
        context.close()
        shown = [(found, stored[urlsplit(found["file"]).path]) for found in there if found["file"]]
        # Each one is counted: in a centre no two cards show the same picture.
        weight = sum(files[it] for it in needed) + sum(row.size for found, row in shown if found["seen"])
        seen += sum(found["seen"] for found, _row in shown)
        wrong += [f"{name}: {weight} bytes"] if weight > LIGHT else []
        wrong += [f"{name}: loads {row.width} px" for found, row in shown if row.width > MOST[found["card"]]]
    assert wrong == []
    assert seen >= 10, "the pictures were not seen"
