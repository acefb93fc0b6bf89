"""From the invitation to the departure, in a browser and partly by keyboard alone."""

import datetime as dt

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import contact_point
from tests.contact_point import BY
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.consortium.models import Member, Role
from wegweiser.enquiries.actions import cases
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter

PASSWORD = "vier ganz lange woerter"


@pytest.fixture
def world(transactional_db, settings):
    settings.DEMO = False
    yield from small_centre()


def log_in(page, email: str, password: str) -> None:
    page.goto("/konto/einloggen/")
    page.get_by_label("E-Mail").fill(email)
    page.get_by_label("Passwort").fill(password)
    page.get_by_role("button", name="Einloggen").click()


def enter_code(page) -> None:
    field = page.get_by_label("Code", exact=True)
    field.fill(staff.code())
    field.press("Enter")


def test_invited_working_leaving_and_the_old_address_leads_on(page, axe, world):
    admin = staff.hire(Role.ADMINISTRATOR, None)
    log_in(page, admin.email, staff.PASSWORD)
    enter_code(page)
    expect(page.get_by_role("link", name="Team").first).to_be_visible()

    page.goto(reverse("desk:team"))
    axe(page)
    page.goto(reverse("desk:team_new"))
    axe(page)
    page.get_by_label("Name", exact=True).fill("Eva Größe")
    page.get_by_label("E-Mail").fill("eva@centre.example")
    page.get_by_label("Vernetzung").check()
    page.get_by_label("Partner").select_option(label="Other")
    page.get_by_label("Ab", exact=True).fill("2026-01-01")
    page.get_by_role("button", name="Anlegen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Eva Größe")
    axe(page)
    page.get_by_role("button", name="Link anzeigen").focus()
    page.keyboard.press("Enter")
    address = page.locator(".ww-team__link code").inner_text()
    axe(page)
    assert not Letter.objects.exists()

    desk = page.context.cookies()  # a code works once, so the administrator stays logged in
    page.context.clear_cookies()
    page.goto(address[address.index("/konto/") :])
    axe(page)
    page.get_by_label("Neues Passwort").fill(PASSWORD)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ihr Passwort ist festgelegt.")).to_be_visible()
    log_in(page, "eva@centre.example", PASSWORD)
    expect(page.get_by_role("heading", name="Zweiten Faktor einrichten")).to_be_visible()
    axe(page)

    eva = Member.objects.get(email="eva@centre.example")
    contact_point.let_in(world.ben)
    case = cases.take(case=contact_point.case(world.other, topic=world.topic), member=eva, by=BY)
    sessions = page.context.cookies()
    page.context.clear_cookies()
    page.context.add_cookies(desk)
    page.goto(reverse("desk:team_person", kwargs={"uuid": eva.uuid}))
    page.get_by_role("link", name="Ausscheiden vorbereiten").click()
    page.get_by_label("Letzter Tag").fill((clock.today() - dt.timedelta(days=1)).isoformat())
    page.get_by_role("button", name="Zeigen, was ansteht").click()
    axe(page)
    page.locator("summary", has_text="Einzeln ansehen").first.click()
    expect(page.get_by_text(case.reference)).to_be_visible()
    page.get_by_role("button", name="Vorschau").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Das wird geschehen")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Jetzt übergeben").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Alles ist übergeben")).to_be_visible()
    axe(page)
    case.refresh_from_db()
    assert case.adviser == world.ben

    page.goto(f"/ansprechpersonen/{eva.slug}/")
    expect(page.get_by_text("Ben hilft Ihnen jetzt weiter.")).to_be_visible()
    axe(page)
    page.context.clear_cookies()
    page.context.add_cookies(sessions)
    page.goto("/desk/")
    expect(page.get_by_role("heading", name="Einloggen")).to_be_visible()
