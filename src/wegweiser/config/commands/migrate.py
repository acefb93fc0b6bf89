"""`wegweiser migrate`: the database's shape."""

from argparse import ArgumentParser, Namespace
from contextlib import nullcontext

from wegweiser.config.commands.shape import Command


def run(arguments: Namespace) -> int:
    from wegweiser.config import installation, maintenance

    installation.require()
    pending = installation.pending_migrations()
    with maintenance.closed() if arguments.closed else nullcontext():
        installation.migrate()
    print(f"{len(pending)} changes made." if pending else "The database is up to date.")
    return 0


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--closed", action="store_true", help="show visitors the maintenance page meanwhile")


COMMAND = Command("migrate", "Bring the database's shape up to date after an upgrade.", run, configure)
