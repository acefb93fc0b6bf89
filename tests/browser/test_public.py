"""A visitor asks, reads the answer, sends the question and looks after it; with and without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.web.public.conftest import small_centre
from wegweiser.enquiries.models import Case
from wegweiser.web.public import forms

QUESTION = "Wir müssen jeden Auftrag dreimal abtippen"


@pytest.fixture
def centre(transactional_db, monkeypatch):
    monkeypatch.setattr(forms, "FASTEST", 0)  # Chromium types faster than people
    yield from small_centre()


def ask(page):
    page.goto("/")
    page.get_by_label("Wo hakt es im Betrieb?").fill(QUESTION)
    page.get_by_role("button", name="Passende Hilfe finden").click()
    expect(page.get_by_role("heading", name="Anliegen senden")).to_be_visible()
    expect(page.get_by_role("link", name="Aufträge ohne Abtippen")).to_be_visible()


def send(page):
    page.get_by_label("Ihr Name").fill("Petra Müller")
    page.get_by_label("Telefon", exact=True).fill("0391 4090123")
    page.get_by_role("button", name="Anliegen senden").click()
    page.wait_for_url("**/anliegen/gesendet/**")


def test_question_answer_number_and_status(page, axe, centre):
    page.goto("/")
    axe(page)
    ask(page)
    axe(page)
    page.get_by_role("button", name="Anliegen senden").click()
    expect(page.get_by_role("alert")).to_be_focused()
    axe(page)
    send(page)
    axe(page)
    expect(page.get_by_text(Case.objects.get().reference)).to_be_visible()
    page.get_by_role("link", name="Stand ansehen").click()
    expect(page.get_by_role("heading", name="Ihr Anliegen ist bei uns")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Hat sich erledigt").click()
    axe(page)
    page.get_by_role("button", name="Ja, hat sich erledigt").click()
    expect(page.get_by_role("heading", name="Ihr Anliegen ist abgeschlossen")).to_be_visible()


def test_a_tapped_sentence_waits_in_the_box(page, centre):
    page.goto("/")
    page.get_by_role("button", name="Wir tippen jeden Auftrag dreimal ab.").click()
    expect(page.get_by_label("Wo hakt es im Betrieb?")).to_have_value("Wir tippen jeden Auftrag dreimal ab.")


def test_another_question_is_answered_in_place(page, centre):
    ask(page)
    page.get_by_label("Anders fragen").fill("Hilfe, alle Dateien sind verschlüsselt, die wollen Bitcoin!")
    page.get_by_role("button", name="Passende Hilfe finden").click()
    expect(page.get_by_role("heading", name="Das klingt nach einem Notfall")).to_be_visible()


def test_essentials_stand_above_the_fold_of_a_small_phone(page, centre):
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto("/")
    for found in (
        page.get_by_role("heading", level=1),
        page.get_by_role("link", name="0391 5550199"),
        page.get_by_label("Wo hakt es im Betrieb?"),
        page.get_by_role("button", name="Passende Hilfe finden"),
    ):
        expect(found).to_be_in_viewport(ratio=1)


def test_the_whole_way_without_javascript(page, browser, live_server, centre):
    context = browser.new_context(base_url=live_server.url, locale="de-DE", java_script_enabled=False)
    plain = context.new_page()
    ask(plain)
    send(plain)
    expect(plain.get_by_text(Case.objects.get().reference)).to_be_visible()
    context.close()


@pytest.mark.parametrize(
    "path",
    [
        "/notfall/",
        "/anbieter-finden/",
        "/veranstaltungen/auftraege/",
        "/leuchtturmprojekte/druckerei/",
        "/themen/netz/",
        "/datenschutz/",
    ],
)
def test_pages_have_no_barriers(page, axe, centre, path):
    page.goto(path)
    axe(page)


def test_back_from_an_offer_shows_the_answer_again(browser, live_server, centre):
    context = browser.new_context(base_url=live_server.url, locale="de-DE")  # `page` would switch off Chromium's cache
    page = context.new_page()
    ask(page)
    page.get_by_role("link", name="Aufträge ohne Abtippen").click()
    expect(page.get_by_role("heading", level=1, name="Aufträge ohne Abtippen")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("link", name="Aufträge ohne Abtippen")).to_be_visible()
    expect(page.get_by_role("figure").get_by_text(QUESTION)).to_be_visible()
    context.close()


def test_back_to_a_form_with_mistakes_keeps_what_was_typed(browser, live_server, centre):
    context = browser.new_context(base_url=live_server.url, locale="de-DE", java_script_enabled=False)
    page = context.new_page()
    ask(page)
    page.get_by_label("Ihr Name").fill("Petra Müller")
    page.get_by_role("button", name="Anliegen senden").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("link", name="Datenschutz").first.click()
    page.wait_for_url("**/datenschutz/")
    page.go_back()
    expect(page.get_by_label("Ihr Name")).to_have_value("Petra Müller")
    context.close()


def test_a_form_that_comes_back_keeps_to_the_rules_for_styles(page, centre, complaints):
    """A text field that somebody made larger has a style of its own, which htmx must not write into the new one."""
    ask(page)
    page.locator("#senden textarea").evaluate("field => { field.style.height = '200px'; }")
    page.get_by_role("button", name="Anliegen senden").click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert complaints == []


def test_from_a_date_to_the_confirmation_and_its_address(page, axe, centre):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/veranstaltungen/auftraege/")
    page.get_by_role("link", name="Anmelden oder fragen").click()
    axe(page)
    send(page)
    axe(page)
    assert Case.objects.get().text.startswith("Aufträge ohne Abtippen")
    page.get_by_role("button", name="Adresse aufheben").click()
    expect(page.get_by_text("Kopiert.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").endswith(
        page.get_by_role("link", name="Stand ansehen").get_attribute("href")
    )
