"""`wegweiser migrate`: the database's shape."""

from argparse import Namespace

from wegweiser.config.commands.shape import Command


def run(arguments: Namespace) -> int:
    from wegweiser.config import installation

    installation.require()
    pending = installation.pending_migrations()
    installation.migrate()
    print(f"{len(pending)} changes made." if pending else "The database is up to date.")
    return 0


COMMAND = Command("migrate", "Bring the database's shape up to date after an upgrade.", run)
