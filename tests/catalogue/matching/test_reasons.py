"""Reasons quote what somebody typed, and only words that say something when they stand alone."""

import pytest

from wegweiser.catalogue.matching import Index, Reason, sentence
from wegweiser.catalogue.matching.documents import Document, Example
from wegweiser.catalogue.matching.text import spelled, telling


def document(key: str, title: str, everyday: str = "", kind: str = "event") -> Document:
    return Document(key=key, kind=kind, topics=(), partner="p", title=title, everyday_words=everyday, lang="de")


DISTANT = [
    "Pumpen tropfen seit gestern grundlos auf sämtliche Paletten neben Rampe sieben",
    "Tore schließen nachts langsam trotz neuer Motoren beim Nachbarn gegenüber",
    "Wagen rollen rückwärts gegen Mauern hinter dem Schuppen nahe Gleis vier",
]
INDEX = Index.build(
    [
        document("mail", "E-Mail-Postfach und E-Mails sichern"),
        document("hand", "Mit der Hand prüfen, was die Kamera findet"),
        document("other", "Wartung von Anlagen"),
        document("strom", "Strom messen"),
    ]
)


def quoted(text: str) -> set[str]:
    found = INDEX.match(text)
    return {word for offer in found.offers for reason in offer.why if reason.kind != "topic" for word in reason.words}


def test_a_word_with_hyphens_is_quoted_as_it_was_typed():
    assert "E-Mail-Postfach" in quoted("Unser E-Mail-Postfach ist voll")
    assert not {"EMailPostfach", "Mail", "EMail"} & quoted("Unser E-Mail-Postfach ist voll")
    assert "email-postfach" in quoted("unser email-postfach ist voll")


@pytest.mark.parametrize(
    "word",
    [
        "Hand",
        "findet",
        "Hände",
        "führen",
        "morgens",
        "ab",
        "digitale",
        "gemacht",
        "knows",
        "verlangen",
        "kenn",
        "schreib",
    ],
)
def test_words_that_say_nothing_alone_are_not_quoted(word):
    assert not telling(word)
    assert word not in quoted(f"Wir prüfen mit der {word} und keiner {word} etwas")


def test_what_an_offer_is_about_is_not_told_by_an_adjective():
    index = Index.build([document("shop", "Digitale Schaufenster", "Webshop"), document("other", "Wartung")])
    offers = index.match("Wir brauchen eine Internetseite").offers
    linked = {word for offer in offers for reason in offer.why for word in reason.words}
    assert "Digitale" not in linked


def test_spelled_knows_the_whole_of_each_part_unless_the_part_was_typed_too():
    assert spelled("OPC-UA und E-Mail") == {"OPCUA": "OPC-UA", "OPC": "OPC-UA", "UA": "OPC-UA", **email("E-Mail")}
    assert "Mail" not in spelled("E-Mail oder Mail")


ASKED = "Der Kobold im Keller klemmt trotz Wartung"
STROM = (("event", "strom"),)


@pytest.mark.parametrize(
    ("examples", "reason"),
    [
        ([Example(ASKED, (), STROM, "case:1")], "example"),
        ([Example(ASKED, (), STROM, written=True)], "asked"),
        ([Example(ASKED, (), STROM, written=True), Example(ASKED, (), STROM, "case:1")], "example"),
        ([Example(f"{ASKED} und {rest}", (), STROM, "case:1") for rest in DISTANT], None),
        ([Example(f"{ASKED} und {rest}", (), STROM, written=True) for rest in DISTANT], None),
    ],
)
def test_only_what_a_case_much_like_it_got_has_helped(examples: list[Example], reason: str | None) -> None:
    offer = next(one for one in INDEX.taught(examples).match(ASKED).offers if one.key == "strom")
    assert [one.kind for one in offer.why if one.kind != "topic"] == ([reason] if reason else [])


@pytest.mark.parametrize("lang", ["de", "en"])
def test_nobody_was_helped_where_an_editor_wrote_the_question(lang: str) -> None:
    said = sentence(Reason("asked"), lang)
    assert "geholfen" not in said
    assert "Helped" not in said
    assert said != sentence(Reason("example"), lang)


