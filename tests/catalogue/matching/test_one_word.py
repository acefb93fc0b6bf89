"""One word: a topic of ours, or anything. The matching is as sure of it as of a sentence unless it is told."""

import pytest

from wegweiser.catalogue.matching import Clarifier, Index, Reply, says_nothing
from wegweiser.catalogue.matching.silent import alone

BACK = Clarifier(
    "wo",
    {"de": "Wo hakt es?"},
    (
        Reply("daten", {"de": "Bei den Daten"}, {"digitale-vernetzung-und-standardisierung": 8}),
        Reply("halle", {"de": "In der Halle"}, {"industriestandort-der-zukunft": 8}),
        Reply("kunden", {"de": "Bei den Kunden"}, {"digitale-geschaeftsmodelle": 8}),
    ),
)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Rechnung", "Rechnung"),
        ("Rechnungen!!", "Rechnungen"),
        ("Hilfe mit unserer Rechnung", "Rechnung"),
        ("Wo fang ich denn überhaupt an?", ""),
        ("Rechnung, Rechnung 4711", "Rechnung"),
        ("E-Rechnung?", "E-Rechnung"),
        ("our invoice", "invoice"),
        ("Rechnungen abtippen", ""),
        ("Keiner findet die Rechnung", ""),
        ("Hilfe!", ""),
        ("und", ""),
    ],
)
def test_the_only_word_that_tells_something_is_found(text: str, word: str) -> None:
    assert alone(text) == word


@pytest.mark.parametrize("text", ["Rechnung", "Auftrag", "Kunden", "Unsere Maschine", "Software", "Chaos"])
def test_a_word_that_is_said_in_all_topics_is_a_guess_and_is_asked_about(lexical: Index, text: str) -> None:
    found = lexical.match(text, clarifiers=[BACK])
    assert found.unsure
    assert found.ask
    said = lexical.match(text, clarifiers=[BACK], replies=[("wo", "halle")])
    before, after = ({topic.slug: topic.score for topic in one.topics} for one in (found, said))
    assert after["industriestandort-der-zukunft"] > before["industriestandort-der-zukunft"]


@pytest.mark.parametrize("text", ["Cobot", "3D-Druck", "E-Rechnung", "Passwort", "Datensicherheit", "Roboter", "Strom"])
def test_a_word_that_names_a_topic_stays_sure(lexical: Index, text: str) -> None:
    assert not lexical.match(text).unsure


def test_a_sentence_with_the_same_word_stays_as_sure_as_it_was(lexical: Index) -> None:
    assert not lexical.match("Wir tippen jede Rechnung dreimal ab").unsure


@pytest.mark.parametrize("text", ["Stromkosten", "Drohne", "Cobot"])
def test_a_word_that_names_a_topic_lies_inside_whatever_it_looks_like(full: Index, text: str) -> None:
    assert full.match(text).in_scope


def test_one_word_does_not_say_who_asks(full: Index) -> None:
    assert full.match("Blockchain").kind == "company"


@pytest.mark.parametrize(
    "text", ["Hilfe!", "Hilfe, bitte!", "Ich brauche Hilfe", "Bitte helfen Sie uns", "Wir haben ein Problem", "Help!"]
)
def test_who_only_calls_has_not_said_for_what(lexical: Index, text: str) -> None:
    assert says_nothing(text)
    found = lexical.match(text)
    assert found is None or found.unsure or not found.in_scope


@pytest.mark.parametrize("text", ["Hilfe mit dem Server", "Probleme im Lager", "Frage zu KI"])
def test_who_says_for_what_has_said_something(text: str) -> None:
    assert not says_nothing(text)
