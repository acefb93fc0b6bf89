"""A copy whose sender cannot or does not file it is seen to by others."""

import datetime as dt

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import MONDAY
from tests.mailing import came
from tests.web.desk import staff
from wegweiser.consortium.models import Member, Role
from wegweiser.enquiries import loose_mails
from wegweiser.enquiries.models import Case, Mail
from wegweiser.kernel import clock


@pytest.fixture(autouse=True)
def _mailbox(settings):
    settings.MAIL_REPLY = "antwort@centre.example"


def address(name, **kwargs):
    return reverse(f"desk:{name}", kwargs=kwargs or None)


FORWARDED = (
    "Bitte übernehmen.\n\n-----Ursprüngliche Nachricht-----\nVon: Jana Ölmann <jana@firma.example>\nGesendet: Montag\n"
    "An: Presse\nBetreff: Fräse\n\nUnsere Fräse steht still, bitte helfen!"
)


def forwarded(sender):
    return came(FORWARDED, From=sender.email, subject="WG: Fräse")


def test_what_an_editor_forwards_is_filed_by_who_sees_to_loose_mails(anna, world):
    editor = Member.objects.get(user=staff.hire(Role.EDITOR, world.lead))
    mail = forwarded(editor)
    assert list(loose_mails.waiting()) == [mail]
    shown = anna.get(address("mails")).content.decode()
    assert f"{editor.name} hat sie weitergeleitet" in shown
    assert address("mail_copy", uuid=mail.uuid) in shown
    read = anna.get(address("mail_copy", uuid=mail.uuid)).content.decode()
    assert "Unsere Fräse steht still" in read
    assert "Verwerfen" not in read
    done = anna.post(address("mail_copy", uuid=mail.uuid), {"do": "confirm", "case": ""})
    assert done.url == address("mails")
    case = Case.objects.get()
    assert (case.email, case.adviser) == ("jana@firma.example", world.anna)
    assert case.thread.get(kind="mail_copy").member == editor
    assert list(loose_mails.waiting()) == []


def test_nobody_forgets_the_copy_of_a_colleague(anna, world):
    mail = forwarded(Member.objects.get(user=staff.hire(Role.EDITOR, world.lead)))
    anna.post(address("mail_copy", uuid=mail.uuid), {"do": "reject"})
    assert Mail.objects.get().state == "draft"


def test_the_copy_of_whoever_can_file_it_waits_for_them_two_working_days(anna, world):
    staff.login(world.ben)
    mail = forwarded(world.ben)
    assert anna.get(address("mail_copy", uuid=mail.uuid)).status_code == 404
    for days, others_may in ((2, False), (3, True)):
        with clock.stopped_at(MONDAY + dt.timedelta(days=days)):
            assert loose_mails.waiting().exists() == others_may


def test_who_has_no_login_files_nothing(world):
    mail = forwarded(world.ben)
    assert list(loose_mails.waiting()) == [mail]


def test_elsewhere_than_at_the_lead_nobody_does(client, world):
    mail = forwarded(world.anna)
    client.force_login(staff.login(contact_point.member("Cleo", world.other)))
    assert client.get(address("mail_copy", uuid=mail.uuid)).status_code == 404
