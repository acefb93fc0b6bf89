"""A case that goes to another partner is about something else: figures, steps and learning go by it from then on."""

import uuid

import pytest

from tests import contact_point
from tests.contact_point import BY, MONDAY
from wegweiser.catalogue.models import Entry, Example
from wegweiser.consortium.models import PartnerRole, Topic
from wegweiser.crossings import enquiries as crossings
from wegweiser.crossings import talks
from wegweiser.enquiries import advisers, quality, suggestions, teaching
from wegweiser.enquiries.actions import cases, examples
from wegweiser.enquiries.events import Event
from wegweiser.enquiries.models import Case, Enquirer, Intake, Matter
from wegweiser.journey.models import Step
from wegweiser.kernel import audit
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import translated

DAY = MONDAY.date()
TEXT = "Die Kuvertiermaschine zerknittert jeden Brief"


def topic(key: str, *owners) -> Topic:
    row = Topic.objects.create(key=key, slug=key, title=translated(key.capitalize()), position=9)
    for owner in owners:
        PartnerRole.objects.create(partner=owner, kind="topic", topic=row, valid_from=contact_point.BEGIN)
    return row


@pytest.fixture
def third(world):
    """A partner that answers for no topic, and somebody there."""
    found = contact_point.partner("Third")
    contact_point.member("Carl", found)
    return found


def case(world, **more) -> Case:
    said = {"topics": [{"slug": world.topic.slug, "score": 0.8}], "offers": [], "in_scope": True}
    given = {"text": TEXT, "topic": world.topic, "suggested": said, **more}
    return contact_point.case(given.pop("partner", world.other), **given)


def give(row: Case, partner, **more) -> Case:
    crossings.hand_over(case=row, partner=partner, note="Das ist eures.", by=BY, **more)
    row.refresh_from_db()
    return row


def test_it_is_about_the_one_topic_of_the_partner_that_gets_it(world, third):
    office = topic("buero", third)
    row = give(case(world), third)
    assert row.topic == office
    assert teaching.example(row).topics == ["buero"]
    assert "topic" in audit.of(row, Event.HANDED_OVER).get().changed


def test_of_several_topics_one_has_to_be_said(world, third):
    office, _paper = topic("buero", third), topic("papier", third)
    row = case(world)
    with pytest.raises(DomainError) as refused:
        give(row, third)
    assert (refused.value.code, refused.value.field) == ("topic_unclear", "topic")
    row.refresh_from_db()
    assert (row.partner, row.topic) == (world.other, world.topic)
    assert not Example.objects.exists()
    assert give(row, third, topic=office).topic == office
    assert teaching.example(row).topics == ["buero"]


def test_what_the_partner_answers_for_stays(world, third):
    office, _paper = topic("buero", third), topic("papier", third)
    assert give(case(world, topic=office), third).topic == office


def test_what_is_said_counts_more_than_what_the_partner_answers_for(world, third):
    topic("buero", third)
    row = give(case(world), third, topic=world.topic)
    assert row.topic == world.topic
    assert teaching.example(row).topics == [world.topic.slug]


def test_who_gives_away_what_is_their_own_topic_says_that_it_is_another(world, third):
    """At a partner without topics nobody knows which: it is open, and nothing is learnt of the old one."""
    row = give(case(world), third)
    assert row.topic is None
    assert teaching.example(row) is None


def test_who_knows_the_old_topic_is_not_named_for_the_open_case(world, third):
    assert advisers.topic_of(case(world, topic=None)) == world.topic
    assert advisers.topic_of(give(case(world), third)) is None


def test_a_topic_that_belongs_to_neither_stays(world, third):
    office = topic("buero", contact_point.partner("Fourth"))
    assert give(case(world, topic=office), third).topic == office


def test_what_was_learnt_of_the_old_topic_is_forgotten_where_the_new_one_is_open(world, third):
    row = case(world)
    check = Entry.objects.create(kind="check", slug="check", title=translated("Check"), changed=1)
    crossings.answer(case=row, member=world.ben, text="Das hilft.", offers=[check.uuid], by=BY)
    assert teaching.example(row).topics == [world.topic.slug]
    give(row, third)
    assert (teaching.example(row).topics, teaching.example(row).offers) == ([], [str(check.uuid)])


