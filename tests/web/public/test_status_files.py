"""Files that somebody adds behind the link of an enquiry: checked as those of a mail, and loaded by the desk alone."""

import io
import uuid
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from tests.services.clamd import EICAR
from tests.web.desk import staff
from tests.web.public.test_enquiries import filled
from wegweiser.crossings import company_cases, personal_data
from wegweiser.enquiries.actions import cases
from wegweiser.enquiries.actions.erasures import erase_case
from wegweiser.enquiries.models import Case, Contribution
from wegweiser.files import storage, uploading
from wegweiser.files.actions import uploads
from wegweiser.files.models import Upload
from wegweiser.kernel import clock
from wegweiser.web.public import limits

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00 a machine"
PDF = b"%PDF-1.7 a plan"


@pytest.fixture
def address(client, world, settings, tmp_path):
    settings.HOME = tmp_path
    return client.post("/anliegen/senden/", filled())["Location"].replace("gesendet", "stand")


@pytest.fixture
def case(address):
    return Case.objects.get()


def photo(name="maschine.jpg", data=JPEG):
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


def send(client, address, *files, text="Das ist sie.", **said):
    return client.post(address, {"act": "message", "text": text, "attached": list(files), **said})


def errors(response):
    assert response.status_code == 422
    return response.context["form"].errors


def names() -> list[str]:
    return list(Upload.objects.order_by("id").values_list("name", flat=True))


def test_the_form_says_what_can_be_sent_without_a_script(client, address):
    shown = client.get(address).text
    assert 'enctype="multipart/form-data"' in shown
    assert "Höchstens 20 Dateien, jede bis 15,0\xa0MB." in shown


def test_a_photo_stands_in_the_thread_and_whoever_has_the_case_is_told(client, address, case, world):
    cases.take(case=case, member=world.ben, by=BY)
    cases.answer(case=case, member=world.ben, text="Schicken Sie uns ein Bild?", by=BY)
    assert send(client, address, photo(), photo("plan.pdf", PDF)).status_code == 302
    case.refresh_from_db()
    assert case.state == "taken", "it waits for us as after a mail"
    promise = case.follow_ups.get(done_at=None)
    assert (promise.member, promise.due_on) == (world.ben, clock.today())
    client.force_login(staff.login(world.ben))
    upload = Upload.objects.get(name="maschine.jpg")
    at_the_desk = reverse("desk:upload", kwargs={"uuid": upload.uuid})
    assert at_the_desk in client.get(f"/desk/anliegen/{case.uuid}/").text
    loaded = client.get(at_the_desk)
    assert loaded.content == JPEG
    assert (loaded["Content-Type"], loaded["Content-Disposition"]) == (
        "application/octet-stream",
        'attachment; filename="maschine.jpg"',
    )


def test_whoever_holds_the_link_sees_what_was_sent_and_loads_nothing_of_it(client, address):
    send(client, address, photo())
    shown = client.get(address).text
    upload = Upload.objects.get()
    assert "maschine.jpg" in shown
    assert f"{address}{upload.uuid}/" not in shown
    assert client.get(f"{address}{upload.uuid}/").status_code == 404


def test_files_come_without_words_and_say_so(client, address, case):
    send(client, address, photo(), text="  ")
    shown = client.get(address).text
    assert "Dateien von Ihnen" in shown
    assert "Ihre Dateien vom" in shown
    assert case.follow_ups.get(done_at=None, due_on=clock.today()).note == (
        "Neue Dateien von Petra Müller. Bitte ansehen."
    )


def test_nothing_at_all_is_refused_beside_the_text(client, address):
    refused = errors(send(client, address, text=" "))
    assert refused["text"] == ["Bitte schreiben Sie, worum es geht, oder hängen Sie eine Datei an."]


def test_a_form_sent_twice_attaches_once(client, address):
    same = str(uuid.uuid4())
    for _ in range(2):
        assert send(client, address, photo(), submission=same).status_code == 302
    assert names() == ["maschine.jpg"]


def test_the_same_photo_again_is_told_and_stands_there_once(client, address):
    send(client, address, photo(), photo("kopie.jpg"))
    page = client.post(
        address, {"act": "message", "text": "Noch einmal", "attached": [photo("noch-eine.jpg")]}, follow=True
    )
    assert "Schon da war: noch-eine.jpg." in page.text
    assert names() == ["maschine.jpg"]
    assert "Das haben wir schon von Ihnen." in errors(send(client, address, photo(), text=""))["attached"][0]
    assert Contribution.objects.filter(kind="message").count() == 2


