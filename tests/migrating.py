"""Runs a data migration for real: back to the one before it, and forward over the rows that are there."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def forward(room: str, *, before: str, after: str) -> None:
    """The rows of `room` as they are with `before`, through `after` and all later ones to the newest of every room."""
    try:
        for name in (before, after):
            MigrationExecutor(connection).migrate([(room, name)])
    finally:  # the tests that follow in this process need the whole database
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
