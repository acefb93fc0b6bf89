"""Vectors that ship with a centre: taken over where text and encoder fit, made where they do not."""

from pathlib import Path

import numpy as np
import pytest

from wegweiser.catalogue import indexed, matches, queries, related
from wegweiser.catalogue.actions import entries, offers, vectors
from wegweiser.catalogue.matching import E5, Packed, Shipped, UniversalSentenceEncoder, routed, shipped
from wegweiser.catalogue.matching.shipped import key
from wegweiser.catalogue.models import Entry, EntryVector
from wegweiser.catalogue.offers import Offer
from wegweiser.config import installation
from wegweiser.consortium import centre_file
from wegweiser.consortium.actions import centres
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import translated

BY = Actor.system("test")
SMALL = Path(__file__).parents[1] / "centres" / "klein.toml"


class Counting:
    """An encoder that tells what it was asked."""

    dimensions, version = 3, "1"

    def __init__(self, name="counting"):
        self.name = name
        self.asked = []

    def encode_offers(self, texts):
        self.asked += texts
        return np.ones((len(texts), 3), np.float32)

    encode_questions = encode_offers


def publish(title="Lager im Griff", slug="lager"):
    return entries.publish(offer=Offer(kind="tool", slug=slug, title=translated(title)), by=BY)


def made_for(encoder, *passages):
    row = Packed(np.array([[1, 2, 3]], np.int8), np.array([0.5], np.float32))
    return Shipped({key(encoder, passage): row for passage in passages})


@pytest.mark.django_db
def test_a_shipped_vector_is_taken_and_nothing_is_encoded():
    encoder = Counting()
    publish()
    assert vectors.take(shipped=made_for(encoder, "Lager im Griff"), encoders=[encoder], by=BY) == 1
    assert vectors.encode(encoders=[encoder], by=BY) == 0
    assert encoder.asked == []
    assert bytes(EntryVector.objects.get().vector) == np.float32(0.5).tobytes() + bytes([1, 2, 3])


@pytest.mark.django_db
def test_a_changed_text_is_encoded_as_ever():
    encoder = Counting()
    publish("Lager neu gedacht")
    assert vectors.take(shipped=made_for(encoder, "Lager im Griff"), encoders=[encoder], by=BY) == 0
    assert vectors.encode(encoders=[encoder], by=BY) == 1
    assert encoder.asked == ["Lager neu gedacht"]


@pytest.fixture
def counting(db, monkeypatch):
    encoder = Counting()
    monkeypatch.setattr(matches, "encoders", lambda: (encoder,))
    monkeypatch.setattr(routed, "mean_of", lambda _encoder: np.zeros(3, np.float32))
    matches.forget()
    yield encoder
    matches.forget()


def taking_part():
    matches.forget()
    return [encoder.name for encoder in matches.index().encoders]


def test_vectors_of_another_version_are_compared_with_no_question(counting, monkeypatch):
    monkeypatch.setattr(vectors, "BATCH", 1)
    for number in range(4):
        publish(f"Lager {number}", f"lager-{number}")
    vectors.encode(encoders=[counting], by=BY)
    assert taking_part() == ["counting"]
    counting.version = "2"
    assert taking_part() == [], "words alone until the worker has made half of them"
    vectors.encode(encoders=[counting], limit=2, by=BY)
    assert taking_part() == ["counting"]
    packed = indexed.vectors(counting, queries.corpus())
    assert [bool(row.any()) for row in packed.rows] == [True, True, False, False]


def test_the_vector_of_a_text_before_counts_until_there_is_another(counting):
    entry = publish()
    vectors.encode(encoders=[counting], by=BY)
    publish("Lager neu gedacht")
    assert entry.vectors.get().text_hash != key(counting, "Lager neu gedacht")
    assert taking_part() == ["counting"]


