"""The page behind the link of an enquiry: writing into its thread, and the files that we sent."""

import datetime as dt
import uuid

import pytest
from django.db import transaction
from django.test import Client

from tests.contact_point import BY
from tests.web.desk import staff
from tests.web.public.test_enquiries import filled
from wegweiser.accounts.actions import tokens
from wegweiser.enquiries import queries
from wegweiser.enquiries.actions import cases, referrals
from wegweiser.enquiries.actions.referrals import Agreed
from wegweiser.enquiries.models import Case, Contribution
from wegweiser.files import uploading
from wegweiser.files.actions import uploads
from wegweiser.kernel import clock
from wegweiser.web.public import limits


@pytest.fixture
def address(client, world):
    return client.post("/anliegen/senden/", filled())["Location"].replace("gesendet", "stand")


@pytest.fixture
def case(address):
    return Case.objects.get()


@pytest.fixture
def answered(case, world, settings, tmp_path):
    """Ben answered, with a file."""
    settings.HOME = tmp_path
    cases.take(case=case, member=world.ben, by=BY)
    contribution, _ = cases.answer(case=case, member=world.ben, text="Wie viele sind Sie?", by=BY)
    prepared = uploading.prepare(name="liste.txt", declared_type="text/plain", data=b"eins, zwei")
    with transaction.atomic():
        return uploads.attach(owner=contribution, prepared=[prepared], by=BY)[0]


def written() -> list[str]:
    return list(Contribution.objects.filter(kind="message").values_list("text", flat=True))


def test_a_reply_waits_for_whoever_has_the_case_and_is_written_once(client, address, case, answered, world):
    case.refresh_from_db()
    assert case.state == "answered"
    sent = {"act": "message", "text": "Wir sind sieben.", "submission": str(uuid.uuid4())}
    html = client.post(address, sent, follow=True).content.decode()
    client.post(address, sent)
    assert "Ihre Nachricht ist da. Wir antworten Ihnen." in html
    assert html.index("Wie viele sind Sie?") < html.index("Wir sind sieben.")
    assert "Nachricht von Ihnen" in html
    assert written() == ["Wir sind sieben."]
    case.refresh_from_db()
    assert case.state == "taken"
    follow_up = case.follow_ups.get(done_at=None)
    assert (follow_up.member, follow_up.note) == (world.ben, "Neue Nachricht von Petra Müller. Bitte antworten.")
    client.force_login(staff.login(world.ben))
    desk = client.get(f"/desk/anliegen/{case.uuid}/").content.decode()
    assert "Wir sind sieben." in desk
    assert "Nachricht über den Link zum Anliegen" in desk
    assert "Nachricht aus „Mein Betrieb“" not in desk


def timeline(client, address) -> str:
    return client.get(address).text.partition('id="verlauf"')[2].partition("</ol>")[0]


def passed_on(world, case):
    given = {"by": "Petra Müller", "way": "phone", "on": clock.today(), "text": "Ja.", "version": "1"}
    start = {"network": None, "recipient": "Netz Nord", "mail": "hilfe@netz.example", "passed": ["name", "phone"]}
    start |= {"message": "Bitte anrufen.", "agreed": Agreed(**given), "submission": uuid.uuid4()}
    return referrals.record(case=case, member=world.ben, **start, by=BY)[0]


def test_whose_enquiry_was_passed_on_reads_to_whom_and_what(client, address, case, world):
    row = passed_on(world, case)
    shown = timeline(client, address)
    assert "Weitervermittelt an Netz Nord" in shown
    assert "Weitergegeben: Name, Telefon" in shown
    assert "Bitte anrufen." not in shown
    referrals.withdraw(referral=row, by=BY)
    shown = timeline(client, address)
    assert "Weitergegeben" not in shown
    assert "Die Einwilligung ist seit" in shown


def test_a_visit_is_called_one_and_stands_before_what_was_written_after_it(client, address, case, world):
    cases.log(case=case, member=world.ben, kind="visit", day=clock.today(), minutes=90, by=BY)
    with clock.stopped_at(clock.now() + dt.timedelta(hours=1)):
        cases.answer(case=case, member=world.ben, text="Das war es.", by=BY)
        shown = timeline(client, address)
    assert "Gespräch" not in shown
    assert shown.index("Vor-Ort-Termin") < shown.index("Antwort per E-Mail")


def test_looking_writes_nothing_and_a_forged_form_neither(client, address):
    assert client.get(f"{address}?act=message&text=Hallo").status_code == 200
    forger = Client(enforce_csrf_checks=True)
    assert forger.post(address, {"act": "message", "text": "Hallo"}).status_code == 403
    assert written() == []


def test_an_empty_or_too_long_message_is_refused_beside_its_field(client, address):
    for text, sentence in (
        ("  ", "Bitte schreiben Sie, worum es geht, oder"),
        ("x" * 10_001, "höchstens 10.000 Zeichen"),
    ):
        response = client.post(address, {"act": "message", "text": text})
        assert response.status_code == 422
        assert sentence in response.content.decode()
    assert written() == []


def test_too_many_messages_are_slowed_down_and_nothing_typed_is_lost(client, address, monkeypatch):
    monkeypatch.setattr(limits, "SEND", (1, 600))
    client.post(address, {"act": "message", "text": "Erste"})
    html = client.post(address, {"act": "message", "text": "Zweite"}).content.decode()
    assert "sehr viele Anfragen" in html
    assert "Zweite" in html
    assert written() == ["Erste"]


def test_a_revoked_link_takes_no_message_and_gives_no_file(client, address, case, answered):
    file = f"{address}{answered.uuid}/"
    tokens.revoke(purpose=queries.STATUS_LINK, subject=case.uuid, by=BY)
    assert client.post(address, {"act": "message", "text": "Hallo"}).status_code == 404
    assert client.get(file).status_code == 404
    assert written() == []


def test_the_files_of_an_answer_are_downloads_of_the_same_link(client, address, answered):
    file = f"{address}{answered.uuid}/"
    assert f'href="{file}"' in client.get(address).content.decode()
    response = client.get(file)
    assert response.content == b"eins, zwei"
    assert response["Content-Disposition"] == 'attachment; filename="liste.txt"'


def test_another_case_s_link_gives_no_file(client, address, answered):
    other = client.post("/anliegen/senden/", filled(text="Etwas anderes"))["Location"].replace("gesendet", "stand")
    assert "liste.txt" not in client.get(other).content.decode()
    assert client.get(f"{other}{answered.uuid}/").status_code == 404


def test_what_a_colleague_wrote_in_the_workspace_stays_there(client, address, case):
    Contribution.objects.create(case=case, kind="message", by=f"person:{uuid.uuid4()}", text="Nur unter uns")
    assert "Nur unter uns" not in client.get(address).content.decode()
