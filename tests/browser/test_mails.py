"""Mails at the desk as one works with them: a fresh one goes into the open case, a copy into any that one looks for."""

import re

import pytest
from playwright.sync_api import expect

from tests import contact_point
from tests.browser.test_light import log_in
from tests.mailing import came, take, written
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.files.actions import uploads
from wegweiser.kernel.actor import Actor


@pytest.fixture
def world(transactional_db, settings):
    settings.DEMO = False
    settings.MAIL_REPLY = "antwort@centre.example"
    yield from small_centre()


def test_a_fresh_mail_goes_into_the_open_case(page, live_server, world, axe, clamd):
    case = contact_point.case(world.lead)
    clamd.most = 5
    mail = written("Und der Scanner?", subject="Noch etwas zu gestern")
    mail.add_attachment(b"%PDF-1.7\nPlan", maintype="application", subtype="pdf", filename="plan.pdf")
    second = take(mail).mail.case
    uploads.scan(by=Actor.system("test"))
    log_in(page, live_server, staff.login(world.anna))
    page.goto(f"/desk/anliegen/{second.uuid}/")
    page.get_by_text("Trotzdem herunterladen").click()
    expect(page.get_by_role("link", name="Ungeprüft herunterladen")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="E-Mail dorthin legen").click()
    expect(page).to_have_url(f"{live_server.url}/desk/anliegen/{case.uuid}/")
    expect(page.get_by_text("Und der Scanner?")).to_be_visible()


def test_a_copy_that_names_nobody_goes_where_one_looks(page, live_server, world, axe):
    case = contact_point.case(world.lead, name="Hans Meier", email="hans@meier.example")
    came("Zur Ablage.", From=world.anna.email, subject="Notiz")
    log_in(page, live_server, staff.login(world.anna))
    page.goto("/desk/")
    page.get_by_role("link", name="Ganz lesen oder anderes Anliegen suchen").click()
    page.get_by_label("Name, Telefonnummer oder Vorgangsnummer").fill("meier")
    page.get_by_role("button", name="Suchen").click()
    expect(page.get_by_label(case.reference)).not_to_be_checked()
    axe(page)
    page.get_by_role("button", name="Ablegen").click()
    expect(page).to_have_title(re.compile("E-Mail ablegen"))  # nothing was chosen
    page.get_by_label(case.reference).check()
    page.get_by_role("button", name="Ablegen").click()
    expect(page.get_by_text(f"Abgelegt bei {case.reference}.")).to_be_visible()
