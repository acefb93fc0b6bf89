"""Asking back: the question that says most is chosen, and its answer moves chances as far as it may."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.catalogue.matching import Document, Index, clarifying
from wegweiser.catalogue.matching.clarifying import Clarifier, Reply
from wegweiser.consortium import centre_file

VAGUE = "Die Software in der Halle"
TOPICS = ("a", "b", "c")


def asked(key: str, *said: dict[str, float], topic: str = "", offers: tuple[tuple[str, ...], ...] = ()) -> Clarifier:
    spoken_for = offers or ((),) * len(said)
    replies = [Reply(str(i), {"de": f"Antwort {i}"}, one, spoken_for[i]) for i, one in enumerate(said)]
    return Clarifier(key, {"de": "Was?"}, tuple(replies), topic)


AB = asked("ab", {"a": 8}, {"b": 8})
C = asked("c", {"c": 8}, {"c": 0.125})
chances = st.lists(st.floats(0.001, 1), min_size=3, max_size=3).map(lambda row: np.array(row) / sum(row))
weights = st.dictionaries(st.sampled_from(TOPICS), st.floats(0, 1_000), max_size=3)
clarifiers = st.lists(weights, min_size=2, max_size=4).map(lambda said: asked("x", *said))


@given(chances, clarifiers)
def test_chances_stay_chances_and_no_reply_shuts_a_topic_out(before, one):
    for reply in one.replies:
        after = clarifying.shifted(before, one, reply.key, TOPICS)
        assert after.sum() == pytest.approx(1)
        assert (after > 0).all()


@given(chances, clarifiers)
def test_on_average_an_answer_never_adds_doubt(before, one):
    doubt, first = clarifying.gain(before, one, TOPICS)
    assert doubt >= -1e-9
    assert first >= -1e-9


@given(chances, clarifiers)
def test_what_is_no_reply_changes_nothing(before, one):
    assert (clarifying.shifted(before, one, "", TOPICS) == before).all()


def test_what_somebody_chose_shows_whatever_the_text_said():
    abc = asked("abc", {"a": 7}, {"b": 7}, {"c": 7})
    after = clarifying.answered(np.array([0.69, 0.3, 0.01]), [(abc, "2")], TOPICS)
    assert int(np.argsort(-after).tolist().index(2)) < 2


def test_several_answers_are_doubted_no_more_than_one():
    before = np.array([0.5, 0.4, 0.1])
    doubted = (1 - clarifying.MISLED) * before + clarifying.MISLED / 3
    both = clarifying.shifted(clarifying.shifted(doubted, AB, "0", TOPICS), C, "1", TOPICS)
    assert clarifying.answered(before, [(AB, "0"), (C, "1")], TOPICS) == pytest.approx(both)
    assert (clarifying.answered(before, [(AB, ""), (C, "x")], TOPICS) == before).all(), "nothing was answered"


def test_an_answer_within_a_topic_casts_no_doubt_on_it(lexical: Index):
    """It tells the topic's offers apart and was asked because the topic was clear."""
    known = clarifying.read(centre_file.read(centre_file.model_centre()).clarifying)
    (first,) = (one for one in known if one.key == "sicherheit-zuerst")
    text = "Sicherung, Passwort, Datenschutz"
    before = lexical.match(text, clarifiers=known)
    for reply in first.replies:
        after = lexical.match(text, clarifiers=known, replies=[(first.key, reply.key)])
        assert (after.topics, after.unsure) == (before.topics, before.unsure), reply.key


def test_an_answer_leans_towards_its_topics():
    assert clarifying.leaning([(AB, "0")], TOPICS) == pytest.approx([1, 0, 0])
    assert clarifying.leaning([(C, "1"), (AB, "")], TOPICS) == pytest.approx([0, 0, -1])
    assert clarifying.leaning([], TOPICS) == pytest.approx([0, 0, 0])


def test_the_question_about_the_close_topics_is_asked():
    known = (C, AB)
    assert clarifying.chosen(known, np.array([0.45, 0.45, 0.1]), TOPICS, {}, unsure=True) is AB
    assert clarifying.chosen(known, np.array([0.45, 0.1, 0.45]), TOPICS, {}, unsure=True) is C


def test_nobody_is_asked_where_an_answer_changes_nothing():
    assert clarifying.chosen((C, AB), np.array([0.97, 0.02, 0.01]), TOPICS, {}, unsure=False) is None
    assert clarifying.chosen((), np.array([0.4, 0.3, 0.3]), TOPICS, {}, unsure=True) is None
    assert clarifying.chosen((AB,), np.array([]), (), {}, unsure=True) is None


def test_a_question_is_asked_once_and_never_more_than_two():
    even = np.array([0.34, 0.33, 0.33])
    assert clarifying.chosen((AB, C), even, TOPICS, {}, [AB.key], unsure=True) is C
    assert clarifying.chosen((AB, C), even, TOPICS, {}, ["x", "y"], unsure=True) is None


