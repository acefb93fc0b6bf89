"""Whether a question is for a centre, who asks, and how sure one is: each rule by itself."""

from dataclasses import replace

import pytest

from wegweiser.catalogue.matching.rules import Kind
from wegweiser.catalogue.matching.verdict import MOSTLY_UNKNOWN, UNSURE_BEST, UNSURE_LEAD, Heard, unsure, verdict

PLAIN = Heard(kind=Kind.COMPANY, understood=True, known=1.0)
SURE = (0.9, 0.05)


@pytest.mark.parametrize(
    ("heard", "in_scope"),
    [
        ({}, True),
        ({"outside": True}, False),
        ({"outside": True, "urgent": True}, True),
        ({"outside": True, "answered": True}, True),
        ({"outside": True, "answered": True, "introduced": True}, False),
        ({"outside": True, "one_word": True, "names": True}, True),
        ({"outside": True, "one_word": True, "names": True, "introduced": True}, False),
        ({"outside": True, "one_word": True}, False),
        ({"introduced": True}, True),
        ({"unread": True}, False),
        ({"unread": True, "one_word": True, "names": True}, False),
        ({"unread": True, "answered": True}, True),
        ({"unread": True, "urgent": True}, True),
        ({"silent": True}, True),
    ],
)
def test_what_is_ours(heard: dict[str, bool], *, in_scope: bool) -> None:
    assert verdict(replace(PLAIN, **heard)).in_scope is in_scope


@pytest.mark.parametrize(
    ("heard", "kind"),
    [
        ({"outside": True}, Kind.COMPANY),
        ({"outside": True, "known": MOSTLY_UNKNOWN}, Kind.OTHER),
        ({"outside": True, "known": MOSTLY_UNKNOWN + 0.01}, Kind.COMPANY),
        ({"outside": True, "known": 0.0, "linked": True}, Kind.COMPANY),
        ({"outside": True, "known": 0.0, "kind": Kind.PRESS}, Kind.PRESS),
        ({"known": 0.0}, Kind.COMPANY),
        ({"outside": True, "known": 0.0, "urgent": True}, Kind.COMPANY),
    ],
)
def test_who_asks_is_anybodys_guess_only_outside_and_where_hardly_a_word_is_known(heard: dict, kind: Kind) -> None:
    assert verdict(replace(PLAIN, **heard)).kind is kind


@pytest.mark.parametrize(
    ("heard", "vague"),
    [
        ({}, False),
        ({"one_word": True}, True),
        ({"silent": True}, True),
        ({"one_word": True, "names": True}, False),
        ({"silent": True, "urgent": True}, False),
        ({"one_word": True, "urgent": True}, False),
        ({"silent": True, "replied": True}, False),
        ({"one_word": True, "replied": True}, False),
    ],
)
def test_what_could_be_about_anything(heard: dict[str, bool], *, vague: bool) -> None:
    found = replace(PLAIN, **heard)
    assert verdict(found).vague is vague
    assert unsure(found, SURE) is vague


@pytest.mark.parametrize(
    ("chances", "is_unsure"),
    [
        ((), True),
        ((1.0,), False),
        ((UNSURE_BEST - 0.01,), True),
        ((UNSURE_BEST, 0.1), False),
        ((UNSURE_BEST - 0.01, 0.1), True),
        ((0.5, 0.5 - UNSURE_LEAD + 0.01), True),
        ((0.5, 0.5 - UNSURE_LEAD - 0.01), False),
    ],
)
def test_close_topics_are_no_sure_ones(chances: tuple[float, ...], *, is_unsure: bool) -> None:
    assert unsure(PLAIN, chances) is is_unsure


@pytest.mark.parametrize(
    ("heard", "is_unsure"),
    [
        ({"understood": False}, True),
        ({"understood": False, "linked": True}, False),
        ({"understood": False, "urgent": True}, False),
    ],
)
def test_where_no_word_is_known_the_encoders_guess(heard: dict[str, bool], *, is_unsure: bool) -> None:
    assert unsure(replace(PLAIN, **heard), SURE) is is_unsure
