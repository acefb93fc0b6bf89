"""What test_pages asks of the plain public pages, asked of all others: the desk, the account, the workspace of a firm,
and every page that only shows after something was done or went wrong. And what no page may lack: text soon on a slow
phone, a clean sheet.

One visit of a page asks everything at once, since loading it costs more than looking. The pages are listed from the
table of rights, so a new one is covered by itself.
"""

import gzip
import io
import os
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urlsplit

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, Response, expect
from pypdf import PdfReader

from tests import contact_point
from tests.browser.conftest import AXE, BARRIERS, WCAG, Keys, with_nothing_kept
from tests.contact_point import BY
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from tests.web.test_rights import QUERY, ROWS, samples  # noqa: F401 - a fixture
from wegweiser.catalogue.actions import entries
from wegweiser.companies.actions import consents
from wegweiser.companies.models import Company, Person
from wegweiser.consortium.models import Role
from wegweiser.crossings import colleagues
from wegweiser.enquiries.actions import cases
from wegweiser.enquiries.models import Case
from wegweiser.files import uploading
from wegweiser.files.actions import uploads
from wegweiser.web import errors
from wegweiser.web.public import forms, limits, reads

LIGHT = 60_000  # bytes on first view, compressed, without fonts
STEADY = 0.001
SOON = 2_500  # milliseconds more than a page without any file, at 1.6 Mbit/s and 150 ms
FILES = {
    "event_calendar",
    "contact_card",
    "news_feed",
    "style",
    "event_feed",
    "event_atom",
    "event_data",
    "event_material",
}
FILES |= {"registration_calendar", "own_calendar", "series_feed"}
FRAME = {"event_list"}  # stands in somebody else's page, without our head and foot
QUESTION = "Wir müssen jeden Auftrag dreimal abtippen"

SHIFT = """() => new Promise(done => { let sum = 0;
  new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) sum += e.value; })
    .observe({type: 'layout-shift', buffered: true});
  requestAnimationFrame(() => setTimeout(() => done(sum), 50)); })"""
FIRST_TEXT = """() => new Promise(done => new PerformanceObserver(list => { for (const e of list.getEntries())
  if (e.name === 'first-contentful-paint') done(e.startTime); }).observe({type: 'paint', buffered: true}))"""
# How many places the keyboard can go to.
COUNT = """() => { const radios = new Set();
  return [...document.querySelectorAll('a[href], button, input, textarea, select, summary')].filter(it => {
    if (it.disabled || it.tabIndex < 0 || !it.checkVisibility({visibilityProperty: true})) return false;
    if (it.type !== 'radio') return true;
    if (radios.has(it.form?.id + it.name)) return false;
    radios.add(it.form?.id + it.name); return true; }).length; }"""
SHOWN = """() => { const at = document.activeElement, box = at.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && [getComputedStyle(at), getComputedStyle(at, '::after')]
    .some(it => it.outlineStyle !== 'none' || it.boxShadow !== 'none'); }"""
# Notes every place that gets the focus, while it has it; the parts of a date are one place.
FOLLOW = """() => { window.places = []; document.addEventListener('focusin', () => {
  const at = document.activeElement, last = window.places.at(-1);
  if (last?.at === at && last.parts) return;
  window.places.push({at, again: window.places.some(it => it.at === at), shown: (SHOWN)(),
    html: at.outerHTML.slice(0, 120), href: at.getAttribute('href'),
    parts: ['date', 'time', 'datetime-local', 'month'].includes(at.type)}); }); }""".replace("SHOWN", SHOWN)
PLACES = "() => window.places.map(({at, ...place}) => place)"
AT = "() => document.activeElement.outerHTML.slice(0, 120)"
PARTS = 8  # of one date, with its button
LOADED = """() => performance.getEntriesByType('resource')
  .filter(it => it.initiatorType !== 'xmlhttprequest').map(it => it.name)"""
