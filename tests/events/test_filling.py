"""Texts with gaps never show a gap, and never more than they know."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.events import filling

NAMES = ["tag", "ort", "raum", "link"]


@pytest.mark.parametrize(
    ("words", "values", "text"),
    [
        ("Am {tag} in {ort}.", {"tag": "Montag", "ort": "Halle"}, "Am Montag in Halle."),
        ("Wann: {tag}\nWo: {ort}\nBis dann", {"tag": "Montag"}, "Wann: Montag\nBis dann"),
        ("Wann: {tag}[, Raum {raum}]", {"tag": "Montag"}, "Wann: Montag"),
        ("Wann: {tag}[, Raum {raum}]", {"tag": "Montag", "raum": "3"}, "Wann: Montag, Raum 3"),
        ("[Fragen: {ort}[, {raum}][, {link}].]", {"ort": "Anna", "link": "a@b"}, "Fragen: Anna, a@b."),
        ("[Fragen: {ort}[, {raum}].]", {"raum": "3"}, ""),
        ("Oben\n\n[Das:\n{tag}]\n\nUnten", {}, "Oben\n\nUnten"),
        ("Oben\n\n[Das:\n{tag}]\n\nUnten", {"tag": "– eins\n– zwei"}, "Oben\n\nDas:\n– eins\n– zwei\n\nUnten"),
        ("[sic] bleibt, {tag}", {"tag": "ja"}, "[sic] bleibt, ja"),
        ("Wo: {ort}", {"ort": "  "}, ""),
        ("{tag}", {"tag": "nicht {ort} und nicht [x]"}, "nicht {ort} und nicht [x]"),
    ],
)
def test_what_is_not_known_leaves_no_trace(words, values, text):
    assert filling.fill(words, values).text == text


def test_what_is_missing_is_named_once():
    assert filling.fill("{ort} {ort}[ {raum}] {tag}", {"tag": "Montag"}).missing == ("ort", "raum")


def test_mistyped_names_are_found():
    assert filling.unknown("{tag} {tga}", NAMES) == ("tga",)


@pytest.mark.parametrize(("words", "even"), [("[a [b]]", True), ("[a", False), ("a]", False), ("]a[", False)])
def test_brackets_have_their_other_one(words, even):
    assert filling.is_even(words) is even


pieces = st.recursive(
    st.one_of(
        st.sampled_from([f"{{{name}}}" for name in NAMES]),
        st.sampled_from(["Wann: ", " in ", ", ", "\n", "Raum", "."]),
    ),
    lambda inner: st.lists(inner, min_size=1, max_size=4).map(lambda found: "[" + "".join(found) + "]"),
    max_leaves=12,
)


@given(
    words=st.lists(pieces, max_size=8).map("".join),
    values=st.dictionaries(st.sampled_from(NAMES), st.sampled_from(["Montag", "", " ", "eins\nzwei", "Halle"])),
)
def test_no_gap_shows_and_every_known_line_stands(words, values):
    text = filling.fill(words, values).text
    assert "{" not in text
    assert not set(text) & {"\x00", "\x01", "\x02"}
    assert "  " not in text
    assert "\n\n\n" not in text
    assert text == text.strip("\n ")
    if all(values.get(name, "").strip() for name in filling.gaps(words)):
        for name in filling.gaps(words):
            assert all(line in text for line in values[name].split("\n"))
