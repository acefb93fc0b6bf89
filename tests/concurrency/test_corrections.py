"""Two who put the same thing right at once have one effect."""

import contextlib
import threading
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from django.db import IntegrityError, connection
from django.db.models import QuerySet

from tests.journey import builders
from tests.journey.builders import BY
from wegweiser.companies.actions import merges
from wegweiser.companies.models import Company, Merge
from wegweiser.journey import queries
from wegweiser.journey.actions import corrections, steps
from wegweiser.journey.models import Reversal, Step
from wegweiser.kernel.errors import DomainError

LONG_ENOUGH = 1.0  # seconds the one who holds the lock waits for somebody else to look


@pytest.fixture
def both_look_before_one_writes(monkeypatch):
    barrier = threading.Barrier(2)
    look = steps._is_reversed

    def slow(step):
        found = look(step)
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(LONG_ENOUGH)
        return found

    monkeypatch.setattr(steps, "_is_reversed", slow)


def test_two_who_move_one_step_to_two_firms_move_it_once(at_once, both_look_before_one_writes):
    wrong, one, other = (builders.company(name) for name in ("Falsch", "Eins", "Zwei"))
    step = builders.step(wrong)
    moves = [lambda to=to: corrections.move(step=step, company=to, reason="verwechselt", by=BY) for to in (one, other)]
    results = at_once(*moves)
    refused = [result for result in results if isinstance(result, DomainError)]
    assert [error.code for error in refused] == ["reversed_already"]
    assert (Step.objects.count(), Reversal.objects.count()) == (3, 1)
    assert queries.timeline(one).count() + queries.timeline(other).count() == 1


@pytest.fixture
def reversed_without_lock(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows)
    if connection.vendor == "sqlite":
        for module in (steps, corrections):
            monkeypatch.setattr(module, "transaction", SimpleNamespace(atomic=contextlib.nullcontext))
        monkeypatch.setattr(steps, "audit", Mock())


def test_without_the_lock_the_second_runs_into_the_constraint(
    at_once, both_look_before_one_writes, reversed_without_lock
):
    step = builders.step(builders.company())
    results = at_once(*[lambda: corrections.take_back(step=step, reason="vertippt", by=BY)] * 2)
    assert [type(result) for result in results if isinstance(result, Exception)] == [IntegrityError]


def test_with_the_lock_the_second_is_told(at_once, both_look_before_one_writes):
    step = builders.step(builders.company())
    results = at_once(*[lambda: corrections.take_back(step=step, reason="vertippt", by=BY)] * 2)
    assert [error.code for error in results if isinstance(error, DomainError)] == ["reversed_already"]
    assert (Step.objects.count(), Reversal.objects.count()) == (2, 1)


# --- Merging crosswise ----------------------------------------------------------------------------------------------


@pytest.fixture
def both_read_before_one_merges(monkeypatch):
    """After reading the rows each waits for the other; with a lock the other cannot come."""
    barrier = threading.Barrier(2)
    read = merges._locked

    def slow(companies):
        rows = read(companies)
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(LONG_ENOUGH)
        return rows

    monkeypatch.setattr(merges, "_locked", slow)


@pytest.fixture
def without_lock(monkeypatch):
    """Take the protocol apart: on PostgreSQL the row locks, on SQLite the immediate transaction."""
    monkeypatch.setattr(merges, "_locked", lambda pks: {row.pk: row for row in Company.objects.filter(pk__in=pks)})
    monkeypatch.setattr(merges, "_recompute", lambda roots: None)  # which would wait for the other's rows
    if connection.vendor == "sqlite":
        monkeypatch.setattr(merges, "transaction", SimpleNamespace(atomic=contextlib.nullcontext))
        monkeypatch.setattr(merges, "audit", Mock())


def crosswise():
    one, other = builders.company("Eins"), builders.company("Zwei")
    pairs = [(one.pk, other.pk), (other.pk, one.pk)]
    return [
        lambda lost=lost, kept=kept: merges.merge(
            loser=Company.objects.get(pk=lost), survivor=Company.objects.get(pk=kept), by=BY
        )
        for lost, kept in pairs
    ]


def test_without_the_lock_each_becomes_the_other(at_once, without_lock, both_read_before_one_merges):
    at_once(*crosswise())
    assert Merge.objects.count() == 2


def test_with_the_lock_one_merge_stands_and_the_other_is_told(at_once, both_read_before_one_merges):
    results = at_once(*crosswise())
    assert [error.code for error in results if isinstance(error, DomainError)] == ["same_company_already"]
    merge = Merge.objects.get()
    assert dict(Company.objects.values_list("pk", "canonical_id")) == {
        merge.loser_id: merge.survivor_id,
        merge.survivor_id: None,
    }