BARE = """() => [...document.querySelectorAll('.kern-btn, textarea, select, input:not([type=hidden])')]
  .filter(it => it.checkVisibility() && !['checkbox', 'radio'].includes(it.type))
  .filter(it => getComputedStyle(it).borderTopStyle === 'none'
    && getComputedStyle(it.parentElement).borderTopStyle === 'none').map(it => it.outerHTML.slice(0, 120))"""


@pytest.fixture
def world(transactional_db, settings, monkeypatch):
    settings.DEMO = False
    monkeypatch.setattr(forms, "FASTEST", 0)  # Chromium types faster than people
    yield from small_centre()


@pytest.fixture
def meant(complaints):
    """A status that says what went wrong is meant; everything else in the console stays a complaint."""
    yield
    status = re.compile(r"status of (4\d\d|500|503)|Response Status Error Code 4")
    complaints[:] = [told for told in complaints if not status.search(told)]


def log_in(page: Page, live_server, user) -> None:
    client = Client()
    client.force_login(user)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )


@dataclass
class Line:
    """What came over the line to a page: the last answer of each address."""

    page: Page
    behind: Callable[[], AbstractContextManager[None]]
    keys: Keys
    answers: dict[str, Response] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)  # of files, which stay the same

    def weights(self) -> dict[str, int]:
        """Bytes of the page that is open and of the files it needed, compressed, without fonts."""
        files = {urldefrag(file).url for file in self.page.evaluate(LOADED) if not file.endswith(".woff2")}
        for file in files:
            if file not in self.sizes:
                self.sizes[file] = self._size(file)
        address = urldefrag(self.page.url).url
        return {address: self._size(address), **{file: self.sizes[file] for file in files}}

    def _size(self, address: str) -> int:
        return len(gzip.compress(self.answers[address].body(), 6))


@pytest.fixture
def line(page, behind, keys):
    with_nothing_kept(page)
    found = Line(page, behind, keys)
    page.on("response", lambda answer: found.answers.update({answer.url: answer}))
    return found


def look(line: Line) -> list[str]:
    """Everything that is wrong with the page that is open."""
    found, page = [], line.page
    page.wait_for_load_state("load")
    weights = line.weights()
    assert len(weights) >= 4, "the files of the page were not seen"
    if sum(weights.values()) > LIGHT:
        found.append(f"heavy: {weights}")
    if (shift := page.evaluate(SHIFT)) > STEADY:
        found.append(f"moves by {shift}")
    with line.behind():
        return found + barriers(line)


def barriers(line: Line) -> list[str]:
    """What is in the way of eyes and hands on the page that is open."""
    found, page = [], line.page
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for width, height in ((1280, 900), (320, 256)):  # the second is 1280 by 1024 at 400 per cent
        page.set_viewport_size({"width": width, "height": height})
        wide = page.evaluate("document.documentElement.scrollWidth")
        found += [f"scrolls sideways at {width}: {wide}"] if wide > width else []
        found += [
            f"{rule['id']} at {width}: {node['html'][:160]}"
            for rule in page.evaluate(BARRIERS, WCAG)
            for node in rule["nodes"]
        ]
    page.set_viewport_size({"width": 1280, "height": 900})
    found += keyboard(page, line.keys)
    page.emulate_media(forced_colors="active")
    found += [f"bare in forced colours: {html}" for html in page.evaluate(BARE)]
    if not page.evaluate(SHOWN):
        found.append("focus not shown in forced colours")
    page.emulate_media(forced_colors="none")
    return found


