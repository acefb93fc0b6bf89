"""People of a firm on the telephone: somebody new is let in, and what is known of somebody is put right."""

import pytest

from tests import contact_point
from tests.contact_point import BY
from tests.journey import builders
from tests.web.desk import staff
from wegweiser.accounts.models import Token
from wegweiser.companies.actions import persons
from wegweiser.companies.models import Access, Person
from wegweiser.crossings import company_data, entrances
from wegweiser.enquiries.actions import cases
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.models import AuditEvent
from wegweiser.outbox.models import Letter


@pytest.fixture
def anna(client, world):
    client.force_login(staff.login(world.anna))
    return client


@pytest.fixture
def firm(world):
    return builders.company("Fräserei Ölmann")


@pytest.fixture
def jana(firm):
    return persons.find_or_create(
        name="Jana Oelmann", email="jana@oelman.example", phone="0391 5448619", company=firm, by=BY
    )


def page(firm, what):
    return f"/desk/betriebe/{firm.uuid}/zugaenge/{what}/"


def said(**changes):
    return {"name": "Jana Ölmann", "email": "jana@oelmann.example", "phone": "0391 5448620", **changes}


def refused(person, **changes):
    given = {"name": person.name, "email": person.email, "phone": person.phone, **changes}
    with pytest.raises(DomainError) as error:
        company_data.put_right(person=person, by=BY, **given)
    return error.value.code, error.value.field


def test_name_mail_and_number_are_put_right(anna, firm, jana):
    address = page(firm, jana.uuid)
    assert f'href="{address}"' in anna.get(f"/desk/betriebe/{firm.uuid}/zugaenge/").text
    assert anna.get(address).context["form"]["phone"].value() == "0391 5448619"
    assert anna.post(address, said()).status_code == 302
    jana.refresh_from_db()
    assert (jana.name, jana.email, jana.phone) == ("Jana Ölmann", "jana@oelmann.example", "+493915448620")
    assert Person.objects.get(sort_key=jana.sort_key).sort_key.startswith("jana olmann")
    assert AuditEvent.objects.get(event="person:changed").changed == ["email", "name", "phone"]
    anna.post(address, said())
    assert AuditEvent.objects.filter(event="person:changed").count() == 1, "the same again is no change"


def test_open_enquiries_follow_and_closed_ones_and_other_addresses_stay(anna, world, firm, jana):
    given = {"company": firm, "person": jana, "name": "Jana", "email": jana.email, "phone": jana.phone}
    case = contact_point.case(world.lead, **given)
    closed = contact_point.case(world.lead, **given)
    cases.close(case=closed, outcome="helped", by=BY)
    private = contact_point.case(world.lead, **{**given, "email": "jana@privat.example", "phone": ""})
    anna.post(page(firm, jana.uuid), said())
    for row in (case, closed, private):
        row.refresh_from_db()
    assert (case.email, case.phone) == ("jana@oelmann.example", "+493915448620")
    assert closed.email == "jana@oelman.example"
    assert (private.email, private.phone) == ("jana@privat.example", "")


def test_with_another_address_nobody_is_inside_any_more(world, firm, jana):
    access = entrances.open_for(company=firm, person=jana, right="persons", by=BY)
    entrances.code(access=access, by=BY)
    standing = Token.objects.filter(subject_uuid=access.uuid, revoked_at=None)
    company_data.put_right(person=jana, name=jana.name, email=jana.email, phone="", by=BY)
    assert standing.exists(), "another number ends nothing"
    company_data.put_right(person=jana, name=jana.name, email="jana@oelmann.example", phone="", by=BY)
    assert not standing.exists()


def test_who_logs_in_keeps_an_address_and_one_of_their_own(world, firm, jana):
    ben = persons.find_or_create(name="Ben", email="ben@oelmann.example", company=firm, by=BY)
    assert company_data.put_right(person=ben, name="Ben", email="", phone="", by=BY).email == ""
    ben = company_data.put_right(person=ben, name="Ben", email="ben@oelmann.example", phone="", by=BY)
    for person, right in ((jana, "persons"), (ben, "own")):
        entrances.open_for(company=firm, person=person, right=right, by=BY)
    assert refused(ben, email="") == ("mail_needed", "email")
    assert refused(ben, email="JANA@oelman.example") == ("already_inside", "email")


@pytest.mark.parametrize(
    ("wrong", "field"), [({"name": " "}, "name"), ({"email": "jana@"}, "email"), ({"phone": "12"}, "phone")]
)
def test_a_mistake_is_said_beside_its_field_and_changes_nothing(anna, firm, jana, wrong, field):
    response = anna.post(page(firm, jana.uuid), said(**wrong))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    jana.refresh_from_db()
    assert jana.name == "Jana Oelmann"


def test_somebody_of_another_firm_is_not_there(anna, world, jana):
    other = builders.company("Tischlerei Kunz")
    assert anna.post(page(other, jana.uuid), said()).status_code == 404


def test_somebody_new_is_let_in_on_the_telephone_and_the_first_one_manages(anna, firm):
    first = anna.get(page(firm, "einladen"))
    assert "right" not in first.context["form"].fields
    given = {"name": "Mia Neu", "email": "mia@oelmann.example", "language": "de"}
    anna.post(page(firm, "einladen"), given)
    anna.post(page(firm, "einladen"), {"name": "Tom", "email": "tom@oelmann.example", "right": "own", "language": "en"})
    rows = {row.person.name: (row.right, row.evidence) for row in Access.objects.select_related("person")}
    assert rows == {"Mia Neu": ("persons", "adviser"), "Tom": ("own", "adviser")}
    assert {letter.recipient_mail: letter.language for letter in Letter.objects.all()} == {
        "mia@oelmann.example": "de",
        "tom@oelmann.example": "en",
    }
    again = anna.post(page(firm, "einladen"), {**given, "right": "own"})
    assert "Mit dieser Adresse kommt dort schon jemand herein." in again.text
