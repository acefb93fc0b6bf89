"""The command keeps what scripts rely on: exit codes, where messages go, the shape of its output."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from wegweiser.catalogue import matches
from wegweiser.config import check, cli, demo, installation
from wegweiser.config.commands import match
from wegweiser.consortium import centre_file
from wegweiser.consortium.models import Centre, Role
from wegweiser.kernel.errors import DomainError

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "centres" / "klein.toml"


@pytest.fixture(autouse=True)
def _words_only(monkeypatch):
    monkeypatch.setattr(matches, "encoders", lambda: ())
    matches.forget()
    yield
    matches.forget()


@pytest.fixture
def installed(db, monkeypatch):
    """The small centre in the test database, which is migrated already."""
    monkeypatch.setattr(installation, "migrate", lambda: None)
    monkeypatch.setattr(installation, "exists", Centre.objects.exists)
    assert cli.main(["init", str(SMALL)]) == 0


def wegweiser(home, *arguments, **more):
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "BASE_URL"}}
    environment |= {"WEGWEISER_HOME": str(home), "PYTHONPATH": str(ROOT / "src"), **more.pop("env", {})}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "wegweiser.config.cli", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, **more)


def test_without_an_installation_the_way_to_one_is_told(tmp_path):
    done = wegweiser(tmp_path / "var", "match", "Hilfe", "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert "wegweiser init CENTRE.toml" in done.stderr
    assert not list(tmp_path.glob("**/*.sqlite3"))


def test_a_public_demo_is_refused_before_anything_is_made(tmp_path):
    done = wegweiser(tmp_path / "var", "demo", env={"BASE_URL": "https://zentrum.de"})
    assert done.returncode == 1
    assert "https://zentrum.de" in done.stderr
    assert not list(tmp_path.glob("**/*.sqlite3"))


def test_wrong_usage_exits_with_two(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    assert cli.main(["match"]) == 2
    assert cli.main(["nonsense"]) == 2
    assert cli.main(["match", "x", "--limit", "0"]) == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("command", [command.name for command in cli.COMMANDS])
def test_every_command_explains_itself(command, capsys):
    assert cli.main([command, "--help"]) == 0
    assert "usage: wegweiser" in capsys.readouterr().out


def test_a_broken_centre_file_exits_with_one(tmp_path, capsys, db, monkeypatch):
    (tmp_path / "centre.toml").write_text("land = ")
    assert cli.main(["init", str(tmp_path / "centre.toml")]) == 1
    assert "centre.toml" in capsys.readouterr().err


def test_one_enquiry_as_json(installed, capsys):
    capsys.readouterr()
    assert cli.main(["match", "Belege bleiben liegen", "--json", "--limit", "1"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"in_scope", "urgent", "topics", "contact", "offers", "ask"}
    assert found["contact"] == {"slug": "jan-oltmanns"}
    assert {topic["partner"] for topic in found["topics"]} == {"hafen", "moor"}
    assert len(found["offers"]) == 1
    assert set(found["offers"][0]) == {"slug", "kind", "score", "why"}


@pytest.mark.parametrize("arguments", [["-", "--json"], ["--json"], []])
def test_one_line_of_output_for_each_line_of_input(installed, capsys, monkeypatch, arguments):
    capsys.readouterr()
    lines = 'Belege\n\n"zwei\\nZeilen"\r\n   \nLager'
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines.encode()), encoding="utf-8"))
    assert cli.main(["match", *arguments]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer is None for answer in found] == [False, True, False, True, False]


def test_a_line_that_is_no_json_string_is_named_and_nothing_is_answered(installed, capsys, monkeypatch):
    capsys.readouterr()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'Belege\n"offen\n'), encoding="utf-8"))
    assert cli.main(["match", "-"]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Line 2" in shown.err


def test_out_of_scope_has_neither_person_nor_offers():
    answer = matches.Answer(False, False, "private", False, (), None, ())
    nothing = {"in_scope": False, "urgent": False, "topics": [], "contact": None, "offers": [], "ask": None}
    assert match.as_json(answer) == nothing


def test_each_stage_of_the_demo_is_told_before_it_begins(monkeypatch, capsys):
    begun = []
    monkeypatch.setattr(installation, "install", lambda **given: begun.append("install"))
    monkeypatch.setattr(demo, "logins", lambda: begun.append("logins") or [])
    made = [name for name in vars(demo) if name.startswith("demo_")]
    for name in made:
        monkeypatch.setattr(getattr(demo, name), "make", lambda *given, name=name: begun.append(name))
    told = []
    demo.install(tell=lambda stage: told.append((stage, len(begun))))
    assert [count for _stage, count in told] == list(range(1, len(made) + 2))
    assert len({stage for stage, _count in told}) == len(told)


def test_what_takes_long_is_told_on_standard_error(db, monkeypatch, capsys):
    monkeypatch.setattr(installation, "migrate", lambda: None)
    assert cli.main(["init", str(SMALL)]) == 0
    shown = capsys.readouterr()
    assert shown.err.splitlines() == ["Database …", "The centre and its offers …", "What the matching learns from …"]
    assert "unchanged, 0 kept as they were changed at the desk." in shown.out


def test_demo_logins_cover_every_role_and_every_partner(installed):
    found = demo.logins()
    assert {login.role for login in found} == set(Role)
    assert {login.partner for login in found if login.role == Role.ADVISER} == {"Hafeninstitut", "Moorhochschule"}
    assert demo.logins() == found


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("http://localhost:8000", False),
        ("http://127.0.0.1:8000", False),
        ("http://[::1]:8000", False),
        ("http://192.168.1.20", False),
        ("http://laptop", False),
        ("http://demo.local", False),
        ("https://zentrum.de", True),
        ("http://8.8.8.8", True),
    ],
)
def test_which_addresses_are_public(address, public):
    assert demo.is_public(address) is public


DEMO_AND_OTHERS = """
import dataclasses, sys
from wegweiser.config import cli
from wegweiser.config.commands import demo, serve

