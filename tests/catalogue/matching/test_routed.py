"""Routed cases: one that is nearly the same decides, many that are far away do not, and certainty is the most."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.catalogue.matching import Document, Example, Index, fit
from wegweiser.catalogue.matching import routed as routed_examples
from wegweiser.catalogue.matching.lexical import Words
from wegweiser.catalogue.matching.routed import NEAREST, Routed

TEXT = "Der Kobold im Keller klemmt wieder und keiner weiß warum"


def first(index: Index, text: str = TEXT) -> str:
    return index.match(text).topics[0].slug


def taught(topics: list[str], text: str, topic: str):
    """What sample questions say, learnt without encoders."""
    asked = [Example(text, (topic,)), *(Example(f"Etwas ganz anderes {slug}", (slug,)) for slug in topics)]
    return fit(asked, {}, versions={}, topics=topics)


def test_a_case_that_is_the_same_wins_over_sample_questions(lexical: Index, documents: list[Document]) -> None:
    one, other = first(lexical), lexical.match(TEXT).topics[-1].slug
    learned = taught(lexical.topics, TEXT, one)
    assert first(Index.build(documents, learned=learned)) == one
    case = Example(TEXT, (other,), source="case:1")
    assert first(Index.build(documents, learned=learned, examples=[case])) == other


def test_many_that_are_far_away_do_not_outvote_them(lexical: Index, documents: list[Document]) -> None:
    one, other = first(lexical), lexical.match(TEXT).topics[-1].slug
    learned = taught(lexical.topics, TEXT, one)
    far = [Example(f"Der Hof {word} und keiner fragt warum im Keller", (other,)) for word in map(str, range(100))]
    index = Index.build(documents, learned=learned, examples=far)
    assert first(index) == one
    assert index.match(TEXT).similar == ()


def routed(*examples: Example) -> Routed:
    return Routed(examples, [], {})


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=30))
def test_what_they_say_lies_between_nothing_and_certainty(cosines):
    found = routed(*(Example(f"Frage Nummer {i}", ("a", "b"), (("check", "x"),)) for i in range(len(cosines))))
    said = found.topics(np.array(cosines), {"a": 0, "b": 1})
    assert ((said >= 0) & (said <= 1)).all()
    assert said[0] >= said[1], "the main topic counts more"
    assert all(0 <= value <= 1 for value in found.offers(np.array(cosines)).values())


def test_evidence_grows_with_number_and_closeness():
    several = routed(*(Example(f"Frage Nummer {i}", ("a",)) for i in range(NEAREST)))

    def said(*cosines: float) -> float:
        return float(several.topics(np.array([*cosines, *[0.0] * (NEAREST - len(cosines))]), {"a": 0})[0])

    assert said() == 0
    assert said(0.3) == 0
    assert 0 < said(0.5) < said(0.5, 0.5) < said(0.7, 0.5) < 1
    assert said(1.0) == pytest.approx(1)


def test_what_an_editor_wrote_counts_less_and_is_no_case():
    both = routed(Example("Frage eins", ("a",), written=True), Example("Frage zwei", ("b",), source="case:1"))
    cosines = np.array([0.9, 0.9])
    said = both.topics(cosines, {"a": 0, "b": 1})
    assert 0 < said[0] < said[1]
    assert [one.source for one in both.similar(cosines)] == ["case:1"]


def test_an_index_with_other_examples_shares_the_rest(lexical: Index) -> None:
    other = lexical.taught([Example(TEXT, (lexical.topics[0],), source="case:1")])
    assert other.words is lexical.words
    assert lexical.examples == []
    assert [one.source for one in other.match(TEXT).similar] == ["case:1"]


def test_other_examples_cost_no_reading_of_words_where_encoders_compare_them(full: Index, monkeypatch) -> None:
    examples = [Example(f"Der Kobold Nummer {number} klemmt", (full.topics[0],)) for number in range(3)]
    known = {encoder.name: {one.text: np.ones(encoder.dimensions) for one in examples} for encoder in full.encoders}
    read = []
    monkeypatch.setattr(Words, "read", lambda *given, **_named: read.append(given))
    monkeypatch.setattr(routed_examples, "stems", lambda *given: read.append(given) or [])
    full.taught(examples, known)
    assert read == []


def test_without_encoders_they_are_compared_by_stems_alone(lexical: Index, monkeypatch) -> None:
    plain = lexical.words["de"].read(TEXT).roots
    index = lexical.taught([Example(TEXT, (lexical.topics[0],), source="case:1")])
    question = index.words["de"].read(TEXT)
    monkeypatch.setattr(Words, "read", None)
    assert question.roots == plain
    assert list(index.routed.cosines(question, {})) == [1.0]


def test_what_is_much_like_an_answered_question_does_not_lie_outside(lexical: Index) -> None:
    text = "Xyzzy plugh qwertz"
    assert not lexical.match(text).in_scope
    assert lexical.taught([Example(text, (lexical.topics[0],))]).match(text).in_scope


def test_a_guess_at_who_asks_does_not_stand_against_an_answer(lexical: Index) -> None:
    mentions, says = "Podcast mit Gewinnspiel", "Hier ist die Redaktion, wir möchten über Sie berichten"
    for text, is_inside in ((mentions, True), (says, False)):
        index = lexical.taught([Example(text, (lexical.topics[0],))])
        assert not lexical.match(text).in_scope
        assert index.match(text).in_scope is is_inside
