"""Locks on what has no row yet, so that two who look for it and find nothing do not both make it."""

import hashlib

from django.db import connection


def hold(*names: str) -> None:
    """Let one transaction at a time go on for each of `names`, until it ends. Call it before you look.

    On PostgreSQL these are advisory locks; on SQLite an immediate transaction holds the write lock already. All names
    are taken in one order, so that two callers cannot wait for each other.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A lock needs the transaction that it ends with.")
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for number in sorted(map(_number, names)):
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def _number(name: str) -> int:
    """64 bits with a sign, the same in every process."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