def tell(arguments):
    from django.conf import settings
    print(settings.DEMO)
    return 0

cli.COMMANDS = tuple(dataclasses.replace(command, run=tell) for command in (demo.COMMAND, serve.COMMAND))
sys.exit(cli.main(sys.argv[1:]))
"""


@pytest.mark.parametrize(("command", "is_demo"), [("demo", "True"), ("serve", "False")])
def test_the_demo_runs_as_one_in_every_process_it_forks(tmp_path, command, is_demo):
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "WEGWEISER_DEMO"}}
    environment |= {"WEGWEISER_HOME": str(tmp_path), "PYTHONPATH": str(ROOT / "src")}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(
        [sys.executable, "-c", DEMO_AND_OTHERS, command], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == (is_demo, "")


def test_the_terminal_says_that_the_demo_asks_for_no_second_factor(installed):
    assert demo.PASSWORD in demo.told(demo.logins())
    assert "no second factor" in demo.told(demo.logins())


def test_check_fails_when_demo_logins_meet_a_public_address(installed, settings):
    demo.logins()
    settings.BASE_URL = "https://zentrum.de"
    assert "demo_logins" in {finding.code for finding in check.findings() if finding.level == "error"}
    settings.BASE_URL = "http://localhost:8000"
    assert "demo_logins" not in {finding.code for finding in check.findings()}


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("DEBUG", True, "debug"),
        ("SECRET_KEY", "short", "weak_secret"),
        ("ALLOWED_HOSTS", ["*"], "any_host"),
        ("ALLOWED_HOSTS", ["other.example"], "host_not_allowed"),
        ("SECURE", True, "no_proxy"),
        ("TIME_ZONE", "Europe/Lisbon", "other_time_zone"),
    ],
)
def test_check_names_what_is_misconfigured(installed, settings, name, value, code):
    assert code not in {finding.code for finding in check.findings()}
    setattr(settings, name, value)
    assert code in {finding.code for finding in check.findings()}


def test_check_says_that_nobody_answers_what_is_asked(installed):
    """An administrator may log in, and sees no enquiry."""
    assert "nobody_answers" in {finding.code for finding in check.findings()}
    demo.logins()
    assert "nobody_answers" not in {finding.code for finding in check.findings()}


@pytest.mark.parametrize(("base", "level"), [("http://localhost:8000", "warning"), ("https://zentrum.de", "error")])
def test_check_says_what_the_pages_of_the_law_lack(installed, settings, base, level):
    settings.BASE_URL = base
    legal = {"imprint", "privacy_notice", "accessibility"}
    centre = installation.require()
    model = centre_file.read(centre_file.model_centre()).settings
    centre.texts = centre_file.plain(model["texts"])
    centre.save()
    assert not legal & {finding.code for finding in check.findings()}
    centre.texts = {**centre.texts, "operator": {"name": "X"}, "accessibility": {"checked_on": "2020-01-01"}}
    centre.save()
    found = {finding.code: finding for finding in check.findings()}
    assert {found[code].level for code in legal} == {level}
    assert "represented_by" in found["imprint"].text
    assert "data_protection_officer" in found["privacy_notice"].text
    assert "texts.accessibility.enforcement" in found["accessibility"].text
    assert "2020-01-01" in found["accessibility_old"].text


@pytest.mark.parametrize(
    ("first", "last", "is_told"),
    [("2025-12-24", "2026-01-01", True), ("2099-12-24", "2100-01-01", False), ("12-24", "01-01", False)],
)
def test_check_says_when_all_closed_days_are_over(installed, first, last, is_told):
    Centre.objects.update(closed_days=[{"from": first, "to": last}])
    assert ("closed_days_over" in {finding.code for finding in check.findings()}) is is_told


def test_another_centre_is_refused(installed, capsys):
    assert cli.main(["init", str(ROOT / "src/wegweiser/centres/magdeburg/centre.toml")]) == 1
    assert "zentrum-jadebusen" in capsys.readouterr().err


def test_no_installation_is_an_error_of_its_own(monkeypatch):
    monkeypatch.setattr(installation, "exists", lambda: False)
    with pytest.raises(DomainError) as caught:
        installation.require()
    assert caught.value.code == "no_installation"
