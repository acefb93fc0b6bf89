"""Runs a data migration for real: back to the one before it, and forward over the rows that are there."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def forward(room: str, *, before: str, after: str) -> None:
    for name in (before, after):
        MigrationExecutor(connection).migrate([(room, name)])