def keyboard(page: Page, keys: Keys) -> list[str]:
    """From the top once through the page: the way past the menu first, no trap, always seen where one is."""
    page.evaluate("document.activeElement.blur(); window.getSelection().removeAllRanges(); window.scrollTo(0, 0)")
    page.evaluate("document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')")
    count = page.evaluate(COUNT)
    page.evaluate(FOLLOW)
    places, waited = [], 0
    while len(places) < count and waited < PARTS:
        before = len(places)
        keys.tab(1 if waited else count - before)  # as many at once as there are places left
        places = page.evaluate(PLACES)
        if any(place["again"] for place in places):
            break
        in_a_date = bool(places) and places[-1]["parts"]
        waited = 0 if len(places) > before else waited + 1 if in_a_date else PARTS
    found = [f"focus not shown: {place['html']}" for place in places if not place["shown"]]
    if places and places[0]["href"] != "#inhalt":
        found.append(f"the way past the menu comes not first but {places[0]['html']}")
    if len(places) < count or any(place["again"] for place in places):
        seen = sum(not place["again"] for place in places)
        found.append(f"the keyboard ends after {seen} of {count} at {page.evaluate(AT)}")
    return found


def test_the_look_sees_a_heavy_page(page, line, world):
    heavy = os.urandom(LIGHT).hex()
    page.context.route("**/failed.js", lambda route: route.fulfill(body=f"// {heavy}"))
    page.goto("/impressum/")
    assert [told[:6] for told in look(line)] == ["heavy:"]


def test_the_look_sees_where_the_keyboard_has_its_ways_barred(page, keys, world):
    for fault, told in (
        ("void 0", ""),
        ("void (document.querySelector('form').onkeydown = event => event.preventDefault())", "the keyboard ends"),
        ("document.querySelector('footer a').style.cssText = 'outline: none; box-shadow: none'", "focus not shown"),
        ("document.querySelector('a').remove()", "the way past the menu"),
    ):
        page.goto("/barrierefreiheit/")
        page.evaluate("document.querySelector('main').insertAdjacentHTML('afterbegin', '<input type=date>')")
        page.evaluate(fault)
        found = keyboard(page, keys)
        assert [one.startswith(told) for one in found] == ([True] if told else []), found


# --- The desk -----------------------------------------------------------------------------------------------------

NO_PAGE = {
    *("letter_download", "report_download", "analysis_download", "list_warnings", "history_warnings"),
    *(
        "pace_download",
        "quality_download",
        "cases_download",
        "upload",
        "visit_paper",
        "firm_visit_paper",
        "firm_plan_paper",
    ),
    *("visit_worker", "visit_state", "door_worker", "door_list"),
    *("appearances_download", "appearance_proof", "date_file", "calendar"),
    *("event_guests_download", "event_signatures", "event_badges", "event_feedback_download"),
    *("event_paper", "event_everything"),
    *("plan_paper", "plan_link_paper", "file", "own_data_download", "firm_person_copy"),
}


def of_the_desk(role: str) -> list[str]:
    """Pages that `role` may open, by the table of rights."""
    return [
        name
        for method, name, statuses in ROWS
        if method == "GET" and statuses[role] == 200 and name.startswith(("desk:", "account_", "mfa_"))
        if name.partition(":")[2] not in NO_PAGE and name != "account_inactive"
    ]


def test_every_page_of_the_desk_is_light_and_for_every_eye_and_hand(page, line, live_server, world, samples, meant):  # noqa: F811
    wrong = {}
    log_in(page, live_server, staff.hire(Role.MANAGEMENT, world.lead))
    seen = of_the_desk("management")
    assert len(seen) > 20
    for name in seen:
        page.goto(reverse(name, kwargs=samples.get(name)) + QUERY.get(name, ""))
        assert urlsplit(page.url).path.startswith(("/desk/", "/konto/")), name
        if found := look(line):
            wrong[name] = found
    log_in(page, live_server, staff.hire("administrator", None))
    for name in sorted(set(of_the_desk("administrator")) - set(seen)):
        page.goto(reverse(name, kwargs=samples.get(name)))
        if found := look(line):
            wrong[name] = found
    assert wrong == {}, "\n".join(map(str, wrong.items()))


# --- The workspace of a firm ---------------------------------------------------------------------------------------


