"""Who may not see all of a firm any more reads its plan by no link, and nobody reminds them."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.contact_point import BY
from tests.web.desk import staff
from wegweiser.accounts.models import Token
from wegweiser.accounts.queries import valid_code
from wegweiser.companies.actions import companies, persons
from wegweiser.companies.models import Person
from wegweiser.crossings import company_data, entrances, merging
from wegweiser.crossings import plans as crossing
from wegweiser.journey.actions import plans, readers
from wegweiser.journey.models import PlanReader
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.models import Letter


@pytest.fixture
def ben(firm, access):
    person = persons.find_or_create(name="Ben Krüger", email="ben@oelmann.example", company=firm, by=BY)
    return entrances.open_for(company=firm, person=person, right="all", by=BY)


@pytest.fixture
def reader(firm, ben):
    plans.plan(company=firm, title="Maschine ansehen", due_on=dt.date(2026, 3, 4), by=BY)
    return readers.remind(reader=readers.add(company=firm, person=ben.person, by=BY), wanted=True, by=BY)


def link(reader: PlanReader) -> str:
    return reverse("company:plan_link", kwargs={"token": crossing.secret(reader=reader, by=BY)})


def shut(access, how: str) -> None:
    if how == "ended":
        entrances.end(access=access, by=BY)
    else:
        entrances.change(access=access, right="own", by=BY)


@pytest.mark.parametrize("how", ["ended", "lowered"])
def test_neither_link_nor_code_nor_reminder_outlives_the_right(client, firm, ben, reader, how):
    address, code = link(reader), crossing.code(reader=reader, by=BY)
    assert client.get(address).status_code == 200
    shut(ben, how)
    assert client.get(address).status_code == 404
    client.post(reverse("company:code"), {"code": code})
    assert crossing.reader(reader.uuid) is None
    assert crossing.remind_due(by=BY) == 0
    assert not Letter.objects.filter(subject__contains="Maschine").exists()


@pytest.mark.parametrize("how", ["ended", "lowered"])
def test_who_was_shut_out_is_sent_no_other_link(firm, ben, reader, how):
    shut(ben, how)
    with pytest.raises(DomainError) as refused:
        crossing.send(company=firm, person=ben.person, by=BY)
    assert refused.value.code == "reads_no_plan"


def test_an_old_link_stays_shut_when_the_right_comes_back(client, firm, ben, reader):
    address = link(reader)
    shut(ben, "lowered")
    entrances.change(access=ben, right="all", by=BY)
    assert client.get(address).status_code == 404
    assert client.get(link(reader)).status_code == 200
    assert crossing.remind_due(by=BY) == 0  # nobody is reminded who did not ask since


def test_the_link_in_the_wrong_mailbox_opens_nothing(client, inside, jana, firm, reader):
    mine = readers.add(company=firm, person=jana, by=BY)
    address = link(mine)
    company_data.ask_to_leave(access=jana.accesses.get(), language="de", by=BY)
    erase = next(word for word in Letter.objects.latest("id").text.split() if "/daten/loeschen/" in word)
    company_data.put_right(person=jana, name=jana.name, email="jana@new.example", phone="", by=BY)
    client.cookies.clear()
    assert client.get(address).status_code == 404
    assert client.get(erase.removeprefix("http://localhost:8000")).status_code == 404
    assert client.get(link(mine)).status_code == 200


def test_who_never_had_an_access_reads_what_was_sent(client, firm, access):
    guest = persons.find_or_create(name="Gerd Gast", email="gerd@oelmann.example", company=firm, by=BY)
    assert client.get(link(readers.add(company=firm, person=guest, by=BY))).status_code == 200


def moved(client, firm, **changes):
    """The firm's line of data, changed on "Angaben ändern"."""
    names = ("name", "street", "postcode", "place", "phone", "email", "website")
    said = {f"firm-{name}": getattr(firm, name) for name in names}
    said |= {f"firm-{name}": text for name, text in changes.items()}
    there = reverse("desk:company_facts", kwargs={"uuid": firm.uuid})
    return client.post(there, {"do": "firm", **said}, follow=True).text


@pytest.fixture
def anna(world):
    client = Client()
    client.force_login(staff.login(world.anna))
    return client


@pytest.mark.parametrize(
    ("changes", "holds"),
    [
        ({"email": "post@oelmann.example"}, False),
        ({"email": ""}, False),
        ({"email": "INFO@ölmann.example"}, True),
        ({"phone": "0391 5550123"}, True),
    ],
    ids=["another", "none", "spelt otherwise", "only the number"],
)
def test_what_went_to_the_firm_s_address_ends_with_that_address(client, anna, firm, ben, reader, changes, holds):
    type(firm).objects.filter(pk=firm.pk).update(email="info@xn--lmann-iua.example")
    firm.refresh_from_db()
    own = readers.add(company=firm, person=None, by=BY)
    addresses, code = [link(own), link(reader)], crossing.code(reader=own, by=BY)
    assert ("gelten nicht mehr" in moved(anna, firm, **changes)) is not holds
    assert [client.get(address).status_code for address in addresses] == [200 if holds else 404, 200]
    assert bool(valid_code(purposes=[crossing.CODE], code=code)) is holds
    assert client.get(link(own)).status_code == 200, "a new one opens it"


