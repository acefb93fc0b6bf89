"""Examples: what a routed case teaches, without who asked, and how it is taken back."""

import datetime as dt
import time
import uuid

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import contact_point
from tests.contact_point import BY
from wegweiser.catalogue import anonymous, indexed, matches, queries
from wegweiser.catalogue.actions import entries, examples, vectors
from wegweiser.catalogue.matching import Document, Index, routed
from wegweiser.catalogue.matching import Example as Routed
from wegweiser.catalogue.models import Availability, Entry, Example
from wegweiser.catalogue.offers import Offer
from wegweiser.consortium.models import Topic
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.models import AuditEvent
from wegweiser.kernel.translated import translated

TEXT = "Der Kobold im Keller klemmt wieder"


@pytest.fixture
def world(db, monkeypatch):
    """Two offers and matching by words alone: what an example does must not hang on an encoder."""
    monkeypatch.setattr(matches, "encoders", tuple)
    with clock.stopped_at(contact_point.MONDAY):
        found = contact_point.world()
        for slug, title in (("pumpe", "Pumpen warten"), ("tor", "Tore steuern")):
            entries.publish(offer=Offer(kind="check", slug=slug, title=translated(title)), by=BY)
        entries.publish(offer=Offer(kind="topic", slug="netz", title=translated("Vernetzung")), by=BY)
        matches.forget()
        yield found
    matches.forget()


def learn(world, text=TEXT, **fields):
    given = {"topics": [world.topic], "offers": [Entry.objects.get(slug="tor")], "partner": world.lead}
    return examples.learn(text=text, source=contact_point.case(world.lead), by=BY, **{**given, **fields})


def test_the_next_question_leads_where_the_example_says(world):
    question = TEXT + " Tor Pumpe"
    before = {hit.key: hit.score for hit in matches.index().match(question).offers}
    learn(world, question)
    found = matches.match(question)
    assert [offer.entry.slug for offer in found.offers] == ["tor", "pumpe"]
    assert found.offers[0].score > before["tor"]
    assert found.offers[0].why[0] == "Hat bei einer ähnlichen Frage geholfen."


def test_where_the_topic_is_open_it_teaches_its_offers_alone(world):
    question = TEXT + " Tor Pumpe"
    before = matches.match(question)
    learn(world, question, topics=[])
    found = matches.match(question)
    assert found.offers[0].entry.slug == "tor"
    assert found.offers[0].why[0] == "Hat bei einer ähnlichen Frage geholfen."
    assert found.topics == before.topics


def test_what_is_taken_back_counts_no_more(world):
    question = TEXT + " Tor Pumpe"
    before = matches.index().match(question).offers
    example = learn(world, question)
    assert matches.index().match(question).offers != before
    examples.unlearn(example=example, by=BY)
    assert matches.index().match(question).offers == before
    assert not Example.objects.exists()
    examples.unlearn(example=example, by=BY)  # somebody was faster
    events = AuditEvent.objects.filter(event__startswith="example:").order_by("id").values_list("event", flat=True)
    assert list(events) == ["example:learnt", "example:unlearnt"]


def test_a_source_teaches_once_and_the_last_word_counts(world):
    case = contact_point.case(world.lead)
    for text in ("Die Pumpe tropft seit Tagen", "Das Tor geht nicht mehr auf"):
        examples.learn(text=text, topics=[world.topic], source=case, by=BY)
    assert [row.text for row in Example.objects.all()] == ["Das Tor geht nicht mehr auf"]
    assert [row.text for row in matches.index().examples] == ["Das Tor geht nicht mehr auf"]


def test_an_offer_with_a_new_address_is_still_meant(world):
    learn(world)
    Entry.objects.filter(slug="tor").update(slug="tore")
    matches.forget()
    assert matches.index().examples[0].offers == (("check", "tore"),)


def test_two_kinds_may_share_an_address():
    documents = [
        Document(key="halle", kind=kind, topics=(), partner="", title=title)
        for kind, title in (("event", "Abend in der Halle"), ("check", "Halle prüfen"))
    ]
    taught = Index.build(documents, examples=[Routed(TEXT, (), (("check", "halle"),))]).match(TEXT + " Halle")
    plain = Index.build(documents).match(TEXT + " Halle")
    gain = {
        offer.kind: offer.score - next(one.score for one in plain.offers if one.kind == offer.kind)
        for offer in taught.offers
    }
    assert gain["check"] > 0
    assert gain["event"] == 0


