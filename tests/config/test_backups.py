"""A backup is one whole file; a restore brings back everything of it but who was erased since."""

import gzip
import io
import json
import sqlite3
import tarfile
import threading
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, connections

from tests import contact_point
from tests.config.test_command import SMALL, wegweiser
from tests.crossings.test_erasure import MAIL, consenting, handled, traces
from tests.files.paint import painted
from tests.web.desk import staff
from wegweiser.config import archives, backups, cli, databases, installation
from wegweiser.consortium.models import Centre
from wegweiser.enquiries.models import Case
from wegweiser.files import storage
from wegweiser.files.actions import pictures
from wegweiser.kernel import clock, erased, erasure
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.models import AuditEvent, Erasure
from wegweiser.kernel.translated import translated
from wegweiser.outbox.models import Letter

BY = Actor.system("test")


@pytest.fixture
def world(transactional_db, settings, tmp_path, monkeypatch):
    """Rows that are committed: another connection has to see them."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    settings.BASE_URL = "https://zentrum.example"
    monkeypatch.setattr(installation, "exists", Centre.objects.exists)
    with clock.stopped_at(contact_point.MONDAY):
        yield contact_point.world()


@pytest.fixture
def file(tmp_path):
    return tmp_path / "backup.tar.gz"


def restore(file, **given):
    connections.close_all()
    return backups.restore(path=file, replace=True, by=BY, **given)


def erase(mail):
    erasure.erase(items=erasure.plan_of(mail, day=clock.today()), by=BY)


# --- What comes back, and who does not ------------------------------------------------------------------------------


def test_who_was_erased_after_the_backup_does_not_come_back(world, file):
    handled(world)
    backups.make(path=file, by=BY)
    erase(MAIL)
    assert traces(MAIL) == set()
    log = erased.written()
    done = restore(file)
    assert done.repeated > 0
    assert traces(MAIL) == set()
    assert {row["uuid"] for row in erased.written()} == {row["uuid"] for row in log}
    assert AuditEvent.objects.filter(references__reason="replay").count() == done.repeated


def test_what_a_proof_keeps_is_restricted_again_and_no_more(world, file):
    handled(world)
    consenting()
    backups.make(path=file, by=BY)
    before = traces(MAIL)
    erase(MAIL)
    after = traces(MAIL)
    assert after < before
    restore(file)
    assert traces(MAIL) == after


def test_without_the_log_the_person_would_be_back(world, file, monkeypatch):
    handled(world)
    backups.make(path=file, by=BY)
    erase(MAIL)
    monkeypatch.setattr(erased, "written", list)
    restore(file)
    assert traces(MAIL) != set(), "the test above shows something"


def test_everything_else_is_as_it_was(world, file):
    case = handled(world).case
    picture = pictures.add(data=painted(), alt=translated("Eine Halle"), by=BY)
    kept = storage.read(picture.digest)
    backups.make(path=file, by=BY)
    Case.objects.filter(pk=case.pk).update(name="Jemand anderes")
    later = contact_point.case(world.other, name="Später")
    for digest, _put in list(storage.stored()):
        storage.remove(digest)
    stray = storage.put(b"put after the backup")
    restore(file)
    assert Case.objects.get(pk=case.pk).name == "Jana Ölmann"
    assert not Case.objects.filter(uuid=later.uuid).exists()
    assert storage.read(picture.digest) == kept
    assert storage.read(stray) is None


def test_the_triggers_are_back_too(world, file):
    handled(world)
    backups.make(path=file, by=BY)
    restore(file)
    with pytest.raises(Exception, match="append-only"):
        AuditEvent.objects.update(event="x")


def test_sessions_end_and_waiting_mails_wait_for_a_person(world, file, client):
    handled(world)
    client.force_login(staff.login(world.anna))
    waiting = Letter.objects.filter(channel="mail", state="queued").count()
    assert waiting
    backups.make(path=file, by=BY)
    done = restore(file)
    assert done.held == waiting
    assert not Letter.objects.filter(state="queued", channel="mail").exists()
    assert set(Letter.objects.filter(failure="restored").values_list("state", "next_attempt_at")) == {("unclear", None)}
    assert not Session.objects.exists()


def trail(*events):
    rows = AuditEvent.objects.filter(event__in=events).order_by("id")
    return [(row.event, row.actor_id, str(row.subject_uuid), row.references.get("digest")) for row in rows]


def test_backup_and_restore_leave_a_row_each(world, file):
    contact_point.case(world.lead)
    backup = backups.make(path=file, by=BY)
    here = (BY.id, str(world.centre.uuid), backup.digest)
    assert trail("centre:backed_up", "centre:restored") == [("centre:backed_up", *here)]
    restore(file)
    assert trail("centre:backed_up", "centre:restored") == [("centre:restored", *here)]


def test_a_backup_that_could_not_be_written_leaves_no_row(world, file, monkeypatch):
    def full(**given):
        raise OSError("no space left")

    monkeypatch.setattr(archives, "write", full)
    with pytest.raises(OSError, match="no space"):
        backups.make(path=file, by=BY)
    assert trail("centre:backed_up") == []


def test_whose_sessions_a_restore_ended_stands_in_the_trail(world, file, client):
    user = staff.login(world.anna)
    staff.login(world.ben)
    client.force_login(user)
    backups.make(path=file, by=BY)
    restore(file)
    assert trail("user:sessions_ended") == [("user:sessions_ended", BY.id, str(user.uuid), None)]


def test_a_restore_that_failed_half_way_still_knows_who_was_erased(world, file, monkeypatch, settings):
    handled(world)
    backups.make(path=file, by=BY)
    erase(MAIL)

    def broken(**given):
        raise RuntimeError("late")

    with monkeypatch.context() as patch:
        patch.setattr(erased, "replay", broken)
        with pytest.raises(RuntimeError, match="late"):
            restore(file)
    assert (Path(settings.HOME) / backups.PENDING).stat().st_mode & 0o077 == 0
    connections.close_all()
    if connection.vendor == "sqlite":
        assert traces(MAIL) == set(), "nothing was changed"
    restore(file)
    assert traces(MAIL) == set()
    assert Erasure.objects.exists()
    assert not (Path(settings.HOME) / backups.PENDING).exists()


def test_an_installation_is_not_given_up_unasked(world, file):
    handled(world)
    backups.make(path=file, by=BY)
    later = contact_point.case(world.other, name="Später")
    with pytest.raises(DomainError) as refused:
        backups.restore(path=file, by=BY)
    assert refused.value.code == "home_not_empty"
    assert Case.objects.filter(uuid=later.uuid).exists()


def test_nothing_is_restored_under_somebodys_feet(world, file):
    backups.make(path=file, by=BY)
    opened, done = threading.Event(), threading.Event()

    def work():
        Centre.objects.exists()
        opened.set()
        done.wait(20)
        connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    opened.wait(20)
    try:
        with pytest.raises(DomainError) as refused:
            restore(file)
        assert refused.value.code == "database_in_use"
    finally:
        done.set()
        thread.join()
    restore(file)


def test_a_backup_of_a_newer_version_or_another_database_is_refused(world, file, monkeypatch):
    backups.make(path=file, by=BY)
    backup = archives.read(file)
    for changed, code in (
        ({"migrations": (*backup.about.migrations, "kernel.9999_later")}, "backup_newer"),
        ({"engine": "oracle"}, "backup_of_another_database"),
    ):
        about = archives.About(**{**vars(backup.about), **changed})
        monkeypatch.setattr(archives, "read", lambda path, folder, about=about: archives.Backup(about, (), 0, ""))
        with pytest.raises(DomainError) as refused:
            restore(file)
        assert refused.value.code == code


def test_without_the_programs_of_postgresql_the_message_says_so(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(DomainError, match="pg_dump is not installed"):
        databases._run("pg_dump")


def test_the_address_of_postgresql_holds_no_password_and_survives_odd_names(monkeypatch):
    told = {
        "NAME": "it's",
        "USER": "u",
        "PASSWORD": "geheim",
        "HOST": "h",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }
    monkeypatch.setattr(databases, "connection", type("Fake", (), {"settings_dict": told})())
    assert databases._address() == r"dbname='it\'s' user='u' host='h' port='5433' sslmode='require'"


# --- The file -----------------------------------------------------------------------------------------------------


def test_a_backup_overwrites_nothing_and_is_its_owners_only(world, file):
    backups.make(path=file, by=BY)
    assert file.stat().st_mode & 0o077 == 0
    before = file.read_bytes()
    with pytest.raises(DomainError) as refused:
        backups.make(path=file, by=BY)
    assert refused.value.code == "file_exists"
    assert file.read_bytes() == before
    assert list(file.parent.glob(".*.part")) == []


@pytest.fixture
def packed(tmp_path):
    """A backup of nothing much, without a database."""
    (tmp_path / "db").write_bytes(b"rows")
    (tmp_path / "one").write_bytes(b"a picture")
    path = tmp_path / "packed.tar.gz"
    about = archives.About("2026-03-02T10:00:00+01:00", "zentrum", "sqlite", ("kernel.0001_initial",))
    archives.write(path=path, about=about, database=tmp_path / "db", files=[("a" * 64, tmp_path / "one")])
    return path


def test_what_was_written_is_read(packed, tmp_path):
    backup = archives.read(packed, tmp_path / "out")
    assert (backup.about.centre, backup.files) == ("zentrum", ("a" * 64,))
    assert (tmp_path / "out" / "database").read_bytes() == b"rows"
    assert (tmp_path / "out" / "files" / ("a" * 64)).read_bytes() == b"a picture"


def rewritten(packed, change):
    """The same archive with its members changed by `change(name, data)`; None leaves one out."""
    plain = io.BytesIO(gzip.decompress(packed.read_bytes()))
    out = io.BytesIO()
    with tarfile.open(fileobj=plain) as old, tarfile.open(fileobj=out, mode="w:gz") as new:
        for member in old:
            name, data = change(member.name, old.extractfile(member).read())
            if data is not None:
                info = tarfile.TarInfo(name)
                info.size = len(data)
                new.addfile(info, io.BytesIO(data))
    packed.write_bytes(out.getvalue())


@pytest.mark.parametrize(
    "change",
    [
        lambda name, data: (name, b"rats" if name == "database" else data),
        lambda name, data: (name, None if name == "database" else data),
        lambda name, data: (name, None if name.startswith("files/") else data),
        lambda name, data: (name, None if name == "manifest.json" else data),
        lambda name, data: ("../../outside" if name.startswith("files/") else name, data),
        lambda name, data: ("/etc/x" if name == "database" else name, data),
        lambda name, data: (name, b"{}" if name == "manifest.json" else data),
        lambda name, data: (name, b"no json" if name == "manifest.json" else data),
    ],
)
def test_what_is_not_as_it_was_is_refused(packed, tmp_path, change):
    rewritten(packed, change)
    with pytest.raises(DomainError) as refused:
        archives.read(packed, tmp_path / "deep" / "out")
    assert refused.value.code == "backup_broken"
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_half_a_file_is_refused(packed, share):
    data = packed.read_bytes()
    packed.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(DomainError) as refused:
        archives.read(packed)
    assert refused.value.code == "backup_broken"


def test_every_flipped_byte_is_noticed_or_means_nothing(packed):
    whole = packed.read_bytes()
    members = archives.read(packed)
    for place in range(10, len(whole), 7):
        packed.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        try:
            found = archives.read(packed)
        except DomainError:
            continue
        assert (found.about, found.files) == (members.about, members.files)


def test_a_format_of_later_is_told_apart(packed):
    rewritten(packed, lambda name, data: (name, data.replace(b'"format": 1', b'"format": 2')))
    with pytest.raises(DomainError) as refused:
        archives.read(packed)
    assert refused.value.code == "backup_newer"


# --- SQLite -------------------------------------------------------------------------------------------------------


@pytest.mark.one_database
def test_a_copy_taken_while_somebody_writes_is_of_one_moment(tmp_path):
    source, stop = tmp_path / "live.sqlite3", threading.Event()
    with sqlite3.connect(source) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE pair (one INTEGER, other INTEGER)")
        made.execute("INSERT INTO pair VALUES (0, 0)")
    made.close()

    def write():
        live = sqlite3.connect(source, timeout=20)
        while not stop.is_set():
            with live:
                live.execute("UPDATE pair SET one = one + 1")
                live.execute("UPDATE pair SET other = other + 1")
        live.close()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for number in range(5):
            copy = tmp_path / f"copy{number}"
            databases._copy(source, copy)
            found = sqlite3.connect(copy)
            one, other = found.execute("SELECT one, other FROM pair").fetchone()
            found.close()
            assert one == other
            assert not copy.with_name(copy.name + "-wal").exists()
    finally:
        stop.set()
        thread.join()


# --- The commands -------------------------------------------------------------------------------------------------


@pytest.mark.one_database
def test_from_one_home_to_another(tmp_path):
    """As an operator does it: set up, back up, check, restore on a new machine, refuse a second time."""
    old, new, file = tmp_path / "old", tmp_path / "new", tmp_path / "centre.tar.gz"
    assert wegweiser(old, "backup", str(file)).returncode == 1, "nothing is there to back up"
    assert not file.exists()
    assert wegweiser(old, "init", str(SMALL)).returncode == 0
    made = wegweiser(old, "backup", str(file), "--json")
    assert made.returncode == 0, made.stderr
    told = json.loads(made.stdout)
    assert json.loads(wegweiser(tmp_path / "none", "verify", str(file), "--json").stdout) == told
    restored = wegweiser(new, "restore", str(file), "--json")
    assert restored.returncode == 0, restored.stderr
    assert json.loads(restored.stdout) == {**told, "erasures_repeated": 0, "erasures_known": False, "mails_held": 0}
    assert wegweiser(new, "check", "--json").stdout == wegweiser(old, "check", "--json").stdout
    again = wegweiser(new, "restore", str(file))
    assert again.returncode == 1
    assert "--replace" in again.stderr
    assert wegweiser(new, "restore", str(file), "--replace").returncode == 0
    assert sorted(path.name for path in new.iterdir() if path.name.startswith(".")) == []


@pytest.mark.parametrize("arguments", [["backup"], ["restore"], ["verify"], ["restore", "x", "--force"]])
def test_wrong_usage_exits_with_two(arguments):
    assert cli.main(arguments) == 2


@pytest.mark.parametrize("command", ["restore", "verify"])
def test_a_file_that_is_not_there_is_one_line(tmp_path, command):
    done = wegweiser(tmp_path / "home", command, str(tmp_path / "none.tar.gz"))
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