def of_a_firm(*, inside: bool) -> list[str]:
    """Pages of the workspace: those that a visitor gets, or those behind its own login. `ask` only sends on."""
    status = 302 if inside else 200
    rows = [name for method, name, statuses in ROWS if method == "GET" and statuses["visitor"] == status]
    rows = [name for name in rows if name.startswith("company:") and name != "company:ask"]
    return [name for name in rows if name.partition(":")[2] not in NO_PAGE]


@pytest.fixture
def furnished(world, samples):  # noqa: F811
    """The workspace of Jana's firm has one of everything: {name: values of the address}."""
    firm, jana = Company.objects.get(name="Fräserei Ölmann"), Person.objects.get(email="jana@oelmann.example")
    case = contact_point.case(world.lead, text="Die Fräse steht.", name="Jana", company=firm, person=jana)
    answer, _ = cases.answer(case=case, member=world.anna, text="Hier ist der Plan.", offers=[], by=BY)
    with transaction.atomic():
        uploads.attach(
            owner=answer, prepared=[uploading.prepare(name="plan.txt", declared_type="", data=b"Ein Plan")], by=BY
        )
    consents.give(person=jana, purpose="news", text_version="1", channel="web", by=BY)
    colleague = {"name": "Ben Ölmann", "mail": "ben@oelmann.example", "right": "own"}
    colleagues.invite(company=firm, **colleague, language="de", by=BY)
    return {**samples, "company:case": {"uuid": case.uuid}}


def test_every_page_of_the_workspace_is_light_and_for_every_eye_and_hand(page, line, furnished, meant):
    wrong = {}

    def visit(name: str, side: str) -> None:
        path = reverse(name, kwargs=furnished.get(name))
        answer = page.goto(path)
        assert answer.status == 200, name
        assert urlsplit(page.url).path == path, name
        if found := look(line):
            wrong[name, side] = found

    outside, inside = of_a_firm(inside=False), of_a_firm(inside=True)
    assert len(outside) >= 6
    assert len(inside) >= 8
    for name in outside:
        visit(name, "outside")
    page.goto(reverse("company:entrance", kwargs=furnished["company:entrance"]))
    page.locator("main form button").first.click()
    expect(page.get_by_role("heading", name="Mein Betrieb")).to_be_visible()
    for name in ("company:home", *inside):
        visit(name, "inside")
    assert wrong == {}, "\n".join(map(str, wrong.items()))


# --- What only shows after something was done or went wrong -------------------------------------------------------


