"""A real Chromium on a live server: `page` to play with, `axe` to look for barriers.

A test that gets `page` fails on anything that page asked of another host, on its errors in the console and on uncaught
exceptions. They stand in `complaints`; a test that means to cause one looks there and clears the list.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, Request, sync_playwright

from tests import kept
from tests.services import browser as chromium
from wegweiser.catalogue import matches, search
from wegweiser.config import demo, demo_series, demo_year, installation
from wegweiser.consortium.models import Centre
from wegweiser.kernel import clock
from wegweiser.web.public import forms as public_forms

AXE = Path(__file__).with_name("axe.min.js")
TAB = {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
# Style sheets need not be parsed for axe: only rules on trial, which are not asked, look into them.
BARRIERS = """tags => axe.run({runOnly: tags, resultTypes: ['violations'], preload: {assets: ['media']}})
  .then(it => it.violations)"""
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="session")
def _browser() -> Iterator[tuple[Browser, asyncio.AbstractEventLoop]]:
    """Chromium and the event loop that playwright leaves running in this thread (see `browser`)."""
    program = chromium.program()
    if program is None:
        pytest.skip(chromium.MISSING)
    playwright = sync_playwright().start()
    launched = playwright.chromium.launch(executable_path=program, args=chromium.ARGUMENTS)
    loop = asyncio.get_running_loop()
    asyncio._set_running_loop(None)
    yield launched, loop
    asyncio._set_running_loop(loop)
    launched.close()
    playwright.stop()


@pytest.fixture
def browser(_browser, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """One Chromium per run. Its event loop shows itself to browser tests only: Django refuses the database to a thread
    with a running loop, and `asyncio.run` in another test would find it in the way."""
    launched, loop = _browser
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    asyncio._set_running_loop(loop)
    yield launched
    connections.close_all()  # beside a running loop Django opens a second connection for this thread
    asyncio._set_running_loop(None)


@pytest.fixture
def complaints() -> list[str]:
    """What went wrong in the browser so far."""
    return []


@pytest.fixture
def page(live_server, browser: Browser, complaints: list[str]) -> Iterator[Page]:
    """An empty page of a fresh German visitor; addresses may be relative: `page.goto("/")`."""
    here = urlsplit(live_server.url).netloc

    def notice(request: Request) -> None:
        """Only looks: Chromium resolves no other name (services.browser), and who stops each request to look at it
        pays as much for that as for the page, and does without the browser's own cache."""
        asked = urlsplit(request.url)
        if asked.scheme in {"http", "https"} and asked.netloc != here:
            complaints.append(f"request to another host: {request.url}")

    context = browser.new_context(base_url=live_server.url, locale="de-DE", timezone_id="Europe/Berlin")
    context.set_default_timeout(10_000)
    context.on("request", notice)
    page = context.new_page()
    page.on("websocket", lambda asked: complaints.append(f"request to another host: {asked.url}"))
    page.on("console", lambda told: complaints.append(f"console: {told.text}") if told.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(f"exception: {error}"))
    yield page
    context.close()
    assert complaints == []


def with_nothing_kept(page: Page) -> None:
    """Each visit of this page is somebody's first: no file comes out of the browser's cache."""
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})


@pytest.fixture
def behind(page: Page) -> Callable[[], AbstractContextManager[None]]:
    """`with behind():` puts `page` behind another one. It draws nothing there and answers all the same, which is a
    third of the work where one only asks it."""
    front = page.context.new_page()
    page.bring_to_front()

    @contextmanager
    def put_behind() -> Iterator[None]:
        front.bring_to_front()
        yield
        page.bring_to_front()

    return put_behind


class Keys:
    """The tabulator, held down: each time the key repeats is one step, without waiting for a picture of it. Chromium
    takes the keys one after the other; nobody waits between them for its word that one is taken."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)

    def tab(self, times: int) -> None:
        keys = [{"type": "rawKeyDown", **TAB}] * times + [{"type": "keyUp", **TAB}]

        async def press() -> None:
            taken = (self._session._impl_obj.send("Input.dispatchKeyEvent", key, None) for key in keys)
            await asyncio.gather(*taken)

        self._session._sync(press())  # playwright has no other way to ask several things at once


@pytest.fixture
def keys(page: Page) -> Keys:
    return Keys(page)


@pytest.fixture
def model_centre(transactional_db, monkeypatch: pytest.MonkeyPatch, settings) -> Iterator[Centre]:
    """The model centre, found by words alone; the demo does without a second factor."""
    settings.DEMO = True
    monkeypatch.setattr(public_forms, "FASTEST", 0)  # Chromium types faster than people
    monkeypatch.setattr(matches, "encoders", lambda: ())
    monkeypatch.setattr(installation, "migrate", lambda: None)
    monkeypatch.setattr(demo_year, "make", lambda: None)  # figures start at zero
    monkeypatch.setattr(demo_series, "make", lambda advisers: None)  # and nobody was at an event
    matches.forget()
    search.forget()
    yield kept.once(("model centre", clock.today()), lambda: demo.install(quick=True)[0].centre, committed=True)
    matches.forget()
    search.forget()


@pytest.fixture
def axe() -> Callable[..., None]:
    """`axe(page)` fails on each barrier that axe-core finds by WCAG 2.2 AA, at the narrowest and at a usual width."""

    def check(page: Page, widths: tuple[int, ...] = (320, 1280)) -> None:
        before = page.viewport_size
        page.wait_for_load_state("load")  # a click returns before the styles of the next page are there
        page.evaluate(AXE.read_text(encoding="utf-8"))
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            found = [
                f"{violation['id']}: {violation['help']}: {node['html']}"
                for violation in page.evaluate(BARRIERS, WCAG)
                for node in violation["nodes"]
            ]
            assert not found, f"{page.url} at {width} px: {found}"
        page.set_viewport_size(before)

    return check
