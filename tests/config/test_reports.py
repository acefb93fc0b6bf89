"""The commands `report` and `aid`: the shapes scripts rely on, and no file when the input is at fault."""

import json
from pathlib import Path

import pytest

from tests.config.test_command import wegweiser
from wegweiser.companies.models import Company
from wegweiser.config import cli, installation
from wegweiser.consortium.models import Centre
from wegweiser.funding.models import Grant


@pytest.fixture
def grant(db, monkeypatch):
    monkeypatch.setattr(installation, "require", Centre)
    return Grant.objects.create(
        slug="netz",
        title={"de": "Netz"},
        funder={"de": "Land"},
        amount=1000,
        starts_on="2026-01-01",
        ends_on="2026-12-31",
    )


@pytest.fixture
def company(db, monkeypatch):
    monkeypatch.setattr(installation, "require", Centre)
    return Company.objects.create(name="Werk GmbH", postcode="39104", place="Magdeburg")


def test_the_report_is_written_as_json(grant, tmp_path):
    assert cli.main(["report", "netz", "--to", "2026-06-30", "-o", str(tmp_path / "r.json")]) == 0
    document = json.loads((tmp_path / "r.json").read_text())
    assert (document["grant"], document["from"], document["to"]) == ("netz", "2026-01-01", "2026-06-30")
    counted = {"key", "unit", "actual", "target", "due", "state", "by", "steps"}
    assert set(document["indicators"][0]) == counted | {"opening", "opening_on", "opening_basis"}


@pytest.mark.parametrize(("ending", "magic"), [("pdf", b"%PDF"), ("xlsx", b"PK")])
def test_the_report_is_written_for_readers(grant, tmp_path, ending, magic):
    assert cli.main(["report", "netz", "-o", str(tmp_path / f"r.{ending}")]) == 0
    assert (tmp_path / f"r.{ending}").read_bytes().startswith(magic)


def test_the_printed_report_is_the_written_one(grant, tmp_path, capsys):
    assert cli.main(["report", "netz", "--json", "-o", str(tmp_path / "r.json")]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads((tmp_path / "r.json").read_text())


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense", "-o", "r.pdf"],
        ["netz", "-o", "r.docx"],
        ["netz", "-o", "r.docx", "--json"],
        ["netz", "-o", "nowhere/r.pdf"],
        ["netz", "--from", "2026-02-30", "-o", "r.json"],
        ["netz", "--from", "2026-05-01", "--to", "2026-04-01", "-o", "r.json"],
        ["netz"],
    ],
)
def test_a_report_that_cannot_be_made_is_one_line_and_no_file(grant, tmp_path, monkeypatch, capsys, arguments):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["report", *arguments]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert len(shown.err.splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_aid_by_number_and_by_uuid(company, capsys):
    assert cli.main(["aid", str(company.pk), "--on", "2026-03-01", "--json"]) == 0
    by_number = json.loads(capsys.readouterr().out)
    assert by_number == {
        "on": "2026-03-01",
        "undertaking": [str(company.uuid)],
        "rule": "2023/2831",
        "ceiling": 300000,
        "used": 0,
        "reserved": 0,
        "headroom": 300000,
        "awards": [],
    }
    assert cli.main(["aid", str(company.uuid), "--on", "2026-03-01", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == by_number


def test_aid_for_a_terminal(company, capsys):
    assert cli.main(["aid", str(company.pk), "--on", "2026-03-01"]) == 0
    assert "headroom   300,000.00" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["987654"],
        ["9" * 30],
        ["²"],
        ["werk"],
        ["00000000-0000-0000-0000-000000000000"],
        ["{pk}", "--on", "tomorrow"],
        ["{pk}", "--on", "1999-01-01"],
    ],
)
def test_aid_of_nobody_or_of_no_day_is_one_line(company, capsys, arguments):
    assert cli.main(["aid", *(text.format(pk=company.pk) for text in arguments), "--json"]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert len(shown.err.splitlines()) == 1


@pytest.mark.parametrize("arguments", [["report", "netz", "-o", "r.pdf"], ["aid", "1"], ["privacy", "-o", "papers"]])
def test_without_an_installation_nothing_is_made(tmp_path, arguments):
    done = wegweiser(Path("var"), *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "wegweiser init CENTRE.toml" in done.stderr
    assert not [path for path in tmp_path.rglob("*") if path.suffix in {".pdf", ".md", ".sqlite3"}]
