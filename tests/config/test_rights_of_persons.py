"""The commands `retention`, `export person` and `erase person`: exit codes, shapes, and no change when in doubt."""

import json
import zipfile

import pytest

from tests.contact_point import BY, world
from wegweiser.companies.actions import persons
from wegweiser.companies.models import Person
from wegweiser.config import cli, installation

MAIL = "jana@firma.example"


@pytest.fixture
def person(db, monkeypatch):
    world()
    monkeypatch.setattr(installation, "exists", lambda: True)
    return persons.find_or_create(name="Jana Ölmann", email=MAIL, by=BY)


def test_what_would_be_removed_is_counted_and_stays(person, capsys):
    assert cli.main(["retention", "run", "--dry-run", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["dry_run"], set(told["removed"])) == (
        True,
        {"cases", "persons", "companies", "consents", "members", "letters"},
    )
    assert Person.objects.exists()


def test_a_person_gets_a_file_and_is_then_forgotten(person, capsys, tmp_path):
    file = tmp_path / "jana.zip"
    assert cli.main(["export", "person", MAIL, "-o", str(file)]) == 0
    assert set(zipfile.ZipFile(file).namelist()) == {"data.json", "data.html"}
    assert cli.main(["erase", "person", MAIL, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["removed"]["persons"] == 1
    assert cli.main(["erase", "person", MAIL]) == 1
    assert "nothing about" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_one_line(person, capsys, tmp_path):
    assert cli.main(["export", "person", MAIL, "-o", str(tmp_path / "no" / "jana.zip")]) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("arguments", [["retention", "walk"], ["export", "person", MAIL], ["erase", "company", MAIL]])
def test_wrong_usage_exits_with_two(arguments):
    assert cli.main(arguments) == 2
