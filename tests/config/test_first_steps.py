"""The first administrator, the mail settings that `check` looks at, and the static files as they are served."""

import json
import re

import pytest
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.management import call_command

from tests.config.test_command import ROOT, SMALL, wegweiser
from wegweiser.accounts.models import User
from wegweiser.config import administrators, check, cli, installation
from wegweiser.consortium.models import Centre, Member, Membership, Role

MAIL = "erika@example.org"


@pytest.fixture(autouse=True)
def _in_place(db, monkeypatch):
    monkeypatch.setattr(installation, "migrate", lambda: None)
    monkeypatch.setattr(installation, "exists", Centre.objects.exists)
    monkeypatch.setattr("wegweiser.catalogue.matches.encoders", list)


def init(capsys, *arguments):
    capsys.readouterr()
    assert cli.main(["init", str(SMALL), "--json", *arguments]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_first_administrator_gets_a_password_that_works(capsys):
    told = init(capsys, "--administrator", MAIL)["administrator"]
    user = User.objects.get(email=MAIL)
    assert user.check_password(told["password"])
    assert Membership.objects.get(role=Role.ADMINISTRATOR).member.user == user


def test_a_second_run_says_that_there_is_one_and_changes_nothing(capsys):
    init(capsys, "--administrator", MAIL)
    before = User.objects.get().password
    told = init(capsys, "--administrator", "other@example.org")["administrator"]
    assert told == {"email": MAIL, "created": False, "password": None}
    assert User.objects.get().password == before


def test_a_contact_person_of_the_centre_becomes_administrator_as_the_same_member(capsys):
    init(capsys)
    person = Member.objects.exclude(email="").first()
    init(capsys, "--administrator", person.email.upper())
    assert set(Membership.objects.filter(role=Role.ADMINISTRATOR).values_list("member", flat=True)) == {person.pk}


def test_without_the_option_there_is_no_login(capsys):
    assert "administrator" not in init(capsys)
    assert not User.objects.exists()


def test_a_wrong_address_is_refused_before_anything_is_made(capsys):
    assert cli.main(["init", str(SMALL), "--administrator", "nobody"]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not Centre.objects.exists()


def test_a_wrong_address_makes_no_database(tmp_path):
    done = wegweiser(tmp_path / "var", "init", str(SMALL), "--administrator", "nobody")
    assert (done.returncode, done.stdout) == (1, "")
    assert not list(tmp_path.rglob("*.sqlite3"))


def test_the_terminal_shows_the_password_once(capsys):
    assert cli.main(["init", str(SMALL), "--administrator", MAIL]) == 0
    assert f"Administrator {MAIL}, password: " in capsys.readouterr().out
    assert cli.main(["init", str(SMALL), "--administrator", MAIL]) == 0
    assert "password:" not in capsys.readouterr().out


def test_a_closed_login_is_not_opened_again(capsys):
    init(capsys)
    User.objects.create_user(MAIL, None, name="Erika", is_active=False)
    assert cli.main(["init", str(SMALL), "--administrator", MAIL]) == 1
    assert administrators.existing() is None


@pytest.mark.parametrize(
    ("address", "host", "sender", "codes"),
    [
        ("https://zentrum.de", "", "wegweiser@localhost", {"no_mail_server", "no_sender"}),
        ("https://zentrum.de", "127.0.0.1", "kontakt@zentrum.de", set()),
        ("http://localhost:8000", "", "wegweiser@localhost", set()),
    ],
)
def test_a_public_address_needs_mail(capsys, settings, address, host, sender, codes):
    init(capsys)
    settings.BASE_URL, settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = address, host, sender
    assert {finding.code for finding in check.findings()} & {"no_mail_server", "no_sender"} == codes


def test_every_static_file_a_template_names_has_a_hashed_name(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    call_command("collectstatic", verbosity=0, interactive=False)
    manifest = ManifestStaticFilesStorage(location=tmp_path)
    named = {
        name
        for path in (ROOT / "src").rglob("*.html")
        for name in re.findall(r"""{%\s*static\s+["']([^"'{]+)["']""", path.read_text())
    }
    assert named
    assert not named - set(manifest.hashed_files)
