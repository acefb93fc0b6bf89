from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wegweiser.catalogue.matching import Document, Encoder, Example, Index, Match, NoEncoder, pack, sentence, unpack

SECURITY = "datensicherheit"


def whole(match: Match | None) -> None:
    """What holds for every answer."""
    if match is None:
        return
    for found in (match.topics, match.offers):
        scores = [one.score for one in found]
        assert all(0 <= score <= 1 for score in scores)
        assert scores == sorted(scores, reverse=True)
    assert {offer.kind for offer in match.offers}.isdisjoint({"topic", "contact"})
    assert len(match.topics) == 5
    if not match.in_scope:
        assert (match.offers, match.contact) == ((), None)


@given(text=st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_gets_a_whole_answer_from_words(lexical: Index, text: str) -> None:
    whole(lexical.match(text))


@given(text=st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_gets_a_whole_answer_from_encoders(full: Index, text: str) -> None:
    whole(full.match(text))


@pytest.mark.parametrize("text", ["", "   ", "\0", "\n\t\u200b", "🔥🔥", "...?!"])
def test_blank_gives_none(full: Index, text: str) -> None:
    assert full.match(text) is None


@pytest.mark.parametrize(
    "text", ["x" * 200_000, "Lager🔥\0weg", "ß" * 3_000, "\u202eregaL", "'; DROP TABLE entries; --"]
)
def test_hostile_text_is_answered(full: Index, text: str) -> None:
    whole(full.match(text))


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Wie sichern wir unsere Daten, wenn der Server abbrennt?", SECURITY),
        ("Die Monteure finden die App zu umständlich und nutzen sie nicht", "nutzbarkeit-und-akzeptanz"),
        ("Wir wollen unsere alte Drehbank anbinden und Laufzeiten sehen", "digitale-vernetzung-und-standardisierung"),
        ("Im Lager fehlt ständig Material und die Inventur stimmt nie", "industriestandort-der-zukunft"),
        ("Gibt es Zuschüsse und wie verkaufen wir im Internet?", "digitale-geschaeftsmodelle"),
        ("Our staff refuse to use the new tablets", "nutzbarkeit-und-akzeptanz"),
    ],
)
def test_everyday_question_finds_its_topic(full: Index, text: str, topic: str) -> None:
    match = full.match(text)
    assert match.topics[0].slug == topic
    assert match.contact


def test_emergency_leads_to_security(full: Index, lexical: Index) -> None:
    for index in (full, lexical):
        match = index.match("Hilfe, seit heute früh geht der Server nicht mehr, alles verschlüsselt!")
        assert match.urgent
        assert match.topics[0].slug == SECURITY


def test_the_same_question_gets_the_same_answer(full: Index) -> None:
    assert full.match("Unser Lager stimmt nie") == full.match("Unser Lager stimmt nie")


def test_order_of_documents_does_not_matter(documents: list[Document]) -> None:
    text = "Zettel im Lager und niemand weiß Bescheid"
    assert Index.build(documents).match(text) == Index.build(documents[::-1]).match(text)


def test_without_encoders_words_still_match(documents: list[Document], lexical: Index) -> None:
    text = "Wir brauchen eine Datensicherung"
    twin = Index.build(documents, encoders=[NoEncoder()])
    assert twin.match(text) == lexical.match(text)
    assert twin.match(text).offers[0].key == "workshop-datensicherung-und-notfallplan"


def test_empty_corpus_is_no_error() -> None:
    match = Index.build([]).match("Wir haben ein Problem im Lager")
    assert (match.topics, match.offers, match.contact) == ((), (), None)


def test_reasons_name_shared_words_in_the_language_asked(lexical: Index) -> None:
    offer = lexical.match("Die Datensicherung fehlt").offers[0]
    assert sentence(offer.why[0], "de") == "Passt zu Ihrem Stichwort „Datensicherung“."
    assert sentence(offer.why[0], "en") == "Fits your keyword “Datensicherung”."


def test_every_offer_has_a_reason(full: Index) -> None:
    for text in ("Wer hilft uns weiter im Alltag mit dem ganzen Kram?", "The boss is tired of it all"):
        for lang in ("de", "en"):
            match = full.match(text, lang)
            assert all(offer.why and sentence(offer.why[0], lang) for offer in match.offers)


def test_routed_case_lifts_its_topic_and_offer(documents: list[Document]) -> None:
    text = "Der Kobold im Keller klemmt wieder"
    offer = next(d for d in documents if d.kind == "check")
    taught = Index.build(documents, examples=[Example(text, (SECURITY,), ((offer.kind, offer.key),), "case-1")]).match(
        text
    )
    plain = Index.build(documents).match(text)
    score = {topic.slug: topic.score for topic in plain.topics}
    assert next(t.score for t in taught.topics if t.slug == SECURITY) > score[SECURITY]
    if taught.in_scope:
        assert offer.key in [found.key for found in taught.offers]


def test_vectors_and_documents_must_be_as_many(documents: list[Document], encoders: list[Encoder]) -> None:
    with pytest.raises(ValueError, match="vectors for"):
        Index.build(documents, {"use": np.zeros((1, 512), np.float32)}, encoders=encoders[1:])


def test_limit_bounds_the_offers(lexical: Index) -> None:
    assert len(lexical.match("Unser Lager", limit=3).offers) == 3
    assert lexical.match("Unser Lager", limit=0).offers == ()


@pytest.mark.parametrize(("now", "count"), [(99.0, 3), (100.0, 2), (101.0, 2)])
def test_what_is_over_makes_room_for_the_next_best(now: float, count: int) -> None:
    index = Index.build(
        [
            Document("a", "event", (), "", "Strom messen", over_at=100.0),
            Document("b", "event", (), "", "Strom sparen", over_at=200.0),
            Document("c", "check", (), "", "Strom und Gas"),
        ]
    )
    found = [offer.key for offer in index.match("Strom", now=now).offers]
    assert len(found) == count
    assert ("a" in found) is (now < 100)
    assert len(index.match("Strom", now=now, limit=2).offers) == 2


def test_two_languages_are_one_offer(lexical: Index) -> None:
    keys = [offer.key for offer in lexical.match("Lager und Bestand", limit=100).offers]
    assert len(keys) == len(set(keys))


def test_foreign_topic_of_an_offer_is_ignored(documents: list[Document]) -> None:
    odd = replace(documents[-1], key="odd", topics=("nowhere",))
    whole(Index.build([*documents, odd]).match("Lager"))


def test_packed_vectors_keep_their_angles() -> None:
    rows = np.random.default_rng(1).normal(size=(50, 64)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    packed = pack(rows)
    assert packed.rows.dtype == np.int8
    assert np.allclose(unpack(packed), rows, atol=0.005)
    assert np.allclose(packed.dot(rows[0]), rows @ rows[0], atol=0.02)


def test_packing_a_zero_row_is_no_error() -> None:
    assert not unpack(pack(np.zeros((2, 3), np.float32))).any()
    assert len(pack(np.zeros((0, 3), np.float32))) == 0


def test_encoders_give_unit_rows_that_do_not_depend_on_neighbours(encoders: list[Encoder]) -> None:
    for encoder in encoders:
        rows = encoder.encode_questions(["Lager", "Ein längerer Satz über Maschinen"])
        assert rows.shape == (2, encoder.dimensions)
        assert rows.dtype == np.float32
        assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
        assert np.allclose(rows[:1], encoder.encode_questions(["Lager"]), atol=1e-6)
        assert encoder.encode_offers([]).shape == (0, encoder.dimensions)
