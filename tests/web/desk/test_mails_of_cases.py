"""What the page of a case says of the mails behind it: who sent them, whether that is sure, where they belong."""

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from tests.mailing import came
from wegweiser.enquiries import reply_addresses
from wegweiser.enquiries.actions import cases, follow_ups
from wegweiser.kernel import clock


@pytest.fixture(autouse=True)
def _mailbox(settings):
    settings.MAIL_REPLY = "antwort@centre.example"


@pytest.fixture
def case(world):
    found = contact_point.case(world.lead)
    cases.take(case=found, member=world.anna, by=BY)
    return found


def page(client, case):
    return client.get(reverse("desk:case", kwargs={"uuid": case.uuid})).content.decode()


def test_both_addresses_are_told_where_the_answer_goes_to_another(anna, case):
    came(to=reply_addresses.of(case), reply_to="buero@firma.example")
    assert "jana@firma.example · bittet um Antwort an buero@firma.example" in page(anna, case)
    opened = came("Frage", subject="Frage", reply_to="uwe@krause.example", **{"from": "wordpress@alt.example"}).case
    cases.take(case=opened, member=case.adviser, by=BY)
    shown = page(anna, opened)
    assert "uwe@krause.example" in shown
    assert "Die E-Mail kam von wordpress@alt.example" in shown


def test_a_case_says_that_its_sender_may_be_forged(anna, case):
    found = came("Frage", subject="Frage", authentication_results="mx.centre.example; dmarc=fail").case
    cases.take(case=found, member=case.adviser, by=BY)
    assert "dass die Absenderadresse gefälscht sein kann" in page(anna, found)
    assert "keine Anfrage (Werbung, Spam)" in page(anna, found)


def test_what_was_promised_in_a_double_comes_along(anna, case):
    double = came("Und der Scanner?", subject=f"Zu {case.reference}").case
    follow_ups.set(case=double, partner=double.partner, due_on=clock.today(), note="Zurückrufen", by=BY)
    url = reverse("desk:case_mail", kwargs={"uuid": double.uuid})
    shown = anna.post(url, {"do": "move", "case": str(case.uuid)}, follow=True).content.decode()
    assert "1 Zusage kam mit hierher." in shown
    assert "Zurückrufen" in shown