def test_what_somebody_taught_by_hand_keeps_its_words_and_follows_the_topic(world, third):
    office = topic("buero", third)
    row = cases.close(case=case(world), outcome="helped", by=BY)
    examples.learn(case=row, text="Die Maschine zerknittert Briefe", topic=world.topic, by=BY)
    crossings.change_topic(case=row, topic=office, by=BY)
    found = teaching.example(row)
    assert (found.text, found.topics, found.read) == ("Die Maschine zerknittert Briefe", ["buero"], True)


def test_what_somebody_taught_by_hand_stays_where_it_holds_a_name_that_became_known_since(world, third):
    office = topic("buero", third)
    row = cases.close(case=case(world, name="Jana"), outcome="helped", by=BY)
    taught = examples.learn(case=row, text="Die Maschine von Krause zerknittert Briefe", topic=world.topic, by=BY)
    assert not teaching.names_somebody(row, taught)
    row.name = "Jana Krause"
    row.save()
    crossings.change_topic(case=row, topic=office, by=BY)
    found = teaching.example(row)
    assert (found.text, found.topics, found.read) == ("Die Maschine von Krause zerknittert Briefe", ["buero"], True)
    assert teaching.names_somebody(row, found)


def test_a_colleague_gets_it_with_its_topic(world):
    carl = contact_point.member("Carl", world.other)
    contact_point.let_in(carl)
    assert give(case(world), world.other, adviser=carl).topic == world.topic


@pytest.mark.parametrize("more", [{"matter": Matter.BARRIER}, {"enquirer": Enquirer.PRESS}, {"text": ""}])
def test_what_asks_for_no_help_in_words_needs_no_topic(world, third, more):
    topic("buero", third), topic("papier", third)
    assert give(case(world, topic=None, intake=Intake.PHONE, phone="0391 5550199", **more), third).topic is None


def test_a_second_click_does_not_take_back_what_was_said_meanwhile(world, third):
    office = topic("buero", third)
    row, submission = case(world), uuid.uuid4()
    give(row, third, submission=submission)
    crossings.change_topic(case=row, topic=world.topic, by=BY)
    assert give(row, third, submission=submission).topic == world.topic != office


def test_the_figures_tell_a_topic_that_was_wrong_from_one_that_was_right(world, third):
    topic("buero", third)
    right, wrong, unclear = case(world), case(world), case(world)
    give(wrong, third)
    give(unclear, world.lead)
    carl = contact_point.member("Carl", third)
    for row, member in ((right, world.ben), (wrong, carl), (unclear, world.anna)):
        cases.answer(case=row, member=member, text="Ja.", by=BY)
    found = quality.figures(suggestions.routed(start=DAY, end=DAY))
    assert (found.topic_judged, found.topic_kept) == (2, 1)
    assert (found.judged, found.kept) == (3, 1)


def test_steps_of_the_new_partner_have_the_new_topic(world, third):
    office = topic("buero", third)
    row = give(case(world), third)
    carl = contact_point.member("Carl", third)
    talks.log(case=row, member=carl, kind="talk", day=DAY, minutes=20, by=BY)
    assert Step.objects.get().topic == office


def test_whoever_says_what_it_is_about_teaches_it(world, third):
    office = topic("buero", third)
    row = case(world)
    crossings.change_topic(case=row, topic=office, by=BY)
    row.refresh_from_db()
    assert (row.topic, row.partner) == (office, world.other)
    assert teaching.example(row).topics == ["buero"]
    assert audit.of(row, Event.LINKED).get().changed == ["topic"]
    crossings.change_topic(case=row, topic=office, by=BY)
    assert audit.of(row, Event.LINKED).count() == 1


def test_a_talk_that_says_what_an_open_case_is_about_teaches_it(world, third):
    row = give(case(world), third)
    carl = contact_point.member("Carl", third)
    talks.log(case=row, member=carl, kind="talk", day=DAY, minutes=20, topic=world.topic, by=BY)
    assert teaching.example(row).topics == [world.topic.slug]


def test_answers_before_it_stand_on_the_timeline_once_the_topic_is_said(world, third):
    row = give(case(world, firm="Ölmann GmbH"), third)
    carl = contact_point.member("Carl", third)
    talks.firms.link(case=row, firm="Ölmann GmbH", by=BY)
    crossings.answer(case=row, member=carl, text="Wir rufen an.", by=BY)
    assert not Step.objects.exists()
    crossings.change_topic(case=row, topic=world.topic, by=BY)
    assert Step.objects.get().topic == world.topic
