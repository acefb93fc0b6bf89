"""Where the mail of a case goes: one rule for answers, dates and what the desk offers."""

import pytest

from tests import contact_point
from tests.contact_point import BY
from wegweiser.companies.actions import companies, persons
from wegweiser.companies.models import Company
from wegweiser.crossings import enquiries, recipients
from wegweiser.enquiries.actions import cases
from wegweiser.outbox.models import Letter

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


@pytest.fixture
def by_post(world):
    """The case of a firm with an address that wants paper letters."""
    firm = companies.find_or_create(name="Ölmann GmbH", email="info@firma.example", by=BY)
    Company.objects.update(channel="letter", street="Weg 1", postcode="06108", place="Halle")
    firm.refresh_from_db()
    return contact_point.case(world.lead, company=firm)


def test_the_confirmation_of_a_firm_that_wants_letters_goes_to_the_printer(by_post):
    enquiries.confirm_by_mail(case=by_post, status_secret="geheim", by=BY)
    letter = Letter.objects.get()
    assert (letter.channel, letter.state, letter.hold_reason) == ("letter", "queued", "")
    assert letter.recipient_address == ["Ölmann GmbH", "Jana Ölmann", "Weg 1", "06108 Halle"]


def test_a_printed_answer_says_how_to_write_back(world, by_post):
    enquiries.answer(case=by_post, member=world.anna, text="Passt Montag?", by=BY)
    letter = Letter.objects.get()
    assert "Antworten Sie einfach auf diese Nachricht" not in letter.text + letter.html
    assert "Schreiben Sie uns an anna@centre.example, oder rufen Sie uns an." in letter.text
    assert "Schreiben Sie uns an anna@centre.example, oder rufen Sie uns an." in letter.html