def test_what_went_there_for_somebody_without_an_address_ends_too(client, anna, firm, world):
    type(firm).objects.filter(pk=firm.pk).update(email="info@oelmann.example")
    firm.refresh_from_db()
    tom = persons.find_or_create(name="Tom Ohnemail", company=firm, by=BY)
    crossing.send(company=firm, person=tom, by=BY)
    (found,) = PlanReader.objects.filter(person=tom)
    address = link(found)
    persons.find_or_create(name=tom.name, email="tom@oelmann.example", company=firm, by=BY)
    assert client.get(address).status_code == 200
    moved(anna, firm, email="post@oelmann.example")
    assert client.get(address).status_code == 404


def test_it_ends_when_its_letter_is_long_blank_and_what_went_to_their_own_address_stays(client, anna, firm, world):
    type(firm).objects.filter(pk=firm.pk).update(email="info@oelmann.example")
    firm.refresh_from_db()
    tom = persons.find_or_create(name="Tom Ohnemail", company=firm, by=BY)
    crossing.send(company=firm, person=tom, by=BY)
    Person.objects.filter(pk=tom.pk).update(email="tom@oelmann.example")
    crossing.send(company=firm, person=Person.objects.get(pk=tom.pk), by=BY)
    there, own = [re.search(r"/mein-betrieb/fahrplan/link/\S+", row.text)[0] for row in Letter.objects.order_by("id")]
    Letter.objects.update(recipient_mail="", recipient_name="", text="", subject="")  # as it is after some weeks
    assert [client.get(address).status_code for address in (there, own)] == [200, 200]
    assert "gelten nicht mehr" in moved(anna, firm, email="post@oelmann.example")
    assert [client.get(address).status_code for address in (there, own)] == [404, 200]
    assert "oelmann" not in str(list(Token.objects.values()))


def test_whose_own_address_it_is_keeps_their_link(client, anna, firm, ben, reader):
    type(firm).objects.filter(pk=firm.pk).update(email=ben.person.email)
    firm.refresh_from_db()
    letter = crossing.send(company=firm, person=ben.person, by=BY)
    (address,) = re.findall(r"https?://[^/]+(/\S*fahrplan/\S+)", letter.text)
    assert client.get(address).status_code == 200
    assert "gelten nicht mehr" not in moved(anna, firm, email="post@oelmann.example")
    assert client.get(address).status_code == 200


def test_who_is_forgotten_reads_no_plan_by_what_went_to_the_firm(client, firm, ben, reader, jana):
    type(firm).objects.filter(pk=firm.pk).update(email="Ben@oelmann.example")
    firm.refresh_from_db()
    own, others = readers.add(company=firm, by=BY), readers.add(company=firm, person=jana, by=BY)
    addresses = [link(own), link(others)]
    company_data.erase(person=ben.person, by=BY)
    firm.refresh_from_db()
    assert firm.email == ""
    assert [client.get(address).status_code for address in addresses] == [404, 200]


def two_again(client, firm, *, mail: str, earlier: str) -> list[int]:
    """Whether a link opens a plan before and after the firms that share one mailbox are two again."""
    type(firm).objects.filter(pk=firm.pk).update(email=mail)
    firm.refresh_from_db()
    other = companies.find_or_create(name="Kranbau Ost", place="Stendal", email="post@kranbau.example", by=BY)
    of = {"ours": firm, "theirs": other}.get(earlier)
    known = readers.add(company=of, by=BY) if of else None
    made = merging.merge(loser=other, survivor=firm, by=BY)
    letter = crossing.send(company=firm, person=None, by=BY)
    assert letter.recipient_mail == (mail or "post@kranbau.example")
    if known:
        assert letter.cause_uuid == known.uuid
    address = link(PlanReader.objects.get(uuid=letter.cause_uuid))
    found = [client.get(address).status_code]
    merging.undo(merge=made, by=BY)
    return [*found, client.get(address).status_code]


@pytest.mark.parametrize(
    ("mail", "earlier", "stands"),
    [("", "", False), ("own@oelmann.example", "theirs", False), ("own@oelmann.example", "ours", True)],
    ids=["ours in their mailbox", "theirs in ours", "ours in ours"],
)
def test_firms_that_are_two_again_read_no_plan_of_each_other(client, firm, mail, earlier, stands):
    assert two_again(client, firm, mail=mail, earlier=earlier) == [200, 200 if stands else 404]