@pytest.fixture
def states(page, live_server, world, settings, monkeypatch, tmp_path):
    """Ways to the public pages that have no address of their own: {what it is: how one comes there}."""
    failing: list[Exception] = []
    newest = reads.newest

    def fail(*given, **more):
        if failing:
            raise failing[0]
        return newest(*given, **more)

    monkeypatch.setattr(reads, "newest", fail)

    def failed(error: Exception) -> None:
        failing[:] = [error]
        page.goto("/wirkung/")
        failing.clear()

    def ask(text: str = QUESTION) -> None:
        page.goto("/anliegen/")
        page.get_by_label("Wo hakt es im Betrieb?").fill(text)
        page.get_by_role("button", name="Passende Hilfe finden").click()
        expect(page.get_by_role("button", name="Anliegen senden")).to_be_visible()

    def mistakes() -> None:
        ask()
        page.get_by_role("button", name="Anliegen senden").click()
        expect(page.get_by_role("alert")).to_be_visible()

    def report(text: str) -> None:
        page.goto("/barrierefreiheit/")
        page.get_by_label("Was geht nicht?").fill(text)
        page.get_by_role("button", name="Barriere melden").click()
        page.wait_for_load_state()

    def status() -> None:
        report("Der Knopf hat keinen Namen.")
        page.get_by_role("link", name="Stand ansehen").click()
        page.wait_for_url("**/stand/**")

    def without_token() -> None:
        page.goto("/barrierefreiheit/")
        page.get_by_label("Was geht nicht?").fill("Das Formular war lange offen.")
        page.context.clear_cookies()
        page.get_by_role("button", name="Barriere melden").click()
        expect(page.get_by_role("button", name="Noch einmal senden")).to_be_visible()

    def too_many() -> None:
        page.goto("/anliegen/")
        asked = limits.ASK
        monkeypatch.setattr(limits, "ASK", (0, 60))
        page.get_by_label("Wo hakt es im Betrieb?").fill(QUESTION)
        page.get_by_role("button", name="Passende Hilfe finden").click()
        expect(page.get_by_text("geht es weiter")).to_be_visible()
        monkeypatch.setattr(limits, "ASK", asked)

    def a_button_without_a_page() -> None:
        log_in(page, live_server, staff.login(world.anna))
        page.goto("/desk/neu/vorschlag/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Diese Seite gibt es so nicht")

    def gone() -> None:
        entries.withdraw(kind="demonstrator", slug="scanner", by=BY)
        page.goto("/demonstratoren/scanner/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Dieses Angebot gibt es nicht mehr")

    def closed() -> None:
        settings.HOME = tmp_path
        errors.closed_by().touch()
        page.goto("/")
        errors.closed_by().unlink()
        expect(page.get_by_role("heading", level=1)).to_have_text("Wir arbeiten gerade an dieser Website")

    return {
        "login": lambda: page.goto(reverse("account_login")),
        "answer": ask,
        "urgent answer": lambda: ask("Hilfe, alle Dateien sind verschlüsselt, die wollen Bitcoin!"),
        "question with mistakes": mistakes,
        "barrier with mistakes": lambda: report(""),
        "barrier sent": lambda: report("Der Knopf hat keinen Namen."),
        "status": status,
        "nothing found": lambda: page.goto("/angebote/?q=xyzzy"),
        "link that is over": lambda: page.goto("/anliegen/stand/falsch/"),
        "offer that is gone": gone,
        "400": lambda: failed(SuspiciousOperation("x")),
        "403": without_token,
        "404": lambda: page.goto("/en/gibt-es-nicht/"),
        "405": a_button_without_a_page,
        "429": too_many,
        "500": lambda: failed(RuntimeError("x")),
        "503": closed,
    }


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_every_state_of_a_public_page_is_for_every_eye_and_hand_and_light(page, line, states, meant):
    wrong = {}
    for name, come in states.items():
        page.context.clear_cookies()
        come()
        if found := look(line):
            wrong[name] = found
    assert wrong == {}, "\n".join(map(str, wrong.items()))


def test_a_form_that_htmx_cannot_send_is_answered_by_a_whole_page(page, states, meant):
    states["answer"]()
    page.get_by_label("Ihr Name").fill("Petra Müller")
    page.get_by_label("Telefon", exact=True).fill("0391 4090123")
    page.context.clear_cookies()
    page.get_by_role("button", name="Anliegen senden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bitte senden Sie das noch einmal")
    page.get_by_role("button", name="Noch einmal senden").click()
    page.wait_for_url("**/anliegen/gesendet/**")


def test_a_barrier_is_reported_without_javascript(browser, live_server, world):
    context = browser.new_context(base_url=live_server.url, locale="de-DE", java_script_enabled=False)
    plain = context.new_page()
    plain.goto("/angebote/")
    plain.get_by_role("link", name="Barrierefreiheit").click()
    plain.get_by_role("link", name="Direkt zum Formular").click()
    expect(plain.get_by_label("Auf welcher Seite?")).to_have_value("/angebote/")
    plain.get_by_role("button", name="Barriere melden").click()
    expect(plain.get_by_role("alert")).to_be_visible()
    plain.get_by_label("Was geht nicht?").fill("Der Knopf hat keinen Namen.")
    plain.get_by_role("button", name="Barriere melden").click()
    plain.wait_for_url("**/anliegen/gesendet/**")
    expect(plain.get_by_text(Case.objects.get().reference)).to_be_visible()
    context.close()


