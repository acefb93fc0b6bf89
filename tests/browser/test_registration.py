"""A guest on a phone: from the event's page over the form to the code for the door, with and without scripts."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from tests.contact_point import BY
from tests.events import world as events_world
from tests.web.public.conftest import small_centre
from wegweiser.events.actions import questions
from wegweiser.events.actions.questions import Asked
from wegweiser.events.models import Registration
from wegweiser.kernel import clock
from wegweiser.kernel.translated import translated
from wegweiser.web.public import forms as public_forms

OVERFLOWS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def address(transactional_db, monkeypatch):
    """The page of an event that asks a question, a second one that depends on it, and a consent."""
    monkeypatch.setattr(public_forms, "FASTEST", 0)
    for world in small_centre():
        held = events_world.held(centre=world, places=5, starts_at=clock.now() + dt.timedelta(days=7))
        meal = Asked(kind="yes_no", label=translated("Essen Sie mit uns?"), required=True)
        what = Asked(
            kind="text", label=translated("Was essen Sie nicht?"), required=True, shown_where=1, shown_answer="yes"
        )
        photo = Asked(kind="consent", label=translated("Fotos, auf denen ich zu sehen bin, dürfen gezeigt werden."))
        questions.set_all(event=held.event, asked=[meal, what, photo], by=BY)
        yield f"/veranstaltungen/{held.draft.entry.slug}/"


def test_a_guest_registers_a_colleague_gives_a_place_back_and_cancels(page, axe, address, complaints):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address)
    expect(page.get_by_text("noch 5 Plätze")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Anmelden", exact=True).click()
    axe(page)
    assert not page.evaluate(OVERFLOWS)
    expect(page.get_by_label("Was essen Sie nicht?")).to_be_hidden()
    page.get_by_role("button", name="Anmelden").click()
    expect(page.get_by_role("heading", name="Bitte prüfen")).to_be_visible()
    axe(page)
    complaints.clear()  # 422 is what the form answers with mistakes
    page.get_by_label("Ihr Name").fill("Gerda Gast")
    page.get_by_label("E-Mail-Adresse").fill("gerda@firma.example")
    page.get_by_label("Wie viele kommen?").fill("2")
    page.get_by_label("Wer kommt noch mit?").fill("Bert Bau")
    page.get_by_label("Ja", exact=True).check()
    page.get_by_label("Was essen Sie nicht?").fill("Nüsse")
    page.get_by_role("button", name="Anmelden").click()
    expect(page.get_by_role("heading", name="Sie sind angemeldet")).to_be_visible()
    expect(page.get_by_role("img", name="QR-Code für den Einlass")).to_have_count(2)
    axe(page)
    assert not page.evaluate(OVERFLOWS)
    page.get_by_text("Namen ändern oder Plätze zurückgeben").click()
    page.get_by_label("Bert Bau kann doch nicht").check()
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("img", name="QR-Code für den Einlass")).to_have_count(1)
    page.get_by_role("button", name="Absagen").click()
    expect(page.get_by_text("Möchten Sie wirklich absagen?")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Ja, absagen").click()
    expect(page.get_by_role("heading", name="Ihre Anmeldung ist abgesagt")).to_be_visible()
    axe(page)
    assert Registration.objects.get().state == "cancelled"


def test_without_scripts_everything_is_there(browser, live_server, address):
    context = browser.new_context(base_url=live_server.url, locale="de-DE", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}anmelden/")
    expect(page.get_by_text("Nur wenn Sie „Essen Sie mit uns?“ mit „Ja“ beantworten.")).to_be_visible()
    expect(page.get_by_label("Was essen Sie nicht?")).to_be_visible()
    page.get_by_label("Ihr Name").fill("Otto Ohne")
    page.get_by_label("E-Mail-Adresse").fill("otto@firma.example")
    page.get_by_label("Nein", exact=True).check()
    page.get_by_role("button", name="Anmelden").click()
    expect(page.get_by_role("heading", name="Sie sind angemeldet")).to_be_visible()
    page.get_by_role("button", name="Absagen").click()
    page.get_by_role("button", name="Ja, absagen").click()
    expect(page.get_by_role("heading", name="Ihre Anmeldung ist abgesagt")).to_be_visible()
    context.close()
