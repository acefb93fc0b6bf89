"""`wegweiser import companies`: exit codes, shapes, and nothing written where nothing shall be."""

import json

import pytest

from tests import contact_point
from tests.companies.importing.test_sheets import COVER, FIRMS, MORE, book
from tests.config.test_command import ROOT
from wegweiser.companies.models import ColumnNames, Company
from wegweiser.config import cli, installation
from wegweiser.consortium.models import Centre
from wegweiser.consortium.schema import mistakes
from wegweiser.kernel import clock

SCHEMA = json.loads((ROOT / "src" / "wegweiser" / "config" / "schemas" / "import.schema.json").read_text())
LIST = """Firma;PLZ;Straße;Tel.;Bemerkung
Abel GmbH;6108;Weg 1;siehe Mail;keine Mails
Abel;06108;Weg 1;;
-;;;;
Kain;;;;
"""


@pytest.fixture
def world(db, monkeypatch):
    monkeypatch.setattr(installation, "exists", Centre.objects.exists)
    with clock.stopped_at(contact_point.MONDAY):
        yield contact_point.world()


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "liste.csv"
    file.write_text(LIST, encoding="cp1252")
    return file


@pytest.mark.one_database
def test_the_example_has_the_shape():
    assert mistakes(json.loads((ROOT / "docs" / "examples" / "import.json").read_text()), SCHEMA) == []


def test_a_list_is_taken_over_and_told(world, path, capsys):
    report = path.with_suffix(".json")
    assert cli.main(["import", "companies", str(path), "--dry-run", "--json"]) == 0
    would = json.loads(capsys.readouterr().out)
    assert not Company.objects.exists()
    assert cli.main(["import", "companies", str(path), "--json", "--report", str(report)]) == 0
    did = json.loads(capsys.readouterr().out)
    assert mistakes(would, SCHEMA) == mistakes(did, SCHEMA) == []
    assert json.loads(report.read_text()) == did
    assert (did["created"], did["folded"], did["merged"]) == (2, 1, [[1, 2]])
    assert did["rejected"] == [{"row": 3, "reason": "no_company"}]
    assert did["warnings"] == [{"row": 1, "column": "Tel.", "reason": "invalid_phone"}]
    assert did["held"] == [{"row": 1, "reason": "objection"}]
    assert {**would, "cleaned": []} == {**did, "cleaned": []}


@pytest.mark.parametrize("kind", ["companies", "history"])
def test_where_the_report_cannot_be_written_nothing_is_imported(world, path, tmp_path, capsys, kind):
    (tmp_path / "file").write_text("x")
    for report in (tmp_path / "not" / "there.json", tmp_path / "file" / "x.json", tmp_path):
        assert cli.main(["import", kind, str(path), "--report", str(report)]) == 1
        assert "cannot be written" in capsys.readouterr().err
    assert not Company.objects.exists()


def test_the_report_is_read_by_its_owner_alone_and_one_of_before_stays_until_it_is_whole(world, path, tmp_path):
    report = tmp_path / "report.json"
    report.write_text("before")
    report.chmod(0o644)
    assert cli.main(["import", "companies", str(path), "--sheet", "no such", "--report", str(report)]) == 1
    assert report.read_text() == "before"
    assert cli.main(["import", "companies", str(path), "--report", str(report)]) == 0
    assert (json.loads(report.read_text())["created"], report.stat().st_mode & 0o777) == (2, 0o600)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["liste.csv", "report.json"]


def test_without_a_column_for_the_name_nothing_happens(world, tmp_path, capsys):
    file = tmp_path / "x.csv"
    file.write_text("Wer;Sonst\nAbel;Kain\n")
    assert cli.main(["import", "companies", str(file)]) == 1
    assert "Wer, Sonst" in capsys.readouterr().err
    assert cli.main(["import", "companies", str(file), "--map", "Wer=nonsense"]) == 1
    assert not ColumnNames.objects.exists()
    assert cli.main(["import", "companies", str(file), "--map", "Wer=name"]) == 0
    assert cli.main(["import", "companies", str(file)]) == 0, "it is remembered"
    assert [row.name for row in Company.objects.all()] == ["Abel"]


