"""A centre that begins: three topics, offers for one of them, and a handful of sample questions."""

from dataclasses import replace

import pytest

from wegweiser.catalogue.matching import Document, Encoder, Example, Index, Learned, fit, learned_from_bytes
from wegweiser.catalogue.matching.scope import mean_of
from wegweiser.catalogue.matching.topic_weights import (
    ENOUGH,
    ENOUGH_FOR_OFFERS,
    TAUGHT_TOPICS,
    UNTAUGHT_TOPICS,
    of_topics,
)

SHOP, MACHINES, SECURITY = "online-verkaufen", "maschinen-vernetzen", "it-sicherheit"
OFFERS = [("check", "shop-check"), ("event", "shop-an-einem-tag")]
DOCUMENTS = [
    Document(SHOP, "topic", (SHOP,), "p", "Online verkaufen und versenden", "Shop, Warenwirtschaft, Versand."),
    Document(
        MACHINES, "topic", (MACHINES,), "q", "Maschinen vernetzen", "Alte und neue Maschinen sprechen miteinander."
    ),
    Document(SECURITY, "topic", (SECURITY,), "q", "IT-Sicherheit", "Datensicherung, Passwörter, Notfall."),
    Document("lange", "contact", (SHOP,), "p", "Leiterin", text="Shop, Versand"),
    Document("beier", "contact", (MACHINES, SECURITY), "q", "Referent", text="Steuerungen, Sensoren"),
    Document("shop-check", "check", (SHOP,), "p", "Shop-Check", "Wir schauen uns Ihren Shop an."),
    Document("shop-an-einem-tag", "event", (SHOP,), "p", "Der Shop an einem Tag", "Vom Foto bis zur Bestellung."),
]
QUESTIONS = [
    Example("Bestellungen aus dem Netz laufen an der Warenwirtschaft vorbei", (SHOP,), (OFFERS[0],)),
    Example("Die Maschine steht und keiner weiß warum", (MACHINES,)),
    Example("Alles verschlüsselt, wir kommen nicht mehr rein", (SECURITY,)),
]


def taught(encoders: list[Encoder], questions: list[Example] = QUESTIONS) -> Learned:
    texts = [question.text for question in questions]
    return fit(
        questions,
        {encoder.name: encoder.encode_questions(texts) for encoder in encoders},
        versions={encoder.name: encoder.version for encoder in encoders},
        topics=[SECURITY, MACHINES, SHOP],
        offers=OFFERS,
        means={encoder.name: mean_of(encoder) for encoder in encoders},
    )


@pytest.fixture(scope="module")
def few(encoders: list[Encoder]) -> Index:
    return Index.build(DOCUMENTS, encoders=encoders, learned=taught(encoders))


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Die alte Maschine steht dauernd und keiner weiß, warum.", MACHINES),
        ("unsere Fräse steht dauernd, keiner weiß warum", MACHINES),
        ("alles verschlüsselt hilfe", SECURITY),
        ("Seit heute früh kommen wir nicht mehr an unsere Dateien.\nWas sollen wir tun?", SECURITY),
    ],
)
def test_offers_for_one_topic_do_not_draw_the_questions_of_others(few: Index, text: str, topic: str) -> None:
    match = few.match(text)
    assert match.topics[0].slug == topic
    assert match.contact == "beier"


@pytest.mark.parametrize("question", QUESTIONS)
def test_nearly_the_same_sentence_decides_its_topic(few: Index, question: Example) -> None:
    match = few.match(f"Hallo, {question.text.lower()}!")
    assert match.topics[0].slug == question.topics[0]
    assert match.topics[0].score > 0.9


def test_no_offer_is_shown_rather_than_one_that_nothing_speaks_for(few: Index) -> None:
    assert few.match("Alles verschlüsselt, wir kommen nicht rein").offers == ()
    assert few.match("Die Maschine steht, keiner weiß warum").offers == ()
    assert few.match("Wir haben Passwörter auf Zetteln").offers == ()


def test_the_offer_of_a_sample_question_says_that_others_ask_so(few: Index) -> None:
    offers = few.match("Unsere Bestellungen aus dem Netz laufen an der Warenwirtschaft vorbei").offers
    assert {offer.key: offer.why[0].kind for offer in offers}["shop-check"] == "asked"


def test_a_file_keeps_the_questions_where_they_are_few(encoders: list[Encoder]) -> None:
    learned = taught(encoders)
    held = learned_from_bytes(learned.to_bytes())
    assert held.examples == tuple(replace(question, written=True) for question in QUESTIONS)
    renamed = held.renamed({OFFERS[0]: ("check", "laden-check")})
    assert renamed.examples[0].offers == (("check", "laden-check"),)


def test_many_questions_are_kept_as_weights_alone() -> None:
    many = [Example(f"Frage {number}", (SHOP,)) for number in range(ENOUGH_FOR_OFFERS)]
    assert fit(many, {}, versions={}, topics=[SHOP]).examples == ()


def test_what_counts_how_much_moves_with_the_number_of_questions() -> None:
    assert of_topics(0, encoders=True) == UNTAUGHT_TOPICS
    assert of_topics(ENOUGH, encoders=True) == of_topics(20 * ENOUGH, encoders=True) == TAUGHT_TOPICS
    assert UNTAUGHT_TOPICS.learned_offers < of_topics(ENOUGH // 2, encoders=True).learned_offers
