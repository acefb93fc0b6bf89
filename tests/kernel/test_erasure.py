"""The policy file promises; the check fails where no room carries it out."""

import copy
import datetime as dt

import pytest
from django.core.checks import run_checks
from django.db import DatabaseError, transaction

from wegweiser.kernel import erasure, policy
from wegweiser.kernel.models import Erasure


def test_all_that_the_policy_file_promises_is_carried_out():
    assert erasure.findings() == []


@pytest.mark.parametrize(
    ("spoil", "finding"),
    [
        (
            lambda doc: doc["purposes"]["mail"]["retention"].update(months_after="full moon"),
            "outbox.Letter: mail runs from 'full moon'",
        ),
        (lambda doc: doc["purposes"].update(fun=doc["purposes"]["mail"]), "purpose fun: no room carries it out"),
        (lambda doc: doc["purposes"].pop("aid"), "companies.Company: purpose 'aid' is not described"),
        (
            lambda doc: doc["models"]["kernel.JobRun"].update(subject="self", purpose="staff", personal={"x": "blank"}),
            "kernel.JobRun: no room says how it is erased",
        ),
    ],
)
def test_the_check_finds_what_nobody_carries_out(monkeypatch, spoil, finding):
    document = copy.deepcopy(policy.document())
    spoil(document)
    monkeypatch.setattr(policy, "document", lambda: document)
    assert any(found.startswith(finding) for found in erasure.findings())
    assert any(finding in str(message) for message in run_checks(tags=["policy"]))


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (dt.date(2026, 3, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2026, 1, 15), 24, dt.date(2024, 1, 15)),
        (dt.date(2026, 1, 1), 1, dt.date(2025, 12, 1)),
        (dt.date(2028, 2, 29), 12, dt.date(2027, 2, 28)),
    ],
)
def test_terms_are_counted_in_calendar_months(day, months, before):
    assert erasure._months_before(day, months) == before


def test_a_table_has_one_fate():
    fate = erasure.fates()["outbox.Letter"]
    assert erasure.declare(fate) is fate
    other = erasure.Fate(**{name: getattr(fate, name) for name in fate.__dataclass_fields__})
    other.__dict__["covers"] = ("x",)
    with pytest.raises(ValueError, match="fate already"):
        erasure.declare(other)


@pytest.mark.django_db
@pytest.mark.parametrize("write", [lambda row: row.delete(), lambda row: row.save()])
def test_the_log_of_erasures_is_append_only(write):
    row = Erasure.objects.create(
        table="outbox.Letter",
        subject_uuid="00000000-0000-0000-0000-000000000001",
        purpose="mail",
        state="anonymised",
        reason="term",
    )
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        write(row)
