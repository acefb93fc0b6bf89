"""Two people at the form of one firm or person: nobody puts back what the other has just corrected."""

import re
from html import unescape

import pytest
from django.urls import reverse

from tests.contact_point import BY
from wegweiser.companies.actions import companies, persons
from wegweiser.companies.models import Company, Person


@pytest.fixture
def firm(world):
    made = companies.find_or_create(name="Abelguss GmbH", street="Weg 1", postcode="39104", place="Magdeburg", by=BY)
    Company.objects.filter(pk=made.pk).update(phone="+493915448619", email="info@abel.example")
    return Company.objects.get(pk=made.pk)


@pytest.fixture
def jana(firm):
    return persons.find_or_create(
        name="Jana Abel", email="jana@abel.example", phone="0391 5448619", company=firm, by=BY
    )


def form(client, address: str, prefix: str) -> dict[str, str]:
    """What the page would send if nobody changed anything."""
    page = client.get(address).text
    fields = re.findall(r"<input[^>]*>", page)
    told = {}
    for field in fields:
        name, value = (re.search(rf'\b{part}="([^"]*)"', field) for part in ("name", "value"))
        if name and prefix in name[1]:
            told[name[1]] = unescape(value[1]) if value else ""
    return told


def once_more(sent: dict[str, str], page: str) -> dict[str, str]:
    """What the page that came back would send."""
    again = {name: value for name, value in sent.items() if not name.startswith("initial-")}
    for name, value in re.findall(r'name="(initial-[^"]*)" value="([^"]*)"', page):
        again[name] = unescape(value)
    return again


def facts(firm: Company) -> str:
    return reverse("desk:company_facts", kwargs={"uuid": firm.uuid})


def person(firm: Company, who: Person) -> str:
    return reverse("desk:firm_person", kwargs={"uuid": firm.uuid, "person": who.uuid})


def test_what_a_colleague_corrected_meanwhile_stays(anna, firm):
    seen = form(anna, facts(firm), "firm-")
    Company.objects.filter(pk=firm.pk).update(phone="+493915448620")
    sent = anna.post(facts(firm), {"do": "firm", **seen, "firm-street": "Weg 2"})
    firm.refresh_from_db()
    assert (sent.status_code, firm.phone, firm.street) == (302, "+493915448620", "Weg 2")


def test_who_changes_the_same_is_told_what_stands_there_now(anna, firm):
    seen = form(anna, facts(firm), "firm-")
    Company.objects.filter(pk=firm.pk).update(phone="+493915448620")
    sent = {"do": "firm", **seen, "firm-phone": "0391 5448621"}
    refused = anna.post(facts(firm), sent)
    assert refused.status_code == 422
    assert "Inzwischen steht dort: 0391 5448620." in refused.text
    firm.refresh_from_db()
    assert firm.phone == "+493915448620"
    assert anna.post(facts(firm), once_more(sent, refused.text)).status_code == 302
    firm.refresh_from_db()
    assert firm.phone == "+493915448621"


def test_a_page_that_comes_back_for_something_else_empties_nothing(anna, firm):
    Company.objects.filter(pk=firm.pk).update(phone="", email="")
    seen = form(anna, facts(firm), "firm-")
    Company.objects.filter(pk=firm.pk).update(phone="+493915448620", email="neu@abel.example")
    sent = {"do": "firm", **seen, "firm-postcode": "391"}
    refused = anna.post(facts(firm), sent)
    assert refused.status_code == 422
    assert anna.post(facts(firm), {**once_more(sent, refused.text), "firm-postcode": "39108"}).status_code == 302
    firm.refresh_from_db()
    assert (firm.phone, firm.email, firm.postcode) == ("+493915448620", "neu@abel.example", "39108")


def test_who_is_told_of_one_field_puts_no_other_back(anna, firm):
    seen = form(anna, facts(firm), "firm-")
    Company.objects.filter(pk=firm.pk).update(phone="+493915448620", email="neu@abel.example")
    sent = {"do": "firm", **seen, "firm-phone": "0391 5448621"}
    refused = anna.post(facts(firm), sent)
    assert anna.post(facts(firm), once_more(sent, refused.text)).status_code == 302
    firm.refresh_from_db()
    assert (firm.phone, firm.email) == ("+493915448621", "neu@abel.example")


def test_a_value_is_emptied_on_purpose(anna, firm):
    seen = form(anna, facts(firm), "firm-")
    anna.post(facts(firm), {"do": "firm", **seen, "firm-email": ""})
    firm.refresh_from_db()
    assert firm.email == ""


def test_the_address_of_a_person_is_not_put_back(anna, firm, jana):
    seen = {**form(anna, person(firm, jana), "name"), **form(anna, person(firm, jana), "email")}
    seen |= form(anna, person(firm, jana), "phone")
    Person.objects.filter(pk=jana.pk).update(email="jana.abel@abel.example")
    assert anna.post(person(firm, jana), {**seen, "name": "Jana Abel-Kain"}).status_code == 302
    jana.refresh_from_db()
    assert (jana.email, jana.name) == ("jana.abel@abel.example", "Jana Abel-Kain")


def test_who_changes_the_same_address_is_told(anna, firm, jana):
    seen = {**form(anna, person(firm, jana), "name"), **form(anna, person(firm, jana), "email")}
    Person.objects.filter(pk=jana.pk).update(email="jana.abel@abel.example")
    refused = anna.post(person(firm, jana), {**seen, "email": "j@abel.example"})
    assert refused.status_code == 422
    assert "Inzwischen steht dort: jana.abel@abel.example." in refused.text
