"""A session ends while somebody writes: nothing of what they wrote is lost, and the login leads back to the page."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import contact_point
from tests.contact_point import BY, MONDAY
from wegweiser.enquiries.models import Contribution
from wegweiser.journey.actions import plans
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter
from wegweiser.web import bodies

CODE, ASK = "/mein-betrieb/code/", "/mein-betrieb/einloggen/"
LETTER = "Montag geht doch nicht.\nKönnen wir Dienstag sagen?"
HOME = "http://testserver"


@pytest.fixture
def case(firm, jana, world):
    return contact_point.case(world.lead, text="Die Fräse steht zu oft.", name="Jana", company=firm, person=jana)


@pytest.fixture
def page(case):
    return f"/mein-betrieb/anliegen/{case.uuid}/"


@pytest.fixture
def late(inside):
    """The client on the next morning: twelve hours are over."""
    with clock.stopped_at(MONDAY + dt.timedelta(hours=23)):
        yield inside


def code() -> str:
    return re.search(r"(?<![\w/-])[2-9A-Z]{4}-[2-9A-Z]{4}(?![\w-])", Letter.objects.order_by("-id")[0].text).group()


def fields(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that goes to `action`."""
    form = re.search(rf'<form method="post" action="{re.escape(action)}".*?</form>', page, re.DOTALL).group()
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def test_the_message_is_shown_and_goes_along_to_its_form(late, page):
    shown = late.post(page, {"text": LETTER})
    assert shown.status_code == 403
    assert "Sie sind nicht mehr eingeloggt" in shown.text
    assert LETTER in shown.text
    carried = fields(shown.text, ASK)
    assert carried == {"weiter": page, "typed-text": LETTER}
    sent = late.post(ASK, {"email": "jana@oelmann.example", **carried})
    assert LETTER in sent.text
    carried = fields(sent.text, CODE)
    back = late.post(CODE, {"code": code(), **carried})
    assert (back.status_code, back["Location"]) == (307, page)  # the browser sends the same fields there
    form = late.post(page, {"code": code(), **carried}).context["form"]
    assert (form.is_bound, form["text"].value()) == (False, LETTER)
    assert not Contribution.objects.filter(kind="message").exists()


def test_a_mistyped_code_loses_nothing(late, page):
    answer = late.post(CODE, {"code": "AAAA-BBBB", "weiter": page, "typed-text": LETTER})
    assert answer.status_code == 422
    assert fields(answer.text, CODE) == {"weiter": page, "typed-text": LETTER}
    assert LETTER in answer.text


def test_the_link_of_the_mail_leads_back_too_and_the_open_page_has_the_text(late, page):
    carried = fields(late.post(page, {"text": LETTER}).text, ASK)
    sent = late.post(ASK, {"email": "jana@oelmann.example", **carried})
    link = re.search(r"http://localhost:8000(/mein-betrieb/\S+)", Letter.objects.order_by("-id")[0].text).group(1)
    assert late.post(link)["Location"] == page
    assert late.post(page, fields(sent.text, page)).context["form"]["text"].value() == LETTER


@pytest.mark.parametrize(
    "elsewhere",
    ["https://boese.example/mein-betrieb/", "/mein-betrieb/?x=Rufen+Sie+0900", "/mein-betrieb/einloggen/Rufen-Sie/"],
)
def test_nobody_writes_into_the_mail_of_somebody_else(client, access, elsewhere):
    client.post(ASK, {"email": "jana@oelmann.example", "weiter": elsewhere})
    assert "weiter=" not in Letter.objects.order_by("-id")[0].text


def test_a_remark_in_the_plan_is_there_again(late, firm):
    step = plans.plan(company=firm, title="Daten sichern", doer="company", by=BY)
    typed = {"do": "remark", "step": str(step.uuid), "remark": "Das macht Frau Kunz."}
    carried = fields(late.post("/mein-betrieb/fahrplan/", typed).text, ASK)
    late.post(ASK, {"email": "jana@oelmann.example"})
    late.post(CODE, {"code": code()})
    shown = late.post("/mein-betrieb/fahrplan/", carried).text
    assert re.search(r'<details class="ww-fold" open>.*?>Das macht Frau Kunz\.</textarea>', shown, re.DOTALL)


def test_who_was_to_be_invited_is_there_again(late):
    typed = {"do": "invite", "name": "Ben Blau", "email": "ben@oelmann.example", "right": "all"}
    carried = fields(late.post("/mein-betrieb/personen/", typed).text, ASK)
    late.post(ASK, {"email": "jana@oelmann.example"})
    late.post(CODE, {"code": code()})
    form = late.post("/mein-betrieb/personen/", carried).context["form"]
    assert [form[name].value() for name in ("name", "email", "right")] == ["Ben Blau", "ben@oelmann.example", "all"]


def test_a_click_says_that_nothing_happened_and_comes_back(late):
    answer = late.post("/mein-betrieb/einwilligungen/", {"einwilligung": "x"}, follow=True)
    assert answer.redirect_chain == [("/mein-betrieb/?weiter=/mein-betrieb/einwilligungen/", 302)]
    assert "Sie sind nicht mehr eingeloggt. Gespeichert oder gesendet wurde nichts." in answer.text


def test_logging_out_is_no_page_to_come_back_to(late):
    assert late.post("/mein-betrieb/ausloggen/", {"do": "here"})["Location"] == "/mein-betrieb/"


def test_beside_large_files_the_words_are_kept_and_the_files_are_not_read(late, page, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    large = SimpleUploadedFile("foto.jpg", b"x" * (bodies.ordinary() + 1))
    answer = late.post(page, {"text": LETTER, "attached": large}, headers={"origin": HOME})
    assert answer.status_code == 403
    assert fields(answer.text, ASK)["typed-text"] == LETTER
    assert "Dateien wählen Sie dort bitte noch einmal aus." in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert not list(tmp_path.iterdir())


def test_a_large_form_of_strangers_is_not_read_at_all(late, page):
    large = SimpleUploadedFile("foto.jpg", b"x" * (bodies.ordinary() + 1))
    answer = late.post(page, {"text": LETTER, "attached": large}, headers={"origin": "https://boese.example"})
    assert (answer.status_code, answer["Location"]) == (302, f"/mein-betrieb/?weiter={page}")
