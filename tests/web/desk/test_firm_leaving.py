"""Somebody has left a firm: said once, they are there no more, and what was theirs because of it ends."""

import datetime as dt

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.journey import builders
from tests.web.desk import staff
from wegweiser.companies import accesses, queries, retention
from wegweiser.companies.actions import consents, merges, persons
from wegweiser.companies.models import Access, Channel, Position
from wegweiser.consortium.models import Role
from wegweiser.crossings import colleagues, entrances, merging
from wegweiser.crossings import plans as crossing
from wegweiser.enquiries import queries as enquiries
from wegweiser.journey.actions import plans, readers
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.models import AuditEvent
from wegweiser.outbox import queries as outbox
from wegweiser.outbox.models import Letter

TODAY = MONDAY.date()


@pytest.fixture
def firm(world):
    found = builders.company("Fräserei Ölmann")
    found.postcode, found.place, found.street = "39104", "Magdeburg", "Breiter Weg 1"
    found.save()
    return found


@pytest.fixture
def jana(firm):
    return persons.find_or_create(
        name="Jana Ölmann", email="jana@oelmann.example", phone="0391 5448619", company=firm, by=BY
    )


@pytest.fixture
def address(firm):
    return reverse("desk:firm_accesses", kwargs={"uuid": firm.uuid})


def leave(firm, person, since=TODAY):
    colleagues.leave(company=firm, person=person, since=since, may_be_last=True, by=BY)


def test_who_left_is_said_on_the_firm_s_people_and_is_no_more_there(anna, firm, jana, address):
    assert "Arbeitet nicht mehr hier" in anna.get(address).text
    asked = anna.get(f"{address}?weg={jana.uuid}")
    assert "Jana Ölmann arbeitet nicht mehr im Betrieb?" in asked.text
    assert anna.post(address, {"do": "leave", "person": jana.uuid, "since": "2025-05-01"}).status_code == 302
    assert jana.positions.get().valid_to == dt.date(2025, 4, 30)
    assert jana not in queries.working_at(firm)
    assert not anna.get(address).context["rows"]
    assert "Jana Ölmann, bis 30.04.2025" in anna.get(address).text
    assert "Jana Ölmann" not in anna.get(reverse("desk:company", kwargs={"uuid": firm.uuid})).text
    sheet = anna.get(reverse("desk:firm_visit", kwargs={"uuid": firm.uuid}))
    assert "Jana Ölmann" not in sheet.text
    assert queries.search("0391 5448619").companies == []
    assert "(bis 30.04.2025)" in anna.get("/desk/suche/", {"q": "Ölmann"}).text


def test_a_day_to_come_is_refused_beside_its_field(anna, firm, jana, address):
    page = anna.post(address, {"do": "leave", "person": jana.uuid, "since": str(TODAY + dt.timedelta(days=1))})
    assert page.status_code == 422
    assert "Der Tag liegt in der Zukunft." in page.text
    assert jana in queries.working_at(firm)
    assert anna.post(address, {"do": "leave", "person": jana.uuid, "since": ""}).status_code == 422


def test_access_session_and_links_end_and_no_letter_waits_to_be_printed(firm, jana):
    jana.channel = Channel.LETTER
    jana.save()
    access = entrances.open_for(company=firm, person=jana, right="persons", by=BY)
    letter = entrances.send(access=access, by=BY)
    plans.plan(company=firm, title="Maschine ansehen", by=BY)
    reader = readers.remind(reader=readers.add(company=firm, person=jana, by=BY), wanted=True, by=BY)
    secret = crossing.secret(reader=reader, by=BY)
    leave(firm, jana)
    access.refresh_from_db()
    letter.refresh_from_db()
    assert access.ended_at
    assert not accesses.standing().exists()
    assert crossing.reader_behind(secret) is None
    reader.refresh_from_db()
    assert reader.reminders_since is None
    assert (letter.dismissal, list(outbox.needing_a_person())) == ("not_needed", [])


def test_who_never_had_an_access_reads_the_plan_no_more(firm, jana):
    plans.plan(company=firm, title="Maschine ansehen", by=BY)
    secret = crossing.secret(reader=crossing.admit(company=firm, person=jana, by=BY), by=BY)
    assert crossing.reader_behind(secret)
    leave(firm, jana)
    assert crossing.reader_behind(secret) is None
    assert Letter.objects.count() == 0


def test_the_last_who_manages_leaves_others_behind_only_at_the_desk(anna, firm, jana, address):
    ben = persons.find_or_create(name="Ben", email="ben@oelmann.example", company=firm, by=BY)
    entrances.open_for(company=firm, person=jana, right="persons", by=BY)
    entrances.open_for(company=firm, person=ben, right="own", by=BY)
    with pytest.raises(DomainError) as refused:
        colleagues.leave(company=firm, person=jana, since=TODAY, by=BY)
    assert refused.value.code == "last_manager"
    assert jana in queries.working_at(firm)
    page = anna.post(address, {"do": "leave", "person": jana.uuid, "since": str(TODAY)}, follow=True)
    assert "Anfragen kommen zu Ihnen" in page.text


