"""Whoever proves their address finds filled in what their own record knows, and nothing of anybody else."""

import re

import pytest

from tests.contact_point import BY
from tests.web.company.test_entry import ask, link
from wegweiser.companies.actions import persons
from wegweiser.companies.models import Company, Person, Position
from wegweiser.kernel import clock

MAIL = "jana@oelmann.example"


def asked(client, mail=MAIL):
    """What the form has in its fields, and whether it says why."""
    ask(client, mail)
    page = client.get(link()).content.decode()
    fields = {
        name: re.search(rf'name="{name}"[^>]*?value="([^"]*)"', page)
        for name in ("name", "firm", "postcode", "place", "phone")
    }
    told = {name: found[1] for name, found in fields.items() if found}
    assert ("Was wir von Ihnen schon wissen" in page) == bool(told)
    return told


def test_name_number_and_firm_of_ones_own_record_stand_there(client, jana):
    persons.put_right(person=jana, name=jana.name, email=MAIL, phone="0391 5448619", by=BY)
    assert asked(client) == {
        "name": "Jana Ölmann",
        "firm": "Fräserei Ölmann",
        "postcode": "39104",
        "place": "Magdeburg",
        "phone": "0391 5448619",
    }


def test_who_is_not_known_finds_an_empty_form(client, jana):
    assert asked(client, "uwe@oelmann.example") == {}


def test_of_several_people_with_one_address_the_firm_alone_is_told(client, firm, jana):
    persons.find_or_create(name="Uwe Ölmann", email=MAIL, phone="0391 5448619", company=firm, by=BY)
    assert asked(client) == {"firm": "Fräserei Ölmann", "postcode": "39104", "place": "Magdeburg"}


def test_of_several_firms_none_is_told(client, jana, other):
    persons.find_or_create(name="Jana Ölmann", email=MAIL, company=other.firm, by=BY)
    assert asked(client) == {"name": "Jana Ölmann"}


@pytest.mark.parametrize("gone", ["left", "restricted", "covered"])
def test_what_is_nobodys_business_is_not_told(client, firm, jana, gone):
    if gone == "left":
        Position.objects.update(valid_from=clock.today().replace(year=2025), valid_to=clock.today().replace(year=2025))
    elif gone == "restricted":
        Person.objects.update(restricted_at=clock.now())
    else:
        Company.objects.update(is_cover_name=True)
    assert asked(client) == ({} if gone == "restricted" else {"name": "Jana Ölmann"})
