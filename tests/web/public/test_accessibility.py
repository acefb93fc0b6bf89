"""The statement on accessibility as the model decision wants it, and the form that tells us of a barrier."""

import datetime as dt
import re
import uuid

import pytest
from django.test import Client

from tests import contact_point
from wegweiser.enquiries.models import Case
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter
from wegweiser.web.public import forms, limits

PATH = "/barrierefreiheit/"
STATEMENT = {
    "conformity": "partial",
    "law": {"de": "Landesgesetz und BITV 2.0", "en": "Land law and BITV 2.0"},
    "gaps": [{"de": "Das Archiv vor 2020 ist nicht umgestellt."}],
    "method": {"de": "Geprüft von einer Agentur."},
    "made_on": "2026-01-10",
    "checked_on": "2026-02-10",
    "enforcement": {
        "name": {"de": "Die Schlichtungsstelle", "en": "The Arbitration Board"},
        "street": "Am Amt 1",
        "postcode": "10115",
        "place": "Berlin",
        "phone": "+49 30 23125-903",
        "email": "schlichtung@amt.example",
        "url": "https://schlichtung.example",
    },
}


@pytest.fixture
def stated(world):
    world.centre.texts = {**world.centre.texts, "accessibility": STATEMENT}
    world.centre.save()
    return world


def filled(**changes):
    with clock.stopped_at(contact_point.MONDAY - dt.timedelta(minutes=1)):
        stamp = forms.stamp()
    given = {"text": "Der Knopf hat keinen Namen.", "page": "/angebote/", "phone": "", "email": "", "website": ""}
    return {**given, "submission": str(uuid.uuid4()), "stamp": stamp, **changes}


def text_of(response) -> str:
    html = response.content.decode()
    main = re.sub(r"<[^>]+>", " ", html[html.index("<main") : html.index("</main>")])
    return " ".join(main.split())


def test_the_statement_says_what_the_model_decision_asks_for(client, stated):
    said = text_of(client.get(PATH))
    for text in (
        *("Verantwortlich: Institut Lead", "Landesgesetz und BITV 2.0", "(EU) 2018/1523", "teilweise vereinbar"),
        *("EN 301 549", "Das Archiv vor 2020", "Geprüft von einer Agentur.", "Erstellt am 10. Januar 2026"),
        *("Zuletzt überprüft am 10. Februar 2026", "Barriere melden", "nach einem Monat", "Die Schlichtungsstelle"),
        *("10115 Berlin", "+49 30 23125-903", "schlichtung@amt.example"),
    ):
        assert text in said
    assert "https://schlichtung.example" in client.get(PATH).content.decode()


@pytest.mark.parametrize(
    ("conformity", "sentence", "gaps"),
    [("full", "vollständig vereinbar", False), ("none", "nicht vereinbar", True), ("partial", "teilweise", True)],
)
def test_it_names_gaps_unless_there_are_none(client, stated, conformity, sentence, gaps):
    stated.centre.texts["accessibility"] = {**STATEMENT, "conformity": conformity}
    stated.centre.save()
    said = text_of(client.get(PATH))
    assert sentence in said
    assert ("Was noch nicht barrierefrei ist" in said) is gaps


def test_what_a_centre_has_not_stated_leaves_no_empty_line(client, world):
    world.centre.texts = {}
    world.centre.save()
    said = text_of(client.get(PATH))
    assert "BITV 2.0" in said
    assert "Selbstbewertung" in said
    for text in ("Verantwortlich:", "Erstellt am", "Zuletzt überprüft", "Wenn unsere Antwort", "Oder per E-Mail:"):
        assert text not in said


def test_it_speaks_english(client, stated):
    said = text_of(client.get("/en/barrierefreiheit/"))
    assert "Land law and BITV 2.0" in said
    assert "The Arbitration Board" in said
    assert "Report a barrier" in said


