"""`wegweiser import history`: exit codes, shapes, and nothing written where nothing shall be."""

import json

import pytest

from tests import contact_point
from tests.companies.importing.test_sheets import FIRMS, VISITS, book
from tests.config.test_command import ROOT
from wegweiser.config import cli, installation
from wegweiser.consortium.models import Centre
from wegweiser.consortium.schema import mistakes
from wegweiser.journey.models import Step
from wegweiser.kernel import clock

SCHEMA = json.loads((ROOT / "src" / "wegweiser" / "config" / "schemas" / "history.schema.json").read_text())
LIST = """Besuchsdatum;Firma;Dauer (h);Art
17.1.2019;Abelguss GmbH;1,5;Besuch
;Kainguss;1;Besuch
"""


@pytest.fixture
def world(db, monkeypatch):
    monkeypatch.setattr(installation, "exists", Centre.objects.exists)
    with clock.stopped_at(contact_point.MONDAY):
        yield contact_point.world()


@pytest.mark.one_database
def test_the_example_has_the_shape():
    assert mistakes(json.loads((ROOT / "docs" / "examples" / "history.json").read_text()), SCHEMA) == []


def test_a_list_is_taken_over_and_told(world, tmp_path, capsys):
    file = tmp_path / "alt.csv"
    file.write_text(LIST, encoding="cp1252")
    chosen = ["import", "history", str(file), "--partner", world.lead.key, "--topic", world.topic.slug, "--json"]
    assert cli.main([*chosen, "--dry-run"]) == 0
    would = json.loads(capsys.readouterr().out)
    assert not Step.objects.exists()
    assert cli.main([*chosen, "--report", str(file.with_suffix(".json"))]) == 0
    did = json.loads(capsys.readouterr().out)
    assert mistakes(would, SCHEMA) == mistakes(did, SCHEMA) == []
    assert json.loads(file.with_suffix(".json").read_text()) == did
    assert (did["recorded"], did["rejected_rows"]) == (1, [{"row": 2, "reason": "no_day"}])
    assert {**would, "steps": []} == {**did, "steps": []}
    assert cli.main(chosen) == 0
    assert json.loads(capsys.readouterr().out)["unchanged"] == 1


def test_a_partner_that_nobody_knows_is_refused(world, tmp_path, capsys):
    file = tmp_path / "alt.csv"
    file.write_text(LIST)
    assert cli.main(["import", "history", str(file), "--partner", "niemand"]) != 0
    assert "--partner niemand" in capsys.readouterr().err


def test_one_says_which_row_has_the_headers(world, tmp_path, capsys):
    file = tmp_path / "alt.csv"
    file.write_text("Datum;Firma;Art\nTag;Betrieb;Was\n17.1.2019;Abelguss;Besuch\n")
    chosen = ["import", "history", str(file), "--partner", world.lead.key, "--topic", world.topic.slug, "--json"]
    assert cli.main([*chosen, "--header-row", "9"]) == 1
    assert "--header-row 9" in capsys.readouterr().err
    assert cli.main([*chosen, "--header-row", "2"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["records"], report["recorded"], report["has_headers"]) == (1, 1, True)


def test_columns_without_headers_are_called_by_their_number(world, tmp_path, capsys):
    file = tmp_path / "alt.csv"
    file.write_text("Teilnehmerliste 12.3.2021\n17.1.2019;Abelguss;Besuch\n18.1.2019;Kainguss;Besuch\n")
    chosen = ["import", "history", str(file), "--partner", world.lead.key, "--topic", world.topic.slug]
    assert cli.main(chosen) == 1
    named = ["--map", "1=day", "--map", "2=name", "--map", "3=kind"]
    capsys.readouterr()
    assert cli.main([*chosen, *named, "--dry-run"]) == 0
    assert "taken for a title: rows 1." in capsys.readouterr().out
    assert cli.main([*chosen, *named, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert mistakes(report, SCHEMA) == []
    assert (report["recorded"], report["has_headers"], report["rows_above"]) == (2, False, [1])


def test_the_sheet_with_the_days_is_read(world, tmp_path, capsys):
    file = tmp_path / "alt.xlsx"
    file.write_bytes(book(Firmen=FIRMS, V2019=VISITS, V2020=VISITS))
    chosen = ["import", "history", str(file), "--partner", world.lead.key, "--topic", world.topic.slug, "--json"]
    for more, sheet in (([], "V2019"), (["--sheet", "V2020"], "V2020")):
        assert cli.main([*chosen, *more, "--dry-run"]) == 0
        report = json.loads(capsys.readouterr().out)
        assert mistakes(report, SCHEMA) == []
        assert (report["sheet"], report["recorded"], len(report["sheets_not_read"])) == (sheet, 1, 2)
