"""What comes from the centre's own address: a person wrote it, unless it is a letter of ours that came back."""

import pytest

from tests import contact_point
from tests.contact_point import BY
from tests.mailing import came, take, written
from wegweiser.crossings import enquiries, mails
from wegweiser.enquiries import loose_mails, reply_addresses
from wegweiser.files.models import Upload
from wegweiser.outbox.models import Letter


@pytest.fixture(autouse=True)
def _mailbox(settings):
    settings.MAIL_REPLY = "antwort@centre.example"
    settings.DEFAULT_FROM_EMAIL = "Zentrum <info@centre.example>"


@pytest.fixture
def case(world):
    return contact_point.case(world.lead)


OFFICE = "Zentrum <info@centre.example>"


def test_what_the_office_writes_is_offered_for_filing_with_its_files(world, case):
    mail = written("Anbei der Plan.", From=OFFICE, to="jana@firma.example", cc=reply_addresses.of(case))
    mail.add_attachment(b"%PDF-1.7\nPlan", maintype="application", subtype="pdf", filename="plan.pdf")
    row = take(mail).mail
    assert (row.state, row.member, row.direction, row.other_mail) == ("draft", None, "out", "jana@firma.example")
    assert (row.proposed, Upload.objects.get().owner_uuid) == (case, row.uuid)
    assert list(loose_mails.waiting()) == [row]
    mails.confirm(mail=row, case=case, member=world.anna, by=BY)
    case.refresh_from_db()
    assert (case.state, case.adviser, case.thread.get().member) == ("answered", world.anna, world.anna)


def test_a_letter_of_ours_is_known_by_its_name(world, case):
    enquiries.answer(case=case, member=world.anna, text="Passt Montag?", by=BY)
    assert came(From=OFFICE, message_id=Letter.objects.get().message_id).reason == "loop"


def test_an_absence_notice_of_the_own_mailbox_is_none_to_file(world):
    assert came(From=OFFICE, auto_submitted="auto-replied").reason == "auto_reply"
