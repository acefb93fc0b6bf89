"""Whoever got a mail of ours because of a case answers it, and is not taken for who asked."""

import uuid

import pytest

from tests import contact_point
from tests.contact_point import BY
from tests.mailing import came
from wegweiser.companies.actions import companies
from wegweiser.crossings import company_cases, enquiries, mails, referrals
from wegweiser.enquiries import correspondence, queries, reply_addresses
from wegweiser.enquiries.actions.referrals import Agreed
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.models import Letter

NETWORK = "Netz Nord <hilfe@netz.example>"


@pytest.fixture(autouse=True)
def _mailbox(settings):
    settings.MAIL_REPLY = "antwort@centre.example"


@pytest.fixture
def case(world):
    row = contact_point.case(world.lead, topic=world.topic)
    enquiries.answer(case=row, member=world.anna, text="Passt Montag?", by=BY)
    row.refresh_from_db()
    return row


@pytest.fixture
def referral(world, case):
    """Passed on to a network by a letter of its own."""
    referrals.refer(
        case=case,
        member=world.anna,
        recipient="Netz Nord",
        mail="hilfe@netz.example",
        passed=["name"],
        agreed=Agreed(by="Jana", way="phone", on=clock.today(), text="Ja.", version="1"),
        submission=uuid.uuid4(),
        by=BY,
    )
    return Letter.objects.get(recipient_mail="hilfe@netz.example")


def state(case):
    case.refresh_from_db()
    return case.state, case.reply_by


def test_the_network_that_answers_a_referral_is_not_the_enquirer(world, case, referral):
    mail = came("Wir kümmern uns.", **{"from": NETWORK}, in_reply_to=referral.message_id)
    assert (mail.case, mail.contribution.kind) == (case, "mail_other")
    assert state(case) == ("answered", None)
    assert queries.status(case).replies == []
    assert "Wir kümmern uns." not in [said.text for said in company_cases.thread(case)]
    assert correspondence.unread(member=world.anna, day=clock.today()) == [mail]


def test_a_colleague_there_who_answers_it_is_another_too_and_so_is_what_answers_that(case, referral):
    first = came(**{"from": "Lu <lu@netz.example>"}, in_reply_to=referral.message_id)
    second = came("Noch etwas.", **{"from": "Kim <kim@land.example>"}, in_reply_to=first.message_id)
    assert [first.contribution.kind, second.contribution.kind] == ["mail_other", "mail_other"]


def test_the_enquirer_who_was_in_copy_is_heard(case, referral):
    assert came(in_reply_to=referral.message_id).contribution.kind == "mail_in"
    assert state(case)[0] == "taken"


def test_who_was_asked_by_a_filed_copy_is_another(world, case):
    address = Letter.objects.get().reply_to
    anna = "Anna <anna@centre.example>"
    copy = came("Können Sie helfen?", **{"from": anna}, to="Kammer <info@kammer.example>", cc=address)
    mails.confirm(mail=copy, case=case, member=world.anna, by=BY)
    mail = came("Ja.", **{"from": "Kammer <info@kammer.example>"}, to=address)
    assert mail.contribution.kind == "mail_other"
    assert state(case)[0] == "answered"


@pytest.mark.parametrize(
    "sender", ["Jana Ölmann <jana.oelmann@gmx.de>", "lager@firma.example", "Uwe <uwe@woanders.example>"], ids=str
)
def test_who_answers_us_from_elsewhere_may_be_the_enquirer_and_is_heard(case, sender):
    mail = came(**{"from": sender}, in_reply_to=Letter.objects.get().message_id)
    assert mail.contribution.kind == "mail_in"
    assert state(case)[0] == "taken"


def test_a_colleague_of_the_firm_is_no_other(world, case, referral):
    firm = companies.find_or_create(name="Ölmann GmbH", email="post@oelmann.example", by=BY)
    case.company = firm
    case.save(update_fields=["company"])
    mail = came(**{"from": "uwe@oelmann.example"}, in_reply_to=referral.message_id)
    assert mail.contribution.kind == "mail_in"


def test_an_absence_notice_is_no_mail_that_they_sent(case):
    came(auto_submitted="auto-replied", to=Letter.objects.get().reply_to)
    assert queries.status(case).replies == []


def test_what_others_wrote_meanwhile_is_shown_before_the_case_is_closed(world, case, referral):
    came(**{"from": NETWORK}, in_reply_to=referral.message_id)
    with pytest.raises(DomainError) as refused:
        enquiries.close(case=case, outcome="settled", seen=case.thread.first().uuid, by=BY)
    assert refused.value.code == "came_meanwhile"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *[(name, "mail_in") for name in ("Jana", '"Ölmann, Jana"', "J. Ölmann")],
        *[(name, "mail_other") for name in ("Kammer", "Kurt Ölmann", "")],
    ],
)
def test_who_asked_by_telephone_is_known_by_their_name_at_an_address_that_a_colleague_wrote_to(world, name, kind):
    case = contact_point.case(world.lead, topic=world.topic, name="Jana Ölmann", email="", phone="+493915550111")
    address = reply_addresses.of(case)
    copy = came("Anbei.", **{"from": "Anna <anna@centre.example>"}, to="jana.o@gmx.example", cc=address)
    mails.confirm(mail=copy, case=case, member=world.anna, by=BY)
    mail = came("Die Anlage steht.", **{"from": f"{name} <jana.o@gmx.example>"}, to=address)
    assert mail.contribution.kind == kind