def email(whole: str) -> dict[str, str]:
    return {"EMail": whole, "E": whole, "Mail": whole}


@pytest.mark.parametrize(
    ("text", "understood"),
    [("Strom", True), ("Stromkosten", True), ("qwrtzpsdfghjkl" * 4, False), ("xy" * 20 + "strom", False)],
)
def test_whoever_wrote_no_known_word_gets_no_sure_answer(text, understood):
    assert INDEX.words["de"].read(text).understood is understood


@pytest.mark.django_db
def test_a_guess_of_the_encoders_alone_is_called_a_guess():
    class Guess:
        """Says that everything lies within."""

        name, version, dimensions = "guess", "1", 2

        def encode_offers(self, texts):
            return self.encode_questions(texts)

        def encode_questions(self, texts):
            import numpy as np

            return np.tile(np.array([[1.0, 0.0]], np.float32), (len(texts), 1))

    index = Index.build([document("a", "Strom", kind="topic"), document("b", "Strom messen")], encoders=[Guess()])
    known, unknown = index.match("Strom"), index.match("zzzzzzzzzzzz zzzzzzzzzz")
    assert known.in_scope
    assert not known.unsure
    assert not unknown.in_scope or unknown.unsure


COMPOUNDS = Index.build(
    [
        document("shell", "Verwaltungsschale für Pumpen"),
        document("meter", "Stromzähler ablesen"),
        document("park", "Maschinenpark vernetzen"),
        document("hand", "Handzettel schreiben"),
        document("office", "Verwaltung entlasten"),
    ]
)


@pytest.mark.parametrize(
    ("text", "key", "is_reason"),
    [
        ("Wir sind die Stadtverwaltung", "shell", False),  # the head of one is the front of the other
        ("Wir sind die Stadtverwaltung", "office", True),
        ("Unsere Lagerverwaltung klemmt", "shell", False),
        ("Die Stromkosten steigen", "meter", True),
        ("Die Maschinenhalle ist voll", "park", True),
        ("Die Schälmaschine steht", "park", False),
        ("Unsere Verwaltung ist langsam", "shell", True),  # the whole word
        ("Wir nehmen Handarbeit ernst", "hand", False),  # a part that says nothing alone
    ],
)
def test_a_part_that_two_compounds_share_is_a_reason_only_at_the_same_place(text, key, is_reason):
    offer = next(offer for offer in COMPOUNDS.match(text).offers if offer.key == key)
    assert any(reason.kind == "word" for reason in offer.why) is is_reason


def about(title: str, text: str = "") -> Document:
    return Document(key=title, kind="event", topics=(), partner="p", title=title, text=text, lang="de")


LINKED = Index.build(
    [
        about("KI im Betrieb"),
        about("Auswertung von Umfragen"),
        about("Auswertung der Messung"),
        about("Auswertung im Team"),
        about("Lager", text="Am Rand geht es um lernende Programme"),
        about("Wartung"),
    ]
)


def test_a_link_of_the_lexicon_names_what_the_offer_is_about_and_no_word_of_many_offers():
    offers = LINKED.match("Wir wollen ChatGPT nutzen", limit=6).offers
    linked = {offer.key: reason.words for offer in offers for reason in offer.why if reason.kind == "related"}
    assert linked == {"KI im Betrieb": ("ChatGPT", "KI")}


SAME = Index.build(
    [
        document("one", "Maschine anschließen", "Zähler ablesen; Laufzeit auf Papier"),
        document("two", "Maschine warten", "Ausfälle ohne Vorwarnung; Ersatzteile fehlen"),
        document("three", "Maschine finanzieren", "Kein Geld für Neues; Leasing oder Kauf"),
    ]
)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_words_that_fit_several_offers_are_the_reason_of_one_and_the_others_say_what_they_are_about(lang):
    offers = SAME.match("Unsere Maschine steht", lang).offers
    first = [offer.why[0] for offer in offers]
    assert [(reason.kind, reason.words) for reason in first[:1]] == [("word", ("Maschine",))]
    assert len({sentence(reason, lang) for reason in first}) == len(offers) == 3
    assert all(any(reason.words == ("Maschine",) for reason in offer.why) for offer in offers)
