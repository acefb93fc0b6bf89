"""Which questions are asked, and what is kept of the answers: the rule alone, without a database."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.events import answers
from wegweiser.events.models import Question
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import translated

NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
OPTIONS = [{"key": "a", "label": {"de": "A"}}, {"key": "b", "label": {"de": "B"}}]


def question(number, kind="text", *, parent=None, answer="", **given):
    found = Question(
        pk=number, kind=kind, label=translated(f"Frage {number}", f"Question {number}"), shown_where_id=parent, **given
    )
    found.shown_answer = answer
    if kind in {"choice", "several"}:
        found.options = OPTIONS
    return found


def kept(questions, *values):
    told = {answers.key(row): value for row, value in zip(questions, values, strict=True)}
    found = answers.checked(questions, told, language="de", now=NOW)
    return [found.get(answers.key(row)) for row in questions]


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("text", "x" * 301, "answer_too_long"),
        ("long_text", "x" * 4001, "answer_too_long"),
        ("text", ["x"], "answer_unknown"),
        ("number", "viele", "no_number"),
        ("number", "Infinity", "no_number"),
        ("number", "1e99", "no_number"),
        ("yes_no", "vielleicht", "answer_unknown"),
        ("choice", "c", "answer_unknown"),
        ("several", ["a", "c"], "answer_unknown"),
        ("several", "a", "answer_unknown"),
        ("consent", "ja", "answer_unknown"),
    ],
)
def test_what_is_no_answer_is_refused(kind, value, code):
    row = question(1, kind)
    with pytest.raises(DomainError) as refusal:
        kept([row], value)
    assert (refusal.value.code, refusal.value.field) == (code, answers.key(row))


@pytest.mark.parametrize(("kind", "code"), [("text", "answer_missing"), ("consent", "consent_missing")])
def test_what_is_required_must_be_there(kind, code):
    with pytest.raises(DomainError, match=code):
        kept([question(1, kind, required=True)], None)


def test_a_chain_of_conditions_hides_what_hangs_on_a_hidden_one():
    rows = [
        question(1, "choice"),
        question(2, "yes_no", parent=1, answer="a", required=True),
        question(3, parent=2, answer="yes", required=True),
    ]
    assert kept(rows, "a", "yes", "Nüsse") == ["a", "yes", "Nüsse"]
    assert kept(rows, "b", "yes", "Nüsse") == ["b", None, None]
    assert kept(rows, "a", "no", "") == ["a", "no", None]


def test_one_of_several_answers_is_enough_for_a_condition():
    rows = [question(1, "several"), question(2, parent=1, answer="b", required=True)]
    assert kept(rows, ["a", "b"], "x") == [["a", "b"], "x"]
    assert kept(rows, ["a"], "") == [["a"], None]


def test_a_consent_is_kept_in_the_words_that_were_read():
    (found,) = kept([question(1, "consent", version=3)], True)
    assert found == {"text": "Frage 1", "language": "de", "version": 3, "at": NOW.isoformat()}


values = st.one_of(st.none(), st.booleans(), st.text(max_size=5), st.sampled_from(["yes", "no", "a", "b"]))


@given(
    kinds=st.lists(
        st.sampled_from(["text", "yes_no", "choice", "several", "number", "consent"]), min_size=1, max_size=6
    ),
    data=st.data(),
)
def test_what_is_not_asked_is_neither_required_nor_kept(kinds, data):
    rows = []
    for number, kind in enumerate(kinds, start=1):
        parents = [row for row in rows if row.kind in answers.CONDITIONS]
        parent = data.draw(st.sampled_from([None, *parents])) if parents else None
        answer = data.draw(st.sampled_from(answers.keys(parent))) if parent else ""
        required = data.draw(st.booleans())
        rows.append(question(number, kind, parent=parent.pk if parent else None, answer=answer, required=required))
    told = {answers.key(row): data.draw(st.lists(values, max_size=2) | values) for row in rows}
    hidden = {answers.key(row) for row in rows if not answers.is_shown(row, rows, told)}
    problems = answers.problems(rows, told)
    assert not hidden & problems.keys()
    if not problems:
        assert not hidden & answers.checked(rows, told, language="de", now=NOW).keys()
