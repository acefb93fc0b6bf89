"""The demo's consents: some of its firms' people agreed, others did not, and a second start adds nothing."""

import pytest

from tests.contact_point import BY, MONDAY, world
from wegweiser.companies.actions import companies
from wegweiser.companies.models import Consent, Person
from wegweiser.config import demo_invitations
from wegweiser.kernel import clock


@pytest.fixture
def firms(db):
    with clock.stopped_at(MONDAY):
        world()
        for number in range(20):
            companies.find_or_create(name=f"Betrieb {number}", is_another=True, by=BY)
        yield


def test_some_agreed_and_others_did_not(firms):
    made = demo_invitations.make()
    assert 0 < made < Person.objects.count() == 20
    assert Consent.objects.count() == made
    assert demo_invitations.make() == 0


def test_everybody_is_invented_and_says_so(firms):
    demo_invitations.make()
    assert all(row.name.endswith("(fiktiv)") and row.email.endswith(".example") for row in Person.objects.all())
