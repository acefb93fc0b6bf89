"""What came in by mail goes with its case or its writer, words and files; until then the person gets a copy."""

import datetime as dt
import zipfile

import pytest

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.mailing import came, take, written
from wegweiser.crossings import enquiries, mails, personal_data
from wegweiser.enquiries import reply_addresses, unseen
from wegweiser.enquiries.actions import erasures
from wegweiser.enquiries.models import Case, Contribution, Mail
from wegweiser.files import storage, uploading
from wegweiser.files.models import Upload
from wegweiser.kernel import erasure
from wegweiser.outbox.models import Letter

PLAN = b"%PDF-1.7 Plan von Jana"


@pytest.fixture(autouse=True)
def _mailbox(settings, tmp_path):
    settings.MAIL_REPLY, settings.HOME = "antwort@centre.example", tmp_path


@pytest.fixture
def case(world):
    found = contact_point.case(world.lead)
    mail = written("Anbei der Plan von Jana.", to=reply_addresses.of(found), subject="Jana: Plan")
    mail.add_attachment(PLAN, maintype="application", subtype="pdf", filename="Jana.pdf")
    take(mail)
    sent = uploading.prepare(name="Antwort an Jana.txt", declared_type="text/plain", data=b"Liebe Jana")
    seen = unseen.last(found)
    enquiries.answer(case=found, member=world.anna, text="Danke, Jana.", files=[sent], seen=seen, by=BY)
    return found


def left_of(word):
    """Where something of a person still stands."""
    rows = [*Mail.objects.values(), *Contribution.objects.values(), *Upload.objects.values(), *Letter.objects.values()]
    return [row for row in rows if word in str({**row, "digest": ""})]


def test_with_the_case_every_word_and_file_goes(case, django_capture_on_commit_callbacks):
    assert left_of("Jana")
    assert len(list(storage.stored())) == 2
    with django_capture_on_commit_callbacks(execute=True):
        erasures.erase_case(case=case, by=BY)
    assert left_of("Jana") == []
    assert left_of("jana@") == []
    assert list(storage.stored()) == []
    assert Mail.objects.get().state == "filed"


def test_who_wrote_into_the_case_of_somebody_else_is_forgotten_there_only(case):
    came("Ich bin der Chef.", to=reply_addresses.of(case), From="Chef <chef@firma.example>")
    items = erasure.plan_of("chef@firma.example", day=MONDAY.date())
    assert [item.fate.table for item in items] == ["enquiries.Mail"]
    erasure.erase(items=items, by=BY)
    assert left_of("Chef") == []
    assert left_of("Jana")
    assert Case.objects.get().name == "Jana Ölmann"


def test_what_belongs_to_no_case_goes_after_half_a_year(world):
    came("Ich bin Jana und weg.", auto_submitted="auto-replied")
    take(b"kein Kopf")
    soon, late = (MONDAY.date() + dt.timedelta(days=days) for days in (170, 190))
    assert erasure.run(day=soon, by=BY) == []
    erasure.run(day=late, by=BY)
    assert left_of("Jana") == []
    assert erasure.run(day=late, by=BY) == []


def test_a_draft_that_nobody_confirmed_goes_too(world):
    mail = came("Mit Jana besprochen.", From=world.anna.email, to="jana@firma.example")
    erasure.run(day=MONDAY.date() + dt.timedelta(days=190), by=BY)
    mail.refresh_from_db()
    assert (mail.state, mail.text, mail.other_mail) == ("rejected", "", "")


def test_erasing_takes_a_raw_mail_along(world, django_capture_on_commit_callbacks):
    mails.keep(raw=b"From: jana@firma.example\n\nkaputt", reason="not_filed", by=BY)
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(items=erasure.plan_of("jana@firma.example", day=MONDAY.date()), by=BY)
    assert list(storage.stored()) == []
    assert Mail.objects.get().state == "done"


def test_the_copy_for_a_person_has_their_mails_and_the_files(case, world, tmp_path):
    personal_data.write(world.centre, "jana@firma.example", tmp_path / "jana.zip")
    with zipfile.ZipFile(tmp_path / "jana.zip") as archive:
        names = sorted(name.partition("-")[2] or name for name in archive.namelist())
        assert names == ["Antwort an Jana.txt", "Jana.pdf", "auskunft.html", "auskunft.json"]
        (plan,) = [name for name in archive.namelist() if name.endswith("Jana.pdf")]
        assert archive.read(plan) == PLAN
        assert "Anbei der Plan von Jana." in archive.read("auskunft.json").decode()