def test_too_many_forms_are_told_in_place(page, states, monkeypatch, meant):
    states["answer"]()
    page.get_by_label("Ihr Name").fill("Petra Müller")
    page.get_by_label("Telefon", exact=True).fill("0391 4090123")
    monkeypatch.setattr(limits, "SEND", (0, 600))
    page.get_by_role("button", name="Anliegen senden").click()
    expect(page.get_by_role("alert")).to_contain_text("geht es weiter")
    expect(page.get_by_label("Ihr Name")).to_have_value("Petra Müller")


# --- All kinds of public pages ------------------------------------------------------------------------------------


@pytest.fixture
def public(world, samples) -> list[str]:  # noqa: F811
    """Every page that has an address and is open to all."""
    names = [name for method, name, statuses in ROWS if method == "GET" and statuses["visitor"] == 200]
    ours = [name for name in names if name.startswith("public:") and name.removeprefix("public:") not in FILES | FRAME]
    ours += of_a_firm(inside=False)
    return [reverse(name, kwargs=samples.get(name)) for name in ours]


@pytest.fixture
def _compressed_files(monkeypatch):
    """Style sheets and scripts go over the line as our web server sends them."""
    plain = StaticFilesHandler.get_response

    def compressed(self: StaticFilesHandler, request: HttpRequest) -> HttpResponseBase:
        response = plain(self, request)
        if not response.get("Content-Type", "").startswith("text/"):
            return response
        packed = HttpResponse(gzip.compress(response.getvalue()), content_type=response["Content-Type"])
        response.close()
        packed["Content-Encoding"] = "gzip"
        return packed

    monkeypatch.setattr(StaticFilesHandler, "get_response", compressed)


@pytest.mark.usefixtures("_compressed_files")
def test_text_comes_soon_on_a_slow_line(browser, live_server, public):
    """First text of every kind of page against that of a page of the same size without any file, on the same line.

    test_pages also slows the processor down, for the home page: here that would measure who else works on the machine.
    """
    context = browser.new_context(base_url=live_server.url, locale="de-DE")  # `page` looks into each request
    context.route("**/floor", lambda route: route.fulfill(body=f"<p>{'x ' * 2_000}</p>", content_type="text/html"))
    context.route("**/start", lambda route: route.fulfill(body="", content_type="text/html"))  # of the same process
    phones = [context.new_page() for _ in range(6)]  # waiting costs nothing, so several wait at once
    for phone in phones:
        phone.set_viewport_size({"width": 360, "height": 640})
        line = context.new_cdp_session(phone)
        line.send("Network.enable")
        line.send("Network.setCacheDisabled", {"cacheDisabled": True})
        line.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000},
        )

    def first_texts(paths: list[str], at_once: int = len(phones)) -> dict[str, float]:
        """Milliseconds from the beginning of each visit to its first text."""
        found = {}
        for begin in range(0, len(paths), at_once):
            visits = list(zip(phones, paths[begin : begin + at_once], strict=False))
            for phone, path in visits:
                phone.goto("/start")
                phone.evaluate("path => void setTimeout(() => location.assign(path))", live_server.url + path)
            for phone, path in visits:
                phone.wait_for_url(live_server.url + path, wait_until="commit")
            found |= {path: phone.evaluate(FIRST_TEXT) for phone, path in visits}
        return found

    floor = min(first_texts(["/floor"])["/floor"] for _ in range(2))
    late = dict.fromkeys(public, 0.0)
    # Who else works on the machine makes a page late, never early: whoever is late comes again with fewer beside it,
    # and the best of three visits alone is a page's own.
    for at_once in (len(phones), 3, 1, 1, 1):
        times = first_texts(list(late), at_once)
        late = {path: time for path, time in times.items() if not 0 < time < floor + SOON}
    context.close()
    assert late == {}, "late, also alone"


# --- Paper --------------------------------------------------------------------------------------------------------


