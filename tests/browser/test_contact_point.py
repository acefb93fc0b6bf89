"""The contact point in one breath: asked, asked back, answered, replied by mail, planned, ticked off by the firm."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_path import act, adviser_of, log_in, open_form
from tests.mailing import take, written
from tests.web.public.conftest import small_centre
from tests.web.public.test_asking_back import VAGUE, asking_back
from wegweiser.enquiries.models import Case
from wegweiser.journey.models import PlannedStep
from wegweiser.outbox import delivery
from wegweiser.web.public import forms

MAIL = "uwe@krause.example"


@pytest.fixture
def centre(transactional_db, monkeypatch, settings):
    """A small centre that asks back; a firm's first mail leads to the desk without a second factor."""
    monkeypatch.setattr(forms, "FASTEST", 0)  # Chromium types faster than people
    settings.DEMO, settings.MAIL_REPLY = True, "antwort@centre.example"
    for world in small_centre():
        yield asking_back(world)


def sent_to(smtp, address: str):
    """The newest mail to somebody."""
    delivery.send_due()
    return [mail for mail in smtp.messages if address in str(mail["To"])][-1]


def test_from_the_question_to_a_step_that_the_firm_ticks_off(page, axe, centre, smtp):
    page.goto("/")
    page.get_by_label("Wo hakt es im Betrieb?").fill(VAGUE)
    page.get_by_role("button", name="Passende Hilfe finden").click()
    page.get_by_role("button", name="Beim Schutz").click()
    expect(page.get_by_role("button", name="Zurücknehmen")).to_be_visible()
    page.get_by_label("Ihr Name").fill("Uwe Krause")
    page.get_by_label("E-Mail-Adresse").fill(MAIL)
    page.get_by_label("Betrieb", exact=False).last.fill("Krause Frästechnik GmbH")
    page.get_by_role("button", name="Anliegen senden").click()
    page.wait_for_url("**/anliegen/gesendet/**")
    case = Case.objects.get()
    assert (case.topic.slug, bool(case.suggested["asked"])) == ("sicher", True)

    log_in(page, adviser_of(case.partner))
    page.get_by_role("link", name="Krause Frästechnik GmbH", exact=True).first.click()
    act(page, "take", "Übernehmen", "Sie haben das Anliegen übernommen.")
    page.get_by_label("Ihre Antwort").fill("Wann passt es Ihnen?")  # who took it finds the next step open
    act(page, "answer", "Antwort senden", "Ihre Antwort steht im Verlauf.")

    open_form(page, "Betrieb zuordnen")
    act(page, "link", "Zuordnen", "Der Betrieb ist zugeordnet.")

    answer = sent_to(smtp, MAIL)
    take(written("Montag passt.", **{"from": MAIL, "to": str(answer["Reply-To"]), "in_reply_to": answer["Message-ID"]}))
    page.goto("/desk/")
    expect(page.get_by_role("heading", name=re.compile("Neue Antworten"))).to_be_visible()
    axe(page)
    page.goto(f"/desk/anliegen/{case.uuid}/")
    expect(page.get_by_text("Montag passt.")).to_be_visible()

    case.refresh_from_db()
    page.goto(f"/desk/betriebe/{case.company.uuid}/fahrplan/")
    page.get_by_label("Was ist zu tun?", exact=False).fill("Kennwörter ändern")
    page.get_by_role("button", name="In den Fahrplan").click()
    expect(page.get_by_role("button", name=re.compile("Abhaken.*Kennwörter ändern"))).to_be_visible()
    page.get_by_role("button", name="Senden", exact=True).click()
    link = re.search(r"https?://\S+/fahrplan/\S+", sent_to(smtp, MAIL).get_body(("plain",)).get_content())
    page.context.clear_cookies()  # the firm has no account

    page.goto(re.sub(r"https?://[^/]+", "", link[0]))
    page.get_by_role("button", name="Erledigt").click()
    expect(page.get_by_role("heading", name="Das ist erledigt")).to_be_visible()
    axe(page)
    step = PlannedStep.objects.get()
    assert step.done_at is not None
    assert step.done_by.startswith(("link", "person"))
