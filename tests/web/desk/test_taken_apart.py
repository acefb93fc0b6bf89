"""Two firms that were one for a while are taken apart: whoever came meanwhile reads nothing of the other."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from tests.journey import builders
from tests.web.desk import staff
from wegweiser.companies import accesses, queries
from wegweiser.companies.actions import accesses as acting
from wegweiser.companies.actions import companies, persons
from wegweiser.companies.models import Access, Merge, Right
from wegweiser.consortium.models import Role
from wegweiser.crossings import company_cases, merging, talks
from wegweiser.enquiries.actions import cases
from wegweiser.kernel import clock


@pytest.fixture
def joined(world):
    """Anton and Berta as one since now, with people from before."""
    with clock.stopped_at(clock.now() - dt.timedelta(days=1)):
        anton, berta = (companies.find_or_create(name=name, by=BY) for name in ("Anton GmbH", "Berta GmbH"))
        persons.find_or_create(name="Alt Anton", email="alt@anton.example", company=anton, by=BY)
        enter("Berta Berg", "berg@berta.example", berta)
    return merging.merge(loser=anton, survivor=berta, by=BY)


def enter(name, mail, firm):
    person = persons.find_or_create(name=name, email=mail, company=firm, by=BY)
    return acting.give(company=firm, person=person, right=Right.ALL, evidence="invited", by=BY)


def inside(merge):
    """Who may enter which of the two."""
    merge.refresh_from_db()
    return {
        firm.name: [row.person.name for row in accesses.of_firm(type(firm).objects.get(pk=firm.pk))]
        for firm in (merge.loser, merge.survivor)
    }


def test_without_a_choice_no_access_given_since_stands_at_either(joined):
    enter("Anna Anton", "anna@anton.example", joined.survivor)
    merging.undo(merge=joined, by=BY)
    assert inside(joined) == {"Anton GmbH": [], "Berta GmbH": ["Berta Berg"]}


@pytest.mark.parametrize("side", ["loser", "survivor"])
def test_with_a_choice_position_and_access_go_there(joined, side):
    access = enter("Anna Anton", "anna@anton.example", joined.survivor)
    merging.undo(merge=joined, sides={access.person.uuid: side}, by=BY)
    home = getattr(joined, side)
    assert "Anna Anton" in inside(joined)[home.name]
    assert access.person in queries.working_at(type(home).objects.get(pk=home.pk))
    other = joined.survivor if side == "loser" else joined.loser
    assert access.person not in queries.working_at(type(other).objects.get(pk=other.pk))


def test_who_worked_there_before_goes_there_unasked(joined):
    access = enter("Alt Anton", "alt@anton.example", joined.survivor)
    assert access.company == joined.survivor
    merging.undo(merge=joined, by=BY)
    assert inside(joined) == {"Anton GmbH": ["Alt Anton"], "Berta GmbH": ["Berta Berg"]}


def test_who_has_an_access_there_already_keeps_that_one(world, joined):
    merging.undo(merge=joined, by=BY)
    enter("Alt Anton", "alt@anton.example", joined.loser)
    again = merging.merge(loser=joined.loser, survivor=joined.survivor, by=BY)
    alt = persons.find_or_create(name="Alt Anton", email="alt@anton.example", by=BY)
    acting.Access.objects.create(company=joined.survivor, person=alt, right=Right.OWN, evidence="invited", given_by="x")
    merging.undo(merge=again, by=BY)
    assert inside(again)["Anton GmbH"] == ["Alt Anton"]


def test_the_desk_sees_what_came_since_and_says_who_belongs_where(client, world, joined):
    enter("Anna Anton", "anna@anton.example", joined.survivor)
    case = contact_point.case(world.lead)
    cases.link(case=case, company=joined.survivor, by=BY)
    step = builders.step(joined.survivor, topic=world.topic, partner=world.lead)
    client.force_login(staff.hire(Role.MANAGEMENT, world.lead))
    page = reverse("desk:merge_undo", kwargs={"uuid": joined.uuid})
    shown = client.get(page).content.decode()
    for told in (case.reference, str(step.uuid), "Wohin gehört Anna Anton?"):
        assert told in shown
    assert "Berta Berg" not in shown
    assert client.post(page).status_code == 422
    assert Merge.objects.filter(undone_at=None).exists()
    (person,) = [row.person for row in merging.since(joined).people]
    assert client.post(page, {str(person.uuid): "loser"}).status_code == 302
    assert inside(joined) == {"Anton GmbH": ["Anna Anton"], "Berta GmbH": ["Berta Berg"]}


@pytest.mark.parametrize("counted", [False, True])
def test_what_somebody_of_the_other_firm_asked_is_not_read_at_this_one(world, joined, counted):
    theirs = enter("Anna Anton", "anna@anton.example", joined.survivor)
    case = contact_point.case(world.lead, name="Anna Anton", email="anna@anton.example")
    cases.link(case=case, company=joined.survivor, person=theirs.person, by=BY)
    if counted:
        said = {"kind": "talk", "day": clock.today(), "minutes": 30, "text": "Besprochen.", "topic": world.topic}
        talks.log(case=case, member=world.anna, submission=uuid.uuid4(), **said, by=BY)
    merging.undo(merge=joined, sides={theirs.person.uuid: "loser"}, by=BY)
    case.refresh_from_db()
    assert case.company == (joined.survivor if counted else joined.loser)
    stayed = Access.objects.get(person__name="Berta Berg", ended_at=None)
    assert not company_cases.of(stayed).exists()
    went = Access.objects.get(person=theirs.person, ended_at=None)
    assert list(company_cases.of(went)) == [case]
