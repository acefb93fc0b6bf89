"""A mail that opened an enquiry of its own is put where it belongs: what that teaches, and what comes after it."""

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from tests.mailing import came
from wegweiser.companies.actions import persons
from wegweiser.crossings import recipients


@pytest.fixture(autouse=True)
def _mailbox(settings):
    settings.MAIL_REPLY = "antwort@centre.example"


def address(name, **kwargs):
    return reverse(f"desk:{name}", kwargs=kwargs or None)


def page(client, case):
    return client.get(address("case", uuid=case.uuid)).content.decode()


@pytest.mark.parametrize("ticked", [False, True])
def test_who_knows_a_number_is_the_enquirer_only_where_somebody_says_so(anna, world, ticked):
    called = contact_point.case(world.lead, email="", phone="0391 5550123")
    second = came(subject=f"Zu {called.reference}", From="Uwe <uwe@konkurrent.example>").case
    assert "Dort hat auch uwe@konkurrent.example angefragt." in page(anna, second).replace("\u2060", "")
    said = {"do": "move", "case": called.uuid, **({"theirs": "1"} if ticked else {})}
    anna.post(address("case_mail", uuid=second.uuid), said)
    called.refresh_from_db()
    assert called.email == ("uwe@konkurrent.example" if ticked else "")


def test_a_known_address_is_nobody_elses(anna, world):
    jana = persons.find_or_create(name="Jana Ölmann", email="jana@firma.example", by=BY)
    called = contact_point.case(world.lead, email="", phone="0391 5550123", person=jana)
    second = came(subject=f"Zu {called.reference}", From="Uwe <uwe@konkurrent.example>").case
    assert "Dort hat auch" not in page(anna, second)
    anna.post(address("case_mail", uuid=second.uuid), {"do": "move", "case": called.uuid, "theirs": "1"})
    called.refresh_from_db()
    assert (called.email, recipients.mail(called)) == ("", "jana@firma.example")


def test_the_double_says_where_it_goes_on(anna, world):
    first = contact_point.case(world.lead)
    second = came(subject=f"Zu {first.reference}").case
    anna.post(address("case_mail", uuid=second.uuid), {"do": "move", "case": first.uuid})
    assert f'Geht weiter in <a href="{address("case", uuid=first.uuid)}">' in page(anna, second)
