"""Answers over several events: nobody's single answer can be told by subtracting what is shown elsewhere."""

import pytest
from django.db.models import Q

from tests.contact_point import BY, MONDAY
from tests.events.world import held, published
from wegweiser.events import feedback
from wegweiser.events.actions import events
from wegweiser.events.actions.events import Places
from wegweiser.events.models import Event, Feedback
from wegweiser.kernel import clock
from wegweiser.kernel.translated import translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def three():
    with clock.stopped_at(MONDAY):
        first = held()
        pools = [Places(chairs=5, label=translated("Vor Ort"))]
        others = [
            events.open_registration(draft=published(first.centre), pools=pools, settings={}, by=BY) for _ in range(2)
        ]
        yield [first.event, *others]


def say(event: Event, *useful: int, recommend: int | None = None) -> None:
    for value in useful:
        Feedback.objects.create(event=event, useful=value, recommend=recommend)


def found():
    (only,) = feedback.by_topic(Q())
    return only.results


def test_a_single_answer_beside_an_event_that_is_shown_stays_out_of_the_mean(three):
    say(three[0], 5, 5, 5, 5, 5)
    say(three[1], 1)
    assert (found().count, found().mean) == (6, 5)
    assert (5, 5) in found().useful


def test_events_with_few_answers_count_once_they_are_enough_together(three):
    say(three[0], 5, 5, 5, 5, 5)
    say(three[1], 1, 1)
    say(three[2], 1, 1, 1)
    assert (found().count, found().mean) == (10, 3)


def test_few_answers_alone_are_shown_once_they_are_enough_and_no_sooner(three):
    say(three[0], 5, 5)
    say(three[1], 5, 5)
    assert (found().count, found().mean) == (4, None)
    say(three[2], 5)
    assert (found().count, found().mean) == (5, 5)


def test_each_question_is_looked_at_on_its_own(three):
    say(three[0], 5, 5, 5, 5, 5, recommend=10)
    say(three[1], 1, 1, 1, 1)
    say(three[1], 1, recommend=0)
    assert (found().mean, found().nps) == (3, 100)
