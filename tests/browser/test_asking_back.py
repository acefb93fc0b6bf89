"""A question back is answered in place with htmx, and by a plain form without JavaScript, and sent along."""

import pytest
from playwright.sync_api import expect

from tests.web.public.conftest import small_centre
from tests.web.public.test_asking_back import VAGUE, asking_back
from wegweiser.enquiries.models import Case
from wegweiser.web.public import forms


@pytest.fixture
def centre(transactional_db, monkeypatch):
    monkeypatch.setattr(forms, "FASTEST", 0)  # Chromium types faster than people
    for world in small_centre():
        yield asking_back(world)


def ask_and_answer(page):
    page.goto("/anliegen/")
    page.get_by_label("Wo hakt es im Betrieb?").fill(VAGUE)
    page.get_by_role("button", name="Passende Hilfe finden").click()
    page.get_by_role("button", name="Beim Schutz").click()
    expect(page.get_by_role("button", name="Zurücknehmen")).to_be_visible()
    expect(page.locator("#rueckfrage")).to_have_count(0)


def test_it_is_answered_in_place_and_sent_along(page, axe, centre):
    page.goto("/anliegen/")
    page.get_by_label("Wo hakt es im Betrieb?").fill(VAGUE)
    page.get_by_role("button", name="Passende Hilfe finden").click()
    expect(page.get_by_role("heading", name="Wo hakt es eher?")).to_be_visible()
    axe(page)
    ask_and_answer(page)
    axe(page)
    page.get_by_label("Ihr Name").fill("Petra Müller")
    page.get_by_label("Telefon", exact=True).fill("0391 4090123")
    page.get_by_role("button", name="Anliegen senden").click()
    page.wait_for_url("**/anliegen/gesendet/**")
    assert Case.objects.get().topic.slug == "sicher"


def test_without_javascript(browser, live_server, centre):
    context = browser.new_context(base_url=live_server.url, locale="de-DE", java_script_enabled=False)
    ask_and_answer(context.new_page())
    context.close()
