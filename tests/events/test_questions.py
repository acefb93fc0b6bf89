"""Setting what an event asks: what is refused, what stays of the old, and when a consent has new words."""

import pytest

from tests.contact_point import BY, MONDAY
from tests.events import world
from wegweiser.events.actions import multipliers, questions
from wegweiser.events.actions.questions import MOST, Asked
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import translated

A_OR_B = [("a", translated("A")), ("b", translated("B"))]


@pytest.fixture
def held(db):
    with clock.stopped_at(MONDAY):
        yield world.held()


def ask(held, *rows):
    return questions.set_all(event=held.event, asked=rows, by=BY)


def text(**given):
    return Asked(**{"kind": "text", "label": translated("Was?"), **given})


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([text(kind="colour")], "choice_unknown"),
        ([text(label=translated(""))], "label_missing"),
        ([text(kind="choice", options=A_OR_B[:1])], "options_missing"),
        ([text(kind="choice", options=[A_OR_B[0], A_OR_B[0]])], "options_missing"),
        ([text(shown_where=1, shown_answer="yes")], "condition_unknown"),
        ([text(), text(shown_where=1, shown_answer="yes")], "condition_unknown"),
        ([text(kind="yes_no"), text(shown_where=1, shown_answer="a")], "condition_unknown"),
        ([text()] * (MOST + 1), "too_many_questions"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(held, rows, code):
    with pytest.raises(DomainError) as refusal:
        ask(held, *rows)
    assert refusal.value.code == code
    assert not held.event.questions.exists()


def test_one_that_is_left_out_is_not_asked_any_more_but_stays(held):
    first, second = ask(held, text(), text(kind="number"))
    ask(held, text(kind="number", question=second))
    first.refresh_from_db()
    assert first.retired_at == MONDAY
    assert list(held.event.questions.filter(retired_at=None)) == [second]
    with pytest.raises(DomainError, match="question_unknown"):
        ask(held, text(question=first))


def test_new_words_are_a_new_version_and_nothing_else_is(held):
    (row,) = ask(held, text(kind="consent"))
    (row,) = ask(held, text(kind="consent", required=True, question=row))
    assert row.version == 1
    (row,) = ask(held, text(kind="consent", label=translated("Anders?"), question=row))
    assert row.version == 2


def test_a_question_of_another_event_is_unknown(held):
    (row,) = ask(held, text())
    other = world.held(centre=held.centre)
    with pytest.raises(DomainError, match="question_unknown"):
        ask(other, text(question=row))


def test_a_link_needs_a_name_and_is_given_once(held):
    with pytest.raises(DomainError, match="name_missing"):
        multipliers.give_link(event=held.event, name="  ", by=BY)
    one = multipliers.give_link(event=held.event, name="IHK", by=BY)
    assert multipliers.give_link(event=held.event, name=" ihk ", by=BY) == one
    assert one.code.isalnum()
