import time

import pytest

from wegweiser.catalogue.matching.lexicon import load
from wegweiser.catalogue.matching.text import NearMisses, Splitter, bound, language, stem

WORDS = {"lager": 4, "liste": 3, "sicherung": 3, "daten": 9, "maschin": 4, "arbeit": 2, "anweisung": 2}


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("lagerliste", ("lager", "liste")),
        ("datensicherung", ("daten", "sicherung")),
        ("arbeitsanweisung", ("arbeit", "anweisung")),
        ("datensicherungsliste", ("daten", "sicherung", "liste")),
        ("lager", ()),
        ("", ()),
    ],
)
def test_compounds_fall_into_known_parts(compound: str, parts: tuple[str, ...]) -> None:
    assert Splitter(WORDS)(compound) == parts


def test_known_end_of_an_unknown_compound_is_found() -> None:
    assert Splitter(WORDS)("kundensicherung") == ("sicherung",)


@pytest.mark.parametrize("word", ["belegschaft", "datenlich"])
def test_an_ending_makes_another_word_and_no_compound(word: str) -> None:
    assert Splitter({"beleg": 2, "daten": 3})(word) == ()


def test_splitter_without_words_finds_nothing() -> None:
    assert Splitter({})("datensicherung") == ()


@pytest.mark.parametrize("typed", ["maschiene", "mashcine", "machine", "maschinne"])
def test_one_slip_of_the_keyboard_is_forgiven(typed: str) -> None:
    assert NearMisses(["maschine"])(typed) == "maschine"


@pytest.mark.parametrize("typed", ["marine", "lager", "kaschine", "maschinist"])
def test_other_words_are_no_slips(typed: str) -> None:
    assert NearMisses(["maschine"])(typed) is None


@pytest.mark.parametrize("spelling", ["Prüfung", "Pruefung", "PRÜFUNG", "prufung"])
def test_spellings_of_umlauts_are_one_word(spelling: str) -> None:
    assert stem(spelling, "de") == stem("prüfungen", "de")


def test_word_of_200000_letters_is_cut_in_no_time() -> None:
    start = time.process_time()
    assert len(bound("x" * 200_000)) == 60
    assert time.process_time() - start < 0.2


def test_text_is_cut_to_1500_characters() -> None:
    assert len(bound("Lager " * 5_000)) <= 1_500


@pytest.mark.parametrize("text", ["a\0b", "a\u202eb", "a\x1bb", "a\ud800b"])
def test_control_characters_become_spaces(text: str) -> None:
    assert bound(text) == "a b"


@pytest.mark.parametrize("text", ["", " \n\t ", "\0\0", " " * 100_000])
def test_blank_stays_blank(text: str) -> None:
    assert bound(text) == ""


@pytest.mark.parametrize(
    ("text", "spoken"),
    [("Wir haben keine Übersicht", "de"), ("We do not have an overview", "en"), ("OPC UA", "de")],
)
def test_language_is_told_by_small_words(text: str, spoken: str) -> None:
    assert language(text) == spoken


def test_lexicon_needs_all_words_of_a_phrase() -> None:
    lexicon = load("de")

    def themes(*words: str) -> set[str]:
        return {link.theme for link in lexicon.links([(stem(word, "de"), word) for word in words], {})}

    assert "backup" not in themes("kaputt")
    assert "backup" in themes("Festplatte", "kaputt")
    assert "backup" not in themes("Teppich", "kaputt")
