"""What an adviser wrote down after a visit or on a card is ours: no firm reads it, and no colleague it was not for."""

import uuid

import pytest

from tests import contact_point
from tests.contact_point import BY
from wegweiser.companies.actions import companies
from wegweiser.crossings import company_cases, fairs, visits
from wegweiser.enquiries import queries, teaching
from wegweiser.enquiries.actions import cards
from wegweiser.enquiries.models import Case, FollowUp, Visibility
from wegweiser.kernel import clock

ABOUT, AGREED = "Chef wirkt überfordert, Insolvenz droht.", "Bank anrufen."


def visited(world, **given):
    firm = companies.find_or_create(name="Tischlerei Ahorn", phone="0391 5550177", by=BY)
    told = visits.Told(minutes=60, about=ABOUT, agreed=AGREED, day=clock.today(), topic=world.topic, **given)
    who = {"company": firm, "member": world.anna, "partner": world.lead, "person": None}
    return visits.log_at_firm(told=told, submission=uuid.uuid4(), by=BY, **who).contribution.case


def carded(world):
    given = {"day": clock.today(), "partner": world.lead, "topic": world.topic, "member": world.anna}
    fair = cards.open_fair(title="Handwerksmesse", submission=uuid.uuid4(), **given, by=BY)[0]
    said = {"name": "Jana Ölmann", "firm": "Fräserei Ölmann", "contact": "jana@fraese.example"}
    card = cards.note(fair=fair, **said, keyword="nervt, aber Budget", submission=uuid.uuid4(), by=BY)[0]
    return fairs.take(card=card, member=world.anna, by=BY)


def shown_to_the_firm(case):
    return " ".join(row.text for row in company_cases.thread(case))


def shown_to(member, case):
    found = queries.thread(uuid=case.uuid, member=member, day=clock.today(), everywhere=False)
    return " ".join(
        [found.case.text, *(row.text for row in found.contributions), *(row.note for row in found.follow_ups)]
    )


@pytest.mark.parametrize("visibility", Visibility.values)
def test_the_words_of_a_visit_open_no_enquiry_in_the_name_of_the_firm(world, visibility):
    case = visited(world, visibility=visibility)
    assert shown_to_the_firm(case).strip() == "Vor-Ort-Termin am 02.03.2026."
    assert company_cases.thread(case)[0].ours
    assert ABOUT in shown_to(world.anna, case)


def test_what_is_for_me_alone_no_colleague_reads_anywhere(world):
    case = visited(world, visibility="mine", follow_up_on=clock.today())
    carla = contact_point.member("Carla", world.lead)
    for words in (ABOUT, AGREED):
        assert words not in shown_to(carla, case)
        assert words in shown_to(world.anna, case)
    assert FollowUp.objects.get().note == "Nach dem Termin melden."


def test_the_keyword_of_a_card_is_a_note_for_the_partner(world):
    case = carded(world)
    assert "nervt" not in shown_to_the_firm(case) + case.text
    assert company_cases.thread(case)[0].ours
    carla = contact_point.member("Carla", world.lead)
    assert "nervt, aber Budget" in shown_to(carla, case)
    assert case.thread.get(text="nervt, aber Budget").visibility == Visibility.PARTNER


@pytest.mark.parametrize("opened", [visited, carded])
def test_what_nobody_asked_teaches_nothing(world, opened):
    case = opened(world)
    Case.objects.filter(pk=case.pk).update(state="answered", adviser=world.anna)
    case.refresh_from_db()
    assert not teaching.can_teach(case)
    assert teaching.example(case) is None


def test_what_somebody_asked_stays_theirs(world):
    case = contact_point.case(world.lead, intake="counter", topic=world.topic)
    first = company_cases.thread(case)[0]
    assert (first.ours, first.text) == (False, "Unsere Fräse steht zu oft.")