def paper(page: Page, path: str) -> tuple[int, str]:
    """How many sheets of A4 a page takes, and what stands on them."""
    page.goto(path)
    reader = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    width, height = (float(side) for side in reader.pages[0].mediabox[2:])
    assert (round(width), round(height)) in {(595, 842), (596, 842), (595, 841)}, "not A4"
    return len(reader.pages), " ".join(" ".join(sheet.extract_text().split()) for sheet in reader.pages)


# Dark grounds that a printer would fill, and tables or charts that stick out of a sheet of 180 mm.
ON_PAPER = """() => { const dark = [], wide = [];
  for (const it of document.querySelectorAll('body *')) { if (!it.checkVisibility() || it.closest('svg')) continue;
    const box = it.getBoundingClientRect(), [r, g, b, a = 1] = getComputedStyle(it).backgroundColor.match(/[\\d.]+/g);
    if (a > 0.5 && 0.3 * r + 0.6 * g + 0.1 * b < 128 && box.width * box.height > 1500) dark.push(it.className);
    if (box.width && box.right > document.documentElement.clientWidth + 1) wide.push(it.outerHTML.slice(0, 80)); }
  return {dark, wide}; }"""


def test_every_kind_of_public_page_prints_clean(page, public):
    wrong = {}
    page.set_viewport_size({"width": 680, "height": 900})  # as wide as a sheet without its margins
    page.emulate_media(media="print")
    for path in public:
        page.goto(path)
        left = page.locator("header nav, .ww-menu, .ww-skip, .kern-btn, textarea, select, footer nav")
        found = page.evaluate(ON_PAPER)
        if any(it.is_visible() for it in left.all()):
            found["furniture"] = [it.get_attribute("class") for it in left.all() if it.is_visible()]
        if not page.locator("h1").is_visible():
            found["title"] = "missing"
        if any(found.values()):
            wrong[path] = found
    assert wrong == {}, "\n".join(map(str, wrong.items()))


def test_a_page_on_paper_holds_the_text_and_its_addresses_and_no_menu(page, world):
    for path, most, texts in (
        ("/notfall/", 2, ["Schritt 1", "Schritt 5", "+49 30 23125-901", "Ihre Versicherung"]),
        ("/impressum/", 2, ["Institut Lead", "Gefördert durch den Bund"]),
        ("/datenschutz/", 6, ["10 Minuten", "csrftoken", "Ihre Rechte"]),
        ("/angebote/", 3, ["Aufträge ohne Abtippen", "Belege scannen"]),
        ("/veranstaltungen/auftraege/", 2, ["Aufträge ohne Abtippen", "Halle, Markt 1", "/veranstaltungen/auftraege/"]),
    ):
        sheets, text = paper(page, path)
        assert sheets <= most, path
        for wanted in texts:
            assert wanted in text, path
        for furniture in (
            "Menü",
            "Das passt dazu",
            "Zum Inhalt springen",
            "Technik ausprobieren Praxisbeispiele",
            "Für Mitarbeitende",
        ):
            assert furniture not in text, path


def test_report_case_and_firm_print_clean(page, live_server, world, samples):  # noqa: F811
    log_in(page, live_server, staff.hire(Role.MANAGEMENT, world.lead))
    page.set_viewport_size({"width": 680, "height": 900})
    case, firm = (reverse(name, kwargs=samples[name]) for name in ("desk:case", "desk:company"))
    for path, text in (("/desk/berichte/", "Abgerufen am"), (case, "Die Fräse steht zu oft."), (firm, "Ölmann")):
        page.emulate_media(media="print")
        page.goto(path)
        assert page.evaluate(ON_PAPER) == {"dark": [], "wide": []}, path
        sheets, printed = paper(page, path)
        assert sheets <= 3, path
        assert text in printed
        for furniture in ("Ausloggen", "Arbeitsplatz", "Übernehmen", "Notiz schreiben", "Herunterladen"):
            assert furniture not in printed, path
