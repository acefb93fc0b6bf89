"""An editor brings a date with a picture and English words to the public, changes its day and takes it back."""

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_path import adviser_of, log_in
from tests.files.paint import painted
from wegweiser.catalogue.models import Entry
from wegweiser.consortium import queries
from wegweiser.consortium.models import Role
from wegweiser.kernel import clock


@pytest.fixture
def centre(model_centre, settings, tmp_path):
    settings.HOME = tmp_path  # pictures go there
    return model_centre


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def fill(page, day):
    page.get_by_label("Titel, Deutsch", exact=False).fill("Zettel ade: Aufträge digital")
    page.get_by_label("Titel, Englisch").fill("Goodbye paper: digital orders")
    page.get_by_label("Kurz gesagt, Deutsch", exact=False).fill("Wie ein Auftrag nur einmal erfasst wird.")
    page.get_by_label("Kurz gesagt, Englisch").fill("How an order is typed only once.")
    page.get_by_label("Tag (nötig)").fill(day.isoformat())
    page.get_by_label("Beginn (nötig)").fill("14:00")
    page.get_by_label("Ende", exact=True).fill("16:30")
    page.get_by_label("Ort", exact=True).fill("Gründerzentrum, Stendal")
    page.get_by_label("Hauptthema (nötig)").select_option(index=1)
    page.get_by_label("Ansprechperson (nötig)").select_option(index=1)


def is_drawn(page, name: str) -> bool:
    page.wait_for_load_state("load")
    return page.get_by_role("img", name=name).evaluate("image => image.complete && image.naturalWidth > 0")


def test_an_editor_publishes_a_date_and_takes_it_back(page, axe, centre, complaints):
    day = clock.today() + dt.timedelta(days=30)
    log_in(page, adviser_of(queries.lead(), role=Role.EDITOR))
    page.goto("/desk/angebote/")
    expect(page.get_by_role("link", name="Neues Angebot")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Neues Angebot").click()
    axe(page)
    page.get_by_role("link", name="Veranstaltung", exact=True).click()
    fill(page, day)
    axe(page)

    button(page, "Speichern und Bild hinzufügen").click()
    page.get_by_label("Bilddatei").set_input_files(
        {"name": "halle.jpg", "mimeType": "image/jpeg", "buffer": painted(1600, 1200)}
    )
    button(page, "Bild speichern").click()
    expect(page.locator(".ww-summary")).to_be_visible()
    assert [told for told in complaints if "422" not in told] == []
    complaints.clear()
    page.get_by_label("Was ist zu sehen? (deutsch)").fill("Vier Farbfelder")
    page.get_by_label("Bilddatei").set_input_files(
        {"name": "halle.jpg", "mimeType": "image/jpeg", "buffer": painted(1600, 1200)}
    )
    button(page, "Bild speichern").click()
    expect(page.get_by_text("Bild gespeichert.")).to_be_visible()
    axe(page)
    page.locator(".ww-cut__whole").click(position={"x": 5, "y": 5})
    expect(page.get_by_label("oben links")).to_be_checked()
    expect(page.locator(".ww-cut__shown")).to_have_attribute("data-focus", "top-left")
    button(page, "Bild speichern").click()
    page.get_by_role("link", name="Zurück zum Angebot").first.click()

    button(page, "Speichern und Vorschau").click()
    expect(page.get_by_text("So wird die Seite aussehen.")).to_be_visible()
    expect(page.get_by_role("heading", name="Zettel ade: Aufträge digital")).to_be_visible()
    assert is_drawn(page, "Vier Farbfelder")
    axe(page)
    assert not Entry.objects.filter(slug__startswith="zettel-ade").exists()

    page.get_by_role("link", name="Zurück zum Bearbeiten").click()
    button(page, "Speichern und veröffentlichen").click()
    expect(page.get_by_text("Veröffentlicht.")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Öffentliche Seite").click()
    expect(page.get_by_role("heading", name="Zettel ade: Aufträge digital")).to_be_visible()
    expect(page.get_by_text("14:00 bis 16:30 Uhr").filter(visible=True).first).to_be_visible()
    assert is_drawn(page, "Vier Farbfelder")
    axe(page)
    address = page.url
    page.goto(re.sub(r"(//[^/]+)/", r"\1/en/", address, count=1))
    expect(page.get_by_role("heading", name="Goodbye paper: digital orders")).to_be_visible()

    page.goto("/desk/angebote/?q=Zettel")
    page.get_by_role("link", name="Zettel ade: Aufträge digital", exact=True).click()
    page.get_by_label("Beginn (nötig)").fill("15:00")
    button(page, "Speichern und veröffentlichen").click()
    expect(page.get_by_text("Veröffentlicht.")).to_be_visible()
    page.goto(address)
    expect(page.get_by_text("15:00 bis 16:30 Uhr").filter(visible=True).first).to_be_visible()

    page.goto("/desk/angebote/?q=Zettel")
    page.get_by_role("link", name="Zettel ade: Aufträge digital", exact=True).click()
    button(page, "Von der Website nehmen").click()
    expect(page.get_by_text("Zurückgezogen.", exact=False).first).to_be_visible()
    assert page.request.get(address).status == 410


UNDER_THE_BAR = """([before, field]) => {
  const of = (name) => document.querySelector(`[name=${name}]`);
  of(before).focus({ preventScroll: true });
  window.scrollBy(0, of(field).getBoundingClientRect().bottom - window.innerHeight + 8);
}"""
SEEN = """(field) => {
  const bar = document.querySelector(".ww-editing__bar"), box = document.activeElement.getBoundingClientRect();
  return document.activeElement.name === field && box.top > 0 && box.bottom <= bar.getBoundingClientRect().top;
}"""


def test_the_bar_never_hides_what_one_types_into(page, centre):
    """A field that lies under the bar at the bottom of the window comes out when the keyboard reaches it."""
    log_in(page, adviser_of(queries.lead(), role=Role.EDITOR))
    page.set_viewport_size({"width": 1280, "height": 700})
    page.goto("/desk/angebote/neu/event/")
    for before, field in [("title_de", "title_en"), ("target_group_de", "target_group_en"), ("place", "district")]:
        page.evaluate(UNDER_THE_BAR, [before, field])
        page.keyboard.press("Tab")
        page.wait_for_function(SEEN, arg=field, timeout=3_000)
