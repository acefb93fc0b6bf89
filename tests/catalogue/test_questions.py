"""Sample questions come with a centre, are checked line by line, and are worked out once."""

import json

import numpy as np
import pytest

from tests import model_centre
from wegweiser.catalogue import matches, questions
from wegweiser.catalogue.actions import learned
from wegweiser.catalogue.models import Entry, LearnedWeights
from wegweiser.consortium import centre_file
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

BY = Actor.system("test")
GOOD = {"text": "Die Fräse steht zu oft", "topics": ["digitale-vernetzung-und-standardisierung"], "offers": []}


class Counting:
    """An encoder that says how often it was asked."""

    name, dimensions, version = "counting", 2, "1"
    asked = 0

    def encode_questions(self, texts):
        self.asked += len(texts)
        return np.ones((len(texts), 2), np.float32)

    encode_offers = encode_questions


def file_of(tmp_path, *rows):
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows))
    return path


@pytest.mark.parametrize(
    "odd",
    [
        "{",
        "[]",
        "7",
        {"text": "", "topics": ["a"]},
        {"text": "a"},
        {**GOOD, "topics": []},
        {**GOOD, "offers": "x"},
        {**GOOD, "topics": [1]},
        {**GOOD, "offer": "x"},
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path, odd):
    with pytest.raises(DomainError, match="line 3") as told:
        questions.read(file_of(tmp_path, GOOD, "", odd))
    assert told.value.code == "centre_file_invalid"


def test_a_topic_that_is_not_known_is_named_with_its_line(tmp_path):
    odd = file_of(tmp_path, GOOD, "", {**GOOD, "topics": [*GOOD["topics"], "gibtsnicht"]})
    with pytest.raises(DomainError, match="line 3: the topic 'gibtsnicht' is not known") as told:
        questions.read(odd, topics=GOOD["topics"])
    assert GOOD["topics"][0] in str(told.value)
    assert len(questions.read(file_of(tmp_path, GOOD), topics=GOOD["topics"]).rows) == 1


def test_a_file_that_is_not_there_or_no_text_is_told(tmp_path):
    with pytest.raises(DomainError) as told:
        questions.read(tmp_path / "none.jsonl")
    assert told.value.code == "centre_file_missing"
    (tmp_path / "odd.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DomainError) as told:
        questions.read(tmp_path / "odd.jsonl")
    assert told.value.code == "centre_file_invalid"


@pytest.fixture
def catalogue(db):
    model_centre.with_offers()


def test_it_is_worked_out_once_and_again_when_a_question_changes(catalogue, tmp_path, monkeypatch):
    monkeypatch.setattr(questions, "mean_of", lambda encoder: np.zeros(encoder.dimensions))  # counted elsewhere
    encoder = Counting()

    def learn(*rows):
        asked = questions.read(file_of(tmp_path, *rows)) if rows else None
        return learned.learn(asked=asked, made=tmp_path / "none.npz", encoders=[encoder], by=BY)

    assert learn(GOOD)
    first = LearnedWeights.objects.get()
    assert not learn(GOOD)
    assert (LearnedWeights.objects.get().pk, encoder.asked) == (first.pk, 1)
    assert learn(GOOD, {**GOOD, "text": "Der Laser auch"})
    assert LearnedWeights.objects.get().pk != first.pk
    assert learn()
    assert not LearnedWeights.objects.exists()
    assert not learn()


def test_offers_that_never_were_here_are_told_with_their_line(catalogue, tmp_path):
    entry = Entry.objects.filter(kind="check").first()
    rows = [{**GOOD, "offers": [entry.slug]}, {**GOOD, "offers": [entry.slug, "gibtsnicht"]}]
    assert questions.unknown_offers(questions.read(file_of(tmp_path, *rows))) == [(2, "gibtsnicht")]


def test_a_process_notices_what_was_learnt(catalogue, tmp_path, monkeypatch):
    monkeypatch.setattr(matches, "encoders", lambda: ())
    matches.forget()
    assert matches.index().learned is None
    asked = questions.read(file_of(tmp_path, GOOD))
    learned.learn(asked=asked, made=None, encoders=[Counting()], by=BY)
    assert matches.index().learned is not None
    matches.forget()


def test_what_ships_with_the_model_centre_is_taken_over(catalogue):
    file = centre_file.read(centre_file.model_centre())
    learned.learn(asked=questions.read(file.questions), made=file.learned, encoders=matches.encoders(), by=BY)
    assert len(matches.index().learned.topics) == 5
    matches.forget()
