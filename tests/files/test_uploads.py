"""What is sent to us is looked at, scanned, kept or withheld, and gone when its owner is erased."""

import datetime as dt
import io
import threading
import zipfile
from email.message import EmailMessage

import pytest

from tests import letters
from tests.contact_point import MONDAY
from tests.letters import BY
from tests.services.clamd import EICAR, UnixScanner
from wegweiser.files import scanning, sniffing, storage, uploading
from wegweiser.files.actions import pictures, uploads
from wegweiser.files.models import Scan, Upload, Withheld
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError

PDF = b"%PDF-1.7\n"


@pytest.fixture
def owner(db):
    return letters.cause()


def attached(owner, data=PDF, name="plan.pdf", kind="application/pdf"):
    (row,) = uploads.attach(owner=owner, prepared=[uploading.prepare(name=name, declared_type=kind, data=data)], by=BY)
    return row


def zipped(*names):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return data.getvalue()


def test_a_file_is_kept_under_its_content_with_what_it_says_and_what_it_is(owner):
    row = attached(owner, kind="image/png")
    assert (row.size, row.declared_type, row.sniffed_type) == (len(PDF), "image/png", "application/pdf")
    assert (row.owner_kind, row.owner_uuid) == ("accounts.user", owner.uuid)
    assert storage.read(row.digest) == PDF
    assert (row.is_offered, row.words) == (True, "nicht auf Viren geprüft")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("rechnung.exe", b"x"),
        ("rechnung.pdf.exe. ", b"x"),
        ("rechnung.pdf", b"MZ\x90\0"),
        ("rechnung.pdf", b"\x7fELF"),
        ("rechnung.txt", b"#!/bin/sh\n"),
        ("rechnung.txt", b"\n <html><script>"),
        ("bild.png", b"<?xml version='1.0'?>\n<svg onload='x'>"),
        ("rechnung.zip", zipped("a.txt", "innen.JS")),
        ("rechnung.zip", b"PK\x03\x04kaputt"),
        ("rechnung.docx", zipped("[Content_Types].xml", "word/vbaProject.bin")),
        ("rechnung.docx", zipped("[Content_Types].xml", "word/anders.exe")),
        ("tabelle.ods", zipped("mimetype", "Basic/Standard/Module1.xml")),
        ("makro.xlsm", zipped("[Content_Types].xml")),
    ],
)
def test_what_runs_is_not_kept(owner, name, data):
    row = attached(owner, data, name)
    assert (row.withheld, row.digest, row.is_offered) == (Withheld.DANGEROUS, "", False)
    with pytest.raises(DomainError) as refused:
        uploading.require_kept(uploading.prepare(name=name, declared_type="", data=data))
    assert refused.value.code == "upload_dangerous"


def within(name, data):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(name, data)
    return held.getvalue()


def mailed(name, data, *, kind="octet-stream"):
    mail = EmailMessage()
    mail["Subject"] = "Angebot"
    mail.set_content("Guten Tag")
    mail.add_alternative("<html><p>Guten Tag</p></html>", subtype="html")
    mail.add_attachment(data, maintype="application", subtype=kind, filename=name)
    return mail.as_bytes()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("mail.eml", mailed("rechnung.exe", b"x")),
        ("mail.eml", mailed("rechnung.pdf", b"MZ")),
        ("mail.eml", mailed("rechnung.zip", zipped("innen.js"))),
        ("aussen.zip", within("innen.zip", zipped("rechnung.exe"))),
        ("aussen.zip", within("mail.eml", mailed("rechnung.exe", b"x"))),
        ("aussen.zip", within("b.zip", within("c.zip", within("d.zip", zipped("a.txt"))))),
        ("plan.pdf", b"Rar!\x1a\x07"),
        ("plan.7z", b"MZ"),
        ("aussen.zip", zipped("plan.7z", "rechnung.exe")),
        ("mail.eml", mailed("seite.html", b"<script>", kind="html")),
        ("teil.prg", b"\0\1\2"),
    ],
)
def test_what_runs_is_found_inside_of_what_carries_it(owner, name, data):
    assert attached(owner, data, name).withheld == Withheld.DANGEROUS


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("mail.eml", mailed("angebot.pdf", PDF, kind="pdf")),
        ("mail.eml", b"Subject: Hallo\n\nNur Text."),
        ("aussen.zip", within("innen.zip", zipped("foto.jpg"))),
        ("aussen.zip", within("mail.eml", mailed("brief.docx", zipped("[Content_Types].xml", "word/document.xml")))),
        ("teil.prg", b"N10 G0 X0 Y0\n"),
        ("teil.bas", b"10 PRINT\n"),
    ],
)
def test_what_carries_nothing_of_the_kind_is_kept(owner, name, data):
    assert attached(owner, data, name).is_offered


