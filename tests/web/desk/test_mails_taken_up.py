"""What was set aside and is an enquiry after all goes on from the list, with its words and files."""

import datetime as dt

import pytest
from django.urls import reverse

from tests import contact_point
from tests.mailing import came, take, written
from tests.web.desk import staff
from wegweiser.enquiries import correspondence, reply_addresses
from wegweiser.enquiries.models import Case, Mail
from wegweiser.files.models import Upload
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter


@pytest.fixture(autouse=True)
def _mailbox(settings):
    settings.MAIL_REPLY = "antwort@centre.example"


def address(name, **kwargs):
    return reverse(f"desk:{name}", kwargs=kwargs or None)


@pytest.fixture
def aside(world):
    """What a firm's ticket system sent."""
    sent = written("Unsere Fräse steht, Bilder anbei.", From="Krause <support@krause.example>", precedence="bulk")
    sent.replace_header("Subject", "Fräse steht")
    sent.add_attachment(b"%PDF-1.7\nPlan", maintype="application", subtype="pdf", filename="plan.pdf")
    mail = take(sent).mail
    assert (mail.state, mail.reason) == ("aside", "list")
    return mail


def file_it(client, mail, case=""):
    return client.post(address("mail_copy", uuid=mail.uuid), {"do": "confirm", "case": case})


def test_an_enquiry_is_made_of_it(anna, aside):
    assert address("mail_copy", uuid=aside.uuid) in anna.get(address("mails")).content.decode()
    shown = anna.get(address("mail_copy", uuid=aside.uuid)).content.decode()
    assert "plan.pdf" in shown
    assert "Eine Bestätigung geht nicht hinaus." in shown
    done = file_it(anna, aside)
    case = Case.objects.get()
    assert done.url == address("case", uuid=case.uuid)
    assert (case.text, case.email, case.name) == (
        "Fräse steht\n\nUnsere Fräse steht, Bilder anbei.",
        "support@krause.example",
        "Krause",
    )
    aside.refresh_from_db()
    assert (aside.state, aside.case, aside.automatic) == ("opened", case, False)
    assert not Letter.objects.exists()
    assert "plan.pdf" in anna.get(done.url).content.decode()
    assert came("Und der Scanner?", to=reply_addresses.of(case)).case == case


def test_or_it_is_put_into_one(anna, world, aside):
    case = contact_point.case(world.lead, email="support@krause.example")
    assert case.reference in anna.get(address("mail_copy", uuid=aside.uuid)).content.decode()
    assert file_it(anna, aside, case.uuid).url == address("case", uuid=case.uuid)
    assert case.thread.get().text == "Unsere Fräse steht, Bilder anbei."
    assert Upload.objects.get().owner_uuid == aside.uuid
    assert [mail.case for mail in correspondence.unread(member=world.anna, day=contact_point.MONDAY.date())] == [case]


def test_once_is_enough(anna, aside):
    file_it(anna, aside)
    assert file_it(anna, aside).status_code == 404
    assert Case.objects.count() == 1


def test_without_an_address_none_is_made(anna, world):
    mail = came("Hallo.", From="Jana")
    assert mail.reason == "no_sender"
    file_it(anna, mail)
    assert not Case.objects.exists()
    assert Mail.objects.get().state == "aside"


def test_only_who_sees_to_loose_mails_does(client, world, aside):
    client.force_login(staff.login(contact_point.member("Cleo", world.other)))
    assert file_it(client, aside).status_code == 404


def settle(client, mail, **said):
    return client.post(address("mail_settle", uuid=mail.uuid), said, follow=True).content.decode()


def test_what_was_ticked_off_by_mistake_is_read_and_waits_again(anna, aside):
    Mail.objects.update(automatic=False)
    kept = address("upload", uuid=Upload.objects.get().uuid)
    shown = settle(anna, aside)
    assert "Zuletzt erledigt" in shown
    assert "Wieder vorlegen" in shown
    assert anna.get(kept).status_code == 200
    assert "Liegt wieder vor." in settle(anna, aside, do="again")
    aside.refresh_from_db()
    assert (aside.state, aside.reason) == ("aside", "list")
    assert "Zuletzt erledigt" not in anna.get(address("mails")).content.decode()


def test_it_waits_as_what_it_was(anna, world):
    unreadable = take(b"kein Kopf").mail
    settle(anna, unreadable)
    settle(anna, unreadable, do="again")
    unreadable.refresh_from_db()
    assert unreadable.state == "unreadable"


def test_after_two_weeks_it_is_over(anna, aside):
    Mail.objects.update(automatic=False)
    settle(anna, aside)
    kept = address("upload", uuid=Upload.objects.get().uuid)
    with clock.stopped_at(contact_point.MONDAY + dt.timedelta(days=15)):
        assert anna.get(kept).status_code == 404
        assert "Zuletzt erledigt" not in anna.get(address("mails")).content.decode()
