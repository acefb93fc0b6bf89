"""What editors write down for an offer leads to it at once, follows it under another name, and ends with it."""

import pytest

from tests import contact_point
from tests.contact_point import BY
from tests.web.desk.conftest import world  # noqa: F401
from wegweiser.catalogue import matches
from wegweiser.catalogue import sample_questions as questions
from wegweiser.catalogue.actions import entries, examples, sample_questions
from wegweiser.catalogue.matching import Example as Routed
from wegweiser.catalogue.matching import Index, fit
from wegweiser.catalogue.models import Entry, Example, FormerSlug, LearnedWeights
from wegweiser.kernel.audit import AuditEvent
from wegweiser.kernel.errors import DomainError

TEXT = "Der Kuvertierer frisst jeden zweiten Brief"


def offer():
    return Entry.objects.get(slug="scanner")


def first(text=TEXT):
    return matches.match(text).offers[0].entry.slug


def score(text=TEXT):
    return {hit.entry.slug: hit.score for hit in matches.match(text, limit=50).offers}.get("scanner", 0)


def test_it_leads_to_the_offer_from_the_next_question_on_and_no_more_once_removed(world):  # noqa: F811
    before = score()
    question = sample_questions.write(entry=offer(), text=f"  {TEXT} ", by=BY)
    assert question.text == TEXT
    assert score() > before
    assert matches.match(TEXT).similar == (), "nobody has asked it"
    sample_questions.remove(question=question, by=BY)
    assert score() == before
    sample_questions.remove(question=question, by=BY)  # somebody was faster
    told = AuditEvent.objects.filter(event__startswith="sample_question:").order_by("id")
    assert [row.event for row in told] == ["sample_question:written", "sample_question:removed"]


def test_other_words_count_instead_of_the_old_ones(world):  # noqa: F811
    question = sample_questions.write(entry=offer(), text=TEXT, by=BY)
    matches.index()
    other = sample_questions.change(question=question, text="Die Falzmaschine verknittert alles", by=BY)
    assert other.uuid == question.uuid
    assert [row.text for row in matches.index().examples] == ["Die Falzmaschine verknittert alles"]
    assert sample_questions.change(question=other, text=other.text, by=BY).pk == other.pk
    sample_questions.remove(question=other, by=BY)
    with pytest.raises(DomainError, match="changed_meanwhile"):
        sample_questions.change(question=other, text="Noch einmal anders", by=BY)


def test_the_same_question_is_there_once_and_there_is_an_end(world, monkeypatch):  # noqa: F811
    one = sample_questions.write(entry=offer(), text=TEXT, by=BY)
    assert sample_questions.write(entry=offer(), text=TEXT, by=BY).pk == one.pk
    monkeypatch.setattr(sample_questions, "MOST", 1)
    with pytest.raises(DomainError, match="too_many_questions"):
        sample_questions.write(entry=offer(), text=f"{TEXT} noch einmal", by=BY)


@pytest.mark.parametrize(
    ("text", "code"),
    [("kurz", "example_short"), ("x" * 1_001, "text_too_long"), (f"{TEXT}, Tel. 0391 5550199", "example_personal")],
)
def test_what_may_not_be_kept_is_refused(world, text, code):  # noqa: F811
    with pytest.raises(DomainError) as refused:
        sample_questions.write(entry=offer(), text=text, by=BY)
    assert refused.value.code == code
    assert not Example.objects.exists()


def test_a_renamed_offer_keeps_its_questions_and_a_withdrawn_one_is_silent(world):  # noqa: F811
    sample_questions.write(entry=offer(), text=TEXT, by=BY)
    Entry.objects.filter(slug="scanner").update(slug="belege")
    matches.forget()
    assert matches.index().examples[0].offers == (("demonstrator", "belege"),)
    entries.withdraw(kind="demonstrator", slug="belege", by=BY)
    assert matches.index().examples == []


def test_a_question_of_an_enquiry_counts_more():
    from benchmarks.matching.catalogue import load

    rows, text = load(), "Der Kobold im Keller klemmt wieder"
    topics = Index.build(rows).topics
    both = [Routed(text, (topics[0],), written=True), Routed(text, (topics[1],))]
    found = {topic.slug: topic.score for topic in Index.build(rows, examples=both).match(text).topics}
    plain = {topic.slug: topic.score for topic in Index.build(rows).match(text).topics}
    assert found[topics[1]] / plain[topics[1]] > found[topics[0]] / plain[topics[0]]


def test_enquiries_that_the_offer_helped_are_suggested_until_they_are_written_down(world):  # noqa: F811
    row = contact_point.case(world.other)
    examples.learn(text=TEXT, topics=[world.topic], offers=[offer()], source=row, by=BY)
    other = contact_point.case(world.other)
    examples.learn(text="Ganz etwas anderes", topics=[world.topic], source=other, by=BY)
    assert [found.text for found in questions.suggested(offer())] == [TEXT]
    sample_questions.write(entry=offer(), text=TEXT, by=BY)
    assert questions.suggested(offer()) == []
    assert len(matches.match(TEXT).similar) == 1


def test_what_sample_questions_taught_follows_an_offer_to_its_new_address(world):  # noqa: F811
    key = ("demonstrator", "frueher")
    weights = fit(
        [Routed(TEXT, ("netz",), (key,)), Routed("Nichts davon", ("netz",))],
        {},
        versions={},
        topics=["netz"],
        offers=[key],
    )
    LearnedWeights.objects.create(source="x", weights=weights.to_bytes())
    matches.forget()
    before = score("Belege scannen")
    FormerSlug.objects.create(kind="demonstrator", slug="frueher", entry=offer())
    matches.forget()
    assert score("Belege scannen") != before


def test_what_another_version_wrote_down_counts_for_nothing(world, caplog):  # noqa: F811
    LearnedWeights.objects.create(source="x", weights=b"PK of a version before")
    matches.forget()
    assert matches.index().learned is None
    assert "set the centre up again" in caplog.text
