"""Which entries of a thread stand on the firm's timeline as an answer by mail."""

import pytest

from tests import contact_point
from tests.contact_point import BY
from tests.mailing import JANA, came
from wegweiser.companies.actions import companies
from wegweiser.crossings import enquiries, mails
from wegweiser.journey.models import Step

ANNA = "Anna <anna@centre.example>"


@pytest.fixture(autouse=True)
def _mailbox(settings):
    settings.MAIL_REPLY = "antwort@centre.example"


@pytest.fixture
def case(world):
    firm = companies.find_or_create(name="Ölmann GmbH", email="info@firma.example", by=BY)
    return contact_point.case(world.lead, company=firm, topic=world.topic)


def confirmed(world, case, text="Wie besprochen.", **heads):
    mail = came(text, **{"from": ANNA}, **heads)
    mails.confirm(mail=mail, case=case, member=world.anna, by=BY)
    return mail


@pytest.mark.parametrize("to", [JANA, "Uwe <uwe@firma.example>"], ids=["enquirer", "colleague"])
def test_a_copy_that_went_to_the_enquirer_or_the_firm_is_an_answer(world, case, to):
    mail = confirmed(world, case, to=to, cc="antwort@centre.example")
    assert Step.objects.get().source_uuid == mail.contribution.uuid


def test_what_the_firm_wrote_and_a_colleague_sent_on_is_none(world, case):
    text = "Bitte ablegen.\n\n---------- Weitergeleitete Nachricht ----------\nVon: Jana Ölmann <jana@firma.example>\n"
    mail = confirmed(world, case, f"{text}\nUnsere Fräse steht.", subject="WG: Fräse")
    assert mail.direction == "in"
    assert not Step.objects.exists()


def test_what_went_to_somebody_else_is_none_and_stays_none(world, case):
    confirmed(world, case, to="Kammer <info@kammer.example>", cc="antwort@centre.example")
    assert not Step.objects.exists()
    enquiries.answer(case=case, member=world.anna, text="Passt Montag?", by=BY)
    assert Step.objects.count() == 1
