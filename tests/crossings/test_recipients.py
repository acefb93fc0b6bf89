"""Where the mail of a case goes: one rule for answers, dates and what the desk offers."""

import pytest

from tests import contact_point
from tests.contact_point import BY
from wegweiser.companies.actions import persons
from wegweiser.crossings import recipients
from wegweiser.enquiries.actions import cases

OWN, PERSONS = "jana@firma.example", "oelmann@privat.example"


@pytest.mark.parametrize(
    ("own", "persons_mail", "goes_to"),
    [(OWN, PERSONS, OWN), ("", PERSONS, PERSONS), (OWN, "", OWN), ("", "", "")],
)
def test_the_address_of_the_case_goes_before_that_of_the_person(world, own, persons_mail, goes_to):
    case = contact_point.case(world.lead, email=own, phone="+493915550123")
    person = persons.find_or_create(name=case.name, email=persons_mail, phone="+493915550124", by=BY)
    cases.link(case=case, person=person, by=BY)
    assert recipients.mail(case) == goes_to
    assert recipients.writable(case) == bool(goes_to)
