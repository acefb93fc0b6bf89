"""Each pass runs on the database it was announced for, with every migration run from zero."""

import os
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.conftest import EMBEDDED, PAGES_ON_BOTH

pytestmark = pytest.mark.django_db
ANNOUNCED = os.environ.get("WEGWEISER_TEST_DATABASE") or ("postgresql" if os.environ.get("DATABASE_URL") else "sqlite")


def is_announced(vendor: str, announced: str) -> bool:
    return vendor == announced


def test_the_database_is_the_announced_one():
    assert is_announced(connection.vendor, ANNOUNCED)


def test_another_database_would_be_noticed():
    assert not is_announced(connection.vendor, {"sqlite": "postgresql", "postgresql": "sqlite"}[ANNOUNCED])


def test_every_migration_ran():
    loader = MigrationLoader(connection)
    assert set(loader.applied_migrations) == set(loader.disk_migrations)
    assert set(loader.disk_migrations) != set()


def test_this_connection_obeys_the_settings_of_the_product():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            assert connection.transaction_mode == "IMMEDIATE"
        else:
            assert cursor.execute("SHOW server_encoding").fetchone() == ("UTF8",)


def test_what_is_named_for_both_is_there():
    tests = Path(__file__).resolve().parents[1]
    there = {path.name for path in (tests / "web").rglob("test_*.py")}
    assert there >= PAGES_ON_BOTH
    assert there - PAGES_ON_BOTH
    assert {path.name for path in (tests / "config").glob("test_*.py")} >= EMBEDDED
