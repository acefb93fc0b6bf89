"""What a case is about, said where it is given away, and put right on its page."""

import pytest

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.web.desk import staff
from wegweiser.consortium.models import PartnerRole, Role, Topic
from wegweiser.crossings import talks
from wegweiser.enquiries.actions import cases
from wegweiser.enquiries.actions import examples as taught
from wegweiser.enquiries.models import Matter
from wegweiser.kernel.translated import translated


def topic(key, owner):
    row = Topic.objects.create(key=key, slug=key, title=translated(key.capitalize()), position=9)
    PartnerRole.objects.create(partner=owner, kind="topic", topic=row, valid_from=contact_point.BEGIN)
    return row


@pytest.fixture
def third(world):
    found = contact_point.partner("Third")
    staff.hire(Role.ADVISER, found)  # nothing is given to where nobody works
    return found


def send(client, case, verb, **fields):
    data = {"do": verb, **{f"{verb}-{name}": value for name, value in fields.items()}}
    return client.post(f"/desk/anliegen/{case.uuid}/", data, follow=True)


def test_the_page_names_the_topic_that_came_with_the_partner(anna, world):
    case = contact_point.case(world.lead)
    cases.take(case=case, member=world.anna, by=BY)
    said = send(anna, case, "hand_over", partner=world.other.pk, note="Bitte.")
    case.refresh_from_db()
    assert (case.partner, case.topic) == (world.other, world.topic)
    assert "Das Anliegen ist weitergegeben. Es liegt jetzt bei Other. Thema: Vernetzung." in said.text


def test_at_a_colleague_of_the_own_house_it_is_at_no_partner(anna, world):
    contact_point.let_in(dora := contact_point.member("Dora", world.lead))
    case = contact_point.case(world.lead, topic=world.topic)
    said = send(anna, case, "hand_over", to=f"{dora.uuid}:{world.lead.pk}", note="Bitte.")
    assert "Das Anliegen ist weitergegeben. Gedacht ist es für Dora." in said.text
    assert "Was soll der Partner wissen?" not in said.text


def test_a_partner_with_several_topics_asks_for_one_and_keeps_what_was_typed(anna, world, third):
    office, _paper = topic("buero", third), topic("papier", third)
    case = contact_point.case(world.lead, topic=world.topic)
    asked = send(anna, case, "hand_over", partner=third.pk, note="Bitte schnell.")
    assert asked.status_code == 422
    assert "Dieser Partner hat mehrere Themen. Bitte wählen Sie eines." in asked.text
    assert "Bitte schnell." in asked.text
    assert f'<option value="{office.pk}">Buero (Third)</option>' in asked.text
    send(anna, case, "hand_over", partner=third.pk, note="Bitte schnell.", topic=office.pk)
    case.refresh_from_db()
    assert (case.partner, case.topic) == (third, office)


def test_an_open_topic_is_said_to_be_open(ben, world, third):
    contact_point.let_in(contact_point.member("Carl", third))
    case = contact_point.case(world.other, topic=world.topic)
    said = send(ben, case, "hand_over", partner=third.pk, note="Bitte.")
    assert "Das Thema ist jetzt offen." in said.text


def test_a_wrong_topic_is_put_right(anna, world, third):
    office = topic("buero", third)
    case = contact_point.case(world.lead, topic=world.topic)
    page = anna.get(f"/desk/anliegen/{case.uuid}/")
    assert page.context["forms"]["topic"]["topic"].value() == world.topic.pk
    assert "Thema ändern" in page.text
    said = send(anna, case, "topic", topic=office.pk)
    case.refresh_from_db()
    assert case.topic == office
    assert "Thema: Buero." in said.text


def test_it_is_said_for_a_case_that_has_none_and_after_its_end(anna, world):
    case = contact_point.case(world.lead)
    assert "Thema angeben" in anna.get(f"/desk/anliegen/{case.uuid}/").text
    cases.close(case=case, outcome="helped", by=BY)
    send(anna, case, "topic", topic=world.topic.pk)
    case.refresh_from_db()
    assert case.topic == world.topic


def test_talks_that_were_counted_before_are_told(anna, world, third):
    office = topic("buero", third)
    case = contact_point.case(world.lead, topic=world.topic)
    talks.log(case=case, member=world.anna, kind="talk", day=MONDAY.date(), minutes=20, by=BY)
    said = send(anna, case, "topic", topic=office.pk)
    assert "Ein Gespräch steht noch unter dem alten Thema." in said.text
    assert "Gespräch steht noch" not in send(anna, case, "topic", topic=world.topic.pk).text


def test_a_barrier_has_no_topic_and_who_may_only_read_changes_none(anna, client, world, third):
    barrier = contact_point.case(world.lead, matter=Matter.BARRIER)
    assert "topic" not in anna.get(f"/desk/anliegen/{barrier.uuid}/").context["forms"]
    case = contact_point.case(world.lead, topic=world.topic)
    office = topic("buero", third)
    client.force_login(staff.hire(Role.EDITOR, world.lead))
    assert send(client, case, "topic", topic=office.pk).status_code == 403
    case.refresh_from_db()
    assert case.topic == world.topic


def test_an_example_written_by_hand_stays_and_its_page_says_that_it_names_somebody_by_now(anna, world, third):
    office = topic("buero", third)
    case = cases.close(case=contact_point.case(world.lead, name="Jana"), outcome="helped", by=BY)
    taught.learn(case=case, text="Die Presse von Krause steht still", topic=world.topic, by=BY)
    told = "Darin steht inzwischen ein Name aus dem Anliegen."
    assert told not in anna.get(f"/desk/anliegen/{case.uuid}/").text
    case.name = "Jana Krause"
    case.save()
    send(anna, case, "topic", topic=office.pk)
    page = anna.get(f"/desk/anliegen/{case.uuid}/").text
    assert "Die Presse von Krause steht still" in page
    assert told in page


def test_a_barrier_is_given_away_without_a_topic(anna, world):
    barrier = contact_point.case(world.lead, matter=Matter.BARRIER)
    cases.take(case=barrier, member=world.anna, by=BY)
    page = anna.get(f"/desk/anliegen/{barrier.uuid}/")
    assert "topic" not in page.context["forms"]["hand_over"].fields
    assert 'name="hand_over-topic"' not in page.text
    send(anna, barrier, "hand_over", partner=world.other.pk, note="Bitte.", topic=world.topic.pk)
    barrier.refresh_from_db()
    assert (barrier.partner, barrier.topic) == (world.other, None)
