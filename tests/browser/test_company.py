"""A firm on a phone: logs in with a code, ticks off a step of its plan, writes a message; no barrier on the way."""

import pytest
from playwright.sync_api import expect

from tests import contact_point
from tests.contact_point import BY
from tests.journey import builders
from tests.web.public.conftest import small_centre
from wegweiser.companies.actions import consents, persons
from wegweiser.crossings import entrances
from wegweiser.journey.actions import plans

OVERFLOWS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def code(transactional_db):
    """The code that somebody at the desk reads out to Jana, whose firm has one of everything."""
    for world in small_centre():
        firm = builders.company("Fräserei Ölmann")
        jana = persons.find_or_create(name="Jana Ölmann", email="jana@oelmann.example", company=firm, by=BY)
        access = entrances.open_for(company=firm, person=jana, right="persons", by=BY)
        contact_point.case(world.lead, text="Die Fräse steht.", name="Jana", company=firm, person=jana)
        plans.plan(company=firm, title="Angebot einholen", by=BY)
        consents.give(person=jana, purpose="news", text_version="1", channel="web", by=BY)
        yield entrances.code(access=access, by=BY)


def test_a_code_a_tick_and_a_message_on_a_small_phone(page, axe, code):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/mein-betrieb/")
    axe(page)
    page.get_by_role("link", name="Code eintippen").click()
    page.get_by_label("Ihr Code").fill(code.lower())
    axe(page)
    page.get_by_role("button", name="Weiter").click()
    expect(page.get_by_role("heading", name="Mein Betrieb")).to_be_visible()
    sections = page.locator(".ww-sections a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert len(sections) == 8
    for address in (*sections, "/mein-betrieb/daten/loeschen/"):
        page.goto(address)
        axe(page)
        assert not page.evaluate(OVERFLOWS), address
    page.goto("/mein-betrieb/fahrplan/")
    page.get_by_role("button", name="Erledigt").click()
    expect(page.get_by_role("heading", name="Das ist erledigt")).to_be_visible()
    page.goto("/mein-betrieb/anliegen/")
    page.get_by_role("link", name="Die Fräse steht.").click()
    page.get_by_label("Ihre Nachricht").fill("Jetzt läuft sie wieder.")
    page.get_by_role("button", name="Nachricht senden").click()
    expect(page.get_by_text("Jetzt läuft sie wieder.")).to_be_visible()
    axe(page)
