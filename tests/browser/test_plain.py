"""Desk, account and workspace without JavaScript and on a slow phone: every page says the same without a script and
nothing on it waits for one; the text comes soon and stays where it is.

test_pages and test_light ask this of public pages; what forms answer without a script stands in
tests/web/test_forms_without_scripts.py. On a slow phone pages differ by the files they wait for and by their length, so
of all that need the same files the longest is looked at.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from tests import contact_point
from tests.browser.test_light import (  # noqa: F401 - fixtures
    QUERY,
    SOON,
    STEADY,
    furnished,
    log_in,
    of_a_firm,
    of_the_desk,
    samples,
    world,
)
from tests.web.desk import staff
from wegweiser.consortium.models import Role
from wegweiser.enquiries.models import Contribution

LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}  # bytes a second
SLOWER = 4  # than the processor of this machine
TRIES = 4  # who else works on the machine makes a page late, never early: the best visit is its own
PHONE = {"width": 360, "height": 640}
# Helpers that only a script can give, hidden until it runs, and buttons that do without one what it does by itself.
OTHERWISE = "[data-ww-print], [data-ww-copy], [data-ww-narrow-by], [data-ww-share], [data-ww-outbox], noscript"
OTHERWISE += ", [data-camera]"
SAID = """otherwise => { document.querySelectorAll(otherwise).forEach(it => it.remove());
  return document.querySelector('main').innerText; }"""
# The files that hold up the first text.
WAITS_FOR = """() => [...document.querySelectorAll('link[rel=stylesheet], script[src]:not([defer], [type=module])')]
  .map(it => it.href || it.src).sort()"""
# What one can touch and what does nothing without a script.
DEAD = """() => [...document.querySelectorAll('a, button, summary, dialog, form, [hx-get], [hx-post], [tabindex="0"]')]
  .filter(it => it.checkVisibility({visibilityProperty: true})).filter(it => {
    if (it.matches('a')) return !it.getAttribute('href') || it.getAttribute('href') === '#';
    if (it.matches('summary')) return it.parentElement.tagName !== 'DETAILS';
    if (it.matches('button')) return it.type !== 'submit' || !it.form;
    if (it.matches('form')) return !it.querySelector('[type=submit], button:not([type])')
      && !document.querySelector(`button[form="${it.id}"]`)
      || it.method === 'post' && !it.querySelector('[name=csrfmiddlewaretoken]');
    if (it.getAttribute('hx-trigger')?.startsWith('every')) return false; // looks again by itself, as reloading does
    if (it.matches('[tabindex]')) return !it.matches('[role=region], [role=alert]');
    return it.matches('dialog') || !it.closest('form, a[href]'); }).map(it => it.outerHTML.slice(0, 160))"""
# A page behind others draws no frame, so this waits for none.
ARRIVED = """() => new Promise(done => { let moved = 0, first = 0;
  new PerformanceObserver(list => { for (const it of list.getEntries()) if (!it.hadRecentInput) moved += it.value; })
    .observe({type: 'layout-shift', buffered: true});
  new PerformanceObserver(list => { for (const it of list.getEntries())
    if (it.name === 'first-contentful-paint') first = it.startTime; }).observe({type: 'paint', buffered: true});
  setTimeout(() => done({first, moved}), 100); })"""


@dataclass
class Reader:
    """Somebody with a login, once with and once without scripts."""

    scripted: Page
    plain: Page
    wrong: dict[str, list[str]] = field(default_factory=dict)
    longest: dict[tuple[str, ...], tuple[int, str]] = field(default_factory=dict)  # by files: bytes and path

    @property
    def context(self) -> BrowserContext:
        return self.scripted.context

    def walk(self, paths: list[str]) -> None:
        self.plain.context.add_cookies(self.context.cookies())
        for path in paths:
            try:
                answer = self.plain.goto(path, wait_until="domcontentloaded")
            except Error as error:  # a file that is loaded
                if "Download is starting" not in str(error):
                    raise
                continue
            if not answer.headers.get("content-type", "").startswith("text/html"):
                continue  # a file
            self.scripted.goto(path, wait_until="domcontentloaded")  # deferred scripts have run
            found = [] if answer.status == 200 else [f"status {answer.status}"]
            found += [f"does nothing without a script: {html}" for html in self.plain.evaluate(DEAD)]
            files = tuple(self.plain.evaluate(WAITS_FOR))
            self.longest[files] = max(self.longest.get(files, (0, "")), (len(answer.body()), path))
            with_it, without = said(self.scripted), said(self.plain)
            if with_it != without:
                found.append(f"{with_it} with scripts, {without} without")
            if found:
                self.wrong[path] = found

    def wait_on_a_slow_phone(self) -> None:
        """First text against that of a page of the same size without any file, on the same line."""
        context, page = self.context, self.context.new_page()
        context.route("**/floor", lambda route: route.fulfill(body=f"<p>{'x ' * 2_000}</p>", content_type="text/html"))
        line = context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.setCacheDisabled", {"cacheDisabled": True})
        line.send("Network.emulateNetworkConditions", LINE)
        line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

        def visit(path: str) -> tuple[float, float]:
            page.goto(path, wait_until="load")
            arrived = page.evaluate(ARRIVED)
            return arrived["first"], arrived["moved"]

        floor = min(visit("/floor")[0] for _ in range(2))
        assert floor > 0, "the floor was not painted"
        for _size, path in self.longest.values():
            for _try in range(TRIES):
                first, moved = visit(path)
                if 0 < first < floor + SOON:
                    break
            else:
                self.wrong.setdefault(path, []).append(f"first text after {first:.0f} ms, the floor {floor:.0f}")
            if moved > STEADY:
                self.wrong.setdefault(path, []).append(f"moves by {moved} on a slow line")
        page.close()


def said(page: Page) -> list[str]:
    return re.findall(r"\w+", page.evaluate(SAID, OTHERWISE))


@pytest.fixture
def reader(browser: Browser, live_server) -> Iterator[Reader]:
    common = {"base_url": live_server.url, "locale": "de-DE", "viewport": PHONE}
    contexts = browser.new_context(**common), browser.new_context(**common, java_script_enabled=False)
    yield Reader(*(context.new_page() for context in contexts))
    for context in contexts:
        context.close()


def test_every_page_of_the_desk_says_all_without_scripts_and_comes_soon(reader, live_server, world, samples):  # noqa: F811
    seen: set[str] = set()
    for role, partner in ((Role.MANAGEMENT, world.lead), (Role.ADMINISTRATOR, None)):
        names = [name for name in of_the_desk(role) if name not in seen]
        seen |= set(names)
        log_in(reader.scripted, live_server, staff.hire(role, partner))
        reader.walk([reverse(name, kwargs=samples.get(name)) + QUERY.get(name, "") for name in names])
    assert len(seen) > 60
    reader.wait_on_a_slow_phone()
    assert reader.wrong == {}, "\n".join(map(str, reader.wrong.items()))


def test_every_page_of_the_workspace_says_all_without_scripts_and_comes_soon(reader, furnished):  # noqa: F811
    def paths(names: list[str]) -> list[str]:
        return [reverse(name, kwargs=furnished.get(name)) for name in names]

    reader.walk(paths(of_a_firm(inside=False)))
    reader.scripted.goto(reverse("company:entrance", kwargs=furnished["company:entrance"]))
    reader.scripted.locator("main form button").first.click()
    expect(reader.scripted.get_by_role("heading", name="Mein Betrieb")).to_be_visible()
    reader.walk(paths(["company:home", *of_a_firm(inside=True)]))
    reader.wait_on_a_slow_phone()
    assert reader.wrong == {}, "\n".join(map(str, reader.wrong.items()))


FAULTS = {
    "button": (
        "document.querySelector('main h1').insertAdjacentHTML('afterend', '<button type=button>Auf</button>')",
        1,
    ),
    "link": ("document.querySelector('main h1').insertAdjacentHTML('afterend', '<a href=\"#\">Auf</a>')", 1),
    "region": ("document.querySelector('main h1').insertAdjacentHTML('afterend', '<p hx-get=\"/\">Mehr</p>')", 1),
    "no submit": ("document.querySelectorAll('main form button').forEach(it => it.type = 'button')", 2),
    "no token": ("document.querySelector('main form [name=csrfmiddlewaretoken]').remove()", 1),
}


def test_the_walk_sees_what_waits_for_a_script(reader, world):  # noqa: F811
    for name, (fault, told) in FAULTS.items():
        reader.plain.goto("/barrierefreiheit/")
        assert reader.plain.evaluate(DEAD) == [], name
        reader.plain.evaluate(fault)
        assert len(reader.plain.evaluate(DEAD)) == told, name


def test_an_enquiry_is_found_taken_answered_and_closed_without_scripts(reader, live_server, world):  # noqa: F811
    case = contact_point.case(world.lead, text="Die Fräse steht zu oft.", name="Jana", email="jana@firma.example")
    plain = reader.plain
    log_in(plain, live_server, staff.login(world.anna))
    plain.goto("/desk/anliegen/")
    plain.get_by_role("link", name="Jana").first.click()
    plain.get_by_role("button", name="Übernehmen").click()
    if not plain.get_by_label("Ihre Antwort").is_visible():  # who has taken it may find it open
        plain.get_by_text("Per E-Mail antworten").click()
    plain.get_by_label("Ihre Antwort").fill("Guten Tag, wir kommen gern vorbei.")
    plain.get_by_role("button", name="Vorschau").first.click()
    expect(plain.get_by_text("Guten Tag, wir kommen gern vorbei.").first).to_be_visible()
    plain.get_by_role("button", name="Antwort senden").click()
    assert Contribution.objects.filter(case=case, text__contains="kommen gern vorbei").exists()
    plain.get_by_text("Wiedervorlage setzen").click()
    plain.get_by_label("Was ist zu tun?").fill("Nachfragen")
    plain.get_by_role("button", name="Setzen").click()
    expect(plain.locator("article strong", has_text="Nachfragen")).to_be_visible()


def test_a_firm_reads_its_plan_and_writes_without_scripts(reader, furnished):  # noqa: F811
    plain = reader.plain
    plain.goto(reverse("company:entrance", kwargs=furnished["company:entrance"]))
    plain.locator("main form button").first.click()
    plain.goto("/mein-betrieb/fahrplan/")
    plain.get_by_role("button", name="Erledigt").click()
    expect(plain.get_by_role("heading", name="Das ist erledigt")).to_be_visible()
    plain.goto("/mein-betrieb/anliegen/")
    plain.get_by_role("link", name="Die Fräse steht.").click()
    plain.get_by_label("Ihre Nachricht").fill("Jetzt läuft sie wieder.")
    plain.get_by_role("button", name="Nachricht senden").click()
    expect(plain.get_by_text("Jetzt läuft sie wieder.")).to_be_visible()