SEALED = [
    ("plan.tar.gz", b"\x1f\x8b"),
    ("plan.7z", b"7z\xbc\xaf\x27\x1c"),
    ("aussen.zip", zipped("plan.7z")),
    ("mail.eml", mailed("plan.rar", b"Rar!\x1a\x07")),
]


@pytest.mark.parametrize(("name", "data"), SEALED)
def test_an_archive_that_nobody_can_look_into_is_kept_for_a_person_to_decide(owner, name, data):
    upload = attached(owner, data, name)
    assert (upload.withheld, upload.is_offered, upload.is_refused) == ("", False, True)
    assert storage.read(upload.digest) == data
    with pytest.raises(DomainError) as refused:
        uploading.require_kept(uploading.prepare(name=name, declared_type="", data=data))
    assert refused.value.code == "upload_dangerous"


def test_what_stands_among_the_words_of_a_mail_is_no_danger(owner):
    mail = EmailMessage()
    mail["Subject"] = "Frage"
    mail.set_content("Unsere Fräse steht.")
    mail.add_attachment("<html></html>", subtype="html", filename="ATT00001.htm")
    mail.add_attachment(b"<svg/>", maintype="image", subtype="svg+xml", filename="logo.svg", disposition="inline")
    assert attached(owner, mail.as_bytes(), "mail.eml").is_offered
    mail.add_attachment(b"<svg/>", maintype="image", subtype="svg+xml", filename="logo.svg")
    assert attached(owner, mail.as_bytes(), "mail.eml").withheld == Withheld.DANGEROUS


def test_what_unpacks_to_more_than_one_looks_at_is_not_kept():
    assert sniffing._Look(scanned=True, left=50).finds("a.zip", within("b.zip", zipped("a.txt")), sniffing.DEEPEST)


def test_with_a_scanner_an_archive_that_only_it_opens_may_pass(owner, clamd):
    assert attached(owner, b"7z\xbc\xaf\x27\x1c", "plan.7z").is_offered


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("brief.docx", zipped("[Content_Types].xml", "word/document.xml", "word/embeddings/oleObject1.bin")),
        ("fotos.zip", zipped("halle.jpg", "fräse.jpg")),
        ("notiz.txt", "Grüße".encode()),
        ("foto.HEIC", b"\0\0\0\x18ftypheic"),
        ("winmail.dat", b"\x78\x9f\x3e\x22"),
    ],
)
def test_what_people_send_is_kept(owner, name, data):
    assert attached(owner, data, name).is_offered


def test_what_is_too_large_or_too_much_is_named_but_not_kept(owner, settings):
    settings.UPLOAD_MOST_BYTES = 10
    assert attached(owner, b"x" * 11, "gross.txt").withheld == Withheld.TOO_LARGE
    many = [uploading.prepare(name=f"{number}.txt", declared_type="", data=b"x") for number in range(uploads.MOST + 1)]
    rows = uploads.attach(owner=owner, prepared=many, by=BY)
    assert [row.withheld for row in rows[-2:]] == ["", Withheld.TOO_MANY]


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Temp\\plan.pdf", "plan.pdf"),
        ("plan\r\nX: y.pdf", "planX y.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("", "datei"),
        ("a" * 300 + ".pdf", "a" * 156 + ".pdf"),
    ],
)
def test_a_name_is_a_name_and_no_path(name, clean):
    assert sniffing.clean_name(name) == clean