def test_a_row_that_does_not_say_its_version_counts_where_its_text_does_and_says_it_soon(counting):
    entry = publish()
    vectors.encode(encoders=[counting], by=BY)
    entry.vectors.update(version="")
    assert taking_part() == ["counting"]
    assert vectors.encode(encoders=[counting], by=BY) == 0
    assert entry.vectors.get().version == "1"
    entry.vectors.update(version="", text_hash="0" * 64)
    assert taking_part() == []


@pytest.mark.django_db
def test_a_second_installation_takes_nothing_again():
    encoder = Counting()
    publish()
    made = made_for(encoder, "Lager im Griff")
    vectors.take(shipped=made, encoders=[encoder], by=BY)
    first = EntryVector.objects.get().pk
    assert vectors.take(shipped=made, encoders=[encoder], by=BY) == 0
    assert EntryVector.objects.get().pk == first


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["news", "video"])
def test_what_is_not_matched_is_compared_all_the_same(kind):
    encoder = Counting()
    publish()
    told = entries.publish(offer=Offer(kind=kind, slug="neu", title=translated("Neues Lager", "New store")), by=BY)
    assert vectors.encode(encoders=[encoder], by=BY) == 1
    assert vectors.encode_likened(encoders=[encoder], limit=9, by=BY) == 1
    assert vectors.encode_likened(encoders=[encoder], limit=9, by=BY) == 0
    assert encoder.asked == ["Lager im Griff", "Neues Lager"]
    tool = Entry.objects.get(kind="tool")
    related.forget()
    assert related.nearest(told, [tool.pk], encoder=encoder) == [tool.pk]
    related.forget()


@pytest.mark.django_db
def test_the_shipped_file_holds_every_passage_of_the_model_centre():
    """When this fails: `python -m benchmarks.matching.vectors`."""
    file = centre_file.read(centre_file.model_centre())
    offers.load(file=file, centre=centres.load(file=file, by=BY).centre, by=BY)
    made = shipped.read(file.vectors)
    corpus = queries.corpus()
    assert {document.lang for _, document in corpus} == {"de", "en"}
    for encoder in (E5(), UniversalSentenceEncoder()):
        assert [row.key for _, row in corpus if made.get(encoder, row.passage) is None] == []
    assert file.vectors.stat().st_size < 400_000


@pytest.mark.django_db
def test_installing_the_model_centre_encodes_nothing():
    installed = installation.install(path=centre_file.model_centre(), by=BY)
    assert installed.encoded == 0
    names = [encoder.name for encoder in matches.encoders()]
    per_encoder = {name: EntryVector.objects.filter(encoder=name).count() for name in names}
    assert set(per_encoder.values()) == {len(queries.corpus())}
    matches.forget()
    assert [encoder.name for encoder in matches.index().encoders] == names
    matches.forget()


@pytest.mark.django_db
def test_a_centre_without_a_file_encodes_its_texts_quickly_with_the_first_encoder(monkeypatch):
    quick, slow = Counting("quick"), Counting("slow")
    monkeypatch.setattr(matches, "encoders", lambda: (quick, slow))
    assert installation.install(path=SMALL, quick=True, by=BY).encoded == len(quick.asked) > 0
    assert slow.asked == []


@pytest.mark.parametrize(("content", "code"), [(None, "centre_file_missing"), (b"no vectors", "centre_file_invalid")])
@pytest.mark.django_db
def test_a_named_file_that_is_missing_or_broken_stops_the_installation(tmp_path, content, code):
    for name in ("klein.json", "klein.toml"):
        (tmp_path / name).write_text((SMALL.parent / name).read_text(encoding="utf-8"), encoding="utf-8")
    toml = tmp_path / "klein.toml"
    toml.write_text('vectors = "made.npz"\n' + toml.read_text(encoding="utf-8"), encoding="utf-8")
    if content is not None:
        (tmp_path / "made.npz").write_bytes(content)
    with pytest.raises(DomainError) as caught:
        installation.install(path=toml, by=BY)
    assert caught.value.code == code
    assert not Entry.objects.exists()