def test_a_topics_own_question_is_asked_where_its_offers_are_close():
    own = asked("own", {}, {}, {}, topic="a", offers=(("x",), ("y",), ("z",)))
    clear = np.array([0.98, 0.01, 0.01])
    close, apart = {"x": 3.0, "y": 2.9, "z": 2.8}, {"x": 6.0, "y": 2.0, "z": 1.0}
    assert clarifying.chosen((own,), clear, TOPICS, close, unsure=False) is own
    assert clarifying.chosen((own,), clear, TOPICS, apart, unsure=False) is None
    assert clarifying.chosen((own,), clear, TOPICS, {"x": 3.0}, unsure=False) is None, "there is nothing to choose"
    assert clarifying.chosen((own,), np.array([0.01, 0.98, 0.01]), TOPICS, close, unsure=False) is None


def test_an_answer_orders_topics_and_offers_anew(lexical: Index):
    known = clarifying.read(centre_file.read(centre_file.model_centre()).clarifying)
    text = VAGUE
    before = lexical.match(text, clarifiers=known)
    assert before.ask is not None
    reply = next(one for one in before.ask.replies if before.topics[0].slug not in one.topics)
    wanted = max(reply.topics, key=reply.topics.get)
    after = lexical.match(text, clarifiers=known, replies=[(before.ask.key, reply.key)])
    chance = {topic.slug: topic.score for topic in before.topics}
    assert next(topic.score for topic in after.topics if topic.slug == wanted) > chance[wanted]
    assert after.offers != before.offers
    assert after.ask is None or after.ask.key != before.ask.key
    assert lexical.match(text, clarifiers=known, replies=[("none", "x")]).topics == before.topics


def test_the_answer_that_was_chosen_is_seen_in_the_order(lexical: Index, documents: list[Document]):
    """Each reply's topic is among the first two, and an offer of it among the five, however clear the text was."""
    known = clarifying.read(centre_file.read(centre_file.model_centre()).clarifying)
    (besser,) = (one for one in known if one.key == "besser")
    text = "Unsere Kollegen wollen das neue Programm nicht benutzen, die Belegschaft macht nicht mit"
    main = {one.key: one.topics[0] for one in documents if one.topics}
    for reply in besser.replies:
        wanted = max(reply.topics, key=reply.topics.get)
        found = lexical.match(text, clarifiers=known, replies=[(besser.key, reply.key)])
        assert wanted in [topic.slug for topic in found.topics[:2]], reply.key
        assert wanted in [main.get(offer.key) for offer in found.offers], reply.key


def test_a_reply_lifts_the_offers_it_speaks_for(lexical: Index):
    text = "Sicherung, Passwort, Datenschutz"
    known = tuple(
        one
        for one in clarifying.read(centre_file.read(centre_file.model_centre()).clarifying)
        if one.key == "sicherheit-zuerst"
    )

    def place(*replies: tuple[str, str]) -> int:
        found = lexical.match(text, limit=200, clarifiers=known, replies=replies)
        return [offer.key for offer in found.offers].index("sprechstunde-datenschutz-im-betrieb")

    assert place(("sicherheit-zuerst", "datenschutz")) <= place()
    assert place(("sicherheit-zuerst", "datenschutz")) < place(("sicherheit-zuerst", "sicherung"))


def test_an_emergency_and_what_lies_outside_are_not_asked_back(lexical: Index):
    known = clarifying.read(centre_file.read(centre_file.model_centre()).clarifying)
    for text in ("Alles verschlüsselt, sie wollen Bitcoin, nichts geht mehr", "Ich suche ein Praktikum, studiere BWL"):
        assert lexical.match(text, clarifiers=known).ask is None


def test_a_centre_that_wrote_none_asks_in_its_topics_words(lexical: Index):
    (own,) = lexical.clarifiers()
    assert {reply.key for reply in own.replies} == set(lexical.topics)
    assert all({"de", "en"} <= set(reply.text) for reply in own.replies)
    found = lexical.match(VAGUE, clarifiers=(own,))
    assert [reply.key for reply in found.ask.replies] == [topic.slug for topic in found.topics[:4]]
    last = found.topics[-1].slug
    after = lexical.match(VAGUE, clarifiers=(own,), replies=[(own.key, last)])
    assert after.topics[0].slug == last or after.topics[0].score < found.topics[0].score
    assert Index.build([]).clarifiers() == ()


def test_every_question_of_the_model_centre_tells_something_apart():
    for one in clarifying.read(centre_file.read(centre_file.model_centre()).clarifying):
        assert all({"de", "en"} == set(text) for text in (one.text, *(reply.text for reply in one.replies)))
        assert any(reply.offers for reply in one.replies) if one.topic else any(reply.topics for reply in one.replies)
