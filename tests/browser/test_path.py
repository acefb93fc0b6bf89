"""The whole path in one breath: from a question on the home page to the figure in the funder's report."""

import datetime as dt
import io
import re
import uuid

import openpyxl
import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from wegweiser.accounts.actions import users
from wegweiser.companies.actions import companies
from wegweiser.companies.models import Company
from wegweiser.consortium import queries
from wegweiser.consortium.actions import members
from wegweiser.consortium.models import District, Member, Partner, Role, Sector, Topic
from wegweiser.enquiries.actions import appointments, cases
from wegweiser.enquiries.models import Appointment, Case, FollowUp, State
from wegweiser.journey.models import Step
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.outbox import delivery

BY = Actor.system("test")
PASSWORD = "ein-langes-passwort"
QUESTION = "Wir müssen jeden Auftrag dreimal abtippen und verlieren dabei den Überblick"


@pytest.fixture
def centre(model_centre):
    return model_centre


def adviser_of(partner: Partner, *, role: Role = Role.ADVISER) -> Member:
    """Somebody who works at this partner and knows their password."""
    email = f"test-{role.value}@centre.example"
    member = members.join(
        slug=f"test-{role.value}", name="Toni Test", email=email, role=role, partner=partner, since=clock.today(), by=BY
    )
    user = users.create(email=email, name=member.name, password=PASSWORD, demo=True, by=BY)
    members.link(member=member, user=user, by=BY)
    return member


def log_in(page: Page, member: Member) -> None:
    page.goto("/desk/")
    page.get_by_label("E-Mail").fill(member.email)
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Einloggen").click()
    expect(page.get_by_role("heading", name="Heute", exact=True)).to_be_visible()


def ask(page: Page, *, name: str, phone: str = "", email: str = "", firm: str = "") -> Case:
    page.goto("/")
    page.get_by_label("Wo hakt es im Betrieb?").fill(QUESTION)
    page.get_by_role("button", name="Passende Hilfe finden").click()
    expect(page.get_by_role("heading", name="Anliegen senden")).to_be_visible()
    page.get_by_label("Ihr Name").fill(name)
    page.get_by_label("Telefon", exact=True).fill(phone)
    page.get_by_label("E-Mail-Adresse").fill(email)
    page.get_by_label("Betrieb", exact=False).last.fill(firm)
    page.get_by_role("button", name="Anliegen senden").click()
    page.wait_for_url("**/anliegen/gesendet/**")
    case = Case.objects.get(name=name)
    expect(page.get_by_text(case.reference)).to_be_visible()
    return case


def act(page: Page, verb: str, action: str, said: str) -> None:
    """Press the button of the form behind `verb` and wait for what is said afterwards."""
    page.locator(f"form:has(input[name=do][value={verb}])").get_by_role("button", name=action, exact=True).click()
    expect(page.get_by_text(said)).to_be_visible()


def open_form(page: Page, summary: str):
    page.locator("summary", has_text=summary).click()
    return page.locator("details[open]", has=page.locator("summary", has_text=summary))


