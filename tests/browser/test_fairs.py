"""Photos of business cards, as one chooses them: small before they are sent, and what does not fit is told at once."""

import datetime as dt
import uuid

import pytest
from playwright.sync_api import expect

from tests.browser.test_light import log_in
from tests.contact_point import BY
from tests.files.paint import painted, photograph
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.enquiries.actions import cards
from wegweiser.enquiries.models import Card
from wegweiser.kernel import clock


@pytest.fixture
def world(transactional_db, settings):
    settings.DEMO = False
    yield from small_centre()


@pytest.fixture
def choosing(page, live_server, world):
    fair, _fresh = cards.open_fair(
        title="Handwerksmesse",
        day=clock.today() - dt.timedelta(days=1),
        partner=world.lead,
        topic=world.topic,
        member=world.anna,
        submission=uuid.uuid4(),
        by=BY,
    )
    log_in(page, live_server, staff.login(world.anna))
    page.goto(f"/desk/besuche/messen/{fair.uuid}/")
    page.get_by_text("Nur Fotos, abtippen später").click()
    return page.get_by_label("Fotos der Karten")


def chosen(name: str, data: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def sizes(field) -> list[int]:
    return field.evaluate("field => [...field.files].map(file => file.size)")


def test_large_photos_are_made_small_and_become_cards(page, choosing, axe):
    large, small = photograph(3000, 2000), painted()
    assert len(large) > 600_000 > len(small)
    choosing.set_input_files([chosen("gross.jpg", large), chosen("klein.jpg", small)])
    expect(page.locator("#fotos-gesagt")).to_have_text("")
    first, second = sizes(choosing)
    assert first < len(large)
    assert second == len(small)
    axe(page)
    page.get_by_role("button", name="Fotos speichern").click()
    expect(page.get_by_text("2 Fotos sind da.")).to_be_visible()
    assert Card.objects.count() == 2


def test_what_does_not_fit_is_told_before_it_is_sent(page, choosing):
    choosing.set_input_files([chosen(f"{number}.jpg", painted()) for number in range(41)])
    said = page.locator("#fotos-gesagt")
    expect(said).to_contain_text("Höchstens 40 Fotos auf einmal.")
    page.get_by_role("button", name="Fotos speichern").click()
    expect(choosing).to_be_focused()
    assert not Card.objects.exists()
    choosing.evaluate("field => { field.dataset.wwBytes = '10' }")
    choosing.set_input_files([chosen("eins.jpg", painted())])
    expect(said).to_contain_text("Zusammen sind die Fotos zu groß.")
    choosing.evaluate("field => { field.dataset.wwBytes = '1000000' }")
    choosing.set_input_files([chosen("eins.jpg", painted())])
    expect(said).to_have_text("")
    page.get_by_role("button", name="Fotos speichern").click()
    expect(page.get_by_text("1 Foto ist da.")).to_be_visible()
