"""The labels of the benchmark: they name offers that exist, and the gain counts them as graded.

A failure names questions by their number only: the texts of the unseen half are never printed.
"""

import json
import math
from typing import Any

import pytest
from benchmarks.matching.catalogue import LISTS, PATH
from benchmarks.matching.figures import grades, ndcg

QUESTIONS = PATH.parents[4] / "benchmarks/matching/questions.jsonl"


@pytest.fixture(scope="module")
def questions() -> list[dict[str, Any]]:
    every = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    return [{"id": q["id"], "in_scope": q["in_scope"], "offers": q.get("offers", {})} for q in every]


def test_every_question_in_scope_and_no_other_names_offers(questions: list[dict[str, Any]]) -> None:
    assert [q["id"] for q in questions if bool(q["offers"]) != q["in_scope"]] == []


def test_labelled_offers_exist(questions: list[dict[str, Any]]) -> None:
    catalogue = json.loads(PATH.read_text(encoding="utf-8"))
    known = {offer["slug"] for name in LISTS for offer in catalogue[name]}
    assert {q["id"]: missing for q in questions if (missing := sorted(set(q["offers"]) - known))} == {}


def test_labels_are_graded_best_first_with_at_least_one_first_choice(questions: list[dict[str, Any]]) -> None:
    wrong = []
    for question in questions:
        given = list(grades(question["offers"]).values())
        best_first = given == sorted(given, reverse=True) and given[:1] in ([], [3])
        if not best_first or not set(given) <= {1, 2, 3}:
            wrong.append(question["id"])
    assert wrong == []


def test_a_list_stands_for_grades_three_two_one_one() -> None:
    wanted = ["a", "b", "c", "d"]
    assert grades(wanted) == {"a": 3, "b": 2, "c": 1, "d": 1}
    assert ndcg(["b", "x", "a"], wanted) == ndcg(["b", "x", "a"], grades(wanted))


def test_offers_of_one_grade_may_come_in_any_order() -> None:
    wanted = {"a": 3, "b": 3, "c": 1}
    assert ndcg(["b", "a", "c"], wanted) == 1.0
    assert ndcg(["c", "a", "b"], wanted) < 1.0


def test_gain_is_the_discounted_share_of_the_best_order() -> None:
    best = 3 + 1 / math.log2(3)
    assert ndcg(["b", "a"], {"a": 3, "b": 1}) == pytest.approx((1 + 3 / math.log2(3)) / best)
    assert ndcg(["x"], {"a": 3, "b": 1}) == 0.0
