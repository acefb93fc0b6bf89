"""The everyday words of the model centre, and how a reason quotes them."""

import json

import pytest
from benchmarks.matching.catalogue import PATH

from wegweiser.catalogue.matching import Document, Index, Reason, sentence
from wegweiser.catalogue.matching.phrases import sayings

GROUPS = ("topics", "contacts", "events", "demonstrators", "lighthouse_projects", "checks")
ROWS = [(row["slug"], row) for group in GROUPS for row in json.loads(PATH.read_text(encoding="utf-8"))[group]]


@pytest.mark.parametrize(("slug", "row"), ROWS)
def test_every_entry_says_in_both_languages_what_bothers_those_who_need_it(slug: str, row: dict[str, str]) -> None:
    german, english = (sayings(row[name]) for name in ("everyday_words", "everyday_words_en"))
    for phrases in (german, english):
        assert 6 <= len(phrases) <= 12
        assert len(set(phrases)) == len(phrases)
        assert all(len(phrase) <= 80 and phrase[0].isupper() and phrase[-1].isalnum() for phrase in phrases)
    assert german != english


def test_phrases_stand_between_semicolons_and_may_hold_commas() -> None:
    assert sayings("Keiner weiß, wo es hakt;  alles doppelt ;") == ["Keiner weiß, wo es hakt", "alles doppelt"]


def test_without_semicolons_commas_part_the_phrases() -> None:
    assert sayings("Aufträge abtippen, doppelte Listen") == ["Aufträge abtippen", "doppelte Listen"]
    assert sayings(" ") == []


def test_the_topic_as_reason_quotes_two_phrases_as_people_say_them() -> None:
    topic = Document("t", "topic", ("t",), "p", "Vernetzung")
    offer = Document("o", "check", ("t",), "p", "Blick", everyday_words="Nichts passt, nie; Alles doppelt; Drittes")
    match = Index.build([topic, offer]).match("Vernetzung gesucht")
    assert match.offers[0].why == (Reason("topic", ("Vernetzung", "Nichts passt, nie", "Alles doppelt")),)
    reason = match.offers[0].why[0]
    assert sentence(reason, "de") == "Hilft, wenn es heißt: „Nichts passt, nie“ oder „Alles doppelt“."
    assert sentence(reason, "en") == "Helps when people say: “Nichts passt, nie” or “Alles doppelt”."


def test_a_word_that_tells_nothing_is_not_quoted_as_the_reason() -> None:
    offer = Document("o", "check", (), "p", "Alles neu im Lager", everyday_words="Jeder macht es anders")
    index = Index.build([offer])
    assert [reason.kind for reason in index.match("Bei uns macht es jeder anders").offers[0].why] == ["topic"]
    assert index.match("Neues Lager, anders als sonst").offers[0].why[0] == Reason("word", ("Lager",))
