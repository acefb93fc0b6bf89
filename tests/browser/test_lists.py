"""A list that is asked anew while one types or chooses takes nothing away from under the hand."""

import re

import pytest
from playwright.sync_api import Page, expect

HELD = 90  # ms that somebody keeps a button down


@pytest.fixture
def site(page: Page, model_centre) -> Page:
    page.set_viewport_size({"width": 1280, "height": 900})
    return page


def search(site: Page, address: str, word: str) -> None:
    site.goto(address)
    site.get_by_label("Wonach suchen Sie?").press_sequentially(word)
    expect(site).to_have_url(re.compile(f"q={word}"))


def goes_on(site: Page, letters: str) -> None:
    field = site.get_by_label("Wonach suchen Sie?")
    field.press("End")
    field.press_sequentially(letters)


def press(site: Page, found) -> None:
    """A click as a hand makes it: the button goes down, stays for a moment and comes up."""
    found.scroll_into_view_if_needed()
    box = found.bounding_box()
    site.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2)
    site.mouse.down()
    site.wait_for_timeout(HELD)
    site.mouse.up()


def test_the_first_click_after_a_word_opens_what_was_found(site):
    search(site, "/leuchtturmprojekte/", "Tischlerei")
    expect(site.locator(".ww-story")).to_have_count(1)
    press(site, site.get_by_role("link", name="Treppe zum Selberplanen"))
    expect(site.get_by_role("heading", level=1)).to_have_text("Treppe zum Selberplanen")


def test_the_first_click_after_a_word_unfolds_the_filters_for_good(site):
    search(site, "/angebote/", "Maschine")
    press(site, site.locator("summary", has_text="Eingrenzen"))
    expect(site.get_by_label("Was?")).to_be_visible()
    site.wait_for_timeout(500)
    expect(site.get_by_label("Was?")).to_be_visible()
    goes_on(site, "n")
    expect(site).to_have_url(re.compile("q=Maschinen"))
    expect(site.get_by_label("Was?")).to_be_visible()


def test_the_first_click_after_a_place_opens_what_was_found_and_the_place_counts(site):
    site.goto("/veranstaltungen/")
    site.get_by_label("Ort oder Postleitzahl").press_sequentially("Stendal")
    press(site, site.locator("summary", has_text="Eingrenzen"))
    expect(site).to_have_url(re.compile("ort=Stendal"))
    expect(site.get_by_label("Landkreis")).to_be_visible()
    site.goto("/veranstaltungen/")
    first = site.locator("#treffer h3 a").first
    name = first.inner_text()
    site.get_by_label("Ort oder Postleitzahl").press_sequentially("Stendal")
    press(site, first)
    expect(site.get_by_role("heading", level=1)).to_have_text(name)


def test_a_choice_that_is_open_is_not_taken_away(site):
    search(site, "/angebote/", "Maschine")
    site.locator("summary", has_text="Eingrenzen").click()
    goes_on(site, "n")
    choice = site.get_by_label("Was?")
    site.evaluate("window.choice = document.querySelector('select[name=art]')")
    press(site, choice)
    site.wait_for_timeout(700)
    assert site.evaluate("window.choice.isConnected")
    choice.select_option("termin")
    expect(site).to_have_url(re.compile("q=Maschinen&art=termin"))


def test_a_day_is_typed_with_the_keyboard(site):
    asked: list[str] = []
    site.goto("/veranstaltungen/")
    site.on("request", lambda request: asked.append(request.url) if "von=" in request.url else None)
    site.locator("summary", has_text="Eingrenzen").click()
    since = site.get_by_label("Von")
    since.focus()
    site.keyboard.type("12122026", delay=60)  # the same in both orders of day and month
    assert (since.input_value(), asked) == ("2026-12-12", [])
    expect(since).to_be_focused()
    site.get_by_label("Bis").focus()
    expect(site).to_have_url(re.compile("von=2026-12-12"))
    expect(site.get_by_label("Bis")).to_be_focused()
    expect(since).to_have_value("2026-12-12")
    assert len(asked) == 1


def test_a_day_that_was_typed_counts_with_enter(site):
    site.goto("/veranstaltungen/")
    site.locator("summary", has_text="Eingrenzen").click()
    site.get_by_label("Bis").focus()
    site.keyboard.type("12122026", delay=20)
    site.keyboard.press("Enter")
    expect(site).to_have_url(re.compile("bis=2026-12-12"))
    expect(site.get_by_role("link", name="bis 12.12.2026 entfernen")).to_be_visible()


def test_back_inside_a_list_keeps_the_word_in_its_field(site, complaints):
    search(site, "/angebote/", "Tischlerei")
    site.locator("summary", has_text="Eingrenzen").click()
    site.get_by_label("Was?").select_option("praxisbeispiel")
    expect(site).to_have_url(re.compile("q=Tischlerei&art=praxisbeispiel"))
    site.go_back()
    expect(site).to_have_url(re.compile("q=Tischlerei$"))
    expect(site.get_by_label("Wonach suchen Sie?")).to_have_value("Tischlerei")
    expect(site.get_by_label("Was?")).to_have_value("")
    if not site.get_by_label("Thema").is_visible():
        site.locator("summary", has_text="Eingrenzen").click()
    site.get_by_label("Thema").select_option(index=1)
    expect(site).to_have_url(re.compile("q=Tischlerei&thema="))
    assert complaints == []