def test_what_ended_an_hour_ago_is_suggested_no_more(world):
    now = contact_point.MONDAY
    for slug, hours in (("fruehstueck", 2), ("abend", 9)):
        begin = {"starts_at": now + dt.timedelta(hours=hours - 1), "ends_at": now + dt.timedelta(hours=hours)}
        entries.publish(offer=Offer(kind="event", slug=slug, title=translated("Pumpen im Griff"), **begin), by=BY)
    found = []
    for hours in (0, 3, 10):
        with clock.stopped_at(now + dt.timedelta(hours=hours)):
            found.append({one.entry.slug for one in matches.match("Pumpen").offers if one.entry.kind == "event"})
    assert found == [{"fruehstueck", "abend"}, {"abend"}, set()]


def test_what_was_called_off_is_suggested_no_more_by_an_index_of_before(world, monkeypatch):
    entries.publish(offer=Offer(kind="event", slug="tag", title=translated("Pumpentag")), by=BY)
    before = matches.index()
    Entry.objects.filter(slug="tag").update(availability=Availability.CANCELLED)
    monkeypatch.setattr(matches, "index", lambda: before)
    assert "tag" not in {one.entry.slug for one in matches.match("Pumpentag").offers}


class Counting:
    """An encoder that says how often it was asked."""

    name, dimensions, version = "counting", 2, "1"

    def __init__(self):
        self.asked = []

    def encode_questions(self, texts):
        self.asked += texts
        return np.ones((len(texts), 2), np.float32)

    encode_offers = encode_questions


def test_an_index_encodes_only_what_is_new_since_the_one_before(monkeypatch):
    monkeypatch.setattr(routed, "mean_of", lambda encoder: np.zeros(2, np.float32))
    encoder, vectors = Counting(), {"counting": np.zeros((0, 2), np.float32)}
    one, two = Routed("Die Pumpe tropft", ()), Routed("Das Tor klemmt", ())
    first = Index.build([], vectors, encoders=[encoder], examples=[one])
    second = Index.build([], vectors, encoders=[encoder], examples=[one, two], known=first.encoded_examples)
    third = Index.build([], vectors, encoders=[encoder], examples=[two], known=second.encoded_examples)
    assert encoder.asked == ["Die Pumpe tropft", "Das Tor klemmt"]
    assert list(third.encoded_examples["counting"]) == ["Das Tor klemmt"], "an erased text leaves the process too"


@pytest.mark.parametrize(
    "text",
    [
        "Bitte an jana@firma.example schreiben, die Fräse steht",
        "Rufen Sie mich an: 0391 / 555 01 99, die Fräse steht",
        "Unter +49 391 5550199 bin ich da, die Fräse steht",
        "Wir sitzen in der Hauptstraße 5a und brauchen Hilfe",
        "Unser Betrieb liegt in 39104 Magdeburg und braucht Hilfe",
        "Herr Dr. Müller sagt, die Fräse steht zu oft",
        "Mehr auf www.fraese-muster.de, die Fräse steht",
        "Die Muster Fräsen GmbH sucht Hilfe bei der Planung",
        "Kundennummer 4711 0815 22, die Fräse steht",
    ],
)
def test_what_leads_to_a_person_is_refused_and_can_be_taken_out(world, text):
    with pytest.raises(DomainError, match="person") as refused:
        learn(world, text)
    assert refused.value.code == "example_personal"
    assert not Example.objects.exists()
    rest = anonymous.without(text)
    assert anonymous.GAP in rest
    assert learn(world, rest).text == rest


@pytest.mark.parametrize(
    ("text", "names", "left"),
    [
        ("Ich bin Jana Ölmann und suche Hilfe", ["Jana Ölmann"], "Ich bin … und suche Hilfe"),
        ("ich bin jana ölmann und suche hilfe", ["Jana Ölmann"], "ich bin … und suche hilfe"),
        ("Es dauert lang, sagt Lang", ["Lang"], "Es dauert lang, sagt …"),
        ("Die Fräse steht seit 2019 jeden 2. Tag, 300 Teile fehlen", [], None),
        ("Wir haben 12 Leute in 3 Hallen und 25000 Teile am Lager", [], None),
    ],
)
def test_only_what_leads_to_a_person_goes(text, names, left):
    assert anonymous.without(text, names=names) == (left or text)


@given(st.text(max_size=300), st.lists(st.text(max_size=20), max_size=3))
def test_what_was_taken_out_is_out(text, names):
    assert not anonymous.leads_to_a_person(anonymous.without(text, names=names), names=names)


