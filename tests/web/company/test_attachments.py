"""Files that somebody of the firm sends along with a message: checked, in the thread on both sides, download only."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import contact_point
from tests.services.clamd import EICAR
from tests.web.desk import staff
from wegweiser.crossings import entrances
from wegweiser.enquiries.models import Contribution
from wegweiser.files.models import Upload
from wegweiser.files.queries import uploads_of

HOME = "/mein-betrieb/"


@pytest.fixture
def case(firm, jana, world):
    return contact_point.case(
        world.lead, text="Die Fräse steht zu oft.", name="Jana", company=firm, person=jana, topic=world.topic
    )


@pytest.fixture
def inside(access, log_in, settings, tmp_path):
    settings.HOME = tmp_path
    return log_in(access)


def file(name="maschinen.txt", data=b"eins, zwei"):
    return SimpleUploadedFile(name, data, content_type="text/plain")


def send(client, case, *files, text="Anbei die Liste.", **said):
    sent = {"text": text, "attached": list(files), **said}
    return client.post(f"{HOME}anliegen/{case.uuid}/", sent)


def thread(client, case):
    return client.get(f"{HOME}anliegen/{case.uuid}/").content.decode()


def errors(response):
    assert response.status_code == 422
    return response.context["form"].errors


def test_the_form_says_what_can_be_sent_without_a_script(inside, case):
    shown = thread(inside, case)
    assert 'enctype="multipart/form-data"' in shown
    assert "Höchstens 20 Dateien, jede bis 15,0\xa0MB." in shown


def test_what_is_sent_stands_in_the_thread_of_the_workspace_and_of_the_desk(inside, case, client, world):
    assert send(inside, case, file(), file("plan.txt", b"drei")).status_code == 302
    message = Contribution.objects.get(kind="message")
    rows = uploads_of([message.uuid])[message.uuid]
    assert [row.name for row in rows] == ["maschinen.txt", "plan.txt"]
    shown = thread(inside, case)
    for row in rows:
        assert reverse("company:file", kwargs={"uuid": row.uuid}) in shown
    loaded = inside.get(reverse("company:file", kwargs={"uuid": rows[0].uuid}))
    assert (loaded.content, loaded["Content-Disposition"]) == (b"eins, zwei", 'attachment; filename="maschinen.txt"')
    client.force_login(staff.login(world.anna))
    at_the_desk = reverse("desk:upload", kwargs={"uuid": rows[0].uuid})
    assert at_the_desk in client.get(f"/desk/anliegen/{case.uuid}/").content.decode()
    assert client.get(at_the_desk).content == b"eins, zwei"


def test_a_form_sent_twice_attaches_once(inside, case):
    same = str(uuid.uuid4())
    for _ in range(2):
        send(inside, case, file(), submission=same)
    assert Upload.objects.count() == 1


def test_files_may_come_without_words_and_the_same_again_is_told(inside, case):
    assert send(inside, case, file(), text="").status_code == 302
    assert case.follow_ups.get().note == "Neue Dateien von Jana Ölmann. Bitte ansehen."
    again = inside.post(f"{HOME}anliegen/{case.uuid}/", {"text": "Und?", "attached": [file("liste.txt")]}, follow=True)
    assert "Schon da war: liste.txt." in again.content.decode()
    assert Upload.objects.count() == 1


def test_another_firm_does_not_get_the_file(inside, case, other, log_in):
    send(inside, case, file())
    stranger = log_in(entrances.open_for(company=other.firm, person=other.person, right="persons", by=contact_point.BY))
    assert stranger.get(reverse("company:file", kwargs={"uuid": Upload.objects.get().uuid})).status_code == 404


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("rechnung.exe", b"MZ\x90\x00", "Dateien dieser Art nehmen wir nicht an"),
        ("virus.txt", EICAR, "enthält einen Virus"),
    ],
)
def test_what_is_dangerous_is_refused_beside_its_field_and_nothing_is_written(inside, case, clamd, name, data, said):
    refused = errors(send(inside, case, file(), file(name, data)))
    assert said in refused["attached"][0]
    assert not Contribution.objects.filter(kind="message").exists()
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("limit", "bytes_each", "number", "said"),
    [
        ("UPLOAD_MOST_BYTES", 11, 1, "zu groß"),
        ("MAIL_MOST_BYTES", 6, 2, "Alle Dateien zusammen"),
        ("UPLOAD_MOST_BYTES", 1, 21, "Höchstens 20 Dateien"),
    ],
)
def test_too_much_is_refused(inside, case, settings, limit, bytes_each, number, said):
    setattr(settings, limit, 10)
    refused = errors(send(inside, case, *[file(f"{n}.txt", b"x" * bytes_each) for n in range(number)]))
    assert said in refused["attached"][0]
    assert not Upload.objects.exists()


def test_after_a_mistake_the_files_are_asked_for_again(inside, case):
    refused = errors(send(inside, case, file(), text="x" * 10_001))
    assert refused["attached"] == ["Bitte wählen Sie die Dateien noch einmal aus."]
    assert not Upload.objects.exists()


def test_until_it_is_scanned_the_sender_sees_its_name_and_nobody_loads_it(inside, case, settings):
    settings.CLAMD = "127.0.0.1:1"  # nobody answers
    send(inside, case, file())
    row = Upload.objects.get()
    shown = thread(inside, case)
    assert "maschinen.txt" in shown
    assert "wird gerade auf Viren geprüft" in shown
    assert reverse("company:file", kwargs={"uuid": row.uuid}) not in shown
    assert inside.get(reverse("company:file", kwargs={"uuid": row.uuid})).status_code == 404
