"""What became of the suggestions."""

import datetime as dt
import doctest
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests import contact_point
from tests.contact_point import BY
from wegweiser.catalogue.actions import entries
from wegweiser.catalogue.models import Entry
from wegweiser.catalogue.offers import Offer
from wegweiser.enquiries import quality, suggestions, things
from wegweiser.enquiries.actions import cases
from wegweiser.enquiries.quality import Routed
from wegweiser.kernel.translated import translated

DAY = dt.date(2026, 3, 2)


def row(**given_values) -> Routed:
    usual = {
        "case": uuid.uuid4(),
        "reference": "W-1",
        "received": DAY,
        "suggested_topic": "netz",
        "suggested_partner": 1,
        "suggested_offers": frozenset(),
        "topic": "netz",
        "partner": 1,
        "confirmed": True,
        "answered": True,
        "attached": frozenset(),
        "gap": None,
        "text": "",
        "language": "de",
    }
    return Routed(**{**usual, **given_values})


def test_what_nobody_answered_yet_is_not_judged():
    found = quality.figures([row(confirmed=False), row(), row(partner=2, confirmed=False)])
    assert (found.judged, found.kept) == (2, 1)


def test_one_suggested_offer_among_others_is_accepted():
    offered = frozenset({"a", "b"})
    rows = [row(suggested_offers=offered, attached=frozenset(attached)) for attached in (["a", "c"], ["c"], [], [])]
    found = quality.figures([*rows, row(suggested_offers=offered, answered=False), row(attached=frozenset("a"))])
    assert (found.with_offers, found.with_suggested, found.offer_share) == (4, 1, 0.25)
    assert found.without_offer == 2


def test_only_what_names_a_thing_is_a_common_word():
    """Verbs, ordinals, adjectives and the beginnings of sentences say nothing; stems bring one word together."""
    rows = [
        row(text="Wer bildet uns aus? Die ersten kennt jeder, wir entwickeln ein Patent. Digitale Halle."),
        row(
            text="Kennt jemand das? Unsere ersten Lehrlinge bildet keiner aus. Entwickeln wollen wir Patente, digitale."
        ),
        row(text="drohne gesucht"),
        row(text="Wir suchen eine Drohne."),
        row(text="We develop a drone. The first drone failed", language="en"),
        row(text="Who can develop drones for the first farm?", language="en"),
    ]
    assert [word.word for word in quality.common_words(rows)] == ["Drohne", "drone", "Patent"]


def test_a_thing_that_everybody_writes_small_is_one():
    rows = [
        row(text="hallo, unsere drehbank streikt dauernd und im lager fehlt ständig was, leider"),
        row(text="die DREHBANK ist kaputt. wer kann uns leider nicht beraten?"),
        row(text="drehbänke für das lager gesucht, wir beraten und drucken eine alte stanze."),
        row(text="wir wollen drucken und etwas für die stanze. die neue nervt, das nervt."),
    ]
    assert [(word.word, len(word.cases)) for word in quality.common_words(rows)] == [
        ("drehbank", 3),
        ("lager", 2),
        ("stanze", 2),
    ]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("mit der fräse", {"fras"}),
        ("unsere alte fräse steht", {"fras"}),
        ("eine fräse kaufen", set()),  # nobody tells without a dictionary
        ("die fräst nicht, das nervt leider", set()),
        ("zum fräsen und beim hochladen", set()),
        ("ein bisschen, ein paar, unsere leute", set()),
        ("die Halle. Fräsen können wir", {"hall"}),
        ("wir sind ein kleiner betrieb, eine mittelständische firma", set()),
        ("keine passenden leute, für unsere älteren mitarbeiter", set()),
        ("eine kurze frage, wir haben ein großes problem, eine halbe stunde", set()),
        ("unser kleiner betrieb hat eine alte drehbank", {"drehbank"}),
    ],
)
def test_what_names_a_thing(text, named):
    assert things.things(text, "de") == named


@pytest.mark.one_database
def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(things).failed == 0


def test_of_nothing_there_is_no_share():
    found = quality.figures([])
    assert (found.partner_share, found.topic_share, found.offer_share) == (None, None, None)


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4))))
def test_the_matrix_holds_every_move_once(moves):
    assert sum(map(sum, quality.matrix(moves, [1, 2, 3, 4]))) == len(moves)


def test_words_that_several_share_come_first_and_as_they_were_written():
    rows = [
        row(text="Wir brauchen eine Drohne für das Dach."),
        row(text="Drohnen über dem Feld, geht das?"),
        row(text="Drohne mit Kamera"),
        row(text="Ein Roboter"),
    ]
    found = quality.common_words(rows)
    assert [(word.word, len(word.cases)) for word in found] == [("Drohne", 3)]


def suggested(world, *offers):
    topics = [{"slug": world.topic.slug, "score": 0.8}]
    told = [{"kind": kind, "slug": slug} for kind, slug in offers]
    return {"topics": topics, "offers": told, "kind": "question", "in_scope": True}


def offer(slug: str) -> Entry:
    return entries.publish(offer=Offer(kind="check", slug=slug, title=translated(slug)), by=BY)


def routed() -> list[Routed]:
    return suggestions.routed(start=DAY, end=DAY)


def test_a_case_that_stayed_and_one_that_went_on(world):
    shown = offer("check")
    stayed = contact_point.case(world.other, topic=world.topic, suggested=suggested(world, ("check", "check")))
    cases.answer(case=stayed, member=world.ben, text="Ja.", offers=[shown.uuid], by=BY)
    went = contact_point.case(world.other, topic=world.topic, suggested=suggested(world, ("check", "check")))
    cases.hand_over(case=went, partner=world.lead, note="Bitte.", by=BY)
    contact_point.case(world.other, suggested=suggested(world, ("check", "check")))  # nobody answered
    found = quality.figures(routed())
    assert (found.judged, found.kept, found.with_offers, found.with_suggested, found.gaps) == (2, 1, 1, 1, 0)
    assert suggestions.moves(start=DAY, end=DAY) == [(world.other.pk, world.lead.pk)]


def test_as_many_statements_for_many_as_for_one(world):
    offer("check")

    def one_more():
        case = contact_point.case(world.other, suggested=suggested(world, ("check", "check")))
        cases.hand_over(case=case, partner=world.lead, note="Bitte.", by=BY)

    def count():
        with CaptureQueriesContext(
            connection,
        ) as counted:
            routed()
            suggestions.moves(start=DAY, end=DAY)
        return len(counted)

    one_more()
    first = count()
    one_more()
    one_more()
    assert count() == first == 6