def test_a_question_becomes_a_figure_in_the_report(page, axe, centre, smtp):
    by_phone = ask(page, name="Petra Müller", phone="0391 4090123")
    by_mail = ask(page, name="Uwe Krause", email="uwe.krause@fraese.example", firm="Krause Frästechnik GmbH")
    assert by_phone.suggested["offers"]
    adviser = adviser_of(by_mail.partner)

    page.goto("/desk/")
    axe(page)
    log_in(page, adviser)
    expect(page.get_by_role("link", name="Petra Müller")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Krause Frästechnik GmbH", exact=True).click()
    axe(page)
    act(page, "take", "Übernehmen", "Sie haben das Anliegen übernommen.")

    start = clock.at(clock.today(), dt.time())  # arranged before; a form takes no date that is over
    appointments.arrange(case=by_mail, member=adviser, kind="talk", starts_at=start, by=BY)
    page.reload()
    dates = open_form(page, "Termin vereinbaren")
    dates.get_by_label("Tag").fill((clock.today() + dt.timedelta(days=1)).isoformat())
    dates.get_by_label("Uhrzeit").fill("14:00")
    act(page, "arrange", "Vereinbaren", "Termin vereinbart.")
    page.locator("summary", has_text=re.compile("Absagen.* 14:00")).click()
    axe(page)
    page.get_by_role("button", name=re.compile("Absagen und schreiben.* 14:00")).click()
    expect(page.get_by_text("Der Termin ist abgesagt.")).to_be_visible()

    log = open_form(page, "Gespräch oder Vor-Ort-Termin festhalten")
    log.get_by_role("spinbutton", name="Minuten").fill("20")
    log.locator("summary", has_text="Angaben zum Betrieb").click()
    log.get_by_label("Beschäftigte").select_option(index=2)
    log.get_by_label("Branche").select_option(label=str(Sector.objects.first()))
    log.get_by_label("Landkreis").select_option(label=str(District.objects.first()))
    log.get_by_label("Gehört zum Termin").select_option(index=1)
    log.get_by_label("Kurz, worum es ging").fill("Aufträge einmal erfassen")
    act(page, "log", "Festhalten", "Festgehalten.")
    assert Appointment.objects.get(cancelled_at=None).log.minutes == 20
    step = Step.objects.exclude(company=None).get()
    assert (step.measures, step.company.name) == ({"minutes": 20}, "Krause Frästechnik GmbH")

    answer = open_form(page, "Per E-Mail antworten")
    answer.get_by_label("Ihre Antwort").fill("Schauen Sie sich das einmal an.")
    offer = answer.get_by_role("checkbox").first
    title = answer.locator(".kern-form-check .kern-label").first.inner_text()
    offer.check()
    answer.locator("summary", has_text="Weitere Angebote").click()
    answer.get_by_label("Angebot suchen").fill("PHISHING")
    expect(answer.locator("[data-ww-narrow] .kern-form-check:visible")).to_have_count(1)
    answer.get_by_label("Phishing und gefälschte Nachrichten erkennen").check()
    act(page, "answer", "Antwort senden", "Ihre Antwort steht im Verlauf.")
    delivery.send_due()
    sent = [mail for mail in smtp.messages if mail["To"] and "uwe.krause@fraese.example" in mail["To"]]
    methods = [part.get_param("method") for mail in sent for part in mail.iter_attachments()]
    assert methods == ["REQUEST", "CANCEL"]  # a date that is over already is told to nobody
    said = sent[-1].get_body(("plain",)).get_content()
    assert title in said
    assert "Phishing und gefälschte Nachrichten erkennen" in said

    later = open_form(page, "Wiedervorlage setzen")
    later.get_by_label("Was ist zu tun?").fill("Nachfragen, ob es passt")
    act(page, "follow_up", "Setzen", "Wiedervorlage gesetzt.")
    assert FollowUp.objects.filter(case=by_mail, note="Nachfragen, ob es passt").exists()
    axe(page)

    open_form(page, "Abschließen").get_by_label("geholfen").check()
    act(page, "close", "Abschließen", "Das Anliegen ist abgeschlossen.")
    by_mail.refresh_from_db()
    assert by_mail.state == State.CLOSED

    page.get_by_role("link", name="Krause Frästechnik GmbH", exact=True).click()
    expect(page.locator(".ww-timeline li")).to_have_count(2)
    expect(page.locator(".ww-timeline li", has_text="Antwort per E-Mail")).to_contain_text("zählt nicht")
    axe(page)

    page.goto(reverse("desk:reports"))
    reached = page.locator(".ww-figure", has_text="Erreichte Unternehmen")
    expect(reached.locator(".ww-figure__value")).to_have_text("Ist: 1")
    axe(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="XLSX").click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    rows = [row for row in book.worksheets[0].iter_rows(values_only=True) if row and row[0]]
    assert next(row for row in rows if row[0] == "Erreichte Unternehmen")[2] == 1
    reached.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Erreichte Unternehmen")
    expect(page.get_by_role("link", name="Krause Frästechnik GmbH")).to_be_visible()
    expect(page.get_by_text(str(step.uuid)[:8])).to_be_visible()
    axe(page)


def test_a_known_firm_is_recognised_by_its_number_and_no_mail_address_is_needed(page, axe, centre):
    topic = next(row for row in Topic.objects.all() if queries.owner(row))
    adviser = adviser_of(queries.owner(topic))
    known = companies.find_or_create(name="Druckerei Blau GmbH", phone="+493914090555", by=BY)
    log_in(page, adviser)
    page.goto(reverse("desk:new"))
    axe(page)
    page.get_by_label("Telefonnummer").press_sequentially("0391 4090555")
    page.get_by_label("Druckerei Blau GmbH").check()
    page.get_by_label("Name", exact=True).fill("Ina Blau")
    page.get_by_label("Worum geht es?").fill(QUESTION)
    expect(page.locator("#vorschlag")).to_contain_text("Passt zu")
    axe(page)
    page.locator("summary", has_text="Thema und mehr").click()
    page.get_by_label("Thema").select_option(label=str(topic))
    page.get_by_role("button", name="Aufnehmen").click()
    expect(page.get_by_text(re.compile("^Aufgenommen:"))).to_be_visible()
    case = Case.objects.get(name="Ina Blau")
    assert (case.email, case.phone, case.company) == ("", "+493914090555", known)
    for name in ("cases", "companies", "search"):
        page.goto(reverse(f"desk:{name}") + "?q=Blau&stand=alle")
        expect(page.get_by_role("link", name="Druckerei Blau GmbH").first).to_be_visible()
        axe(page)
    assert Company.objects.filter(name__contains="Blau").count() == 1


LINES_APART = """
rows => rows.every((row, place) => row.scrollHeight <= row.clientHeight + 1
  && (!place || row.getBoundingClientRect().top >= rows[place - 1].getBoundingClientRect().bottom - 1))
"""


def test_the_list_of_further_offers_keeps_its_lines_apart_on_a_phone(page, centre):
    partner = queries.lead()
    adviser = adviser_of(partner)
    given = {"text": QUESTION, "name": "Jana", "partner": partner, "answer_by": clock.today(), "intake": "web"}
    case, _fresh = cases.open(submission=uuid.uuid4(), email="jana@firma.example", **given, by=BY)
    log_in(page, adviser)
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(reverse("desk:case", kwargs={"uuid": case.uuid}) + "?oeffnen=answer")
    page.locator("details.ww-act[open] .ww-fold summary").click()
    rows = page.locator("details.ww-act[open] [data-ww-narrow] .kern-form-check")
    assert rows.count() > 20
    assert rows.evaluate_all(LINES_APART)


def test_the_menu_of_the_desk_hides_nothing_of_the_header_on_a_phone(page, centre):
    log_in(page, adviser_of(queries.lead()))
    page.set_viewport_size({"width": 360, "height": 800})
    page.locator(".ww-menu summary").click()
    menu, way_out = page.locator(".ww-menu .ww-nav"), page.get_by_role("link", name="Ausloggen")
    expect(menu).to_be_visible()
    assert menu.bounding_box()["y"] >= way_out.bounding_box()["y"] + way_out.bounding_box()["height"] - 1
