"""A link or code is good for one. Without the lock two devices get in with the same one."""

import contextlib
import datetime as dt
import threading
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from django.db import connection

from wegweiser.accounts.actions import tokens
from wegweiser.accounts.models import Token
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

BY = Actor.system("test")
LONG_ENOUGH = 1.0  # seconds the one who holds the lock waits for somebody else to look


@pytest.fixture
def both_look_before_one_writes(monkeypatch):
    barrier = threading.Barrier(2)
    look = Token.is_valid.fget

    def slow(token):
        found = look(token)
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(LONG_ENOUGH)
        return found

    monkeypatch.setattr(Token, "is_valid", property(slow))


@pytest.fixture
def without_lock(monkeypatch):
    """Take the protocol apart: on PostgreSQL the row lock, on SQLite the immediate transaction that stands for it."""
    monkeypatch.setattr(Token.objects, "select_for_update", Token.objects.all)
    if connection.vendor == "sqlite":
        monkeypatch.setattr(tokens, "transaction", SimpleNamespace(atomic=contextlib.nullcontext))
        monkeypatch.setattr(tokens, "audit", Mock())


def both(at_once) -> list[object]:
    token = Token.objects.create(
        purpose="login",
        subject_uuid="00000000-0000-4000-8000-000000000007",
        secret_hash="x",
        expires_at=clock.now() + dt.timedelta(minutes=5),
    )
    return at_once(*[lambda: tokens.take(token=Token.objects.get(pk=token.pk), by=BY) for _ in range(2)])


def test_without_the_lock_both_get_in(at_once, both_look_before_one_writes, without_lock):
    assert [type(result) for result in both(at_once)] == [Token, Token]


def test_with_the_lock_the_second_is_refused(at_once, both_look_before_one_writes):
    results = both(at_once)
    assert sorted(type(result).__name__ for result in results) == ["DomainError", "Token"]
    assert next(row for row in results if isinstance(row, DomainError)).code == "link_gone"
