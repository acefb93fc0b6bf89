"""A text block goes where the cursor is, the preview shows the mail, and the page stays where it was."""

import pytest
from playwright.sync_api import expect

from tests import contact_point
from tests.browser.test_light import log_in
from tests.contact_point import BY
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.enquiries.actions import cases, text_blocks


@pytest.fixture
def world(transactional_db, settings):
    settings.DEMO = False
    yield from small_centre()


def test_a_block_goes_where_the_cursor_is(page, live_server, world, axe):
    case = contact_point.case(world.lead)
    cases.take(case=case, member=world.anna, by=BY)
    text_blocks.write(title="Mitte", text="Danke, {name}.", language="de", partner=None, by=BY)
    log_in(page, live_server, staff.login(world.anna))
    page.goto(f"/desk/anliegen/{case.uuid}/?oeffnen=answer")
    text = page.get_by_label("Ihre Antwort")
    text.fill("Anfang. Ende.")
    text.evaluate("field => field.setSelectionRange(8, 8)")
    page.get_by_label("Textbaustein").select_option("Mitte")
    page.evaluate("window.here = true")
    page.get_by_role("button", name="Einfügen").click()
    expect(page.get_by_label("Ihre Antwort")).to_have_value("Anfang.\n\nDanke, Jana Ölmann.\n\nEnde.")
    expect(page.get_by_label("Ihre Antwort")).to_be_focused()
    page.get_by_role("button", name="Vorschau").click()
    expect(page.locator("#answer-preview")).to_contain_text("Guten Tag Jana Ölmann,")
    assert page.evaluate("window.here")  # the page was not loaded anew
    axe(page)
