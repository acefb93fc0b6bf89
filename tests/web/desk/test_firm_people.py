"""People of a firm on the telephone: somebody new is let in, and what is known of somebody is put right."""

import re

import pytest

from tests import contact_point
from tests.contact_point import BY
from tests.journey import builders
from tests.web.desk import staff
from wegweiser.accounts.models import Token
from wegweiser.companies.actions import persons
from wegweiser.companies.models import Access, Person
from wegweiser.crossings import company_data, entrances, merging
from wegweiser.documents import pdf
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
    return f"/desk/betriebe/{firm.uuid}/zugaenge/{what}/".replace("//", "/")


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


def invited(client, firm, **changes):
    given = {"name": "Jana Oelmann", "email": "jana@oelman.example", "language": "de", "right": "own", **changes}
    return client.post(page(firm, "einladen"), given, follow=True)


@pytest.mark.parametrize("channel", ["none", "phone"])
@pytest.mark.parametrize("who", ["person", "firm", "mailbox", "another firm", "a merged firm"])
def test_the_desk_is_told_before_anybody_who_wants_no_mail_is_invited(anna, firm, jana, channel, who):
    """The person themselves, their firm, or somebody of another name or a firm whose address it is."""
    if who == "mailbox":
        other = builders.company("Tischlerei Kunz")
        jana = persons.find_or_create(name="Karla Kunz", email="JANA@oelman.example", company=other, by=BY)
    chooses = firm if who == "firm" else jana
    if who.endswith(" firm"):
        chooses = builders.company("Tischlerei Kunz")
        chooses.email = "Jana@oelman.example"
    chooses.channel = channel
    chooses.save()
    if who == "a merged firm":
        loose = builders.company("Kunz Innenausbau")
        merging.merge(loser=chooses, survivor=loose, by=BY)
        type(firm).objects.filter(pk=loose.pk).update(email="post@kunz.example")
        type(firm).objects.filter(pk=chooses.pk).update(channel="mail")
    told = invited(anna, firm)
    assert told.status_code == 422
    assert "Hier darf keine E-Mail hinausgehen" in told.text
    assert not Access.objects.exists()
    after = invited(anna, firm, do="otherwise")
    assert "es ging keine E-Mail hinaus" in after.text
    assert Access.objects.get().person.name == "Jana Oelmann"
    assert not Letter.objects.exists()
    assert "Code für Jana Oelmann" in anna.post(page(firm, ""), {"do": "code", "person": person_of(firm)}).text


def person_of(firm):
    return Access.objects.get(company=firm).person.uuid


def test_who_wants_letters_is_invited_by_one_after_the_desk_was_told(anna, firm, jana):
    type(firm).objects.filter(pk=firm.pk).update(postcode="39104", place="Magdeburg", street="Breiter Weg 1")
    jana.channel = "letter"
    jana.save()
    assert "Zugang geben, mit einem Brief" in invited(anna, firm).text
    assert "Der Brief liegt unter" in invited(anna, firm, do="otherwise").text
    letter = Letter.objects.get()
    assert (letter.channel, letter.recipient_mail) == ("letter", "")
    assert "/mein-betrieb/code/" in letter.text


def test_without_mail_none_goes_also_to_an_address_that_was_changed_meanwhile(anna, firm, jana):
    jana.channel = "none"
    jana.save()
    invited(anna, firm)
    invited(anna, firm, do="otherwise", name="Mia Neu", email="mia@oelmann.example")
    assert Access.objects.get().person.name == "Mia Neu"
    assert not Letter.objects.exists()


def test_a_code_is_printed_to_be_handed_over_and_logs_in(anna, client, firm, jana, monkeypatch):
    access = entrances.open_for(company=firm, person=jana, right="persons", by=BY)
    printed = {}
    monkeypatch.setattr(pdf, "letter", lambda **given: printed.update(given) or b"%PDF")
    answer = anna.post(page(firm, ""), {"do": "print", "person": jana.uuid})
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "private, no-store")
    assert printed["recipient_lines"] == ["Fräserei Ölmann", "Jana Oelmann"]
    code = re.search(r"Code ein: (\S+)", "\n".join(printed["paragraphs"]))[1]
    assert not Letter.objects.exists()
    assert client.post("/mein-betrieb/code/", {"code": code})["Location"] == "/mein-betrieb/"
    other = builders.company("Tischlerei Kunz")
    assert anna.post(page(other, ""), {"do": "print", "person": jana.uuid}).status_code == 404
    assert access.person == jana


def test_the_sheet_with_a_code_is_a_pdf(anna, firm, jana):
    entrances.open_for(company=firm, person=jana, right="persons", by=BY)
    assert anna.post(page(firm, ""), {"do": "print", "person": jana.uuid}).content.startswith(b"%PDF")


@pytest.mark.parametrize("same", [True, False])
def test_who_invites_is_asked_whether_it_is_whom_we_know_by_the_telephone(anna, firm, same):
    caller = persons.find_or_create(name="Mia Neu", phone="0391 5448621", company=firm, by=BY)
    given = {"name": "mia neu", "email": "mia@oelmann.example", "language": "de"}
    first = anna.post(page(firm, "einladen"), given)
    assert first.status_code == 422
    assert "ja, Mia Neu, 0391 5448621" in first.text
    assert not Access.objects.exists()
    known = str(caller.uuid) if same else "other"
    assert anna.post(page(firm, "einladen"), {**given, "known": known}).status_code == 302
    assert (Access.objects.get().person == caller) is same
