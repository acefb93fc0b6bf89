"""What no person wrote, as it lies in a real mailbox: the server that delivered it wrote its return path above it."""

import pytest

from tests import contact_point
from tests.contact_point import BY
from tests.mailing import came
from wegweiser.crossings import enquiries
from wegweiser.enquiries import loose_mails, reply_addresses
from wegweiser.enquiries.models import Case


@pytest.fixture(autouse=True)
def _mailbox(settings):
    settings.MAIL_REPLY = "antwort@centre.example"


@pytest.fixture
def answered(world):
    case = contact_point.case(world.lead)
    enquiries.answer(case=case, member=world.anna, text="Passt Montag?", by=BY)
    case.refresh_from_db()
    return case


NOTICE = {"subject": "Automatische Antwort: Ihre Anfrage", "auto_submitted": "auto-replied", "return_path": "<>"}


def test_an_absence_notice_without_a_return_path_stands_in_the_thread(answered):
    mail = came("Ich bin bis 14.8. im Urlaub.", to=reply_addresses.of(answered), **NOTICE)
    answered.refresh_from_db()
    assert (mail.state, mail.reason, mail.automatic, mail.case) == ("filed", "", True, answered)
    assert mail.contribution.text == "Ich bin bis 14.8. im Urlaub."
    assert (answered.state, answered.reply_by) == ("answered", None)


def test_one_that_is_known_by_its_return_path_alone_does_so_too(answered):
    mail = came("Bin im Urlaub.", to=reply_addresses.of(answered), subject="Urlaub", return_path="<>")
    assert (mail.state, mail.automatic) == ("filed", True)


def test_one_that_belongs_to_no_case_is_said_to_be_an_automatic_answer(world):
    assert came("Ich bin nicht da.", **NOTICE).reason == "auto_reply"
    assert not Case.objects.exists()
    assert loose_mails.waiting().count() == 1


@pytest.mark.parametrize("sender", ["MAILER-DAEMON@mail.example", "Postmaster@mail.example", "MAILER-DAEMON"])
def test_what_a_mail_server_says_is_none(answered, sender):
    mail = came("Zustellung gescheitert.", From=sender, to=reply_addresses.of(answered), return_path="<>")
    assert (mail.state, mail.reason) == ("aside", "bounce")
