"""Sample questions teach topics and offers; the weights are small, repeatable, and belong to their texts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.catalogue import questions
from wegweiser.catalogue.matching import Encoder, Example, Index, Match, enquirers, fit, learned_from_bytes, signals
from wegweiser.catalogue.matching.learned import COLUMNS, Learned, _raised, _sparse
from wegweiser.catalogue.matching.text import bound
from wegweiser.consortium import centre_file

OFFERS = [("check", "hof"), ("event", "netz")]
ASKED = [
    Example("Die Kühe laufen weg", ("tiere",), (OFFERS[0],)),
    Example("Im Stall fehlt ein Kalb", ("tiere",), (OFFERS[0],)),
    Example("Der Drucker findet das Netz nicht", ("technik", "tiere"), (OFFERS[1], OFFERS[0])),
    Example("Das Netz ist dauernd weg", ("technik",), (OFFERS[1],)),
]


class Counting:
    """An encoder that knows two things: letters and blanks."""

    name, dimensions, version = "counting", 2, "1"

    def encode_questions(self, texts):
        return np.array([[len(text), text.count(" ")] for text in texts], np.float32).reshape(-1, 2)

    encode_offers = encode_questions


def taught(version: str = "1") -> Learned:
    texts = [example.text for example in ASKED]
    vectors = {"counting": Counting().encode_questions(texts)}
    versions = {"counting": version}
    return fit(ASKED, vectors, versions=versions, topics=["technik", "tiere"], offers=OFFERS, source="x")


def read(learned: Learned, text: str) -> tuple[np.ndarray, np.ndarray]:
    return learned.read(text, {"counting": Counting().encode_questions([text])[0]})


def test_a_new_question_gets_what_similar_ones_got():
    topics, offers = read(taught(), "Ein Kalb ist weg aus dem Stall")
    assert topics[1] > topics[0]
    assert offers[0] > offers[1]
    topics, offers = read(taught(), "Unser Netz ist wieder weg")
    assert topics[0] > topics[1]
    assert offers[1] > offers[0]


@given(st.lists(st.dictionaries(st.integers(0, COLUMNS - 1), st.floats(0.01, 1), max_size=6), max_size=5))
def test_rows_kept_by_column_give_the_products_of_whole_rows(given_rows):
    rows = np.zeros((len(given_rows), COLUMNS), np.float32)
    for row, numbers in zip(rows, given_rows, strict=True):
        row[list(numbers)] = list(numbers.values())
    question = np.linspace(0, 1, COLUMNS, dtype=np.float32)
    assert _sparse(rows).dot(question) == pytest.approx(rows @ question, abs=6 * 0.5 / 255 + 1e-4)


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_what_is_more_alike_counts_more_and_more(one, other):
    low, high = sorted((one, other))
    none, least, most, whole = _raised(np.array([0.0, low, high, 1.0]))
    assert (none, whole) == (0, pytest.approx(1))
    assert least <= most
    assert most <= max(high, 0) + 1e-9  # half alike is less than half as much


def test_a_close_question_outweighs_several_distant_ones():
    close = Example("Die Waage im Stall zeigt nichts an", ("technik",))
    distant = [
        Example(f"Im Stall steht {what} und frisst", ("tiere",)) for what in ("ein Kalb", "die Kuh", "ein Schaf")
    ]
    learned = fit([close, *distant], {}, versions={}, topics=["technik", "tiere"])
    topics, _ = learned.read("Im Stall zeigt die Waage nichts", {})
    assert topics[0] > topics[1]


def test_the_file_says_the_same_and_is_the_same_again():
    raw = taught().to_bytes()
    assert raw == taught().to_bytes()
    found = learned_from_bytes(raw)
    assert (found.topics, found.offers, found.source) == (("technik", "tiere"), tuple(OFFERS), "x")
    for one, other in zip(read(found, "Das Kalb"), read(taught(), "Das Kalb"), strict=True):
        assert one == pytest.approx(other, abs=0.01)


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"x" * 100, taught().to_bytes()[:-50]])
def test_what_is_no_such_file_is_refused(raw):
    with pytest.raises(ValueError, match="no learned weights"):
        learned_from_bytes(raw)


@given(st.text(max_size=200))
def test_any_text_gives_numbers(text):
    for given_vectors in ({}, {"counting": np.zeros(2, np.float32)}):
        for found in taught().read(bound(text), given_vectors):
            assert np.isfinite(found).all()


def test_weights_of_another_version_are_left_out():
    encoder = Counting()
    vectors = {"counting": np.zeros((0, 2), np.float32)}
    assert Index.build([], vectors, encoders=[encoder], learned=taught("1")).learned is not None
    assert Index.build([], vectors, encoders=[encoder], learned=taught("2")).learned is None


def place(match: Match, key: str) -> int:
    return [offer.key for offer in match.offers].index(key)


def test_the_ranking_follows_what_was_taught(lexical: Index, documents):
    keys = [("event", lexical.keys[row]) for row in lexical._offer_rows if lexical._firsts[row].kind == "event"][:2]
    text = "Die alte Drehmaschine soll ans Netz"
    before = lexical.match(text, limit=100)
    other = before.topics[-1].slug
    asked = [Example(text, (other,), (keys[1],)), Example("Etwas anderes", (before.topics[0].slug,), (keys[0],))]
    learned = fit(asked, {}, versions={}, topics=lexical.topics, offers=keys)
    found = Index.build(documents, learned=learned).match(text, limit=100)
    assert found.topics[0].slug == other
    assert place(found, keys[1][1]) < place(before, keys[1][1])


def test_what_ships_was_made_of_the_texts_that_ship(encoders: list[Encoder]):
    """When this fails: `python -m benchmarks.matching.vectors`."""
    file = centre_file.read(centre_file.model_centre())
    asked = questions.read(file.questions)
    assert questions.made(file.learned, asked, encoders) is not None
    assert signals.SHIPPED.weights().source == signals.digest(asked.digest)
    assert enquirers.SHIPPED.weights().source == enquirers.digest(asked.digest)


def test_it_signals_what_is_urgent_and_what_lies_outside(encoders: list[Encoder]):
    def signal(text: str) -> signals.Signals:
        return signals.read(text, {one.name: one.encode_questions([text])[0] for one in encoders}, encoders)

    calm = signal("Wie bringen wir die alte Fräse ins Netz?")
    assert (
        signal("Nichts geht mehr, auf allen Bildschirmen steht eine Forderung, die Schicht steht").urgent > calm.urgent
    )
    assert signal("Ich suche eine Wohnung mit Balkon und Stellplatz").outside > calm.outside
    assert signals.read("Guten Tag", {}, encoders) is None
