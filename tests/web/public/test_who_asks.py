"""For whom the answer page answers, and the other way that it offers beside."""

import pytest

from tests.web.public.test_enquiries import QUESTION, filled
from wegweiser.enquiries.models import Case
from wegweiser.web.public import paths

MENTIONS = [
    ("Das Ordnungsamt will unsere Aufträge elektronisch", "public_body", "Sie fragen für eine Behörde oder Kommune?"),
    ("Wir tippen Aufträge ab und ich bin bei der DEHOGA", "multiplier", "Sie fragen für eine Kammer"),
    ("Podcast für unsere Kunden über Aufträge", "press", "Sie fragen für die Presse?"),
    ("Unsere Immobilienverwaltung scannt Belege, meine Immobilie auch", "private", "Sie fragen als Privatperson?"),
    ("Unser Student schreibt seine Masterarbeit über unsere Aufträge und Daten", "student", "Sie studieren, oder Sie"),
]


@pytest.mark.parametrize(("text", "kind", "question"), MENTIONS)
def test_a_firm_that_only_mentions_somebody_sees_offers_and_the_other_way_beside_them(
    client, world, text, kind, question
):
    html = client.post("/anliegen/", {"text": text}).content.decode()
    assert "Angebote, die dazu passen" in html
    assert '<option value="company" selected>' in html
    assert question in html

    other = client.post("/anliegen/", {"text": text, "as": kind}).content.decode()
    assert f'<option value="{kind}" selected>' in other
    assert str(paths.WAYS[kind].title) in other
    assert "Sie fragen für einen Betrieb?" in other


def test_who_is_taken_for_an_association_gets_to_the_way_of_firms_in_one_step(client, world):
    text = "Wir sind die Innung und tippen Aufträge ab"
    assert "Schön, dass Sie an Ihre Betriebe denken" in client.post("/anliegen/", {"text": text}).content.decode()
    html = client.post("/anliegen/", {"text": text, "as": "company"}).content.decode()
    assert "Schön, dass Sie an Ihre Betriebe denken" not in html
    assert '<option value="company" selected>' in html
    assert "Sie fragen für eine Kammer" in html


def test_a_way_without_offers_never_stands_alone_within_the_field():
    for kind, way in paths.WAYS.items():
        assert paths.asked_as(kind, introduced=False, in_scope=True) == "company"
        sure, guessed = {"introduced": True, "urgent": False}, {"introduced": False, "urgent": False}
        assert paths.beside(kind, asked="company", in_scope=True, **guessed).kind == kind
        said = paths.asked_as(kind, introduced=True, in_scope=True)
        assert paths.way(said, in_scope=True, unsure=False, urgent=False) is way
        assert paths.beside(kind, asked=said, in_scope=True, **sure).kind == "company"
        assert paths.asked_as(kind, introduced=False, in_scope=False) == kind
        assert paths.beside(kind, asked=kind, in_scope=False, **sure) is None
        assert paths.beside(kind, asked=kind, in_scope=False, **guessed).kind == "company"
        assert paths.beside(kind, asked="company", in_scope=False, **guessed).kind == kind, "and back"
        assert paths.beside(kind, asked="company", introduced=False, in_scope=True, urgent=True) is None


def test_a_plain_question_and_one_outside_offer_no_other_way(client, world):
    for text in (QUESTION, "Ich bin Privatperson und suche einen Kredit für mein Haus"):
        html = client.post("/anliegen/", {"text": text, "as": "nonsense"}).content.decode()
        assert 'name="as"' not in html


def test_outside_the_field_a_firm_that_was_taken_for_somebody_else_gets_to_its_way_and_back(client, world):
    text = "Suche einen Kredit für mein Haus"
    html = client.post("/anliegen/", {"text": text}).content.decode()
    assert "Ihr Anliegen als Privatperson" in html
    assert "Sie fragen für einen Betrieb?" in html
    firm = client.post("/anliegen/", {"text": text, "as": "company"}).content.decode()
    assert "Das besprechen wir am besten persönlich" in firm
    assert '<option value="company" selected>' in firm
    assert "Sie fragen als Privatperson?" in firm


@pytest.mark.parametrize(
    "text",
    ["ab", "und", "12345", "https://example.org", "www.firma.de", "wir sind da", "the", "Hilfe!", "Ich brauche Hilfe"],
)
def test_a_text_that_says_nothing_is_asked_for_more_words_and_may_be_sent_all_the_same(client, world, text):
    html = client.post("/anliegen/", {"text": text}).content.decode()
    assert "Bitte beschreiben Sie in ein paar Worten, worum es geht." in html
    assert "Angebote, die dazu passen" not in html
    assert html.index("Beschreiben Sie Ihr Anliegen") < html.index('id="senden"')
    assert f">\n{text}</textarea>" in html[html.index('id="senden"') :]


@pytest.mark.parametrize(
    "text", ["KI", "3D", "ERP", "it", "VR", "S/4HANA", "Mitarbeiter", "Belege", "Aufträge ohne Abtippen"]
)
def test_a_word_that_names_something_is_answered(client, world, text):
    html = client.post("/anliegen/", {"text": text}).content.decode()
    assert "Bitte beschreiben Sie in ein paar Worten" not in html


@pytest.mark.parametrize("mistake", [{"phone": "", "email": ""}, {"email": "jana@"}, {"stamp": ""}], ids=str)
def test_a_mistake_in_the_form_does_not_take_back_what_was_said_with_a_button(client, world, mistake):
    text = "Wir sind die Innung und tippen Aufträge ab"
    page = client.post("/anliegen/", {"text": text, "as": "company"}).text
    form = page[page.index('id="senden"') :]
    assert '<input type="hidden" name="as" value="company">' in form
    again = client.post("/anliegen/senden/", filled(text=text, **{"as": "company"}, **mistake)).text
    assert "Schön, dass Sie an Ihre Betriebe denken" not in again
    assert "Angebote, die dazu passen" in again
    assert 'name="as" value="company"' in again[again.index('id="senden"') :], "nor does a second one"
    assert not Case.objects.exists()


def test_a_mistake_of_who_said_nothing_changes_nothing(client, world):
    text = "Wir sind die Innung und tippen Aufträge ab"
    for odd in ({}, {"as": "nonsense"}):
        again = client.post("/anliegen/senden/", filled(text=text, name="", **odd)).text
        assert "Schön, dass Sie an Ihre Betriebe denken" in again
