"""Which firm an enquiry belongs to: phone and mail of who asked tell firms of one name apart, and stay theirs."""

import pytest

from tests import contact_point
from tests.contact_point import BY
from wegweiser.companies.actions import companies
from wegweiser.companies.models import Company
from wegweiser.crossings import firms

PHONE, MAIL = "+493915550142", "jana@oelmann.example"


@pytest.fixture
def two_of_one_name(world):
    first = companies.find_or_create(name="Ölmann GmbH", place="Halle", phone=PHONE, by=BY)
    second = companies.find_or_create(name="Ölmann", place="Burg", email="post@oelmann.example", by=BY)
    assert first != second
    return first, second


def link(world, **asked):
    case = contact_point.case(world.lead, firm="Ölmann", **{"email": "", **asked})
    return firms.link(case=case, by=BY)


def test_the_phone_of_one_of_two_says_which_it_is(world, two_of_one_name):
    assert link(world, phone=PHONE) == two_of_one_name[0]
    assert Company.objects.count() == 2


def test_a_mail_at_its_own_domain_says_which_it_is(world, two_of_one_name):
    assert link(world, email=MAIL) == two_of_one_name[1]


def test_without_a_sign_nobody_guesses(world, two_of_one_name):
    """Negative control: another phone, and a mail that everybody may have, make a third firm."""
    assert link(world, phone="+493915550143", email="jana@gmx.de") not in two_of_one_name
    assert Company.objects.count() == 3


def test_a_phone_that_belongs_to_both_says_nothing(world, two_of_one_name):
    Company.objects.update(phone=PHONE)
    assert link(world, phone=PHONE) not in two_of_one_name


@pytest.mark.parametrize("known", [True, False])
def test_what_is_somebodys_own_is_not_written_down_as_the_firms(world, known):
    if known:
        companies.find_or_create(name="Ölmann", by=BY)
    firm = link(world, phone=PHONE, email=MAIL)
    firm.refresh_from_db()
    assert (firm.phone, firm.email) == ("", "")


def test_who_says_none_of_them_is_heard(world, two_of_one_name):
    case = contact_point.case(world.lead, firm="Ölmann", phone=PHONE)
    assert firms.link(case=case, is_another=True, by=BY) not in two_of_one_name


WRITTEN = "Tischlerei Span & Sohn, 39576 Stendal"


def test_an_address_behind_the_name_is_no_part_of_it_and_is_not_written_down_by_itself(world):
    firm = firms.link(case=contact_point.case(world.lead, firm=WRITTEN), by=BY)
    assert (firm.name, firm.postcode, firm.place) == ("Tischlerei Span & Sohn", "", "")


@pytest.mark.parametrize("is_known", [True, False])
def test_an_address_behind_the_name_tells_firms_of_one_name_apart(world, is_known):
    far = companies.find_or_create(name="Tischlerei Span & Sohn", postcode="06108", place="Halle", by=BY)
    here = {"name": "Tischlerei Span & Sohn", "postcode": "39576", "place": "Stendal"}
    near = companies.find_or_create(**here, is_another=True, by=BY) if is_known else None
    found = firms.link(case=contact_point.case(world.lead, firm=WRITTEN), by=BY)
    assert found == near if is_known else found != far
