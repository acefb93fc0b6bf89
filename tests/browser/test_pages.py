"""All kinds of public pages on a real browser: light, steady, for every eye, hand and line.

The list is built from the URLconf: a new public page without parameters is covered by itself, one with parameters fails
until it has a sample here. One page object goes through all of them, since starting one costs more than looking.
"""

import gzip
import re
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import Response

from tests.web.public.conftest import small_centre
from tests.web.test_rights import patterns

LIGHT = 60_000  # bytes on first view, compressed, without fonts
# No page of its own: it sends on, needs a link of its own (covered in test_public) or is a file.
NO_PAGE = {"send", "sent", "enquiry_status", "event_calendar", "style", "contact_card", "news_feed"}
# Only for who edits; the page itself is one of the others.
NO_PAGE |= {"preview"}
SAMPLES = {
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
}
STEADY = """() => new Promise(done => { let sum = 0;
  new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) sum += e.value; })
    .observe({type: 'layout-shift', buffered: true});
  requestAnimationFrame(() => setTimeout(() => done(sum), 50)); })"""
FOCUSED = """() => { const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
  if (!at.dataset.walk) at.dataset.walk = String(++window.walked || (window.walked = 1));
  // The link of a card covers the card, and so does its outline.
  const drawn = [style, getComputedStyle(at, '::after')]
    .some(it => it.outlineStyle !== 'none' || it.boxShadow !== 'none');
  return {name: at.tagName, id: at.dataset.walk, href: at.getAttribute('href'), top: at === document.body,
    shown: box.width > 0 && box.height > 0 && drawn}; }"""


@pytest.fixture
def centre(transactional_db):
    yield from small_centre()


def names() -> list[str]:
    found = [name.removeprefix("public:") for name, _ in patterns() if name.startswith("public:")]
    return [name for name in found if name not in NO_PAGE]


@pytest.fixture
def paths(centre) -> list[str]:
    """Every kind of page in German, and home in English."""
    slugs = {**SAMPLES, "contact": centre.ben.slug, "topic": centre.topic.slug}
    found = [reverse(f"public:{name}", kwargs={"slug": slugs[name]} if name in slugs else None) for name in names()]
    return [*found, "/en/", "/gibt-es-nicht/"]


@pytest.fixture
def forgiving(complaints):
    """The page that is not there is meant to be missing; everything else stays a complaint."""
    yield
    complaints[:] = [told for told in complaints if "status of 404" not in told]


def test_pages_are_light_steady_and_stay_at_home(page, paths, forgiving):
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))  # noqa: PLW0108 - playwright marks what it is given
    heavy, moved = {}, {}
    for path in paths:
        responses.clear()
        page.goto(path, wait_until="load")
        shift = page.evaluate(STEADY)
        sizes = {
            file: len(gzip.compress(response.body(), 6))
            for response in responses
            if not (file := urlsplit(response.url).path).endswith(".woff2")
        }
        assert len(sizes) >= 4, "the files of the page were not seen"
        if sum(sizes.values()) > LIGHT:
            heavy[path] = dict(sizes)
        if shift > 0.001:
            moved[path] = shift
    assert (heavy, moved) == ({}, {})


def test_pages_have_no_barriers_at_320_and_1280_pixels(page, axe, paths, forgiving):
    for path in paths:
        page.goto(path)
        axe(page)


def test_nothing_scrolls_sideways_at_400_percent(page, paths, forgiving):
    page.set_viewport_size({"width": 320, "height": 256})  # 1280 by 1024 at 400 %
    wide = {}
    for path in paths:
        page.goto(path)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
            wide[path] = width
    assert wide == {}


def test_the_keyboard_reaches_everything_and_shows_where_it_is(page, paths, forgiving):
    for path in paths:
        page.goto(path)
        count = page.evaluate(
            "[...document.querySelectorAll('a[href], button, input, textarea, select, summary')]"
            ".filter(it => it.checkVisibility({visibilityProperty: true}) && it.tabIndex >= 0).length"
        )
        page.keyboard.press("Tab")
        first = page.evaluate(FOCUSED)
        assert first["href"] == "#inhalt", f"{path}: the way past the menu comes first"
        assert first["shown"], path
        seen = {first["id"]}
        for _ in range(count - 1):
            page.keyboard.press("Tab")
            at = page.evaluate(FOCUSED)
            assert at["shown"], f"{path}: the focus on {at} is not visible"
            assert at["id"] not in seen, f"{path}: the keyboard is trapped at {at}"
            seen.add(at["id"])
        assert len(seen) == count, path


def test_the_skip_link_leads_to_the_content(page, centre):
    page.goto("/impressum/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhalt"


def test_forced_colours_keep_buttons_and_focus_visible(page, paths, forgiving):
    page.emulate_media(forced_colors="active")
    for path in paths:
        page.goto(path)
        bare = page.evaluate(
            "[...document.querySelectorAll('.kern-btn, textarea, input:not([type=hidden])')]"
            ".filter(it => it.checkVisibility() && getComputedStyle(it).borderTopStyle === 'none')"
            ".map(it => it.outerHTML)"
        )
        assert bare == [], path
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED)["shown"], path


def test_pages_say_the_same_without_javascript(page, browser, live_server, paths, forgiving):
    context = browser.new_context(base_url=live_server.url, locale="de-DE", java_script_enabled=False)
    plain = context.new_page()
    for path in paths:
        page.goto(path)
        plain.goto(path)
        assert words(plain) == words(page), path
    context.close()


def words(page) -> list[str]:
    return re.findall(r"\w+", page.locator("main").inner_text())


def test_text_comes_soon_on_a_slow_phone(page, centre, complaints):
    """First text against that of a page of the same size without any file, on the same line in the same run."""
    page.context.route("**/floor", lambda route: route.fulfill(body=f"<p>{'x ' * 2_000}</p>", content_type="text/html"))
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000},
    )
    line.send("Emulation.setCPUThrottlingRate", {"rate": 4})

    def first_text(path: str) -> float:
        page.goto(path, wait_until="load")
        return page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 1e9")

    floor, home = min(first_text("/floor") for _ in range(2)), min(first_text("/") for _ in range(2))
    assert 0 < home < floor + 3_000
