"""Addresses are made of what a title says."""

import re

from hypothesis import given
from hypothesis import strategies as st

from wegweiser.catalogue import slugs


@given(st.text(max_size=300))
def test_a_slug_is_plain_and_not_too_long(title):
    found = slugs.slug(title)
    assert found == "" or re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", found)
    assert len(found) <= slugs.LENGTH


def test_german_letters_are_spelled_out():
    assert slugs.slug("Größe & Öl: Übermaß, Äpfel – Café") == "groesse-oel-uebermass-aepfel-cafe"


def test_a_long_title_ends_with_a_whole_word():
    assert slugs.slug("wort " * 40).endswith("-wort")


@given(st.sets(st.sampled_from(["a", "a-2", "a-3"])))
def test_the_first_free_one_is_taken(taken):
    found = slugs.free("a", taken.__contains__)
    assert found not in taken
    assert found in {"a", "a-2", "a-3", "a-4"}
