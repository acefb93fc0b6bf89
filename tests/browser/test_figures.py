"""The question to the figures and the list of what is unknown, in a browser: no barrier, and one tap saves."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from tests.browser.test_light import log_in
from tests.journey import builders
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.companies.models import Fact
from wegweiser.consortium.models import District, Role
from wegweiser.kernel import clock


@pytest.fixture
def desk(page, live_server, transactional_db, settings):
    settings.DEMO = False
    for world in small_centre():
        District.objects.get_or_create(ags="15002", defaults={"key": "halle", "name": "Halle"})
        day = clock.today() - dt.timedelta(days=3)
        firm = builders.company("Tischlerei Eiche", district="15002")
        builders.step(firm, day=day, topic=world.topic, partner=world.other, grant=world.grant.slug)
        adviser = staff.hire(Role.MANAGEMENT, world.other)
        log_in(page, live_server, adviser)
        yield page


def test_a_question_is_put_together_and_leads_to_its_steps(desk, axe):
    desk.goto("/desk/auswertung/")
    axe(desk)
    desk.get_by_label("im Landkreis").select_option(label="Halle")
    desk.get_by_label("aufgeteilt nach").select_option(label="Branche")
    desk.get_by_role("button", name="Auswerten").click()
    expect(desk.locator(".ww-sentence__answer")).to_contain_text("Landkreis Halle")
    axe(desk)
    desk.get_by_role("table").get_by_role("link", name="unbekannt").click()
    expect(desk.get_by_role("link", name="Tischlerei Eiche")).to_be_visible()
    desk.get_by_role("link", name="Zahlen abfragen").first.click()
    desk.goto("/desk/auswertung/?je=district")
    axe(desk)
    desk.goto("/desk/berichte/planung/")
    axe(desk)


def test_the_evidence_is_read_on_a_phone_without_scrolling_sideways(desk, axe):
    desk.set_viewport_size({"width": 360, "height": 800})
    desk.goto("/desk/berichte/nachweise/?kennzahl=companies_reached")
    assert desk.locator(".ww-table--stacked").evaluate("it => it.scrollWidth - it.clientWidth") == 0
    row = desk.get_by_role("row").filter(has=desk.get_by_role("rowheader")).first
    assert row.get_by_role("cell").count() == 6
    axe(desk)


def test_one_tap_saves_and_can_be_put_right(desk, axe):
    desk.goto("/desk/auswertung/unbekannt/")
    axe(desk)
    desk.get_by_label("Betriebsgröße").select_option(label="10–49")
    expect(desk.get_by_text("gespeichert", exact=True)).to_be_visible()
    axe(desk)
    expect(desk.get_by_label("Betriebsgröße")).to_have_value("small")
    desk.get_by_label("Betriebsgröße").select_option(label="50–249")
    expect(desk.get_by_label("Betriebsgröße")).to_have_value("medium")
    desk.reload()
    expect(desk.get_by_label("Branche")).to_be_visible()
    expect(desk.get_by_label("Betriebsgröße")).to_have_count(0)
    assert set(Fact.objects.filter(kind="size").values_list("value", flat=True)) == {"small", "medium"}
