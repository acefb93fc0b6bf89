"""Two who take one case at once: the second is told. The first test shows that it takes the lock."""

import contextlib
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from django.db import connection
from django.db.models import QuerySet

from tests import contact_point
from tests.concurrency.meeting import Meeting, on_monday
from tests.contact_point import BY, MONDAY
from wegweiser.enquiries.actions import cases
from wegweiser.enquiries.models import Case
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError


@pytest.fixture
def both(contended, at_once, monkeypatch):
    """Both have looked whether it is free before one of them writes; with a lock the other cannot have."""
    world = contact_point.world()
    carl = contact_point.member("Carl", world.lead)
    with clock.stopped_at(MONDAY):
        case = contact_point.case(world.lead)

    def run():
        meeting = Meeting()
        monkeypatch.setattr(cases, "change", meeting.before(cases.change))
        rows = [(Case.objects.get(pk=case.pk), member) for member in (world.anna, carl)]
        return at_once(
            *[
                on_monday(lambda row=row, member=member: cases.take(case=row, member=member, by=BY))
                for row, member in rows
            ]
        )

    return run


@pytest.fixture
def without_lock(monkeypatch, both):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows)
    if connection.vendor == "sqlite":
        monkeypatch.setattr(cases, "transaction", SimpleNamespace(atomic=contextlib.nullcontext))
        monkeypatch.setattr(cases, "audit", Mock())


def test_without_the_lock_each_believes_to_have_it(both, without_lock):
    assert both() == [None, None]


def test_with_the_lock_the_second_is_told(both):
    refused = [result for result in both() if result is not None]
    assert [isinstance(error, DomainError) and error.code for error in refused] == ["taken_meanwhile"]
    assert Case.objects.get().changes.count() == 1