def test_a_long_text_without_blanks_takes_no_time():
    begin = time.perf_counter()
    anonymous.without("a.-" * 3_300)
    assert time.perf_counter() - begin < 1


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"topics": [], "offers": []}, "topic_missing"),
        ({"text": "zu kurz"}, "example_short"),
        ({"text": "lang " * 300}, "text_too_long"),
    ],
)
def test_half_an_example_is_none(world, fields, code):
    with pytest.raises(DomainError) as refused:
        learn(world, **fields)
    assert refused.value.code == code


def test_forgetting_a_source_that_taught_nothing_is_no_error(world):
    assert examples.forget(kind="enquiries.case", source=uuid.uuid4(), by=BY) == 0


def test_a_fresh_process_reads_the_vectors_that_the_worker_made(world):
    encoder = Counting()
    one, other = learn(world), learn(world, "Die Pumpe tropft seit Tagen")
    assert vectors.encode_examples(encoders=[encoder], limit=10, by=BY) == 2
    assert vectors.encode_examples(encoders=[encoder], limit=10, by=BY) == 0
    assert set(indexed.encoded(encoder)) == {one.text, other.text}
    examples.unlearn(example=one, by=BY)
    assert set(indexed.encoded(encoder)) == {other.text}, "the vector goes with its example"
    encoder.version = "2"
    assert indexed.encoded(encoder) == {}, "a vector of another version says nothing"
    assert vectors.encode_examples(encoders=[encoder], limit=10, by=BY) == 1


def test_an_index_reads_only_the_vectors_that_are_new_since_the_one_before(world, monkeypatch):
    encoder, read = Counting(), []
    stored = indexed.encoded
    monkeypatch.setattr(routed, "mean_of", lambda _encoder: np.zeros(2, np.float32))
    monkeypatch.setattr(matches, "encoders", lambda: (encoder,))
    monkeypatch.setattr(indexed, "encoded", lambda *given, **named: read.append(stored(*given, **named)) or read[-1])
    vectors.encode(encoders=[encoder], by=BY)
    texts = ["Die Pumpe tropft seit Tagen", "Das Tor geht nicht auf", "Der Kobold kommt wieder"]
    for text in texts:
        learn(world, text)
        vectors.encode_examples(encoders=[encoder], limit=9, by=BY)
        matches.index()
    assert [list(found) for found in read] == [[text] for text in texts]
    assert set(matches.index().encoded_examples[encoder.name]) == set(texts)
    entries.publish(offer=Offer(kind="check", slug="neu", title=translated("Neues")), by=BY)
    assert set(matches.index().encoded_examples[encoder.name]) == set(texts)
    assert not read[-1], "nor does one that is built anew"
    assert len([text for text in encoder.asked if text in texts]) == len(texts), "each was encoded once, by the worker"


def test_no_visitor_renews_an_index_that_somebody_looks_after(world):
    before = matches.index()
    assert not matches.keep_up()
    learn(world)
    assert matches.index() is before
    assert matches.keep_up()
    after = matches.index()
    assert after is not before
    assert [row.text for row in after.examples] == [TEXT]
    assert not matches.keep_up()


def test_when_nobody_has_looked_for_a_second_a_visitor_renews_it(world, monkeypatch):
    before = matches.index()
    matches.keep_up()
    monkeypatch.setattr(matches, "LOOKED_SECONDS", 0.0)
    learn(world)
    assert matches.index() is not before


def test_looking_makes_no_index_before_there_is_one(world, monkeypatch):
    monkeypatch.setattr(matches, "_build", None)
    assert not matches.keep_up()


def test_the_worker_makes_at_most_so_many_at_once(world):
    for number in range(3):
        learn(world, f"Die Pumpe {number} tropft seit Tagen")
    assert [vectors.encode_examples(encoders=[Counting()], limit=2, by=BY) for _ in range(3)] == [2, 1, 0]


def test_examples_of_a_topic_are_found_in_the_database(world):
    both = Topic.objects.create(key="x", slug="netz-werk", title=translated("Netzwerk"), position=9), world.topic
    first, second, none = (learn(world, topics=rows) for rows in ([world.topic], both, []))
    assert set(queries.about(Example.objects.all(), "netz")) == {first, second}
    assert list(queries.about(Example.objects.all(), "netz-werk")) == [second]
    assert not queries.about(Example.objects.all(), "werk").exists()
    assert none not in queries.about(Example.objects.all(), "netz")
