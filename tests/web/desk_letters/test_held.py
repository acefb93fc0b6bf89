"""A held letter goes on where its reader takes another way by now: by mail after all, or on paper."""

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.mailing import came
from wegweiser.companies.actions import companies
from wegweiser.crossings import channels, enquiries, undelivered
from wegweiser.enquiries import queries
from wegweiser.enquiries.actions import cases, follow_ups, mails
from wegweiser.outbox.models import Letter

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture
def firm(world):
    return companies.find_or_create(
        name="Ölmann GmbH", street="Weg 1", postcode="06108", place="Halle", email="info@firma.example", by=BY
    )


def choose(firm, channel):
    firm.refresh_from_db()
    channels.choose(party=firm, channel=channel, by=BY)


@pytest.fixture
def held(world, firm):
    """An answer that waited for the mail server when the firm said that it wants letters."""
    case = contact_point.case(world.lead, company=firm, email="info@firma.example")
    enquiries.answer(case=case, member=world.anna, text="Passt Montag?", by=BY)
    choose(firm, "none")
    undelivered.ask_for_calls(by=BY)
    letter = Letter.objects.get()
    assert (letter.state, letter.hold_reason) == ("held", "channel_none")
    return letter


def page(client):
    return client.get(reverse("desk:letters")).content.decode()


def send(client, letter):
    url = reverse("desk:letter_release", kwargs={"uuid": letter.uuid})
    return client.post(url, follow=True).content.decode()


def test_who_takes_letters_gets_it_on_paper_and_nobody_has_to_call(as_member, world, firm, held):
    client = as_member(world.anna)
    assert "Jetzt als Brief" not in page(client)
    choose(firm, "letter")
    assert "Jetzt als Brief" in page(client)
    assert "Der Brief steht jetzt unter „Zu drucken“." in send(client, held)
    held.refresh_from_db()
    assert (held.channel, held.state, held.hold_reason) == ("letter", "queued", "")
    assert "Schreiben Sie uns an anna@centre.example" in held.text
    assert "Passt Montag?" in held.text
    assert "Antworten Sie einfach auf diese Nachricht" not in held.text + held.html
    assert held.subject.startswith("Antwort auf Ihr Anliegen")
    assert held.recipient_address == ["Ölmann GmbH", "Jana Ölmann", "Weg 1", "06108 Halle"]
    assert not queries.open_promises(undelivered.correspondence.case_behind(held)).exists()


def test_whoever_prints_it_reads_what_to_enclose(as_member, world, firm, held):
    Letter.objects.update(attachments=[{"name": "plan.pdf", "type": "application/pdf", "digest": "0" * 64}])
    choose(firm, "letter")
    client = as_member(world.anna)
    send(client, held)
    assert "Bitte beilegen: plan.pdf" in page(client)


def test_who_takes_mails_again_gets_it_by_mail(as_member, world, firm, held):
    choose(firm, "mail")
    client = as_member(world.anna)
    assert "Jetzt senden" in page(client)
    assert "Die E-Mail geht noch einmal hinaus." in send(client, held)
    held.refresh_from_db()
    assert (held.channel, held.state, held.recipient_mail) == ("mail", "queued", "info@firma.example")


def test_what_the_channel_forbids_stays_held(as_member, world, firm, held):
    client = as_member(world.anna)
    assert "Nicht gesendet. Wünscht keine Nachrichten." in send(client, held)
    choose(firm, "phone")
    assert "Nicht gesendet. Wünscht Kontakt nur per Telefon." in send(client, held)
    type(firm).objects.update(postcode="")
    choose(firm, "letter")
    assert "Jetzt als Brief" not in page(client)
    assert "Nicht gesendet. Möchte einen Brief, aber die Anschrift fehlt." in send(client, held)
    held.refresh_from_db()
    assert held.state == "held"


def test_an_address_of_somebody_who_wants_no_mail_is_asked_about_once_more(as_member, world, firm, held):
    choose(firm, "mail")
    companies.find_or_create(name="Andere GmbH", email="info@firma.example", by=BY)
    other = type(firm).objects.exclude(pk=firm.pk).get()
    type(firm).objects.filter(pk=other.pk).update(channel="none")
    client = as_member(world.anna)
    assert "Jetzt senden" not in page(client)
    assert "Nicht gesendet. Wünscht keine Nachrichten." in send(client, held)


def test_what_somebody_told_on_the_telephone_does_not_go_out_a_second_time(as_member, world, firm, held):
    follow_ups.done(follow_up=queries.open_follow_up(undelivered.asking(held)), by=BY)
    choose(firm, "mail")
    client = as_member(world.anna)
    assert "Jetzt senden" not in page(client)
    assert "Nicht gesendet. Inzwischen wurde angerufen" in send(client, held)
    held.refresh_from_db()
    assert held.state == "held"


@pytest.mark.parametrize("who", ["they wrote", "a colleague answered"])
def test_what_was_written_before_more_came_or_went_is_no_news(as_member, world, firm, held, who):
    case = undelivered.correspondence.case_behind(held)
    choose(firm, "mail")
    if who == "they wrote":
        mails.file(mail=came("Die Fräse läuft wieder."), case=case, reply_by=MONDAY.date(), by=BY)
    else:
        enquiries.answer(case=case, member=world.anna, text="Passt Dienstag?", by=BY)
    client = as_member(world.anna)
    assert "Jetzt senden" not in page(client)
    assert "Nicht gesendet. Inzwischen wurde angerufen oder mehr geschrieben" in send(client, held)


def test_an_absence_notice_since_then_hinders_nothing(as_member, world, firm, held):
    choose(firm, "mail")
    notice = came("Ich bin nicht da.", subject="Abwesenheitsnotiz")
    mails.file(mail=notice, case=undelivered.correspondence.case_behind(held), reply_by=MONDAY.date(), by=BY)
    assert "Jetzt senden" in page(as_member(world.anna))


def test_a_case_that_is_over_needs_no_letter(as_member, world, firm, held):
    choose(firm, "mail")
    case = undelivered.correspondence.case_behind(held)
    cases.close(case=case, outcome="settled", by=BY)
    send(as_member(world.anna), held)
    held.refresh_from_db()
    assert held.state == "held"
