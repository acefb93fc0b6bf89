"""A wish for another channel binds what is unclear, failed or just being sent, too, and what was written meanwhile."""

import datetime as dt
import uuid

import pytest

from tests import contact_point
from tests.contact_point import BY, MONDAY
from wegweiser.companies.actions import companies
from wegweiser.companies.models import Channel, Company
from wegweiser.crossings import channels, enquiries, firms, referrals
from wegweiser.enquiries.actions.referrals import Agreed
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox import delivery
from wegweiser.outbox.actions import deliveries, letters
from wegweiser.outbox.models import Letter


@pytest.fixture
def case(world):
    row = contact_point.case(world.lead, topic=world.topic, firm="Fräserei Ölmann")
    firms.link(case=row, by=BY)
    return row


@pytest.fixture
def letter(world, case):
    enquiries.answer(case=case, member=world.anna, text="Guten Tag", by=BY)
    return Letter.objects.get()


def send(after=dt.timedelta(0)):
    with clock.stopped_at(MONDAY + after):
        return delivery.send_due()


def quiet(case):
    return channels.choose(party=case.company, channel=Channel.NONE, by=BY)


def test_with_mail_allowed_what_is_unclear_goes_out_once_more(letter, smtp):
    """The control: without it the next test could not fail."""
    smtp.drop = "after"
    assert send() == {"unclear": 1}
    assert send(deliveries.UNCLEAR_WAITS) == {"unclear": 1}


def test_what_is_unclear_goes_out_no_more_and_says_so_still(case, letter, smtp):
    smtp.drop = "after"
    send()
    assert quiet(case) == 1
    assert send(deliveries.UNCLEAR_WAITS) == {}
    letter.refresh_from_db()
    assert (letter.state, letter.next_attempt_at, len(smtp.messages)) == ("unclear", None, 1)
    with pytest.raises(DomainError, match="channel_none") as refusal:
        letters.release(letter=letter, by=BY)
    assert refusal.value.code == "may_not_go"


def test_what_is_being_sent_and_comes_back_is_held(case, letter, smtp):
    deliveries.claim(letter=letter, by=BY)
    assert quiet(case) == 0  # it cannot be called back
    deliveries.put_back(letter=letter, reason="451", by=BY)
    assert send(deliveries.BACKOFF[0]) == {"held": 1}
    letter.refresh_from_db()
    assert (letter.hold_reason, smtp.messages) == ("channel_none", [])


def test_what_is_being_sent_and_turns_out_unclear_is_not_repeated(case, letter, smtp):
    deliveries.claim(letter=letter, by=BY)
    quiet(case)
    deliveries.mark_unclear(letter=letter, reason="", by=BY)
    assert send(deliveries.UNCLEAR_WAITS) == {"unclear": 1}
    letter.refresh_from_db()
    assert (letter.next_attempt_at, smtp.messages) == (None, [])


def test_what_failed_is_not_released_any_more(case, letter, smtp):
    smtp.refuse = "550 Unknown user"
    assert send() == {"failed": 1}
    quiet(case)
    with pytest.raises(DomainError, match="channel_none"):
        letters.release(letter=letter, by=BY)
    letter.refresh_from_db()
    assert letter.state == "failed"
    channels.choose(party=case.company, channel=Channel.MAIL, by=BY)
    assert letters.release(letter=letter, by=BY).state == "queued"


def test_what_was_written_while_somebody_chose_is_asked_before_it_goes(case, letter, smtp):
    Company.objects.filter(pk=case.company.pk).update(channel=Channel.PHONE)  # committed beside the answer
    assert send() == {"held": 1}
    assert smtp.messages == []


def test_a_letter_to_somebody_else_is_not_theirs_to_stop(world, case, smtp):
    agreed = Agreed(by="Jana", way="phone", on=clock.today(), text="Ja.", version="1")
    given = {"recipient": "Netz", "mail": "hilfe@netz.example", "passed": ["firm"], "agreed": agreed}
    referrals.refer(case=case, member=world.anna, submission=uuid.uuid4(), **given, by=BY)
    quiet(case)
    assert send() == {"sent": 1}


def ask(email):
    asked = enquiries.Enquiry(text="Die Fräse steht.", name="Jana Ölmann", email=email)
    return enquiries.send(submission=uuid.uuid4(), enquiry=asked, by=BY).case


@pytest.mark.parametrize("spelt", ["info@firma.example", "Info@Firma.example"])
def test_an_address_whose_firm_wants_no_mail_gets_none_though_nothing_links_the_case(world, spelt):
    firm = companies.find_or_create(name="Fräserei Ölmann", email="info@firma.example", by=BY)
    asked = ask(spelt)
    assert Letter.objects.get().state == "queued"
    assert channels.choose(party=firm, channel=Channel.NONE, by=BY) == 1
    enquiries.answer(case=asked, member=world.anna, text="Guten Tag", by=BY)
    ask(spelt)
    assert set(Letter.objects.values_list("state", "hold_reason")) == {("held", "channel_none")}


def test_another_address_is_mailed(world):
    firm = companies.find_or_create(name="Fräserei Ölmann", email="info@firma.example", by=BY)
    channels.choose(party=firm, channel=Channel.NONE, by=BY)
    ask("uwe@firma.example")
    assert Letter.objects.get().state == "queued"