@pytest.mark.parametrize("data", [None, b"", b"PK\x03\x04 broken"])
def test_a_file_at_fault_is_told_in_one_line(world, tmp_path, capsys, data):
    file = tmp_path / "x.xlsx"
    if data is not None:
        file.write_bytes(data)
    assert cli.main(["import", "companies", str(file)]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_list_without_rows_is_an_error_in_words(world, tmp_path, capsys):
    file = tmp_path / "x.csv"
    file.write_text("Firma;Ort\n")
    assert cli.main(["import", "companies", str(file)]) == 1
    assert "no row below its headers" in capsys.readouterr().err
    file.write_text("Datum;Firma;Art\n")
    assert cli.main(["import", "history", str(file)]) == 1


def test_what_of_the_file_was_not_read_is_told(world, tmp_path, capsys):
    file = tmp_path / "x.csv"
    file.write_text("Abel GmbH;Halle;1\nFirma;Ort;Sternzeichen\nKain;Burg;Waage\n")
    assert cli.main(["import", "companies", str(file), "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert "above the headers: rows 1." in told
    assert "Columns not taken: Sternzeichen" in told
    assert "say no" not in told
    file.write_text("Firma;Ort;Werbesperre\nKain;Burg;x\n")
    assert cli.main(["import", "companies", str(file), "--dry-run", "--map", "Werbesperre=ignore"]) == 0
    assert "Werbesperre is not taken, and 1 rows say no there" in capsys.readouterr().out
    file.write_text("Firma Abel GmbH;Weg 1;39104;Magdeburg\n")
    assert cli.main(["import", "companies", str(file), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert mistakes(report, SCHEMA) == []
    assert (report["has_headers"], report["created"]) == (False, 1)


def test_one_says_which_row_has_the_headers(world, tmp_path, capsys):
    file = tmp_path / "x.csv"
    file.write_text("Firma;Ort\nKunde;Stadt\nAbel;Halle\n")
    assert cli.main(["import", "companies", str(file), "--header-row", "2", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["records"] == 1
    assert cli.main(["import", "companies", str(file), "--header-row", "9"]) == 1
    file.write_text("Bäckerei Ostwald;;\nAbel GmbH;39104;Magdeburg\nKain GmbH;06108;Halle\n")
    capsys.readouterr()
    for typed, records in (("0", 2), ("-1", 3)):
        assert cli.main(["import", "companies", str(file), "--header-row", typed, "--dry-run", "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["records"] == records
    assert [row.name for row in Company.objects.all()] == ["Abel"]


def test_sheets_that_were_not_read_are_told_and_one_says_which_is(world, tmp_path, capsys):
    file = tmp_path / "x.xlsx"
    file.write_bytes(book(Lies_mich=COVER, B2023=FIRMS, B2024=MORE))
    assert cli.main(["import", "companies", str(file), "--dry-run"]) == 0
    assert "Read: sheet B2023. Not read: Lies_mich (3 rows), B2024 (3 rows)" in capsys.readouterr().out
    assert cli.main(["import", "companies", str(file), "--sheet", "B2024", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert mistakes(report, SCHEMA) == []
    assert (report["sheet"], [row["name"] for row in report["cleaned"]]) == ("B2024", ["Seth GmbH", "Enos GmbH"])
    assert report["sheets_not_read"] == [{"name": "Lies_mich", "rows": 3}, {"name": "B2023", "rows": 3}]
    assert cli.main(["import", "companies", str(file), "--sheet", "B2077"]) == 1
    assert "There are: Lies_mich, B2023, B2024." in capsys.readouterr().err
