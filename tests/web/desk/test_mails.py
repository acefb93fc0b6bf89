"""Mails at the desk: in the thread, on the first screen, in the post, and files that are only ever saved."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from tests.mailing import came, take, written
from tests.services.clamd import EICAR
from tests.web.desk import staff
from wegweiser.companies.actions import companies
from wegweiser.companies.models import Company
from wegweiser.consortium.models import Role
from wegweiser.crossings import enquiries
from wegweiser.enquiries import reply_addresses
from wegweiser.enquiries.actions import cases, erasures
from wegweiser.enquiries.models import Case, Mail
from wegweiser.files.actions import uploads
from wegweiser.files.models import Upload
from wegweiser.kernel.models import AuditEvent
from wegweiser.outbox import delivery
from wegweiser.outbox.actions import deliveries
from wegweiser.outbox.models import Letter

PDF = b"%PDF-1.7\nPlan"


@pytest.fixture(autouse=True)
def _mailbox(settings):
    settings.MAIL_REPLY = "antwort@centre.example"


@pytest.fixture
def case(world):
    found = contact_point.case(world.lead)
    cases.take(case=found, member=world.anna, by=BY)
    return found


def address(name, **kwargs):
    return reverse(f"desk:{name}", kwargs=kwargs)


def page(client, case):
    return client.get(address("case", uuid=case.uuid)).content.decode()


def with_file(case, name="plan.pdf", data=PDF):
    mail = written("Anbei der Plan.", to=reply_addresses.of(case), subject="Der Plan")
    mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return take(mail).mail


def test_the_thread_shows_what_came_with_its_file_until_it_is_read(anna, case):
    with_file(case)
    shown = page(anna, case)
    assert "Der Plan" in shown
    assert "Anbei der Plan." in shown
    assert "plan.pdf" in shown
    assert "Eine neue E-Mail" in shown
    read = {"do": "read", "seen": case.thread.get().uuid}
    assert anna.post(address("case_mail", uuid=case.uuid), read).status_code == 302
    assert "Eine neue E-Mail" not in page(anna, case)
    assert Mail.objects.get().read_by.startswith("staff:")


def test_who_writes_from_elsewhere_is_told_apart(anna, case):
    came(to=reply_addresses.of(case), From="Chef <chef@firma.example>")
    shown = page(anna, case)
    assert "andere Adresse als im Anliegen" in shown
    assert "Chef" in shown


def test_today_shows_new_answers_to_me_only(anna, client, world, case):
    came("Ja, Montag.", to=reply_addresses.of(case))
    assert "Neue Antworten" in anna.get(address("today")).content.decode()
    client.force_login(staff.login(world.ben))
    assert "Neue Antworten" not in client.get(address("today")).content.decode()


# --- Files ------------------------------------------------------------------------------------------------------


def test_a_file_is_saved_and_never_opened_in_place(anna, case):
    with_file(case, "Plan für\r\nHalle.html.pdf", b"%PDF-1.7<script>alert(1)</script>")
    answer = anna.get(address("upload", uuid=Upload.objects.get().uuid))
    assert answer.content == b"%PDF-1.7<script>alert(1)</script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert "\n" not in answer["Content-Disposition"]
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


def test_who_may_not_read_the_thread_gets_no_file(anna, client, world, case):
    with_file(case)
    place = address("upload", uuid=Upload.objects.get().uuid)
    assert anna.get(place).status_code == 200
    client.force_login(staff.login(world.ben))
    assert client.get(place).status_code == 404
    cases.hand_over(case=case, partner=world.other, note="Bitte.", member=world.anna, by=BY)
    assert client.get(place).status_code == 200


def test_what_is_dangerous_or_infected_is_named_and_not_to_be_had(anna, case, clamd):
    with_file(case, "rechnung.exe", b"MZ")
    with_file(case, "brief.txt", EICAR)
    shown = page(anna, case)
    assert "Dateien dieser Art nehmen wir nicht an" in shown
    assert "enthält einen Virus" in shown
    for row in Upload.objects.all():
        assert anna.get(address("upload", uuid=row.uuid)).status_code == 404


def test_what_the_scanner_refuses_is_downloaded_by_whoever_takes_the_risk_only(anna, case, clamd):
    clamd.most = 5
    with_file(case)
    kept = Upload.objects.get()
    place = address("upload", uuid=kept.uuid)
    assert anna.get(f"{place}?ungeprueft=1").status_code == 404  # still to be scanned
    uploads.scan(by=BY)
    shown = page(anna, case)
    assert "ließ sich nicht auf Viren prüfen" in shown
    assert f'href="{place}?ungeprueft=1"' in shown
    assert anna.get(place).status_code == 404
    assert not AuditEvent.objects.filter(event="upload:unchecked").exists()
    assert anna.get(f"{place}?ungeprueft=1").content == PDF
    assert AuditEvent.objects.get(event="upload:unchecked").actor_kind == "staff"


def answer(client, case, *files):
    sent = {"do": "answer", "answer-text": "Anbei.", "answer-submission": uuid.uuid4(), "answer-attached": files}
    return client.post(address("case", uuid=case.uuid), sent)


def test_an_answer_takes_files_along(anna, case, smtp):
    sent = answer(anna, case, SimpleUploadedFile("Plan für Halle.pdf", PDF), SimpleUploadedFile("zwei.txt", b"Zwei"))
    assert sent.status_code == 302
    assert delivery.send_due() == {"sent": 1}
    (mail,) = smtp.messages
    assert mail["Reply-To"] == reply_addresses.of(case)
    found = [(part.get_filename(), part.get_payload(decode=True)) for part in mail.iter_attachments()]
    assert found == [("Plan für Halle.pdf", PDF), ("zwei.txt", b"Zwei")]
    assert "Plan für Halle.pdf" in page(anna, case)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (SimpleUploadedFile("makro.xlsm", b"PK\x03\x04"), "Dateien dieser Art nehmen wir nicht an"),
        (SimpleUploadedFile("gross.txt", b"x" * 2000), "Eine Datei ist zu groß"),
    ],
)
def test_a_file_that_may_not_go_out_is_said_and_nothing_is_lost(anna, case, settings, file, said):
    settings.UPLOAD_MOST_BYTES = 1000
    file.seek(0)
    refused = answer(anna, case, file)
    assert refused.status_code == 422
    assert said in refused.content.decode()
    assert "Anbei." in refused.content.decode()
    assert not Letter.objects.exists()


def test_an_answer_on_paper_takes_no_file(anna, world, case):
    firm = companies.find_or_create(name="Ölmann GmbH", by=BY)
    Company.objects.update(channel="letter", street="Weg 1", postcode="39104", place="Magdeburg")
    cases.link(case=case, company=firm, by=BY)
    assert 'name="answer-attached"' not in page(anna, case)
    refused = answer(anna, case, SimpleUploadedFile("plan.pdf", PDF))
    assert refused.status_code == 422
    assert "Die Antwort geht als Brief hinaus" in refused.content.decode()


# --- Copies, proposals, what nobody could file ------------------------------------------------------------------------


def copied(world):
    return came("Wie besprochen.", From=world.anna.email, to="jana@firma.example", subject="Unser Gespräch")


def test_a_copy_is_confirmed_with_one_click(anna, world, case):
    mail = copied(world)
    shown = anna.get(address("today")).content.decode()
    assert "Ihre E-Mails zum Ablegen" in shown
    assert case.reference in shown
    done = anna.post(address("mail_copy", uuid=mail.uuid), {"do": "confirm", "case": case.uuid})
    assert done.url == address("today")
    assert "Wie besprochen." in page(anna, case)
    assert Case.objects.count() == 1
    assert "Ihre E-Mails zum Ablegen" not in anna.get(address("today")).content.decode()


def test_a_copy_that_names_nobody_from_outside_is_no_new_case(anna, world):
    mail = came("Zur Ablage.", From=world.anna.email, subject="Notiz")
    shown = anna.get(address("today")).content.decode()
    assert "Die E-Mail nennt niemanden von außen." in shown
    assert 'value="confirm"' not in shown
    answer = anna.post(address("mail_copy", uuid=mail.uuid), {"do": "confirm", "case": ""}, follow=True)
    assert "Ein neues Anliegen kann daraus nicht werden." in answer.content.decode()
    assert not Case.objects.exists()


def test_a_copy_that_names_nobody_is_read_whole_and_put_into_a_case_that_one_looks_for(anna, world, case):
    elsewhere = contact_point.case(world.lead, name="Hans Meier", email="hans@meier.example")
    enquiries.close(case=elsewhere, outcome="helped", by=BY)
    mail = came(f"Zur Ablage.{' Lang.' * 60} Ende.", From=world.anna.email, subject="Notiz")
    place = address("mail_copy", uuid=mail.uuid)
    assert place in anna.get(address("today")).content.decode()
    unnamed = came("Ohne alles.", From=world.anna.email, subject="")
    assert "Ohne Betreff" in anna.get(address("mail_copy", uuid=unnamed.uuid)).content.decode()
    assert "Lang. Ende." in anna.get(place).content.decode()
    shown = anna.get(place, {"q": "meier"}).content.decode()
    assert (str(elsewhere.uuid) in shown, str(case.uuid) in shown) == (True, False)
    assert "Kein Anliegen passt dazu." in anna.get(place, {"q": "niemand"}).content.decode()
    anna.post(place, {"do": "confirm", "case": elsewhere.uuid})
    assert "Zur Ablage." in page(anna, elsewhere)
    elsewhere.refresh_from_db()
    assert elsewhere.state == "closed"
    assert anna.get(place).url == address("today")


def ticked(shown):
    return re.findall(r'name="case" value="([^"]*)"[^>]* checked', shown)


def test_a_search_keeps_what_was_proposed_and_ticks_nothing_but_a_whole_number(anna, world, case):
    other = contact_point.case(world.lead, name="Hans Meier", email="hans@meier.example")
    place = address("mail_copy", uuid=copied(world).uuid)
    assert ticked(anna.get(place).content.decode()) == [str(case.uuid)]
    found = anna.get(place, {"q": "meier"}).content.decode()
    assert found.index(str(other.uuid)) < found.index(str(case.uuid))
    assert (ticked(found), "required" in found) == ([], True)
    assert "formnovalidate" in found  # who throws it away says no place
    assert ticked(anna.get(place, {"q": other.reference}).content.decode()) == [str(other.uuid)]
    nothing = anna.get(place, {"q": "niemand"}).content.decode()
    assert "Kein Anliegen passt dazu." in nothing
    assert (str(case.uuid) in nothing, ticked(nothing), "Noch kein offenes" in nothing) == (True, [], False)


def test_what_no_search_finds_becomes_a_new_case_only_by_a_tick(anna, world):
    place = address("mail_copy", uuid=copied(world).uuid)
    assert "Noch kein offenes Anliegen" in anna.get(place).content.decode()
    nothing = anna.get(place, {"q": "niemand"}).content.decode()
    assert ("Noch kein offenes" in nothing, "neues Anliegen" in nothing, ticked(nothing)) == (False, True, [])


def test_whether_the_outsider_is_the_enquirer_is_asked_where_nothing_tells_it(anna, world, case):
    called = contact_point.case(world.lead, name="Hans Meier", email="", phone="+493915550111", intake="phone")
    place = address("mail_copy", uuid=copied(world).uuid)
    assert 'name="theirs"' not in anna.get(place).content.decode()
    assert 'name="theirs"' in anna.get(place, {"q": "meier"}).content.decode()
    anna.post(place, {"do": "confirm", "case": called.uuid})
    called.refresh_from_db()
    assert (called.email, called.state) == ("", "new")
    again = address("mail_copy", uuid=copied(world).uuid)
    anna.post(again, {"do": "confirm", "case": called.uuid, "theirs": "1"})
    called.refresh_from_db()
    assert (called.email, called.state) == ("jana@firma.example", "answered")


def test_a_copy_in_a_case_that_another_partner_has_changes_nothing_of_it(anna, world, case):
    cases.hand_over(case=case, partner=world.other, note="Bitte.", member=world.anna, by=BY)
    anna.post(address("mail_copy", uuid=copied(world).uuid), {"do": "confirm", "case": case.uuid})
    case.refresh_from_db()
    assert case.thread.filter(kind="mail_copy").exists()
    assert (case.state, case.adviser) == ("new", None)


def test_a_copy_is_not_put_into_a_case_that_was_erased_or_into_nothing(anna, world, case):
    erasures.erase_case(case=case, by=BY)
    mail = came("Zur Ablage.", From=world.anna.email, subject="Notiz")
    place = address("mail_copy", uuid=mail.uuid)
    assert str(case.uuid) not in anna.get(place, {"q": case.reference}).content.decode()
    for wanted in (case.uuid, uuid.uuid4(), "quatsch"):
        anna.post(place, {"do": "confirm", "case": wanted})
    mail.refresh_from_db()
    assert mail.state == "draft"


def test_a_copy_is_rejected_and_its_words_are_gone(anna, world, case):
    mail = copied(world)
    anna.post(address("mail_copy", uuid=mail.uuid), {"do": "reject"})
    mail.refresh_from_db()
    assert (mail.state, mail.text, mail.subject) == ("rejected", "", "")


def test_a_case_that_one_may_not_read_is_not_offered(anna, world, case):
    hidden = contact_point.case(world.other)
    mail = copied(world)
    assert hidden.reference not in anna.get(address("today")).content.decode()
    anna.post(address("mail_copy", uuid=mail.uuid), {"do": "confirm", "case": hidden.uuid})
    assert not hidden.thread.exists()


def test_the_copy_of_a_colleague_is_none_of_mine(client, world, case):
    mail = copied(world)
    client.force_login(staff.login(world.ben))
    assert client.post(address("mail_copy", uuid=mail.uuid), {"do": "confirm"}).status_code == 404


def test_a_mail_that_names_a_case_is_put_there_by_hand(anna, case):
    mail = came(subject=f"Zu {case.reference}")
    second = mail.case
    assert case.reference in page(anna, second)
    moved = anna.post(address("case_mail", uuid=second.uuid), {"do": "move"})
    assert moved.url == address("case", uuid=case.uuid)
    second.refresh_from_db()
    assert (second.state, second.outcome) == ("closed", "duplicate")


def test_a_fresh_mail_of_a_known_enquirer_is_put_into_their_open_case_with_one_click(anna, case):
    mail = came("Und der Scanner?", subject="Noch etwas zu gestern")
    second = mail.case
    assert second != case
    shown = page(anna, second)
    assert "Von derselben Adresse ist noch offen:" in shown
    assert f'value="{case.uuid}"' in shown
    moved = anna.post(address("case_mail", uuid=second.uuid), {"do": "move", "case": case.uuid})
    assert moved.url == address("case", uuid=case.uuid)
    assert "Und der Scanner?" in page(anna, case)
    second.refresh_from_db()
    assert (second.state, second.outcome) == ("closed", "duplicate")
    assert "Von derselben Adresse" not in page(anna, second)


def test_the_open_case_of_a_colleague_is_said_to_be_of_the_same_firm(anna, world):
    firm = companies.find_or_create(name="Ölmann GmbH", email="info@firma.example", by=BY)
    colleagues = contact_point.case(world.lead, email="uwe@firma.example", company=firm)
    second = came("Und der Scanner?", subject="Noch etwas").case
    Case.objects.filter(pk=second.pk).update(partner=world.lead)
    shown = page(anna, second)
    assert "Vom selben Betrieb ist noch offen:" in shown
    assert colleagues.reference in shown


def test_a_mail_is_put_into_no_case_that_is_closed_hidden_or_was_not_offered(anna, world, case):
    enquiries.close(case=case, outcome="helped", by=BY)
    hidden = contact_point.case(world.other)
    strange = contact_point.case(world.lead, email="uwe@andere.example")
    second = came("Und der Scanner?", subject="Noch etwas").case
    shown = page(anna, second)
    for target in (case, hidden, strange):
        assert str(target.uuid) not in shown
        anna.post(address("case_mail", uuid=second.uuid), {"do": "move", "case": target.uuid})
        assert not target.thread.filter(kind="mail_in").exists()
    second.refresh_from_db()
    assert second.state == "new"


def test_what_nobody_could_file_is_listed_and_ticked_off(anna, case):
    take(b"kein Kopf")
    came(auto_submitted="auto-replied", subject="Ich bin weg")
    shown = anna.get(address("mails")).content.decode()
    assert "Aufbau der E-Mail nicht lesbar" in shown
    assert "nachricht.eml" in shown
    assert "Ich bin weg" in shown
    assert "2 E-Mails warten auf einen Blick." in anna.get(address("letters")).content.decode()
    kept = Upload.objects.get()
    assert anna.get(address("upload", uuid=kept.uuid)).content == b"kein Kopf"
    for mail in Mail.objects.all():
        anna.post(address("mail_settle", uuid=mail.uuid))
    assert "Alles, was kam, ist abgelegt." in anna.get(address("mails")).content.decode()


def test_mails_of_no_case_are_for_the_lead_partner_and_the_management(client, world, case):
    take(b"kein Kopf")
    kept = address("upload", uuid=Upload.objects.get().uuid)
    client.force_login(staff.login(world.ben))
    assert (client.get(address("mails")).status_code, client.get(kept).status_code) == (404, 404)
    client.force_login(staff.hire(Role.MANAGEMENT, world.lead))
    assert (client.get(address("mails")).status_code, client.get(kept).status_code) == (200, 200)


def test_the_copy_of_somebody_who_left_is_seen_to_by_others(client, world, case):
    copied(world)
    staff.login(world.anna)
    client.force_login(staff.hire(Role.MANAGEMENT, world.lead))
    assert "Unser Gespräch" not in client.get(address("mails")).content.decode()
    world.anna.memberships.update(valid_to=contact_point.BEGIN)
    assert "Anna hat sie weitergeleitet oder in Kopie geschickt" in client.get(address("mails")).content.decode()
    client.post(address("mail_settle", uuid=Mail.objects.get().uuid))
    assert Mail.objects.get().state == "done"


def test_a_new_case_shows_what_its_mail_quoted(anna, case):
    text = "Siehe unten.\n\nAm 2. März schrieb der Verband:\n> Bitte melden Sie sich beim Zentrum."
    opened = came(text, subject="AW: Rundmail").case
    assert opened.text == "AW: Rundmail\n\nSiehe unten."
    assert "Bitte melden Sie sich beim Zentrum." in page(anna, opened)


def test_a_bounce_is_to_be_seen_at_the_case_and_in_the_post(anna, world, case):
    enquiries.answer(case=case, member=world.anna, text="Gern.", by=BY)
    Letter.objects.update(state="sent", sent_at=case.recorded_at)
    deliveries.mark_bounced(letter=Letter.objects.get(), reason="550 User unknown", by=BY)
    assert "Die E-Mail ist nicht angekommen." in page(anna, case)
    assert "Kam zurück: 550 User unknown" in anna.get(address("letters")).content.decode()


def test_the_enquirer_sees_that_their_mail_arrived(client, world):
    sent = enquiries.send(
        submission=uuid.uuid4(),
        enquiry=enquiries.Enquiry(text="Die Fräse steht.", name="Jana", email="jana@firma.example"),
        by=BY,
    )
    came("Ja, Montag.", to=reply_addresses.of(sent.case))
    shown = client.get(reverse("public:enquiry_status", kwargs={"token": sent.status_secret})).content.decode()
    assert "E-Mail von Ihnen ist da" in shown
    assert "Ja, Montag." not in shown