def test_who_comes_back_on_the_same_day_works_there_again(firm, jana):
    leave(firm, jana)
    persons.find_or_create(name=jana.name, email=jana.email, company=firm, by=BY)
    assert jana in queries.working_at(firm)
    leave(firm, jana)
    leave(firm, jana)
    assert jana not in queries.working_at(firm)
    assert persons.find_or_create(name=jana.name, email=jana.email, company=firm, by=BY) in queries.working_at(firm)


@pytest.mark.parametrize(
    "told",
    [
        {"since": dt.date(2025, 3, 1)},
        {"may_return": False},
        {"word": persons.Word.THEIRS},
    ],
    ids=["a talk from before", "an old list", "their own word"],
)
def test_nothing_that_may_be_older_brings_them_back(firm, jana, told):
    leave(firm, jana, since=dt.date(2025, 5, 1))
    again = persons.find_or_create(name=jana.name, email=jana.email, company=firm, **told, by=BY)
    assert again == jana
    assert jana not in queries.working_at(firm)


def test_a_mistake_is_taken_back_and_the_access_stays_ended(anna, firm, jana, address):
    entrances.open_for(company=firm, person=jana, right="persons", by=BY)
    leave(firm, jana, since=dt.date(2025, 5, 1))
    anna.post(address, {"do": "stay", "person": jana.uuid})
    assert jana in queries.working_at(firm)
    assert not accesses.of_firm(firm).exists()
    assert AuditEvent.objects.filter(event="position:reopened").count() == 1
    assert anna.post(address, {"do": "stay", "person": jana.uuid}).status_code == 404


def test_the_domain_of_the_firm_lets_nobody_in_who_left(firm, jana):
    firm.website = "https://oelmann.example"
    firm.save()
    leave(firm, jana)
    entrances.ask(mail=jana.email, language="de", by=BY)
    token = entrances.tokens.Token.objects.get(purpose=entrances.PROOF)
    given = {"name": jana.name, "firm": firm.name, "postcode": "39104", "place": "Magdeburg", "phone": ""}
    _asked, entered = entrances.apply(token=token, **given, by=BY)
    assert entered is None
    assert not Access.objects.exists()


def test_what_a_row_that_was_merged_said_ends_too(firm, jana):
    other = builders.company("Oelmann Frästechnik")
    persons.find_or_create(name=jana.name, email=jana.email, company=other, by=BY)
    made = merges.merge(loser=other, survivor=firm, by=BY)
    leave(firm, jana)
    assert not Position.objects.filter(valid_to=None).exists()
    merging.undo(merge=made, by=BY)
    assert not Position.objects.filter(valid_to=None).exists()


def test_who_came_since_a_merge_and_left_stays_gone_when_it_is_undone(firm):
    other = builders.company("Oelmann Frästechnik")
    made = merges.merge(loser=other, survivor=firm, by=BY)
    ben = persons.find_or_create(name="Ben", email="ben@oelmann.example", company=firm, by=BY)
    leave(firm, ben)
    merging.undo(merge=made, sides={ben.uuid: "loser"}, by=BY)
    assert ben not in queries.working_at(other)
    assert ben in queries.worked_at(other)


def test_they_are_forgotten_some_months_after_their_own_last_contact(firm, jana):
    leave(firm, jana)
    assert jana.pk not in retention._at_a_firm_in_contact(clock.today() - dt.timedelta(days=30))


def test_their_own_enquiry_stays_theirs(world, firm, jana):
    case = contact_point.case(world.lead, company=firm, person=jana, name=jana.name, email=jana.email)
    leave(firm, jana)
    case.refresh_from_db()
    assert case.person == jana
    assert enquiries.visible_cases(member=world.anna, day=clock.today(), everywhere=True).filter(pk=case.pk).exists()


def test_who_left_may_still_take_back_a_consent_and_be_forgotten(client, world, firm, jana, address):
    client.force_login(staff.hire(Role.MANAGEMENT, world.lead))
    consents.give(person=jana, purpose="invitation", text_version="1", channel="paper", by=BY)
    leave(firm, jana)
    copy = reverse("desk:firm_person_copy", kwargs={"uuid": firm.uuid, "person": jana.uuid})
    page = client.get(address).text
    assert copy in page
    assert f"?loeschen={jana.uuid}" in page
    assert client.get(copy).status_code == 200
    assert client.post(address, {"do": "open", "person": jana.uuid}).status_code == 404
    assert client.post(address, {"do": "withdraw", "person": jana.uuid, "purpose": "invitation"}).status_code == 302
    assert not jana.consents.filter(withdrawn_at=None).exists()
    assert "Ja, löschen" in client.get(f"{address}?loeschen={jana.uuid}").text
    client.post(address, {"do": "erase", "person": jana.uuid})
    assert "Jana Ölmann" not in client.get(address).text
