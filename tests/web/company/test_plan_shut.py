"""Who may not see all of a firm any more reads its plan by no link, and nobody reminds them."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.contact_point import BY
from wegweiser.companies.actions import persons
from wegweiser.crossings import company_data, entrances
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
