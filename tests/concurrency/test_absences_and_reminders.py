"""Two absences at once never overlap, two workers at once remind nobody twice. The first test takes the lock away."""

import contextlib
import datetime as dt
import threading
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from django.db import connection

from tests import contact_point
from tests.contact_point import BY
from wegweiser.consortium.actions import absences
from wegweiser.consortium.models import Absence, Member
from wegweiser.enquiries.actions import reminders
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter

LONG_ENOUGH = 1.0  # seconds the one who holds the lock waits for somebody else to read


@pytest.fixture
def world(contended):
    return contact_point.world()


@pytest.fixture
def both_read_before_one_writes(monkeypatch):
    """After looking for overlaps each waits for the other; with a lock the other cannot come, and it goes on alone."""
    barrier = threading.Barrier(2)
    check = absences._check

    def slow(*args, **kwargs):
        check(*args, **kwargs)
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(LONG_ENOUGH)

    monkeypatch.setattr(absences, "_check", slow)


@pytest.fixture
def without_lock(monkeypatch):
    """On PostgreSQL without the row lock, on SQLite without the immediate transaction that stands for it."""
    monkeypatch.setattr(absences, "_lock", lambda member: None)
    if connection.vendor == "sqlite":
        monkeypatch.setattr(absences, "transaction", SimpleNamespace(atomic=contextlib.nullcontext))
        monkeypatch.setattr(absences, "audit", Mock())


def enter(member, offset: int):
    first = clock.today() + dt.timedelta(days=offset)
    days = {"first_day": first, "last_day": first + dt.timedelta(days=5)}
    return lambda: absences.enter(member=Member.objects.get(pk=member.pk), **days, by=BY)


def test_without_the_lock_both_are_entered(world, at_once, both_read_before_one_writes, without_lock):
    at_once(enter(world.anna, 0), enter(world.anna, 2))
    assert Absence.objects.count() == 2


def test_with_the_lock_the_second_is_refused(world, at_once, both_read_before_one_writes):
    results = at_once(enter(world.anna, 0), enter(world.anna, 2))
    assert [result.code for result in results if isinstance(result, Exception)] == ["absence_overlaps"]
    assert Absence.objects.count() == 1


def test_two_workers_write_one_mail(world, at_once):
    with clock.stopped_at(contact_point.MONDAY):
        contact_point.case(world.other)

    def remind():
        with clock.stopped_at(contact_point.MONDAY + dt.timedelta(days=1)):
            return reminders.remind(by=BY)

    assert sorted(at_once(remind, remind)) == [0, 1]
    assert Letter.objects.count() == 1