def test_the_same_photo_in_another_case_is_another_file(client, address):
    send(client, address, photo())
    other = client.post("/anliegen/senden/", filled(text="Etwas anderes"))["Location"].replace("gesendet", "stand")
    send(client, other, photo())
    assert names() == ["maschine.jpg", "maschine.jpg"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("rechnung.exe", b"MZ\x90\x00", "Dateien dieser Art nehmen wir nicht an"),
        ("bild.jpg", b"<svg onload=alert(1)>", "Dateien dieser Art nehmen wir nicht an"),
        ("virus.txt", EICAR, "enthält einen Virus"),
    ],
)
def test_what_is_dangerous_is_refused_and_nothing_is_written(client, address, clamd, name, data, said):
    refused = errors(send(client, address, photo(), photo(name, data)))
    assert said in refused["attached"][0]
    assert not Contribution.objects.exists()
    assert not Upload.objects.exists()


def test_until_it_is_scanned_nobody_loads_it(client, address, case, world, settings):
    settings.CLAMD = "127.0.0.1:1"  # nobody answers
    send(client, address, photo())
    assert "wird gerade auf Viren geprüft" in client.get(address).text
    client.force_login(staff.login(world.anna))
    assert client.get(reverse("desk:upload", kwargs={"uuid": Upload.objects.get().uuid})).status_code == 404


@pytest.mark.parametrize(
    ("limit", "bytes_each", "number", "said"),
    [
        ("UPLOAD_MOST_BYTES", 11, 1, "zu groß"),
        ("MAIL_MOST_BYTES", 6, 2, "Alle Dateien zusammen"),
        ("UPLOAD_MOST_BYTES", 1, 21, "Höchstens 20 Dateien"),
    ],
)
def test_too_much_at_once_is_refused(client, address, settings, limit, bytes_each, number, said):
    setattr(settings, limit, 10)
    refused = errors(send(client, address, *[photo(f"{n}.jpg", b"x" * bytes_each) for n in range(number)]))
    assert said in refused["attached"][0]
    assert not Upload.objects.exists()


@pytest.mark.parametrize(("files", "mails"), [(2, 3), (60, 0.000001)])
def test_a_link_takes_no_more_than_its_share_and_stores_nothing_beyond(
    client, address, monkeypatch, settings, files, mails
):
    for number in range(2):
        send(client, address, photo(f"{number}.jpg", JPEG + bytes([number])))
    monkeypatch.setattr(company_cases, "MOST_BY_LINK", files)
    monkeypatch.setattr(company_cases, "MAILS_BY_LINK", mails)
    stored = len(list(storage.stored()))
    refused = errors(send(client, address, photo("3.jpg", JPEG + b"3"), text="Und noch eins"))
    assert "so viele Dateien bekommen, wie hineinpassen" in refused["attached"][0]
    assert (names(), len(list(storage.stored()))) == (["0.jpg", "1.jpg"], stored)
    assert send(client, address, text="Dann eben ohne.").status_code == 302


def test_files_are_slowed_down_before_they_are_stored_and_words_are_not(client, address, monkeypatch):
    monkeypatch.setattr(limits, "FILES", (1, 3600))
    with clock.stopped_at(contact_point.MONDAY):
        send(client, address, photo())
        stored = len(list(storage.stored()))
        refused = send(client, address, photo("zwei.jpg", JPEG + b"2"), text="Noch ein Bild")
        assert "sehr viele Anfragen" in refused.text
        assert "Noch ein Bild" in refused.text
        assert errors(refused)["attached"] == ["Bitte wählen Sie die Dateien noch einmal aus."]
        assert send(client, address, text="Ohne Bild").status_code == 302
    assert (names(), len(list(storage.stored()))) == (["maschine.jpg"], stored)


def test_an_unknown_link_takes_no_file(client, address):
    assert send(client, "/anliegen/stand/erfunden/", photo()).status_code == 404
    assert not Upload.objects.exists()


def test_what_is_not_the_message_takes_no_file(client, address):
    client.post(address, {"act": "keep", "attached": [photo()]})
    assert not Upload.objects.exists()


def test_the_files_end_with_their_case(client, address, case, django_capture_on_commit_callbacks):
    send(client, address, photo())
    digest = Upload.objects.get().digest
    assert storage.read(digest) == JPEG
    with django_capture_on_commit_callbacks(execute=True):
        erase_case(case=case, by=BY)
    assert not Upload.objects.exists()
    assert storage.read(digest) is None


def test_what_the_link_holds_is_counted_without_what_the_firm_sent(case, address, settings):
    row = Contribution.objects.create(case=case, kind="message", by=f"person:{uuid.uuid4()}", text="x")

    uploads.attach(owner=row, prepared=[uploading.prepare(name="a.jpg", declared_type="", data=JPEG)], by=BY)
    company_cases.ensure_room(case=case, sizes=[1] * company_cases.MOST_BY_LINK)


def test_whoever_asks_for_a_copy_of_their_data_gets_the_photo_too(client, world, settings, tmp_path):
    settings.HOME = tmp_path
    sent = client.post("/anliegen/senden/", filled(email="petra@mueller.example"))
    send(client, sent["Location"].replace("gesendet", "stand"), photo())
    packed = personal_data.packed(personal_data.document(world.centre, "petra@mueller.example"))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        found = [archive.read(name) for name in archive.namelist() if name.startswith("dateien/")]
    assert found == [JPEG]