@pytest.mark.parametrize(
    ("referer", "page"),
    [
        ("http://testserver/angebote/?q=M%C3%BCller", "/angebote/"),
        ("http://testserver/barrierefreiheit/", ""),
        ("http://testserver/anliegen/stand/geheim/", ""),
        ("http://testserver/gibt-es-nicht/", ""),
        ("https://elsewhere.example/angebote/", ""),
        ("http://[bad/x", ""),
        ("", ""),
    ],
)
def test_the_form_names_the_page_one_came_from_but_no_secret(client, world, referer, page):
    response = client.get(PATH, headers={"Referer": referer})
    assert response.context["form"]["page"].value() == page
    assert response["Cache-Control"].startswith("private")


def test_a_report_has_a_number_and_reaches_desk_and_centre(client, world):
    response = client.post(PATH, filled(phone="0391 4090123"), follow=True)
    case, said = Case.objects.get(), text_of(response)
    assert (case.matter, case.text, case.phone) == (
        "barrier",
        "/angebote/\n\nDer Knopf hat keinen Namen.",
        "+493914090123",
    )
    assert Letter.objects.get().recipient_mail == "post@centre.example"
    assert "Danke, Ihre Meldung ist bei uns" in said
    assert case.reference in said
    assert "Sie hören spätestens am" in said


def test_who_stays_unknown_is_promised_no_answer(client, world):
    said = text_of(client.post(PATH, filled(page=""), follow=True))
    case = Case.objects.get()
    assert case.text == "Der Knopf hat keinen Namen."
    assert "Sie hören" not in said
    assert "Wir sehen es uns spätestens am" in said
    status = client.post(PATH, filled())["Location"].replace("gesendet", "stand")
    assert "Sie hören" not in text_of(client.get(status))


def test_mistakes_stand_beside_their_field_and_nothing_is_lost(client, world):
    response = client.post(PATH, filled(text=" ", email="jana@", page="Die <Startseite>"))
    html = response.content.decode()
    assert html.count("Bitte schreiben Sie in einem Satz, was nicht geht.") == 2
    assert 'href="#id_email"' in html
    assert 'value="jana@"' in html
    assert "Die &lt;Startseite&gt;" in html
    assert html.count('id="melden"') == 1
    assert response["Cache-Control"] == "private, max-age=600"
    assert not Case.objects.exists()


@pytest.mark.parametrize("changes", [{"website": "http://spam.example"}, {"stamp": "x"}])
def test_who_looks_like_a_program_presses_once_more(client, world, changes):
    again = client.post(PATH, filled(**changes))
    assert "Das ging sehr schnell" in again.content.decode()
    hidden = {name: again.context["form"].data[name] for name in ("stamp", "submission")}
    data = {**filled(**changes), **hidden, "website": ""}
    assert client.post(PATH, data).status_code == 302


def test_a_second_click_finds_the_first(client, world):
    data = filled()
    client.post(PATH, data)
    client.post(PATH, data)
    assert (Case.objects.count(), Letter.objects.count()) == (1, 1)


def test_too_many_are_told_when_it_goes_on_and_lose_nothing(client, world, monkeypatch):
    monkeypatch.setattr(limits, "SEND", (1, 600))
    client.post(PATH, filled())
    response = client.post(PATH, filled(text="Noch eine Barriere"))
    assert response.status_code == 429
    assert response["Retry-After"] == "601"
    assert "Ab 10:10 Uhr geht es weiter" in response.content.decode()
    assert "Noch eine Barriere" in response.content.decode()
    assert Case.objects.count() == 1


def test_a_forged_report_is_refused(world):
    assert Client(enforce_csrf_checks=True).post(PATH, filled()).status_code == 403


def test_the_desk_sees_that_it_is_a_barrier(client, world):
    from tests.web.desk import staff

    client.post(PATH, filled())
    client.force_login(staff.login(world.anna))
    for address in ("/desk/anliegen/", f"/desk/anliegen/{Case.objects.get().uuid}/"):
        said = text_of(client.get(address))
        assert "Barriere gemeldet" in said
        assert "ohne Namen" in said
