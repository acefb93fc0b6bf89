"""Grants, targets, and the report in its three kinds."""

import datetime as dt
import io
import json
import zipfile
from uuid import uuid4

import openpyxl
import pytest

from tests.journey import builders
from tests.journey.builders import BY
from wegweiser.funding import queries, reports
from wegweiser.funding.actions import grants
from wegweiser.journey.actions.steps import Occasion
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.models import AuditEvent

pytestmark = pytest.mark.django_db


def define(slug="mittelstand-40", **changes):
    given = {
        "slug": slug,
        "title": {"de": "Zentrum Magdeburg"},
        "funder": {"de": "Bund"},
        "amount": 3_600_000,
        "starts_on": dt.date(2026, 1, 1),
        "ends_on": dt.date(2026, 12, 31),
        "targets": {"companies_reached": 3, "events": 10},
        "by": BY,
    }
    return grants.define(**{**given, **changes})


def test_defining_the_same_grant_again_changes_nothing():
    first = define()
    written = AuditEvent.objects.count()
    assert define() == first
    assert AuditEvent.objects.count() == written
    assert define(amount=1).amount == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"ends_on": dt.date(2025, 1, 1)}, "ends_before_start"), ({"targets": {"fun": 1}}, "indicator_unknown")],
)
def test_a_grant_that_makes_no_sense_is_refused(changes, code):
    with pytest.raises(DomainError) as error:
        define(**changes)
    assert error.value.code == code


def test_the_running_grant_is_the_one_that_began_last():
    define()
    follow_up = define("follow-up", starts_on=dt.date(2026, 7, 1), ends_on=dt.date(2028, 1, 1))
    assert queries.running_grant(dt.date(2026, 8, 1)) == follow_up
    assert queries.running_grant(dt.date(2025, 8, 1)) is None


@pytest.fixture
def grant():
    grant = define()
    builders.step(builders.company("=Muster GmbH", size="small"), grant=grant.slug)
    builders.step(builders.company("Beta"))
    return grant


def test_the_report_holds_actual_target_and_the_steps(grant):
    report = queries.report(grant)
    assert {key: report[key] for key in ("grant", "from", "to", "frozen")} == {
        "grant": "mittelstand-40",
        "from": "2026-01-01",
        "to": "2026-12-31",
        "frozen": False,
    }
    reached = report["indicators"][0]
    assert (reached["key"], reached["unit"], reached["actual"], reached["target"]) == (
        "companies_reached",
        "companies",
        1,
        3,
    )
    assert reached["by"]["size"] == {"small": 1}
    assert reached["by"]["sector"] == {"unknown": 1}
    assert len(reached["steps"]) == 1


def test_missing_is_what_is_still_to_do(grant):
    rows = {row.key: row.missing for row in queries.results(grant).rows}
    assert (rows["companies_reached"], rows["events"], rows["contacts"]) == (2, 10, None)


def test_the_report_is_written_by_the_ending_of_its_file(grant, tmp_path):
    for ending, beginning in [("json", b"{"), ("xlsx", b"PK"), ("pdf", b"%PDF")]:
        path = tmp_path / f"report.{ending}"
        reports.write_report(grant, None, None, path)
        assert path.read_bytes().startswith(beginning)
    assert json.loads((tmp_path / "report.json").read_text()) == queries.report(grant)
    with zipfile.ZipFile(io.BytesIO((tmp_path / "report.xlsx").read_bytes())) as book:
        names = book.read("xl/workbook.xml").decode()
        texts = book.read("xl/sharedStrings.xml").decode() if "xl/sharedStrings.xml" in book.namelist() else ""
    assert all(name in names for name in ("Kennzahlen", "Aufschlüsselung", "Nachweise"))
    assert "Muster" not in texts
    with pytest.raises(DomainError, match="written as"):
        reports.write_report(grant, None, None, tmp_path / "report.doc")


def test_the_table_of_evidence_says_how_long_behind_the_columns_it_had(grant):
    visit = Occasion("visit", uuid4())
    told = {"measures": {"minutes": 90}, "occasion": visit, "grant": grant.slug}
    builders.step(builders.company("Gamma"), **told)
    table = openpyxl.load_workbook(io.BytesIO(reports.as_xlsx(queries.results(grant))))["Nachweise"]
    heading, *rows = table.iter_rows(values_only=True)
    assert heading[-2:] == ("Quelle (Kennung)", "Dauer in Minuten")
    assert {row[-1] for row in rows} == {90, None}


def test_outsiders_are_told_no_minutes(grant):
    found = queries.results_for_outsiders(grant, dt.date(2026, 7, 1))
    table = openpyxl.load_workbook(io.BytesIO(reports.as_xlsx(found)))["Nachweise"]
    heading, *_rows = table.iter_rows(values_only=True)
    assert heading[-1] == "Quelle (Kennung)"
    assert "Dauer in Minuten" not in heading
