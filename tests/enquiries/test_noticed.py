"""What is done with a case teaches the matching at once, without a button, and without showing a text nobody read."""

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from tests.web.desk import staff
from tests.web.desk.conftest import world  # noqa: F401
from wegweiser.catalogue import matches
from wegweiser.catalogue.actions import entries
from wegweiser.catalogue.models import Entry, Example
from wegweiser.catalogue.offers import Offer
from wegweiser.consortium.models import PartnerRole, Topic
from wegweiser.crossings import enquiries as crossings
from wegweiser.crossings import talks
from wegweiser.enquiries import teaching
from wegweiser.enquiries.actions import cases, examples
from wegweiser.enquiries.models import Enquirer
from wegweiser.kernel.translated import translated

TEXT = "Die Kuvertiermaschine von Jana Ölmann zerknittert jeden Brief, Tel. 0391 5550199"


@pytest.fixture
def second(world):  # noqa: F811
    """A topic of the lead partner, beside the one of the other partner."""
    topic = Topic.objects.create(key="buero", slug="buero", title=translated("Büro"), position=2)
    PartnerRole.objects.create(partner=world.lead, kind="topic", topic=topic, valid_from=contact_point.BEGIN)
    title = translated("Büro: Briefe, Kuvertiermaschine, Drucker")
    entries.publish(offer=Offer(kind="topic", slug="buero", title=title, topics=(topic,), partner=world.lead), by=BY)
    return topic


def case(world, **more):  # noqa: F811
    return contact_point.case(world.lead, **{"text": TEXT, "topic": None, **more})


def answer(world, row, *slugs):  # noqa: F811
    offers = [entry.uuid for entry in Entry.objects.filter(slug__in=slugs)]
    crossings.answer(case=row, member=world.anna, text="Das hilft.", offers=offers, by=BY)


def test_a_case_given_away_leads_the_next_one_there_at_once(world, second):  # noqa: F811
    row = case(world, topic=second)
    before = matches.match("Die Kuvertiermaschine zerknittert wieder jeden Brief")
    crossings.hand_over(case=row, partner=world.other, note="Eure Technik", by=BY)
    after = matches.match("Die Kuvertiermaschine zerknittert wieder jeden Brief")
    chances = [{topic.slug: topic.score for topic in found.topics} for found in (before, after)]
    assert chances[1][world.topic.slug] > chances[0].get(world.topic.slug, 0)
    assert after.similar == (("enquiries.case", row.uuid),)


def test_offers_that_were_sent_come_first_the_next_time(world, second):  # noqa: F811
    row = case(world, topic=second)
    answer(world, row, "scanner")
    found = matches.match("Die Kuvertiermaschine zerknittert wieder jeden Brief")
    assert found.offers[0].entry.slug == "scanner"
    assert found.offers[0].why[0] == "Hat bei einer ähnlichen Frage geholfen."


def test_offers_that_were_talked_about_teach_too(world, second):  # noqa: F811
    row = case(world, topic=second)
    uuid = Entry.objects.get(slug="scanner").uuid
    given = {"kind": "talk", "day": contact_point.MONDAY.date(), "minutes": 20, "offers": [uuid]}
    talks.log(case=row, member=world.anna, by=BY, **given)
    assert teaching.example(row).offers == [str(uuid)]


def test_nothing_that_leads_to_the_person_is_kept(world, second):  # noqa: F811
    row = case(world, topic=second)
    answer(world, row, "scanner")
    text = teaching.example(row).text
    assert "Kuvertiermaschine" in text
    for word in ("Jana", "Ölmann", "0391"):
        assert word not in text


@pytest.mark.parametrize("more", [{"enquirer": Enquirer.PRESS}, {"text": "Jana Ölmann"}])
def test_what_teaches_nothing_is_left_alone(world, second, more):  # noqa: F811
    row = case(world, topic=second, **more)
    answer(world, row, "scanner")
    assert teaching.example(row) is None


def test_an_answer_without_offers_teaches_nothing(world, second):  # noqa: F811
    row = case(world, topic=second)
    answer(world, row)
    assert teaching.example(row) is None


def test_what_somebody_taught_or_took_back_stays_so(world, second):  # noqa: F811
    row, other = case(world, topic=second), case(world, topic=second)
    for one in (row, other):
        answer(world, one, "scanner")
    examples.learn(case=row, text="Die Maschine zerknittert Briefe", topic=second, by=BY)
    examples.unlearn(case=other, by=BY)
    for one in (row, other):
        crossings.hand_over(case=one, partner=world.other, note="Eure Technik", by=BY)
    assert teaching.example(row).text == "Die Maschine zerknittert Briefe"
    assert teaching.example(other) is None


def test_a_refused_hand_over_teaches_nothing(world, second):  # noqa: F811
    row = case(world, topic=second)
    with pytest.raises(Exception, match="already"):
        crossings.hand_over(case=row, partner=world.lead, note="x", by=BY)
    assert not Example.objects.exists()


def test_the_case_says_what_was_learnt_and_takes_it_back(client, world, second):  # noqa: F811
    row = case(world, topic=second)
    cases.take(case=row, member=world.anna, by=BY)
    answer(world, row, "scanner")
    client.force_login(staff.login(world.anna))
    page = reverse("desk:case", kwargs={"uuid": row.uuid})
    html = client.get(page).content.decode()
    assert "Daraus gelernt" in html
    assert "Als Beispiel merken" in html, "reading it still makes it an example for everybody"
    client.post(page, {"do": "unlearn"})
    assert teaching.example(row) is None


def test_the_list_shows_no_text_that_nobody_read(client, world, second):  # noqa: F811
    row = case(world, topic=second)
    answer(world, row, "scanner")
    client.force_login(staff.hire("editor", world.lead))
    html = client.get(reverse("desk:examples")).content.decode()
    assert "Aus einem Anliegen gelernt" in html
    assert "Kuvertiermaschine" not in html
    assert str(row.uuid) not in html, "an editor may not read the case"
    assert "Kuvertiermaschine" not in client.get(reverse("desk:examples"), {"q": "Kuvert"}).content.decode()
