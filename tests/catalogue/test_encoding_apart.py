"""The worker encodes in a process that ends with the job: what it took for the encoders goes back."""

import os
import time
from pathlib import Path

import numpy as np
import pytest

from wegweiser.catalogue import indexed, jobs, matches, queries
from wegweiser.catalogue.actions import entries
from wegweiser.catalogue.matching import E5, Borrowed, UniversalSentenceEncoder, apart, lending
from wegweiser.catalogue.models import EntryVector
from wegweiser.catalogue.offers import Offer
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.translated import translated

BY = Actor.system("test")
TEXTS = ["Lager im Griff", "Größe: 5 µm\nund „mehr“", ""]


def children():
    """Our children, and those that have ended but were not waited for."""
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())


@pytest.fixture
def fresh(monkeypatch):
    """Encoders that nobody has used yet, as in a worker that has just begun."""
    made = (UniversalSentenceEncoder(), E5(indexed.folder()))
    monkeypatch.setattr(matches, "encoders", lambda: made)
    return made


def loaded(encoders):
    return [encoder.name for encoder in encoders if encoder._model._loaded is not None]


@pytest.mark.django_db
def test_after_the_job_the_worker_holds_no_encoder_and_no_process(fresh):
    entries.publish(offer=Offer(kind="tool", slug="lager", title=translated("Lager im Griff")), by=BY)
    before = children()
    assert jobs.encode() == 2
    assert {row.encoder for row in EntryVector.objects.all()} == {"use", "e5"}
    assert loaded(fresh) == []
    assert children() == before
    queries.corpus()  # the connection is still ours
    fresh[0].encode_offers(["Lager"])
    assert loaded(fresh) == ["use"]  # the look at it does see one that is held


@pytest.mark.django_db
def test_what_a_web_process_lends_is_used_without_a_process(fresh, monkeypatch, tmp_path):
    monkeypatch.setattr(indexed, "folder", lambda: tmp_path / "m")
    lender = (UniversalSentenceEncoder(), E5())
    lending.start(lender, tmp_path / "m")
    monkeypatch.setattr(apart.subprocess, "Popen", None)
    entries.publish(offer=Offer(kind="tool", slug="lager", title=translated("Lager im Griff")), by=BY)
    while not (tmp_path / "m" / lending.SOCKET).exists():
        time.sleep(0.01)
    assert jobs.encode() == 2
    assert (loaded(fresh), loaded(lender)) == ([], ["use", "e5"])


def test_who_borrows_has_the_same_encoders(monkeypatch):
    own = matches.encoders()
    monkeypatch.setattr(matches, "_borrows", False)
    matches.borrow()
    try:
        assert [(row.name, row.version, row.dimensions) for row in matches.encoders()] == [
            (row.name, row.version, row.dimensions) for row in own
        ]
        assert {type(row) for row in matches.encoders()} == {Borrowed}
    finally:
        monkeypatch.undo()
        matches.encoders.cache_clear()


@pytest.mark.django_db
def test_a_job_without_work_starts_no_process(fresh, monkeypatch):
    monkeypatch.setattr(apart.subprocess, "Popen", None)
    assert jobs.encode() == 0


def test_vectors_are_the_same_as_here(fresh):
    with matches.encoders_apart() as encoders:
        for here, there in zip(fresh, encoders, strict=True):
            assert (there.name, there.version, there.dimensions) == (here.name, here.version, here.dimensions)
            # Sums in another order, by where the arrays lie in memory, differ in the last digit.
            np.testing.assert_allclose(there.encode_offers(TEXTS), here.encode_offers(TEXTS), rtol=0, atol=1e-6)
            np.testing.assert_allclose(there.encode_questions(TEXTS), here.encode_questions(TEXTS), rtol=0, atol=1e-6)
            assert there.encode_offers([]).shape == (0, here.dimensions)


def test_one_encoder_is_loaded_at_a_time(fresh):
    before = children()
    with matches.encoders_apart() as encoders:
        for encoder in (*encoders, *encoders):
            encoder.encode_offers(["Lager"])
            assert len(children() - before) == 1
    assert children() == before


def test_a_process_that_ends_early_is_no_answer(fresh, tmp_path, monkeypatch):
    (tmp_path / "models").write_text("no folder")
    monkeypatch.setattr(indexed, "folder", lambda: tmp_path / "models")
    before = children()
    with pytest.raises(apart.EncoderEndedError, match="e5"), matches.encoders_apart() as encoders:
        encoders[1].encode_offers(["Lager"])
    assert children() == before