@pytest.mark.parametrize(
    ("name", "data", "goes_out_as"),
    [
        ("angebot.docx", b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("Preise.XLSX", b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("plan.odt", b"PK\x03\x04", "application/vnd.oasis.opendocument.text"),
        ("alt.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
        ("liste.csv", b"a;b", "text/csv"),
        ("fotos.zip", b"PK\x03\x04", "application/zip"),
        ("angebot.docx", PDF, "application/pdf"),
        ("angebot.pdf", b"PK\x03\x04", "application/zip"),
    ],
)
def test_a_document_goes_out_as_what_it_is(name, data, goes_out_as):
    assert sniffing.media_type(name, sniffing.kind(data)) == goes_out_as


# --- The scanner ------------------------------------------------------------------------------------------------------


def test_a_virus_is_found_at_once_and_not_kept(owner, clamd):
    row = attached(owner, EICAR, "brief.txt")
    assert (row.scan, row.withheld, row.digest, row.is_offered) == (Scan.INFECTED, Withheld.INFECTED, "", False)
    assert attached(owner).scan == Scan.CLEAN
    assert clamd.scanned == [EICAR, PDF]


def test_while_the_scanner_is_away_nothing_is_offered_and_it_is_made_up_for(owner, clamd, settings):
    there, settings.CLAMD = settings.CLAMD, "tcp://127.0.0.1:1"
    good, bad = attached(owner), attached(owner, EICAR, "brief.txt")
    assert (good.scan, good.is_offered, good.words) == (Scan.UNSCANNED, False, "wird gerade auf Viren geprüft")
    assert uploads.scan(by=BY) == 0
    settings.CLAMD = there
    assert uploads.scan(by=BY) == 2
    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.scan, good.is_offered) == (Scan.CLEAN, True)
    assert (bad.scan, bad.withheld) == (Scan.INFECTED, Withheld.INFECTED)
    pictures.clear(by=BY)
    assert storage.read(good.digest) == PDF


@pytest.mark.parametrize("size", [2_000, 5_000_000], ids=["said", "cut_off"])
@pytest.mark.parametrize("says_why", [True, False])
def test_one_that_the_scanner_refuses_holds_up_no_other_and_waits_for_a_person(owner, clamd, size, says_why):
    clamd.most, clamd.says_why = 1000, says_why
    large = attached(owner, b"x" * size, "gross.txt")
    there, clamd.most = clamd.most, 1
    small, bad = attached(owner), attached(owner, EICAR, "brief.txt")
    clamd.most = there
    assert {row.scan for row in (large, small, bad)} == {Scan.UNSCANNED}
    assert uploads.scan(by=BY) == 2
    with clock.stopped_at(clock.now() + dt.timedelta(minutes=61)):  # by then also what it only hung up on is judged
        assert uploads.scan(by=BY) == 0
    for row in (large, small, bad):
        row.refresh_from_db()
    assert (large.scan, large.is_offered, large.is_refused) == (Scan.FAILED, False, True)
    assert large.words == "ließ sich nicht auf Viren prüfen"
    assert storage.read(large.digest) == b"x" * size
    assert (small.scan, small.is_refused, bad.withheld) == (Scan.CLEAN, False, Withheld.INFECTED)


def test_one_that_the_scanner_stumbles_over_once_is_tried_again_after_an_hour(owner, clamd):
    clamd.stumbles = True
    with clock.stopped_at(MONDAY):
        rows = [attached(owner, PDF, name) for name in ("plan.pdf", "derselbe.pdf")]
        uploads.scan(by=BY)
        uploads.scan(by=BY)
    clamd.stumbles = False
    for row in rows:
        row.refresh_from_db()
        assert (row.scan, row.is_refused, row.words) == (Scan.STUMBLED, False, "wird gerade auf Viren geprüft")
    with clock.stopped_at(MONDAY + dt.timedelta(minutes=59)):
        assert uploads.scan(by=BY) == 0
    with clock.stopped_at(MONDAY + dt.timedelta(minutes=61)):
        uploads.scan(by=BY)
    for row in rows:
        row.refresh_from_db()
        assert (row.scan, row.is_offered) == (Scan.CLEAN, True)


def test_one_that_the_scanner_stumbles_over_again_waits_for_a_person(owner, clamd):
    clamd.stumbles = True
    for minutes in (0, 61):
        with clock.stopped_at(MONDAY + dt.timedelta(minutes=minutes)):
            if not minutes:
                row = attached(owner)
            uploads.scan(by=BY)
    with clock.stopped_at(MONDAY + dt.timedelta(minutes=70)):
        second = attached(owner, name="derselbe.pdf")  # what is known to fail is not told as new
        uploads.scan(by=BY)
    for one in (row, second):
        one.refresh_from_db()
        assert (one.scan, one.is_refused) == (Scan.FAILED, True)


def test_what_was_refused_is_tried_again_each_day_for_a_week(owner, clamd):
    clamd.most = 1000
    with clock.stopped_at(MONDAY):
        row = attached(owner, b"x" * 2000, "gross.txt")
        uploads.scan(by=BY)
    clamd.most = 0
    with clock.stopped_at(MONDAY + dt.timedelta(hours=23)):
        assert uploads.scan(by=BY) == 0
    with clock.stopped_at(MONDAY + dt.timedelta(days=8)):
        assert uploads.scan(by=BY) == 0
    with clock.stopped_at(MONDAY + dt.timedelta(hours=25)):
        assert uploads.scan(by=BY) == 1
    row.refresh_from_db()
    assert (row.scan, row.is_offered) == (Scan.CLEAN, True)


def test_a_scanner_that_is_gone_refuses_nothing(owner, settings):
    settings.CLAMD = "tcp://127.0.0.1:1"
    row = attached(owner)
    uploads.scan(by=BY)
    row.refresh_from_db()
    assert row.scan == Scan.UNSCANNED


def test_a_scanner_that_hangs_is_waited_for_once_and_asked_again_by_the_job(owner, clamd, monkeypatch):
    monkeypatch.setattr(scanning, "AT_ONCE", 0.2)
    clamd.hangs = True
    rows = [attached(owner, PDF, f"{number}.pdf") for number in range(5)]
    assert {row.scan for row in rows} == {Scan.UNSCANNED}
    assert clamd.asked == 2  # the first file, and whether it is there at all
    clamd.hangs = False
    uploads.scan(by=BY)
    rows[0].refresh_from_db()
    assert rows[0].scan == Scan.CLEAN


def test_after_a_while_new_files_are_scanned_at_once_again(owner, clamd, monkeypatch):
    monkeypatch.setattr(scanning, "AT_ONCE", 0.2)
    clamd.hangs = True
    attached(owner)
    clamd.hangs = False
    assert attached(owner).scan == Scan.UNSCANNED
    monkeypatch.setattr(scanning, "SILENT", 0.0)
    assert attached(owner).scan == Scan.CLEAN


def test_the_job_asks_a_scanner_that_hangs_whether_it_is_there_before_it_waits_long(owner, clamd, monkeypatch):
    monkeypatch.setattr(scanning, "AT_ONCE", 0.2)
    clamd.hangs = True
    attached(owner)
    clamd.asked = 0
    assert uploads.scan(by=BY) == 0
    assert clamd.asked == 1


def test_an_infected_file_is_gone_from_the_disk(owner, clamd, settings, django_capture_on_commit_callbacks):
    there, settings.CLAMD = settings.CLAMD, ""
    bad = attached(owner, EICAR, "brief.txt")
    assert storage.read(bad.digest) == EICAR
    settings.CLAMD = there
    with django_capture_on_commit_callbacks(execute=True):
        uploads.scan(by=BY)
    assert storage.read(bad.digest) is None


def test_the_scanner_is_asked_over_a_socket_of_this_machine_too(settings, tmp_path):
    server = UnixScanner(str(tmp_path / "clamd.ctl"))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        settings.CLAMD = f"unix:{tmp_path}/clamd.ctl"
        scanning.ping()
        assert scanning.is_infected(b"x" * 200_000 + EICAR)
        assert not scanning.is_infected(b"")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "unix:/nirgends", "127.0.0.1:3310"])
def test_a_scanner_that_is_not_there_is_said(settings, address):
    settings.CLAMD = address
    with pytest.raises(scanning.ScannerUnreachableError):
        scanning.ping()


# --- Its end ------------------------------------------------------------------------------------------------------


def test_a_file_goes_with_its_owner_unless_another_needs_its_content(owner, django_capture_on_commit_callbacks):
    other = letters.User.objects.create_user("ben@firma.example", name="Ben")
    first, second = attached(owner), attached(other)
    with django_capture_on_commit_callbacks(execute=True):
        assert uploads.remove_of(owners=[owner.uuid], by=BY) == 1
    assert storage.read(first.digest) == PDF
    with django_capture_on_commit_callbacks(execute=True):
        uploads.remove_of(owners=[other.uuid], by=BY)
    assert storage.read(second.digest) is None
    assert not Upload.objects.exists()
