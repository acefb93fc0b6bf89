"""A mark on an English text comes when the German changes alone, and goes when somebody looks at it."""

from hypothesis import given
from hypothesis import strategies as st

from wegweiser.kernel import translations

NAMES = st.sampled_from(["title", "summary", "text"])
TEXTS = st.sampled_from(["", "a", "b"])
SIDES = st.dictionaries(NAMES, st.tuples(TEXTS, TEXTS)).map(
    lambda found: [(name, german, english) for name, (german, english) in found.items()]
)


@given(SIDES, SIDES, st.sets(NAMES), st.sets(NAMES))
def test_only_an_english_text_that_stayed_can_be_outdated(before, after, marked, confirmed):
    known = {name: english for name, _, english in before}
    now = {name: english for name, _, english in after}
    for name in translations.outdated(before, after, marked=marked, confirmed=confirmed):
        assert now[name]
        assert known.get(name, now[name]) == now[name]
        assert name not in confirmed


@given(SIDES, st.sets(NAMES))
def test_where_nothing_changed_marks_stay(sides, marked):
    there = {name for name, _, english in sides if english}
    assert set(translations.outdated(sides, sides, marked=marked)) == marked & there


def test_a_change_of_the_german_marks_the_english():
    before, after = [("title", "Alt", "Old")], [("title", "Neu", "Old")]
    assert translations.outdated(before, after, marked=()) == ["title"]
    assert translations.outdated(before, [("title", "Neu", "New")], marked=()) == []
    assert translations.outdated(before, [("title", "Neu", "")], marked=()) == []
    assert translations.outdated(after, after, marked=["title"], confirmed=["title"]) == []


def test_what_is_told_in_german_only_is_missing():
    assert translations.missing([("title", "Alt", "Old"), ("text", "Wort", ""), ("summary", "", "")]) == ["text"]
